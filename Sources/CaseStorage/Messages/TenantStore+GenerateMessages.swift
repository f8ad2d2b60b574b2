internal import CaseModel
internal import Foundation
internal import GRDB

// Many believable messages, to measure with.

extension TenantStore {
    /// Messages of one transaction: large enough that the waits for the disk do not count.
    private static let generatedAtOnce = 2_000
    /// Cases that generated messages are about.
    private static let aboutCases = 10_000

    /// Adds messages about the cases that exist, always the same for the same counts.
    ///
    /// - Parameters:
    ///   - handled: Messages that were handed over, the newest two hours ago, one a second back from there.
    ///   - due: E-mails that are due now, each to an address of its own; the limits are raised so that they may all go.
    /// - Throws: ``StoreError/unknown(_:)`` when there is no case.
    package func generateMessages(handled: Int, due: Int) throws(StoreError) {
        let cases = try makeReader().someCases(limit: Self.aboutCases)
        guard !cases.isEmpty else { throw .unknown("case") }
        let now = Date().milliseconds
        let newest = now - 7_200_000
        try inBatches(of: handled) { db, index in
            try db.insertHandled(
                cases[index % cases.count], index, at: newest - Int64(index) * 1_000)
        }
        if due > 0 {
            let most = NotificationSettings.maximumLimit
            try updateNotificationSettings(
                NotificationSettings(perRecipient: most, perCustomer: most, perTenant: most),
                .commandLine)
        }
        try inBatches(of: due) { db, index in
            let (number, customer) = cases[index % cases.count]
            _ = try db.insert(
                MessageDraft(
                    kind: .notification(.caseCreated), channel: .email, caseNumber: number,
                    customer: customer, employee: nil, recipientName: "Customer \(index)",
                    address: "due-\(index)@example.org", text: Self.text(of: number),
                    createdAt: now, dueAt: now),
                host: "example.org")
        }
        bell(.email).ring()
    }

    fileprivate static func text(of number: CaseNumber) -> RenderedMessage {
        RenderedMessage(
            subject: "Your case \(number)",
            body: "Hello,\n\nthank you for getting in touch. What you told us is case \(number).\n")
    }

    private func inBatches(
        of count: Int, _ work: @escaping @Sendable (Database, Int) throws -> Void
    ) throws(StoreError) {
        var made = 0
        while made < count {
            let batch = made..<min(count, made + Self.generatedAtOnce)
            try writer.write { db in
                for index in batch { try work(db, index) }
            }
            made = batch.upperBound
        }
    }
}

extension StoreReader {
    fileprivate func someCases(limit: Int) throws(StoreError) -> [(CaseNumber, CustomerID)] {
        try query { db in
            try db.rows(
                "SELECT number, customer FROM caseRecord ORDER BY number LIMIT ?", [limit]
            ).map { ($0.id("number"), $0.id("customer")) }
        }
    }
}

extension Database {
    fileprivate func insertHandled(
        _ about: (number: CaseNumber, customer: CustomerID), _ index: Int, at: Int64
    ) throws {
        let text = TenantStore.text(of: about.number)
        let address = "customer-\(index % 50_000)@example.org"
        try run(
            """
            INSERT INTO message (
                messageID, channel, kind, caseNumber, customer, recipientName, address, addressKey,
                subject, state, isFirst, createdAt, dueAt, countedAt, endedAt, attemptCount,
                failureCount, lastAnswer, body)
            VALUES (?, 'email', 'case_created', ?, ?, ?, ?, ?, ?, 'handed_over', 0, ?, ?, ?, ?, 1,
                0, '250 2.0.0 Ok: queued', ?)
            """,
            [
                "\(DraftID())@example.org", about.number.number, about.customer.number,
                "Customer \(index)", address, address, text.subject, at, at, at, at, text.body,
            ])
        try run(
            """
            INSERT INTO messageEvent (message, position, kind, at, answer)
            VALUES (?, 1, 'handed_over', ?, '250 2.0.0 Ok: queued')
            """, [lastInsertedRowID, at])
    }
}
