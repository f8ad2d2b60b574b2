package import CaseModel
internal import GRDB

extension TenantStore {
    /// Notes how much of a conversation a person has seen; it never becomes less.
    package func noteSeen(
        _ conversation: ConversationID, messageCount: Int, by employee: EmployeeID
    ) throws(StoreError) {
        try writer.write { db in
            try db.run(
                """
                INSERT INTO conversationSeen (employee, conversation, messageCount)
                VALUES (?, ?, ?)
                ON CONFLICT (employee, conversation)
                DO UPDATE SET messageCount = max(messageCount, excluded.messageCount)
                """, [employee.number, conversation.number, messageCount])
        }
    }
}

extension StoreReader {
    /// How many messages a person has seen of each of these conversations; those never opened are absent.
    package func seenMessageCounts(
        of employee: EmployeeID, in conversations: [ConversationID]
    ) throws(StoreError) -> [ConversationID: Int] {
        try query { db in
            var counts: [ConversationID: Int] = [:]
            for id in conversations {
                counts[id] = try db.number(
                    """
                    SELECT messageCount FROM conversationSeen
                    WHERE employee = ? AND conversation = ?
                    """, [employee.number, id.number]
                ).map { Int($0) }
            }
            return counts
        }
    }
}
