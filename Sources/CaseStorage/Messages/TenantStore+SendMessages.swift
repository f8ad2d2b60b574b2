package import CaseModel
package import Foundation
internal import GRDB

// What senders do. A message is theirs by a lease; each step of handing it over is on the disk before the next
// begins, so that after any crash it is known of each message whether it can have arrived.
//
//     queued ── lease ──> leased ── noteHanding ──> handing ── noteOutcome ──> handed over, refused, unknown
//        ^                  │ ran out                  │ ran out: unknown
//        └──────────────────┴──── passing fault ───────┘

extension TenantStore {
    /// Gives messages that are due to a sender, which has them for ``StoreLimit/messageLease`` seconds.
    ///
    /// Of the messages to one address only the earliest is given, and only within the limits. None is given while
    /// the channel has no gateway. Leases that ran out are ended before.
    ///
    /// - Parameter limit: How many at most; as many as the sender hands over within a lease.
    /// - Returns: The one that is due for longest first.
    package func leaseMessages(
        channel: NotificationChannel, limit: Int, by holder: LeaseHolder, at: Date
    ) throws(StoreError) -> [OutgoingMessage] {
        try writer.write { db in
            let now = at.milliseconds
            try db.endLeases(of: channel, at: now)
            guard try db.hasGateway(channel) else { return [] }
            let gate = MessageGate(settings: try db.notificationSettings(), now: now)
            let most = try min(limit, db.room(of: gate))
            var leased: [OutgoingMessage] = []
            var lookedAt = 0
            while leased.count < most, lookedAt < StoreLimit.maximumLookedAtMessages {
                // What is leased or put off is not among the next ones.
                let due = try db.dueMessages(of: channel, at: now, limit: most - leased.count)
                guard !due.isEmpty else { break }
                lookedAt += due.count
                for row in due {
                    if let held = try db.hold(row, by: gate) {
                        try db.putOff(row.id("id"), for: held.limit, until: held.opensAt)
                    } else {
                        leased.append(try db.lease(row, by: holder, at: now))
                    }
                }
            }
            return leased
        }
    }

    /// Notes that the next byte may make the message arrive; without this on the disk it must not be sent.
    ///
    /// - Returns: False when the lease was lost: then the message must not be sent.
    package func noteHanding(
        _ id: OutboxMessageID, by holder: LeaseHolder, at: Date
    ) throws(StoreError) -> Bool {
        let now = at.milliseconds
        return try writer.write { db in
            try db.run(
                """
                UPDATE message SET state = 'handing', leaseUntil = ?, countedAt = ?
                WHERE id = ? AND state = 'leased' AND holder = ?
                """, [Self.leaseEnd(now), now, id.number, holder.description])
            return db.changesCount == 1
        }
    }

    /// Notes how the handing over of a message ended; a message that was put off waits longer each time.
    ///
    /// An answer that comes after the lease ran out is better than none: it still counts as long as nobody else had
    /// the message.
    ///
    /// - Returns: False when somebody else had it meanwhile, so that nothing was noted.
    @discardableResult
    package func noteOutcome(
        _ id: OutboxMessageID, by holder: LeaseHolder, _ outcome: DeliveryOutcome, at: Date
    ) throws(StoreError) -> Bool {
        let random = Double.random(in: 0...1)
        let (noted, channel) = try writer.write { db in
            try db.note(outcome, of: id, by: holder, at: at.milliseconds, random: random)
        }
        if let channel { bell(channel).ring() }
        return noted
    }

    /// Gives back what a sender has, when it stops: what it had not begun to hand over is sent by others at once,
    /// of what it had nobody knows.
    package func releaseMessages(of holder: LeaseHolder, at: Date) throws(StoreError) {
        try writer.write { db in
            let held = try db.rows(
                "SELECT * FROM message WHERE leaseUntil IS NOT NULL AND holder = ?",
                [holder.description])
            for row in held { try db.endLease(row, at: at.milliseconds) }
        }
        for channel in NotificationChannel.allCases { bell(channel).ring() }
    }

