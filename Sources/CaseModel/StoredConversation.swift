package import Foundation

/// One turn of a stored conversation.
package struct TranscriptMessage: Equatable, Sendable {
    /// From 0, in the order of arrival; the index in ``Conversation/messages``.
    package let position: Int
    package let speaker: Speaker
    package let text: String
    /// When it was said, as the channel told.
    package let at: Date

    package init(position: Int, speaker: Speaker, text: String, at: Date) {
        self.position = position
        self.speaker = speaker
        self.text = text
        self.at = at
    }
}

/// What the channel told of the customer; each may be empty.
package struct ConversationContact: Equatable, Sendable {
    package let name: String
    package let email: String
    package let phone: String

    package init(name: String = "", email: String = "", phone: String = "") {
        self.name = name
        self.email = email
        self.phone = phone
    }
}

/// A conversation as a list shows it.
package struct ConversationSummary: Equatable, Sendable, Identifiable {
    /// A customer by name.
    package struct Person: Equatable, Sendable {
        package let id: CustomerID
        package let name: String

        package init(id: CustomerID, name: String) {
            self.id = id
            self.name = name
        }
    }

    package let id: ConversationID
    /// The name that the sender has for it.
    package let externalID: String
    package let channel: Source
    package let contact: ConversationContact
    /// Who it is with; `nil` until that is known.
    package let customer: Person?
    /// Whose it is.
    package let agent: EmployeeID
    package let startedAt: Date
    /// When the newest message was said; the start while there is none.
    package let lastMessageAt: Date
    /// Grows with each message, so it also tells whether a page is out of date.
    package let messageCount: Int
    /// The beginning of the last message that came.
    package let lastText: String
    /// The newest case that was made of it.
    package let openedCase: CaseNumber?

    package init(
        id: ConversationID, externalID: String, channel: Source, contact: ConversationContact,
        customer: Person?, agent: EmployeeID, startedAt: Date, lastMessageAt: Date,
        messageCount: Int, lastText: String, openedCase: CaseNumber?
    ) {
        self.id = id
        self.externalID = externalID
        self.channel = channel
        self.contact = contact
        self.customer = customer
        self.agent = agent
        self.startedAt = startedAt
        self.lastMessageAt = lastMessageAt
        self.messageCount = messageCount
        self.lastText = lastText
        self.openedCase = openedCase
    }
}

/// A conversation with all that was said in it.
package struct StoredConversation: Equatable, Sendable, Identifiable {
    package var id: ConversationID { summary.id }
    package let summary: ConversationSummary
    /// In the order of arrival.
    package let messages: [TranscriptMessage]

    package init(summary: ConversationSummary, messages: [TranscriptMessage]) {
        self.summary = summary
        self.messages = messages
    }

    /// What suggestions are made from.
    package var conversation: Conversation {
        Conversation(messages: messages.map { Message(speaker: $0.speaker, text: $0.text) })
    }
}

extension Viewer {
    /// Whether the person may see a conversation of this agent: their own, and with Query All everybody's.
    package func maySee(conversationOf agent: EmployeeID) -> Bool {
        seesAllCases || agent == employee.id
    }
}
