internal import CaseModel
internal import CaseStorage
internal import CaseSuggestion
internal import Markup

/// The Case Information panel beside a conversation: what of its values the conversation is the source of.
///
/// Nothing is remembered of where a value came from: a value that reads as the conversation does comes from it, and
/// any other is the agent's own. So typing takes a value over, and nothing that is read later can overwrite it.
struct CasePanel {
    let view: ConversationView
    /// What is read of the conversation as it is now, and by which engine.
    let reading: CaseReading
    /// What was read of it when the panel was filled in.
    let atFirst: CaseProposal
    /// The messages of which that was read.
    let readCount: Int

    var stored: StoredConversation { view.stored }
    var now: CaseProposal { reading.proposal }

    /// - Parameter readCount: `nil` for all messages.
    init(_ stored: StoredConversation, readCount: Int?, _ visit: AgentVisit) throws {
        view = try ConversationView(stored, visit)
        reading = try visit.reading(of: stored, messageCount: stored.messages.count)
        let count = min(max(readCount ?? stored.messages.count, 0), stored.messages.count)
        self.readCount = count
        if count == stored.messages.count {
            atFirst = reading.proposal
        } else {
            atFirst = try visit.reading(of: stored, messageCount: count).proposal
        }
    }

    /// The panel that belongs to a form; `nil` when it came from no conversation, or from one that is not this
    /// person's any more.
    init?(of values: CaseFormValues, _ visit: AgentVisit) throws {
        guard let id = ConversationID(values[.conversation]),
            let stored = try visit.reader.conversation(id),
            visit.viewer.maySee(conversationOf: stored.summary.agent)
        else { return nil }
        try self.init(stored, readCount: Int(values[.messagesRead]), visit)
    }

    /// The form as it is first filled in.
    func values(type: CaseTypeID?) -> CaseFormValues {
        var values = CaseFormValues.initial
        values[.conversation] = stored.id.description
        values[.messagesRead] = String(readCount)
        values[.caseType] = type?.description ?? ""
        for field in CaseField.readFromConversation { values[field] = text(of: field) ?? "" }
        values[.claim] = "1"
        return values
    }

    /// What the conversation says of a field now; `nil` when it says nothing.
    func text(of field: CaseField) -> String? {
        switch field {
        case .title: now.title?.text
        case .description: now.description?.text
        case .source: stored.summary.channel.rawValue
        case .customer: stored.summary.customer?.id.description
        default: nil
        }
    }

    /// Where a value was taken from; empty when it is the agent's own.
    func evidence(of field: CaseField, _ value: String) -> [Evidence] {
        switch field {
        case .caseType: now.types.first { $0.type.description == value }?.evidence ?? []
        case .title: evidence(value, [atFirst.title, now.title])
        case .description: evidence(value, [atFirst.description, now.description])
        default: []
        }
    }

    private func evidence(_ value: String, _ texts: [SourcedText?]) -> [Evidence] {
        texts.compactMap { $0 }.first { $0.text == value }?.evidence ?? []
    }

    /// A text that the conversation has for a field and the agent has not: because it was cleared, or because new
    /// messages say something else than when the panel was filled in.
    func offer(for field: CaseField, _ value: String) -> String? {
        guard CaseField.readFromConversation.contains(field), let text = text(of: field),
            text != value
        else { return nil }
        let first: String? =
            switch field {
            case .title: atFirst.title?.text
            case .description: atFirst.description?.text
            default: text
            }
        return value.isEmpty || text != first ? text : nil
    }

    /// The words to mark in the transcript, by message.
    func marks(_ values: CaseFormValues) -> [Int: [MarkedText.Mark]] {
        var marks: [Int: [MarkedText.Mark]] = [:]
        for field in [CaseField.caseType, .title, .description] {
            for place in evidence(of: field, values[field]) {
                let mark = MarkedText.Mark(range: place.range, kind: "of-\(field.rawValue)")
                marks[place.message, default: []].append(mark)
            }
        }
        return marks
    }
}

extension CaseField {
    /// The fields that are filled in from a conversation, beside the type, which the agent chooses.
    static let readFromConversation: [CaseField] = [.title, .description, .source, .customer]
}
