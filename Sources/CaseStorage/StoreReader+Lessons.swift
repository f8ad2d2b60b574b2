package import CaseModel
internal import GRDB

extension StoreReader {
    /// How much of a conversation a lesson holds.
    package struct LessonLimits: Sendable {
        /// Messages from the beginning.
        package let messageCount: Int
        /// Characters (Unicode code points) from the beginning of each.
        package let characterCount: Int

        package init(messageCount: Int, characterCount: Int) {
            self.messageCount = messageCount
            self.characterCount = characterCount
        }
    }

    /// The cases after a number that were begun from a conversation, in the order in which they were saved.
    package func lessons(
        after number: CaseNumber?, limit: Int, _ limits: LessonLimits
    ) throws(StoreError) -> [CaseLesson] {
        try snapshot { db in
            try db.rows(
                """
                SELECT number, caseType, conversation FROM caseRecord
                WHERE number > ? AND conversation IS NOT NULL ORDER BY number LIMIT ?
                """, [number?.number ?? 0, StoreReader.bounded(limit)]
            ).map { row in
                let source: ConversationID = row.id("conversation")
                return CaseLesson(
                    number: row.id("number"), source: source,
                    conversation: try db.beginning(of: source, limits), type: row.id("caseType"))
            }
        }
    }

    /// Where the last so many lessons begin: the case before the first of them; `nil` when there are fewer.
    ///
    /// Counted by conversations, which an index has in order; a case that was made late of an old conversation may
    /// be missed.
    package func lesson(beforeLast count: Int) throws(StoreError) -> CaseNumber? {
        try query { db in
            try db.number(
                """
                SELECT number FROM caseRecord WHERE conversation IS NOT NULL
                ORDER BY conversation DESC LIMIT 1 OFFSET ?
                """, [count])
        }.map { CaseNumber(number: $0) }
    }
}

extension Database {
    fileprivate func beginning(
        of id: ConversationID, _ limits: StoreReader.LessonLimits
    ) throws -> Conversation {
        Conversation(
            messages: try rows(
                """
                SELECT speaker, substr(text, 1, ?) AS text FROM conversationMessage
                WHERE conversation = ? ORDER BY position LIMIT ?
                """, [limits.characterCount, id.number, limits.messageCount]
            ).map { row in Message(speaker: try row.choice("speaker"), text: row["text"]) })
    }
}
