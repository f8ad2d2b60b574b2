package import CaseModel
package import Foundation
internal import GRDB

// What people see of the outbox. A list is read from an index in the order of the page; where two filters are set, one
// of them picks from what the index of the other has.

/// How many messages are in each state, counted up to ``maximumCounted``.
package struct MessageCounts: Equatable, Sendable {
    /// Messages that are worth counting for a page.
    package static let maximumCounted = 10_000

    private let counts: [MessageState: Int]

    fileprivate init(_ counts: [MessageState: Int]) { self.counts = counts }

    package subscript(state: MessageState) -> Int { counts[state] ?? 0 }
}

extension StoreReader {
    /// A page of messages, newest first.
    ///
    /// - Parameter at: What waiting is counted from.
    package func messages(_ query: MessageQuery, at: Date) throws(StoreError) -> MessagePage {
        let limit = StoreReader.bounded(query.limit)
        return try snapshot { db in
            let scan = MessageScan(query, in: db)
            let view = try MessageView(db, at: at)
            switch query.position {
            case .first:
                let rows = try scan.older(than: .max, limit: limit + 1)
                return MessagePage(
                    messages: try rows.prefix(limit).map(view.message),
                    hasOlder: rows.count > limit, hasNewer: false)
            case .olderThan(let place):
                let rows = try scan.older(than: place.number, limit: limit + 1)
                return MessagePage(
                    messages: try rows.prefix(limit).map(view.message),
                    hasOlder: rows.count > limit,
                    hasNewer: try !scan.newer(than: place.number - 1, limit: 1).isEmpty)
            case .newerThan(let place):
                let rows = try scan.newer(than: place.number, limit: limit + 1)
                return MessagePage(
                    messages: try rows.prefix(limit).reversed().map(view.message),
                    hasOlder: try !scan.older(than: place.number + 1, limit: 1).isEmpty,
                    hasNewer: rows.count > limit)
            }
        }
    }

    /// A message with all that happened to it; `nil` when there is none.
    package func message(_ id: OutboxMessageID, at: Date) throws(StoreError) -> MessageDetails? {
        try snapshot { db in
            guard let row = try db.row("\(MessageView.selection) WHERE m.id = ?", [id.number])
            else { return nil }
            let events = try db.rows(
                """
                SELECT v.kind, v.at, v.answer, e.name AS employeeName
                FROM messageEvent v LEFT JOIN employee e ON e.id = v.employee
                WHERE v.message = ? ORDER BY v.position
                """, [id.number])
            return MessageDetails(
                message: try MessageView(db, at: at).message(row),
                events: try events.map { row in
                    MessageEvent(
                        kind: try row.choice("kind"), at: row.date("at"),
                        employeeName: row["employeeName"], answer: row["answer"])
                })
        }
    }

    /// The messages of a case, newest first.
    package func messages(
        ofCase number: CaseNumber, limit: Int, at: Date
    ) throws(StoreError) -> [StoredMessage] {
        try snapshot { db in
            let view = try MessageView(db, at: at)
            return try db.rows(
                "\(MessageView.selection) WHERE m.caseNumber = ? ORDER BY m.id DESC LIMIT ?",
                [number.number, StoreReader.bounded(limit)]
            ).map(view.message)
        }
    }

    /// When the message that waits for longest was made; `nil` when none waits.
    package func oldestWaitingMessage() throws(StoreError) -> Date? {
        try query { db in
            try db.number(
                """
                SELECT createdAt FROM message WHERE endedAt IS NULL ORDER BY createdAt LIMIT 1
                """
            ).map(Date.init(milliseconds:))
        }
    }

    /// How many messages there are in each state.
    package func messageCounts() throws(StoreError) -> MessageCounts {
        try snapshot { db in
            var counts: [MessageState: Int] = [:]
            for state in MessageState.allCases {
                let count = try db.number(
                    """
                    SELECT count(*) FROM (SELECT 1 FROM message WHERE state = ? LIMIT ?)
                    """, [state.rawValue, MessageCounts.maximumCounted])
                counts[state] = Int(count ?? 0)
            }
            return MessageCounts(counts)
        }
    }

