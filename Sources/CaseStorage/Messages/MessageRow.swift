internal import CaseModel
internal import Foundation
internal import GRDB

// How messages stand in their rows, and what every change of them keeps: of the open messages to one address the
// earliest is the first, unless another one is on its way already.

/// What of a message is needed to change where it stands.
struct MessageRow {
    let id: OutboxMessageID
    let channel: NotificationChannel
    let addressKey: String
    let state: MessageState
    let holder: String?
    let dueAt: Int64
    let tryUntil: Int64?
    let failureCount: Int
    let isTextGone: Bool

    init(_ row: Row) throws {
        id = row.id("id")
        channel = try row.choice("channel")
        addressKey = row["addressKey"]
        state = try row.choice("state")
        holder = row["holder"]
        dueAt = row["dueAt"]
        tryUntil = row["tryUntil"]
        failureCount = row["failureCount"]
        let (body, address): (String, String) = (row["body"], row["address"])
        isTextGone = body.isEmpty || address.isEmpty
    }
}

/// A message that is to be made.
struct MessageDraft {
    let kind: MessageKind
    let channel: NotificationChannel
    let caseNumber: CaseNumber?
    let customer: CustomerID?
    let employee: EmployeeID?
    let recipientName: String
    let address: String
    let text: RenderedMessage
    let createdAt: Int64
    let dueAt: Int64

    /// What spellings of the address have in common: messages to one key keep their order.
    var addressKey: String { AddressKey.of(address, on: channel) }
}

/// What spellings of an address have in common.
enum AddressKey {
    static func of(_ address: String, on channel: NotificationChannel) -> String {
        switch channel {
        case .email: address.lowercased()
        case .sms: address.filter { $0 == "+" || $0.isNumber }
        }
    }
}

extension Database {
    func message(_ id: OutboxMessageID) throws -> MessageRow? {
        try row("SELECT * FROM message WHERE id = ?", [id.number]).map(MessageRow.init)
    }

    /// Puts a message at the end of the line of its address.
    func insert(_ new: MessageDraft, host: String) throws -> OutboxMessageID {
        let key = new.addressKey
        let name = DraftID().description
        let messageID = new.channel == .email ? "\(name)@\(host)" : name
        try run(
            """
            INSERT INTO message (
                messageID, channel, kind, caseNumber, customer, employee, recipientName, address,
                addressKey, subject, state, isFirst, createdAt, dueAt, attemptCount, failureCount,
                lastAnswer, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', NOT EXISTS (
                SELECT 1 FROM message WHERE channel = ? AND addressKey = ? AND isFirst = 1),
                ?, ?, 0, 0, '', ?)
            """,
            [
                messageID, new.channel.rawValue, new.kind.rawValue, new.caseNumber?.number,
                new.customer?.number, new.employee?.number, new.recipientName, new.address, key,
                new.text.subject, new.channel.rawValue, key, new.createdAt, new.dueAt,
                new.text.body,
            ])
        return OutboxMessageID(number: lastInsertedRowID)
    }

    /// Takes a message out of the line for good; the next one to its address comes forward.
    func end(_ message: MessageRow, as state: MessageState, at: Int64) throws {
        let mayHaveArrived =
            switch state {
            case .handedOver, .unknown: true
            case .cancelled: message.state == .unknown || message.state == .handing
            case .queued, .leased, .handing, .refused: false
            }
        try run(
            """
            UPDATE message SET state = ?, endedAt = ?, isFirst = 0, leaseUntil = NULL,
                heldBy = NULL, holder = CASE WHEN ? THEN holder END,
                countedAt = CASE WHEN ? THEN countedAt END
            WHERE id = ?
            """,
            [state.rawValue, at, state == .unknown, mayHaveArrived, message.id.number])
        try straightenLine(of: message)
    }

    /// Puts a message back to its place in the line of its address.
    ///
    /// - Parameter dueAt: Not to be sent before.
    /// - Parameter failures: Failures since it was queued; as before when it is `nil`.
    func requeue(_ message: MessageRow, at dueAt: Int64, failures: Int? = nil) throws {
        try run(
            """
            UPDATE message SET state = 'queued', dueAt = ?, endedAt = NULL, leaseUntil = NULL,
                holder = NULL, heldBy = NULL, countedAt = NULL, failureCount = ?
            WHERE id = ?
            """, [dueAt, failures ?? message.failureCount, message.id.number])
        try straightenLine(of: message)
    }

    /// Makes the earliest open message to an address the first, unless the first is on its way.
    func straightenLine(of message: MessageRow) throws {
        let line: StatementArguments = [message.channel.rawValue, message.addressKey]
        let head = try row(
            """
            SELECT id, leaseUntil FROM message
            WHERE channel = ? AND addressKey = ? AND isFirst = 1
            """, line)
        if let head, head["leaseUntil"] != nil { return }
        let earliest = try number(
            """
            SELECT id FROM message WHERE channel = ? AND addressKey = ? AND endedAt IS NULL
            ORDER BY id LIMIT 1
            """, line)
        let first: Int64? = head?["id"]
        guard earliest != first else { return }
        if let first { try run("UPDATE message SET isFirst = 0 WHERE id = ?", [first]) }
        if let earliest { try run("UPDATE message SET isFirst = 1 WHERE id = ?", [earliest]) }
    }

    /// Notes what happened to a message; what a try ended with is also its last answer.
    func addEvent(
        _ kind: MessageEvent.Kind, to id: OutboxMessageID, by employee: EmployeeID? = nil,
        at: Int64, answer: String = ""
    ) throws {
        let kept =
            answer.unicodeScalars.count > StoreLimit.maximumAnswerCharacters
            ? String(answer.unicodeScalars.prefix(StoreLimit.maximumAnswerCharacters)) : answer
        try run(
            """
            INSERT INTO messageEvent (message, position, kind, at, employee, answer)
            SELECT ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?
            FROM messageEvent WHERE message = ?
            """, [id.number, kind.rawValue, at, employee?.number, kept, id.number])
        guard kind.isAttempt else { return }
        try run(
            "UPDATE message SET attemptCount = attemptCount + 1, lastAnswer = ? WHERE id = ?",
            [kept, id.number])
    }
}
