package import Foundation

extension NewConversation {
    /// Takes a conversation out of what was sent; `nil` when there is at least one problem.
    ///
    /// - Parameter problems: Gets every problem found; each field is a JSON Pointer (RFC 6901) to its place.
    package init?(_ sent: SentConversation, now: Date, problems: inout [FieldProblem]) {
        var check = ConversationCheck(now: now)
        let id = check.externalID(sent.id, "/id", isRequired: true)
        let channel: Source? = check.choice(sent.channel, "/channel")
        let contact = check.contact(sent.customer)
        let agent = check.line(
            sent.agent, "/agent", isRequired: true,
            limit: ConversationLimit.maximumContactCharacters)
        let startedAt = check.instant(sent.startedAt, "/started_at")
        let messages = check.messages(sent.messages, "/messages")
        problems += check.problems
        guard check.problems.isEmpty, let id, let channel, let startedAt else { return nil }
        self.init(
            externalID: id, channel: channel, contact: contact, agent: agent.lowercased(),
            startedAt: startedAt, messages: messages)
    }
}

extension SentAddition {
    /// The messages; what is wrong with them is added to `problems`, as for a conversation.
    package func messages(now: Date, problems: inout [FieldProblem]) -> [NewMessage] {
        var check = ConversationCheck(now: now)
        let messages = check.messages(self.messages, "/messages")
        problems += check.problems.map { problem in
            guard pointer != nil else { return problem }
            let place = problem.field.replacing("/messages/0", with: "")
            return FieldProblem(place, problem.message)
        }
        return messages
    }
}

/// Reads what was sent and collects what is wrong with it.
private struct ConversationCheck {
    let now: Date
    private(set) var problems: [FieldProblem] = []

    /// Problems that are told at once; more of them would help nobody.
    private static let maximumProblemCount = 100
    /// Seconds that a sender's clock may be ahead (a day): a zone that was mistaken is let pass.
    private static let maximumAdvance: TimeInterval = 86_400

    init(now: Date) { self.now = now }

    private mutating func refuse(_ pointer: String, _ message: String) {
        guard problems.count < Self.maximumProblemCount else { return }
        problems.append(FieldProblem(pointer, message))
    }

    private static let mustBeText = "It must be a text of whole Unicode characters"

