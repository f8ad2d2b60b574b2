internal import CaseModel
internal import Foundation
internal import GRDB

// Which messages are new, and how they are stored; inside the transaction of whoever adds them.

/// What is stored of a conversation beside its messages.
struct StoredHead {
    let id: ConversationID
    let messageCount: Int
    let byteCount: Int
    private let channel: String
    private let contact: ConversationContact
    private let agent: String
    private let startedAt: Int64

    init(_ row: Row) {
        id = row.id("id")
        messageCount = row["messageCount"]
        byteCount = row["byteCount"]
        channel = row["channel"]
        contact = ConversationContact(
            name: row["contactName"], email: row["contactEmail"], phone: row["contactPhone"])
        agent = row["login"]
        startedAt = row["startedAt"]
    }

    /// The places where a conversation of the same name says something else.
    func differences(from sent: NewConversation) -> [String] {
        [
            ("/channel", channel == sent.channel.rawValue),
            ("/customer/name", contact.name == sent.contact.name),
            ("/customer/email", contact.email == sent.contact.email),
            ("/customer/phone", contact.phone == sent.contact.phone),
            ("/agent", agent == sent.agent),
            ("/started_at", startedAt == sent.startedAt.milliseconds),
        ].filter { !$0.1 }.map(\.0)
    }
}

extension NewMessage {
    fileprivate init(_ row: Row) throws {
        self.init(
            externalID: row["externalID"], speaker: try row.choice("speaker"), text: row["text"],
            at: row.date("at"))
    }

    /// Whether this is the stored message, sent again.
    func repeats(_ stored: NewMessage) -> Bool {
        let isNamedSo =
            externalID == nil || stored.externalID == nil || externalID == stored.externalID
        return isNamedSo && saysSame(as: stored)
    }

    private func saysSame(as other: NewMessage) -> Bool {
        speaker == other.speaker && at.milliseconds == other.at.milliseconds
            && text.utf8.elementsEqual(other.text.utf8)
    }
}

extension Database {
    /// The messages of a conversation in their order.
    func sentMessages(of id: ConversationID) throws -> [NewMessage] {
        try rows(
            """
            SELECT externalID, speaker, text, at FROM conversationMessage
            WHERE conversation = ? ORDER BY position
            """, [id.number]
        ).map(NewMessage.init)
    }

    /// Tells messages that are new from those that are there.
    ///
    /// - Returns: Those that are new, in their order, and the places of those whose name belongs to another one.
    func sort(
        _ messages: [NewMessage], for id: ConversationID
    ) throws -> (new: [NewMessage], contradicting: [Int]) {
        var new: [NewMessage] = []
        var contradicting: [Int] = []
        var named: [String: NewMessage] = [:]
        var unnamed: [NewMessage: Int] = [:]
        for (index, message) in messages.enumerated() {
            if let name = message.externalID {
                let known = try named[name] ?? self.message(named: name, of: id)
                named[name] = known ?? message
                if let known {
                    if !message.repeats(known) { contradicting.append(index) }
                    continue
                }
            } else {
                let left = try unnamed[message] ?? count(of: message, in: id)
                unnamed[message] = max(0, left - 1)
                if left > 0 { continue }
            }
            new.append(message)
        }
        return (new, contradicting)
    }

    private func message(named name: String, of id: ConversationID) throws -> NewMessage? {
        try row(
            """
            SELECT externalID, speaker, text, at FROM conversationMessage
            WHERE conversation = ? AND externalID = ?
            """, [id.number, name]
        ).map(NewMessage.init)
    }

    private func count(of message: NewMessage, in id: ConversationID) throws -> Int {
        Int(
            try number(
                """
                SELECT count(*) FROM conversationMessage
                WHERE conversation = ? AND at = ? AND speaker = ? AND text = ?
                """,
                [id.number, message.at.milliseconds, message.speaker.rawValue, message.text]) ?? 0)
    }

    /// Refuses messages that do not fit any more.
    func refuseTooMuch(_ messages: [NewMessage], in stored: StoredHead) throws {
        guard stored.messageCount + messages.count <= ConversationLimit.maximumMessageCount else {
            throw StoreError.rejected([ConversationLimit.tooManyMessages])
        }
        let byteCount = messages.reduce(stored.byteCount) { $0 + $1.text.utf8.count }
        guard byteCount <= ConversationLimit.maximumTextByteCount else {
            throw StoreError.rejected([ConversationLimit.tooMuchText])
        }
    }

    /// Stores messages behind those that are there.
    func append(_ messages: [NewMessage], to id: ConversationID) throws {
        guard !messages.isEmpty else { return }
        let first =
            try number("SELECT messageCount FROM conversation WHERE id = ?", [id.number]) ?? 0
        for (index, message) in messages.enumerated() {
            try run(
                """
                INSERT INTO conversationMessage
                    (conversation, position, externalID, speaker, at, text)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [
                    id.number, first + Int64(index), message.externalID, message.speaker.rawValue,
                    message.at.milliseconds, message.text,
                ])
        }
        let newest = messages.map(\.at.milliseconds).max() ?? 0
        try run(
            """
            UPDATE conversation SET messageCount = messageCount + ?, byteCount = byteCount + ?,
                lastMessageAt = max(lastMessageAt, ?)
            WHERE id = ?
            """,
            [
                messages.count, messages.reduce(0) { $0 + $1.text.utf8.count }, newest, id.number,
            ])
    }
}