    /// When a sender of a channel should look for messages again: when one is due or a lease runs out, which may be
    /// before now; `nil` when nothing waits.
    package func nextMessageDue(
        channel: NotificationChannel, at: Date
    ) throws(StoreError) -> Date? {
        try makeReader().nextMessageDue(channel: channel, at: at)
    }

    static func leaseEnd(_ now: Int64) -> Int64 {
        now + Int64(StoreLimit.messageLease * 1_000)
    }
}

extension StoreReader {
    /// As ``TenantStore/nextMessageDue(channel:at:)``, for who has a reader.
    package func nextMessageDue(
        channel: NotificationChannel, at: Date
    ) throws(StoreError) -> Date? {
        try snapshot { db in
            let lease = try db.number(
                """
                SELECT leaseUntil FROM message WHERE channel = ? AND leaseUntil IS NOT NULL
                ORDER BY leaseUntil LIMIT 1
                """, [channel.rawValue])
            guard try db.hasGateway(channel) else { return lease.map(Date.init(milliseconds:)) }
            var due = try db.number(
                """
                SELECT dueAt FROM message WHERE channel = ? AND state = 'queued' AND isFirst = 1
                ORDER BY dueAt LIMIT 1
                """, [channel.rawValue])
            let gate = MessageGate(
                settings: try db.notificationSettings(), now: at.milliseconds)
            if let first = due, let opensAt = try db.opening(of: gate, .tenant) {
                due = max(first, opensAt)
            }
            return [lease, due].compactMap(\.self).min().map(Date.init(milliseconds:))
        }
    }
}

// MARK: - Limits

/// The limits at a moment.
struct MessageGate {
    let settings: NotificationSettings
    /// Epoch milliseconds.
    let now: Int64

    fileprivate static let window = Int64(NotificationLimit.window * 1_000)
}

extension Database {
    /// When one more message is within the tenant space's limit; `nil` for now.
    func opening(of gate: MessageGate, _ limit: NotificationLimit) throws -> Int64? {
        try opening(of: gate, .tenant, where: "1", [])
    }

    /// How many more messages are within the tenant space's limit.
    fileprivate func room(of gate: MessageGate) throws -> Int {
        let most = gate.settings.perTenant
        let counted = try number(
            "SELECT count(*) FROM (SELECT 1 FROM message WHERE countedAt > ? LIMIT ?)",
            [gate.now - MessageGate.window, most])
        return most - Int(counted ?? 0)
    }

    /// When a limit lets one more message go: when the last but so many that count leaves the window.
    private func opening(
        of gate: MessageGate, _ limit: NotificationLimit, where scope: String,
        _ values: StatementArguments
    ) throws -> Int64? {
        let since = gate.now - MessageGate.window
        return try number(
            """
            SELECT countedAt FROM message WHERE \(scope) AND countedAt > ?
            ORDER BY countedAt DESC LIMIT 1 OFFSET ?
            """, values + [since, gate.settings[limit] - 1]
        ).map { $0 + MessageGate.window }
    }

    /// The limit of the message's own that is used up, and when it opens; `nil` when it may go.
    fileprivate func hold(
        _ row: Row, by gate: MessageGate
    ) throws -> (limit: NotificationLimit, opensAt: Int64)? {
        let (channel, key): (String, String) = (row["channel"], row["addressKey"])
        if let opensAt = try opening(
            of: gate, .recipient, where: "channel = ? AND addressKey = ?", [channel, key])
        {
            return (.recipient, opensAt)
        }
        let customer: Int64? = row["customer"]
        if let customer,
            let opensAt = try opening(of: gate, .customer, where: "customer = ?", [customer])
        {
            return (.customer, opensAt)
        }
        return nil
    }

    fileprivate func putOff(
        _ id: OutboxMessageID, for limit: NotificationLimit, until opensAt: Int64
    ) throws {
        try run(
            "UPDATE message SET dueAt = ?, heldBy = ? WHERE id = ?",
            [opensAt, limit.rawValue, id.number])
    }
}

// MARK: - Leases