    /// A text of any length with its line ends folded; empty when it is absent.
    mutating func text(
        _ sent: SentValue<String>, _ pointer: String, isRequired: Bool, byteLimit: Int
    ) -> String {
        switch sent {
        case .absent:
            if isRequired { refuse(pointer, "It is missing") }
        case .wrong: refuse(pointer, Self.mustBeText)
        case .value(let text):
            guard text.utf8.count <= byteLimit else {
                refuse(
                    pointer,
                    "It must have \(groupedDigits(byteLimit)) bytes or less in UTF-8; "
                        + "it has \(groupedDigits(text.utf8.count))")
                return ""
            }
            let text = text.foldingLineEnds
            if let scalar = text.unicodeScalars.first(where: \.isRefusedControl) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let code = String(repeating: "0", count: 4 - digits.count) + digits
                refuse(pointer, "It holds the control character U+\(code); leave it out")
                return ""
            }
            return text
        }
        return ""
    }

    /// A short text without line breaks or white space at its ends.
    mutating func line(
        _ sent: SentValue<String>, _ pointer: String, isRequired: Bool = false, limit: Int
    ) -> String {
        let before = problems.count
        let text = text(sent, pointer, isRequired: isRequired, byteLimit: 4 * limit).trimmed
        guard problems.count == before else { return "" }
        let rule = TextRule(
            label: "It", missing: isRequired ? "It must not be empty" : nil, limit: limit)
        if let problem = rule.problem(with: text) { refuse(pointer, problem) }
        return text
    }

    /// The sender's name for something; never changed, as it is compared.
    mutating func externalID(
        _ sent: SentValue<String>, _ pointer: String, isRequired: Bool
    ) -> String? {
        if case .absent = sent, !isRequired { return nil }
        let before = problems.count
        let text = text(
            sent, pointer, isRequired: true,
            byteLimit: ConversationLimit.maximumExternalIDByteCount)
        guard problems.count == before else { return nil }
        if text.trimmed.isEmpty || text.contains("\n") {
            refuse(pointer, "It must be a line of text that is not empty")
            return nil
        }
        return text
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ sent: SentValue<String>, _ pointer: String
    ) -> Choice? {
        if case .value(let text) = sent, let choice = Choice(rawValue: text) { return choice }
        let all = Choice.allCases.map { "“\($0.rawValue)”" }.joined(separator: ", ")
        refuse(pointer, "It must be one of \(all)")
        return nil
    }

    mutating func contact(_ sent: SentValue<SentContact>) -> ConversationContact {
        guard case .value(let contact) = sent else {
            if case .wrong = sent { refuse("/customer", "It must be an object") }
            return ConversationContact()
        }
        let limit = ConversationLimit.maximumContactCharacters
        return ConversationContact(
            name: line(contact.name, "/customer/name", limit: limit),
            email: line(contact.email, "/customer/email", limit: limit),
            phone: line(contact.phone, "/customer/phone", limit: limit))
    }

    mutating func instant(_ sent: SentValue<String>, _ pointer: String) -> Date? {
        guard case .value(let text) = sent, let date = InternetInstant.date(of: text),
            date >= Self.earliest
        else {
            refuse(pointer, "It must be an instant (RFC 3339), such as “2030-06-30T17:00:00Z”")
            return nil
        }
        guard date.timeIntervalSince(now) <= Self.maximumAdvance else {
            refuse(pointer, "It must not be in the future; check the sender’s clock")
            return nil
        }
        return date
    }

    /// 1970: before it there were no such conversations.
    private static let earliest = Date(timeIntervalSince1970: 0)

    mutating func messages(
        _ sent: SentValue<SentMessages>, _ pointer: String
    ) -> [NewMessage] {
        guard case .value(let messages) = sent else {
            refuse(pointer, "It must be a list of messages")
            return []
        }
        guard messages.all.count <= ConversationLimit.maximumMessageCount else {
            problems.append(ConversationLimit.tooManyMessages)
            return []
        }
        var byName: [String: NewMessage] = [:]
        var checked: [NewMessage] = []
        for (index, sent) in messages.all.enumerated() {
            let place = "\(pointer)/\(index)"
            guard let message = message(sent, place) else { continue }
            if let name = message.externalID {
                if let other = byName[name] {
                    if other != message {
                        refuse(place + "/id", "Another message of this request has the same id")
                    }
                    continue
                }
                byName[name] = message
            }
            checked.append(message)
        }
        let byteCount = checked.reduce(0) { $0 + $1.text.utf8.count }
        if byteCount > ConversationLimit.maximumTextByteCount {
            problems.append(ConversationLimit.tooMuchText)
        }
        return checked
    }

    private mutating func message(_ sent: SentMessage, _ pointer: String) -> NewMessage? {
        guard sent.isObject else {
            refuse(pointer, "It must be an object")
            return nil
        }
        let id = externalID(sent.id, pointer + "/id", isRequired: false)
        let speaker: Speaker? = choice(sent.speaker, pointer + "/speaker")
        let text = text(
            sent.text, pointer + "/text", isRequired: true,
            byteLimit: ConversationLimit.maximumMessageByteCount)
        let at = instant(sent.at, pointer + "/at")
        guard let speaker, let at else { return nil }
        return NewMessage(externalID: id, speaker: speaker, text: text, at: at)
    }
}

extension Unicode.Scalar {
    /// Whether no text may hold this: the control characters but tab and LF.
    fileprivate var isRefusedControl: Bool {
        value != 0x09 && value != 0x0A && properties.generalCategory == .control
    }
}

extension String {
    /// The text with LF for each CRLF and each single CR.
    fileprivate var foldingLineEnds: String {
        guard utf8.contains(0x0D) else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        var followsReturn = false
        for byte in utf8 {
            if byte != 0x0A || !followsReturn { bytes.append(byte == 0x0D ? 0x0A : byte) }
            followsReturn = byte == 0x0D
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
