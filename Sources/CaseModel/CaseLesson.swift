/// A saved case that was made from a conversation: what is learned from.
package struct CaseLesson: Equatable, Sendable {
    package let number: CaseNumber
    /// The conversation it was made from; other cases may have been made from the same.
    package let source: ConversationID
    /// What was said, as far as it is looked at.
    package let conversation: Conversation
    /// The type that the agent chose.
    package let type: CaseTypeID

    package init(
        number: CaseNumber, source: ConversationID, conversation: Conversation, type: CaseTypeID
    ) {
        self.number = number
        self.source = source
        self.conversation = conversation
        self.type = type
    }
}
