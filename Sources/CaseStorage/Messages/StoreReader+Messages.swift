package import CaseModel
package import Foundation
internal import GRDB

// What people see of the outbox. The cost of a page does not grow with the number of messages: kind, channel and state
// make *slices*, each of which one index holds in the order of the page, and the first of each are merged.

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
            func page(_ ids: some Sequence<Int64>, _ older: Bool, _ newer: Bool) throws
                -> MessagePage
            {
                MessagePage(
                    messages: try ids.map { id in
                        let row = try db.row("\(MessageView.selection) WHERE m.id = ?", [id])
                        guard let row else { throw StoreError.corrupt("message \(id) is gone") }
                        return try view.message(row)
                    }, hasOlder: older, hasNewer: newer)
            }
            switch query.position {
            case .first:
                let ids = try scan.older(than: .max, limit: limit + 1)
                return try page(ids.prefix(limit), ids.count > limit, false)
            case .olderThan(let place):
                let ids = try scan.older(than: place.number, limit: limit + 1)
                let newer = try scan.newer(than: place.number - 1, limit: 1)
                return try page(ids.prefix(limit), ids.count > limit, !newer.isEmpty)
            case .newerThan(let place):
                let ids = try scan.newer(than: place.number, limit: limit + 1)
                let older = try scan.older(than: place.number + 1, limit: 1)
                return try page(ids.prefix(limit).reversed(), !older.isEmpty, ids.count > limit)
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
                // A state is ten slices, of which two hold most.
                let slices = MessageScan.slices(states: [state])
                let count = try slices.reduce(0) { sum, slice in
                    let count = try db.number(
                        """
                        SELECT count(*) FROM (
                            SELECT 1 FROM message
                            WHERE kind = ? AND channel = ? AND state = ? LIMIT ?)
                        """, slice.columns + [MessageCounts.maximumCounted])
                    return sum + Int(count ?? 0)
                }
                counts[state] = min(count, MessageCounts.maximumCounted)
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

/// Finds the numbers of the messages of a list, in a transaction of the caller's.
private struct MessageScan {
    /// The messages of one kind, channel and state.
    struct Slice {
        let kind: MessageKind
        let channel: NotificationChannel
        let state: MessageState

        var columns: StatementArguments { [kind.rawValue, channel.rawValue, state.rawValue] }
    }

    /// Where the numbers come from.
    private enum Source {
        case everything
        case slices([Slice])
        /// Those about one case, or to one address, of which few are expected: each is looked at.
        case few(column: String, value: any DatabaseValueConvertible)
    }

    private let source: Source
    private let query: MessageQuery
    private let db: Database

    init(_ query: MessageQuery, in database: Database) {
        self.query = query
        db = database
        let text = query.text.trimmed
        if let number = CaseNumber(text) {
            source = .few(column: "caseNumber", value: number.number)
        } else if !text.isEmpty {
            let channel: NotificationChannel = text.contains("@") ? .email : .sms
            let key = AddressKey.of(text, on: channel)
            // Those whose addresses were removed have an empty key.
            source = .few(column: "addressKey", value: key.isEmpty ? text : key)
        } else if query.states == nil && query.channel == nil && query.kind == nil {
            source = .everything
        } else {
            source = .slices(
                Self.slices(kind: query.kind, channel: query.channel, states: query.states))
        }
    }

    /// The slices that together are the messages that the filters let through.
    static func slices(
        kind: MessageKind? = nil, channel: NotificationChannel? = nil,
        states: Set<MessageState>? = nil
    ) -> [Slice] {
        let kinds = kind.map { [$0] } ?? MessageKind.allCases
        let channels = channel.map { [$0] } ?? NotificationChannel.allCases
        let states = states.map(Array.init) ?? MessageState.allCases
        return kinds.flatMap { kind in
            channels.flatMap { channel in
                states.map { Slice(kind: kind, channel: channel, state: $0) }
            }
        }
    }

    /// Numbers below `place`, the greatest first.
    func older(than place: Int64, limit: Int) throws -> [Int64] {
        try numbers("id < ? ORDER BY id DESC", place, limit) { $0 > $1 }
    }

    /// Numbers above `place`, the least first.
    func newer(than place: Int64, limit: Int) throws -> [Int64] {
        try numbers("id > ? ORDER BY id", place, limit) { $0 < $1 }
    }

    private func numbers(
        _ beyond: String, _ place: Int64, _ limit: Int, isBefore: (Int64, Int64) -> Bool
    ) throws -> [Int64] {
        switch source {
        case .everything:
            return try Int64.fetchAll(
                db.cachedStatement(sql: "SELECT id FROM message WHERE \(beyond) LIMIT ?"),
                arguments: [place, limit])
        case .slices(let slices):
            let statement = try db.cachedStatement(
                sql: """
                    SELECT id FROM message
                    WHERE kind = ? AND channel = ? AND state = ? AND \(beyond) LIMIT ?
                    """)
            let found = try slices.flatMap { slice in
                try Int64.fetchAll(statement, arguments: slice.columns + [place, limit])
            }
            return Array(found.sorted(by: isBefore).prefix(limit))
        case .few(let column, let value):
            let cursor = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT id, kind, channel, state FROM message
                        WHERE \(column) = ? AND \(beyond)
                        """), arguments: [value, place])
            var found: [Int64] = []
            while found.count < limit, let row = try cursor.next() {
                if try fits(row) { found.append(row["id"]) }
            }
            return found
        }
    }

    private func fits(_ row: Row) throws -> Bool {
        let kind: MessageKind = try row.choice("kind")
        let channel: NotificationChannel = try row.choice("channel")
        let state: MessageState = try row.choice("state")
        return (query.kind ?? kind) == kind && (query.channel ?? channel) == channel
            && query.states?.contains(state) ?? true
    }
}