    /// Whether the last message to an address of which the outcome is known was refused.
    package func hasBounced(
        _ address: String, on channel: NotificationChannel
    ) throws(StoreError) -> Bool {
        try query { db in
            try db.row(
                """
                SELECT state FROM message
                WHERE channel = ? AND addressKey = ? AND state IN ('handed_over', 'refused')
                ORDER BY id DESC LIMIT 1
                """, [channel.rawValue, AddressKey.of(address, on: channel)]
            ).map { row in try row.choice("state") == MessageState.refused } ?? false
        }
    }
}

/// Makes messages of rows at one moment.
private struct MessageView {
    private let setup: NotificationSetup
    private let isTenantFull: Bool
    private let now: Date

    static let selection = "SELECT m.* FROM message m"

    init(_ db: Database, at: Date) throws {
        setup = NotificationSetup(
            configuredChannels: Set(try NotificationChannel.allCases.filter(db.hasGateway)),
            settings: try db.notificationSettings())
        let gate = MessageGate(settings: setup.settings, now: at.milliseconds)
        isTenantFull = try db.opening(of: gate, .tenant) != nil
        now = at
    }

    func message(_ row: Row) throws -> StoredMessage {
        StoredMessage(
            id: row.id("id"), messageID: row["messageID"], channel: try row.choice("channel"),
            kind: try row.choice("kind"),
            caseNumber: (row["caseNumber"] as Int64?).map { CaseNumber(number: $0) },
            recipient: recipient(row), recipientName: row["recipientName"],
            address: row["address"],
            text: RenderedMessage(subject: row["subject"], body: row["body"]),
            state: try row.choice("state"), createdAt: row.date("createdAt"),
            dueAt: row.date("dueAt"), endedAt: row.optionalDate("endedAt"),
            attemptCount: row["attemptCount"], lastAnswer: row["lastAnswer"],
            waitReason: try waitReason(row))
    }

    private func recipient(_ row: Row) -> StoredMessage.Recipient {
        if let customer: Int64 = row["customer"] {
            return .customer(CustomerID(number: customer))
        }
        if let employee: Int64 = row["employee"] {
            return .employee(EmployeeID(number: employee))
        }
        return .erased
    }

    private func waitReason(_ row: Row) throws -> WaitReason? {
        guard try row.choice("state") == MessageState.queued else { return nil }
        guard setup.configuredChannels.contains(try row.choice("channel")) else {
            return .notConfigured
        }
        let isFirst: Bool = row["isFirst"]
        guard isFirst else { return .earlierMessage }
        if row.date("dueAt") > now {
            if let limit: NotificationLimit = row.optionalChoice("heldBy") { return .limit(limit) }
            let failures: Int = row["failureCount"]
            return failures > 0 ? .failedTry : .furtherChanges
        }
        return isTenantFull ? .limit(.tenant) : WaitReason.none
    }
}

/// Finds the rows of a list, in a transaction of the caller's.
private struct MessageScan {
    private let condition: String
    private let values: StatementArguments
    private let db: Database

    init(_ query: MessageQuery, in database: Database) {
        var conditions: [String] = []
        var values = StatementArguments()
        if let states = query.states {
            // One state is read from its index in the order of the page.
            let names = states.map(\.rawValue).sorted()
            conditions.append("m.state IN (\(names.map { _ in "?" }.joined(separator: ", ")))")
            values += StatementArguments(names)
        }
        if let channel = query.channel {
            conditions.append("m.channel = ?")
            values += [channel.rawValue]
        }
        if let kind = query.kind {
            conditions.append("m.kind = ?")
            values += [kind.rawValue]
        }
        let text = query.text.trimmed
        if let number = CaseNumber(text) {
            conditions.append("m.caseNumber = ?")
            values += [number.number]
        } else if !text.isEmpty {
            let keys = NotificationChannel.allCases.map { AddressKey.of(text, on: $0) }
            // No message has an empty key but those whose addresses were removed.
            conditions.append("m.addressKey IN (?, ?)")
            values += StatementArguments(keys.map { $0.isEmpty ? text : $0 })
        }
        condition = conditions.map { "\($0) AND " }.joined()
        self.values = values
        db = database
    }

    func older(than place: Int64, limit: Int) throws -> [Row] {
        try db.rows(
            "\(MessageView.selection) WHERE \(condition)m.id < ? ORDER BY m.id DESC LIMIT ?",
            values + [place, limit])
    }

    func newer(than place: Int64, limit: Int) throws -> [Row] {
        try db.rows(
            "\(MessageView.selection) WHERE \(condition)m.id > ? ORDER BY m.id LIMIT ?",
            values + [place, limit])
    }
}
