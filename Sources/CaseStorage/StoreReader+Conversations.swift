package import CaseModel
package import Foundation
internal import GRDB

/// A place in a list of conversations, which stays where it is while new messages arrive elsewhere.
package struct ConversationPlace: Equatable, Sendable {
    package let lastMessageAt: Date
    package let id: ConversationID

    package init(_ summary: ConversationSummary) {
        self.init(lastMessageAt: summary.lastMessageAt, id: summary.id)
    }

    package init(lastMessageAt: Date, id: ConversationID) {
        self.lastMessageAt = lastMessageAt
        self.id = id
    }
}

extension StoreReader {
    /// Conversations, the one with the newest message first.
    ///
    /// - Parameters:
    ///   - agent: Whose; `nil` for everybody's, which needs Query All.
    ///   - customer: With whom; `nil` for any.
    ///   - place: Only those that come after it.
    package func conversations(
        of agent: EmployeeID?, with customer: CustomerID? = nil,
        before place: ConversationPlace? = nil, limit: Int
    ) throws(StoreError) -> [ConversationSummary] {
        var conditions: [String] = []
        var arguments: [(any DatabaseValueConvertible)?] = []
        if let agent {
            conditions.append("c.agent = ?")
            arguments.append(agent.number)
        }
        if let customer {
            conditions.append("c.customer = ?")
            arguments.append(customer.number)
        }
        if let place {
            conditions.append("(c.lastMessageAt, c.id) < (?, ?)")
            arguments += [place.lastMessageAt.milliseconds, place.id.number]
        }
        arguments.append(StoreReader.bounded(limit))
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        return try query { db in
            try db.rows(
                """
                \(ConversationSummary.selection) \(filter)
                ORDER BY c.lastMessageAt DESC, c.id DESC LIMIT ?
                """, StatementArguments(arguments)
            ).map(ConversationSummary.init)
        }
    }

    /// A conversation without its messages.
    ///
    /// The caller asks ``Viewer/maySee(conversationOf:)`` before it shows anything of it, here and below.
    package func conversationSummary(
        _ id: ConversationID
    ) throws(StoreError) -> ConversationSummary? {
        try query { db in try db.conversationSummary(id) }
    }

    /// A conversation with all its messages.
    package func conversation(_ id: ConversationID) throws(StoreError) -> StoredConversation? {
        try snapshot { db in
            guard let summary = try db.conversationSummary(id) else { return nil }
            return StoredConversation(
                summary: summary, messages: try db.transcript(of: id, from: 0))
        }
    }

    /// The messages that came at a position or later.
    package func messages(
        of id: ConversationID, from position: Int
    ) throws(StoreError) -> [TranscriptMessage] {
        try query { db in try db.transcript(of: id, from: position) }
    }

    /// How many messages a conversation has, to see that it has grown; `nil` when there is none of that name.
    package func conversationVersion(_ id: ConversationID) throws(StoreError) -> Int? {
        try query { db in
            try db.number("SELECT messageCount FROM conversation WHERE id = ?", [id.number])
        }.map { Int($0) }
    }

    /// The conversation that a case was begun from.
    package func conversation(
        openedAs number: CaseNumber
    ) throws(StoreError) -> ConversationID? {
        try query { db in
            try db.number(
                "SELECT conversation FROM caseRecord WHERE number = ? AND conversation IS NOT NULL",
                [number.number])
        }.map { ConversationID(number: $0) }
    }

    /// Customers whom what a channel told may mean: those with its e-mail address or phone number, the oldest first.
    package func customers(
        reachedBy contact: ConversationContact
    ) throws(StoreError) -> [Customer] {
        try snapshot { db in
            try db.customers(reachedBy: contact).compactMap { id in
                try db.storedCustomer(id)?.customer
            }
        }
    }
}

extension Database {
    /// The customers with the e-mail address or the phone number that a channel told, the oldest first.
    func customers(reachedBy contact: ConversationContact) throws -> [CustomerID] {
        let byEmail = contact.email.isEmpty ? [] : try customers(withEmail: contact.email)
        let byPhone = contact.phone.isEmpty ? [] : try customers(withPhone: contact.phone)
        return Set(byEmail + byPhone).sorted()
    }

    fileprivate func conversationSummary(_ id: ConversationID) throws -> ConversationSummary? {
        try row("\(ConversationSummary.selection) WHERE c.id = ?", [id.number])
            .map(ConversationSummary.init)
    }

    fileprivate func transcript(
        of id: ConversationID, from position: Int
    ) throws -> [TranscriptMessage] {
        try rows(
            """
            SELECT position, speaker, text, at FROM conversationMessage
            WHERE conversation = ? AND position >= ? ORDER BY position
            """, [id.number, position]
        ).map { row in
            TranscriptMessage(
                position: row["position"], speaker: try row.choice("speaker"), text: row["text"],
                at: row.date("at"))
        }
    }
}

extension ConversationSummary {
    fileprivate static let selection = """
        SELECT c.id, c.externalID, c.channel, c.contactName, c.contactEmail, c.contactPhone,
            c.customer, u.name AS customerName, c.agent, c.startedAt, c.lastMessageAt,
            c.messageCount,
            (SELECT substr(m.text, 1, \(ConversationLimit.maximumExcerptCharacters))
                FROM conversationMessage m
                WHERE m.conversation = c.id AND m.position = c.messageCount - 1) AS lastText,
            (SELECT max(r.number) FROM caseRecord r WHERE r.conversation = c.id) AS openedCase
        FROM conversation c LEFT JOIN customer u ON u.id = c.customer
        """

    fileprivate init(_ row: Row) throws {
        let customer: Int64? = row["customer"]
        let openedCase: Int64? = row["openedCase"]
        let lastText: String? = row["lastText"]
        self.init(
            id: row.id("id"), externalID: row["externalID"], channel: try row.choice("channel"),
            contact: ConversationContact(
                name: row["contactName"], email: row["contactEmail"], phone: row["contactPhone"]),
            customer: customer.map {
                Person(id: CustomerID(number: $0), name: row["customerName"])
            },
            agent: row.id("agent"), startedAt: row.date("startedAt"),
            lastMessageAt: row.date("lastMessageAt"), messageCount: row["messageCount"],
            lastText: lastText ?? "", openedCase: openedCase.map { CaseNumber(number: $0) })
    }
}
