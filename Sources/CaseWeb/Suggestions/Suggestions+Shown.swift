internal import CaseModel
internal import CaseStorage
internal import CaseSuggestion
internal import Synchronization

// What was proposed for a case is noted with it: the types as they were shown to be chosen from. They are remembered
// in process from then on until the case is saved, which is a matter of minutes.

extension Suggestions {
    /// Remembers what somebody is shown to choose from.
    func noteShown(_ proposed: ProposedTypes, for conversation: ConversationID) {
        shown.withLock { $0[conversation] = proposed }
    }
}

extension AgentVisit {
    /// What was proposed for a case that is about to be saved; `nil` for one without a conversation.
    ///
    /// Where nothing is remembered, as after a restart, the messages that the form was filled in from are read
    /// once more by the desk's own engine.
    func proposedTypes(
        for draft: CaseDraft, _ values: CaseFormValues
    ) throws(StoreError) -> ProposedTypes? {
        guard let id = draft.conversation else { return nil }
        if let shown = visit.suggestions.shown.withLock({ $0[id] }) { return shown }
        guard let stored = try reader.conversation(id) else { return nil }
        let count = Int(values[.messagesRead]) ?? stored.messages.count
        let messages = Array(stored.conversation.messages.prefix(max(0, count)))
        let types = proposal(for: Conversation(messages: messages)).types
        return ProposedTypes(engine: .embedded, types: types.map(ProposedType.init))
    }
}

extension ProposedType {
    /// A suggestion with the percentage that people read.
    init(_ suggestion: TypeSuggestion) {
        self.init(suggestion.type, percent: Int((suggestion.probability * 100).rounded()))
    }
}
