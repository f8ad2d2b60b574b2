package import CaseModel
package import Foundation
internal import GRDB

/// A case as the page of its customer shows it.
package struct CustomerCase: Equatable, Sendable, Identifiable {
    package var id: CaseNumber { number }
    package let number: CaseNumber
    package let title: String
    package let typeName: String
    package let status: String
    package let state: CaseState
    package let statusSince: Date
}

extension StoreReader {
    /// The cases of a customer that the viewer may see, newest first.
    ///
    /// The customer's cases are gone through, so the cost grows with their number, not with that of all cases.
    package func cases(
        of customer: CustomerID, for viewer: Viewer, limit: Int
    ) throws(StoreError) -> [CustomerCase] {
        let seen = CaseSlice.slices(for: viewer, owner: nil).map(\.condition)
        return try query { db in
            try db.rows(
                """
                SELECT c.number, c.title, t.name AS typeName, c.status, c.state, c.statusSince
                FROM caseRecord c JOIN caseType t ON t.id = c.caseType
                WHERE c.customer = ? AND (\(seen.joined(separator: " OR ")))
                ORDER BY c.number DESC LIMIT ?
                """, [customer.number, StoreReader.bounded(limit)]
            ).map(CustomerCase.init)
        }
    }

    /// The customer that a form has made.
    package func customer(madeBy key: DraftID) throws(StoreError) -> CustomerID? {
        try query { db in try db.creation(key, of: .customer) }.map { CustomerID(number: $0) }
    }
}

extension CaseSlice {
    /// What holds for the slice's cases; the numbers are the store's own.
    fileprivate var condition: String {
        let parts = [
            queue.map { "c.ownerQueue = \($0.number)" },
            agent.map { "c.ownerAgent = \($0.number)" },
            creator.map { "c.creator = \($0.number)" },
        ].compactMap(\.self)
        return parts.isEmpty ? "1" : "(\(parts.joined(separator: " AND ")))"
    }
}

extension CustomerCase {
    fileprivate init(_ row: Row) throws {
        self.init(
            number: row.id("number"), title: row["title"], typeName: row["typeName"],
            status: row["status"], state: try row.choice("state"),
            statusSince: row.date("statusSince"))
    }
}
