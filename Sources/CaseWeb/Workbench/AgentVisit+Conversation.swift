internal import CaseModel
internal import CaseStorage

extension AgentVisit {
    /// A conversation that this person may see; the same answer whether it does not exist or is somebody else's.
    func conversation(_ id: ConversationID) throws -> StoredConversation {
        guard let stored = try reader.conversation(id),
            viewer.maySee(conversationOf: stored.summary.agent)
        else { throw Refusal.conversationNotFound }
        return stored
    }

    /// Notes that this person looks at a conversation, when they have not seen all of it before.
    ///
    /// It is only about the mark in their list, so a desk that cannot write now shows the page all the same.
    func noteSeen(_ stored: StoredConversation, seen: Int?) {
        guard stored.summary.agent == employee.id,
            seen.map({ $0 < stored.messages.count }) ?? true
        else { return }
        try? desk.noteSeen(stored.id, messageCount: stored.messages.count, by: employee.id)
    }
}
