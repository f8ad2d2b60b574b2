package import Foundation

/// The limits of a conversation, each declared once for the interface, the import and the store.
package enum ConversationLimit {
    /// Bytes of the sender's name for a conversation or a message.
    package static let maximumExternalIDByteCount = 200
    /// Messages; an exchange of a whole working day has about three hundred.
    package static let maximumMessageCount = 5_000
    /// Bytes of one message: a long mail thread, and still one page that a browser can show.
    package static let maximumMessageByteCount = 1_000_000
    /// Bytes of all messages together, as they are read and shown at once.
    package static let maximumTextByteCount = 4_000_000
    /// Characters (Unicode code points) of each thing that is told of the customer.
    package static let maximumContactCharacters = 500
    /// Characters (Unicode code points) of the last message that a list shows.
    package static let maximumExcerptCharacters = 160
}

/// A message before it is stored; what exists keeps the limits.
package struct NewMessage: Hashable, Sendable {
    /// The sender's name for it; `nil` when it has none.
    package let externalID: String?
    package let speaker: Speaker
    package let text: String
    package let at: Date

    package init(externalID: String? = nil, speaker: Speaker, text: String, at: Date) {
        self.externalID = externalID
        self.speaker = speaker
        self.text = text
        self.at = at
    }
}

/// A conversation before it is stored, as a channel told of it.
package struct NewConversation: Equatable, Sendable {
    /// The sender's name for it, unique in the tenant space.
    package let externalID: String
    package let channel: Source
    package let contact: ConversationContact
    /// The log-in of the agent whose conversation it is, in lower case.
    package let agent: String
    package let startedAt: Date
    package let messages: [NewMessage]

    package init(
        externalID: String, channel: Source, contact: ConversationContact, agent: String,
        startedAt: Date, messages: [NewMessage]
    ) {
        self.externalID = externalID
        self.channel = channel
        self.contact = contact
        self.agent = agent
        self.startedAt = startedAt
        self.messages = messages
    }
}

extension ConversationLimit {
    /// What to do about too many messages; the field is a JSON Pointer (RFC 6901).
    package static let tooManyMessages = FieldProblem(
        "/messages",
        "A conversation takes at most \(groupedDigits(maximumMessageCount)) messages; "
            + "begin another one for the rest")

    /// What to do about too much text.
    package static let tooMuchText = FieldProblem(
        "/messages",
        "The messages of a conversation take at most \(groupedDigits(maximumTextByteCount)) bytes "
            + "together; begin another one for the rest")
}
