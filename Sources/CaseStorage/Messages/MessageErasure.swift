internal import CaseModel
internal import Foundation
internal import GRDB

// What is taken out of messages: of a customer who is deleted, of old ones, and of those in a copy.

extension Database {
    /// Removes texts and addresses of a customer's messages; that there were some stays known.
    ///
    /// What waits is cancelled. A sender who has one of them learns it before anything leaves, unless it is already
    /// being handed over.
    func eraseMessages(of customer: CustomerID, at: Int64) throws {
        let waiting = try rows(
            "SELECT * FROM message WHERE customer = ? AND endedAt IS NULL", [customer.number])
        for row in waiting {
            let message = try MessageRow(row)
            try end(message, as: .cancelled, at: at)
            try addEvent(.cancelled, to: message.id, at: at, answer: "The customer was deleted")
        }
        try run(
            """
            UPDATE messageEvent SET answer = ''
            WHERE kind <> 'cancelled'
                AND message IN (SELECT id FROM message WHERE customer = ?)
            """, [customer.number])
        try run(
            """
            UPDATE message SET recipientName = '', address = '', addressKey = '', subject = '',
                lastAnswer = '', body = '', customer = NULL
            WHERE customer = ?
            """, [customer.number])
    }

    /// Removes texts and answers of some messages that ended before an instant.
    ///
    /// - Returns: How many.
    func removeMessageTexts(before oldest: Int64, limit: Int) throws -> Int {
        let old = try rows(
            "SELECT id FROM message WHERE body <> '' AND endedAt < ? LIMIT ?", [oldest, limit])
        for row in old {
            let id: Int64 = row["id"]
            try run("UPDATE messageEvent SET answer = '' WHERE message = ?", [id])
            try run(
                "UPDATE message SET subject = '', lastAnswer = '', body = '' WHERE id = ?", [id])
        }
        return old.count
    }

    /// Says of the messages that wait in a copy that nobody knows whether they were sent: the original goes on, and a
    /// copy that is served must not tell people once more what the original has told them.
    func suspendMessages(at: Int64) throws {
        try run(
            """
            INSERT INTO messageEvent (message, position, kind, at, employee, answer)
            SELECT m.id, 1 + coalesce(
                    (SELECT max(v.position) FROM messageEvent v WHERE v.message = m.id), 0),
                'restored', ?, NULL, ''
            FROM message m WHERE m.endedAt IS NULL
            """, [at])
        try run(
            """
            UPDATE message SET state = 'unknown', endedAt = ?, isFirst = 0, leaseUntil = NULL,
                holder = NULL, heldBy = NULL
            WHERE endedAt IS NULL
            """, [at])
    }
}

// MARK: - Verify

extension Database {
    /// Compares the lines of addresses, the counts of tries and the templates with what they should be.
    func messageFindings() throws -> [String] {
        let lines = try rows(
            """
            SELECT min(id) AS id FROM message WHERE endedAt IS NULL
            GROUP BY channel, addressKey HAVING sum(isFirst) <> 1 LIMIT 20
            """
        ).map { "message \($0["id"] as Int64): no message to its address is the next" }
        let counts = try rows(
            """
            SELECT m.id FROM message m
            WHERE m.attemptCount <> (
                SELECT count(*) FROM messageEvent v WHERE v.message = m.id
                    AND v.kind IN ('handed_over', 'refused', 'later', 'unknown')) LIMIT 20
            """
        ).map { "message \($0["id"] as Int64): its count of tries is wrong" }
        let strays = try rows(
            "SELECT id FROM message WHERE caseNumber IS NULL AND kind <> 'test' LIMIT 20"
        ).map { "message \($0["id"] as Int64): it is about no case" }
        let templates = try rows("SELECT * FROM notificationTemplate").compactMap {
            row -> String? in
            do {
                _ = try NotificationTemplate(row)
                return nil
            } catch {
                return "\(StoreError(error))"
            }
        }
        return lines + counts + strays + templates
    }
}