extension Database {
    fileprivate func dueMessages(
        of channel: NotificationChannel, at now: Int64, limit: Int
    ) throws -> [Row] {
        try rows(
            """
            SELECT id, messageID, channel, kind, customer, recipientName, address, addressKey,
                subject, body, createdAt, attemptCount
            FROM message
            WHERE channel = ? AND state = 'queued' AND isFirst = 1 AND dueAt <= ?
            ORDER BY dueAt, id LIMIT ?
            """, [channel.rawValue, now, limit])
    }

    fileprivate func lease(
        _ row: Row, by holder: LeaseHolder, at now: Int64
    ) throws -> OutgoingMessage {
        try run(
            """
            UPDATE message SET state = 'leased', holder = ?, leaseUntil = ?, countedAt = ?,
                heldBy = NULL, tryUntil = coalesce(tryUntil, ?)
            WHERE id = ?
            """,
            [
                holder.description, TenantStore.leaseEnd(now), now,
                now + Int64(RetrySchedule.lifetime * 1_000), row["id"] as Int64,
            ])
        return try OutgoingMessage(row)
    }

    /// Ends the leases of a channel that ran out.
    fileprivate func endLeases(of channel: NotificationChannel, at now: Int64) throws {
        let ended = try rows(
            "SELECT * FROM message WHERE channel = ? AND leaseUntil <= ? LIMIT ?",
            [channel.rawValue, now, StoreLimit.maximumLookedAtMessages])
        for row in ended { try endLease(row, at: now) }
    }

    /// Ends a lease without an outcome.
    fileprivate func endLease(_ row: Row, at now: Int64) throws {
        let message = try MessageRow(row)
        if message.state == .handing {
            try end(message, as: .unknown, at: now)
            try addEvent(
                .unknown, to: message.id, at: now,
                answer: "The sender stopped before the answer came")
        } else {
            try requeue(message, at: message.dueAt)
            try addEvent(
                .returned, to: message.id, at: now,
                answer: "The sender stopped before it had begun")
        }
    }

    /// - Returns: Whether it was noted, and the channel on which another message may be due now.
    fileprivate func note(
        _ outcome: DeliveryOutcome, of id: OutboxMessageID, by holder: LeaseHolder, at now: Int64,
        random: Double
    ) throws -> (Bool, NotificationChannel?) {
        guard let message = try message(id), message.holder == holder.description,
            [.leased, .handing, .unknown].contains(message.state)
        else { return (false, nil) }
        switch outcome {
        case .handedOver(let answer):
            try end(message, as: .handedOver, at: now)
            try addEvent(.handedOver, to: id, at: now, answer: answer)
        case .refused(let answer):
            try end(message, as: .refused, at: now)
            try addEvent(.refused, to: id, at: now, answer: answer)
        case .unknown where message.state == .unknown: return (true, nil)
        case .unknown(let answer):
            try end(message, as: .unknown, at: now)
            try addEvent(.unknown, to: id, at: now, answer: answer)
        case .later(let answer):
            try retryLater(message, answer: answer, at: now, random: random)
        }
        return (true, message.channel)
    }

    private func retryLater(
        _ message: MessageRow, answer: String, at now: Int64, random: Double
    ) throws {
        let limit = message.tryUntil ?? now
        guard now < limit else {
            try end(message, as: .refused, at: now)
            return try addEvent(.refused, to: message.id, at: now, answer: answer)
        }
        let failures = message.failureCount + 1
        let wait = RetrySchedule.wait(afterFailures: failures, random: random)
        try requeue(message, at: min(now + Int64(wait * 1_000), limit), failures: failures)
        try addEvent(.later, to: message.id, at: now, answer: answer)
    }
}

extension OutgoingMessage {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: row.id("id"), messageID: row["messageID"], channel: try row.choice("channel"),
            kind: try row.choice("kind"), recipientName: row["recipientName"],
            address: row["address"],
            text: RenderedMessage(subject: row["subject"], body: row["body"]),
            createdAt: row.date("createdAt"), attemptCount: row["attemptCount"])
    }
}
