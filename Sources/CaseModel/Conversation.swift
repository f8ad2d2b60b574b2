/// Who said a message.
package enum Speaker: String, Sendable, Codable, CaseIterable {
    case customer, agent
}

/// One turn of a conversation, as it was said.
package struct Message: Hashable, Sendable {
    /// Who said it.
    package let speaker: Speaker
    /// The words, UTF-8, of any length; they are data and nothing else.
    package let text: String

    package init(speaker: Speaker, text: String) {
        self.speaker = speaker
        self.text = text
    }
}

/// The running exchange between a customer and an agent: its messages in the order they were said.
///
/// A message is named by its index, which stays the same while later messages arrive.
package struct Conversation: Hashable, Sendable {
    /// Oldest first.
    package let messages: [Message]

    package init(messages: [Message]) {
        self.messages = messages
    }
}
