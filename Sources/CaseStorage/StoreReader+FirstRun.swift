internal import GRDB

/// What a tenant space has of that which its first case needs.
package struct FirstRunState: Equatable, Sendable {
    /// A case type is enabled.
    package let hasCaseType: Bool
    package let hasCaseQueue: Bool
    /// Somebody else than the person who set the tenant space up can log in.
    package let hasColleague: Bool
    /// An assignment rule is active.
    package let hasActiveRule: Bool
    package let hasCase: Bool
}

extension StoreReader {
    /// Looks what is there; its cost does not grow with how much there is.
    package func firstRunState() throws(StoreError) -> FirstRunState {
        try query { db in
            guard
                let row = try db.row(
                    """
                    SELECT
                        EXISTS (SELECT 1 FROM caseType WHERE isEnabled = 1) AS type,
                        EXISTS (SELECT 1 FROM caseQueue) AS queue,
                        EXISTS (SELECT 1 FROM employee WHERE isActive = 1 LIMIT 1 OFFSET 1)
                            AS colleague,
                        EXISTS (SELECT 1 FROM assignmentRule WHERE isActive = 1) AS rule,
                        EXISTS (SELECT 1 FROM caseRecord) AS caseRecord
                    """)
            else { throw StoreError.corrupt("a question about the tenant space has no answer") }
            return FirstRunState(
                hasCaseType: row["type"], hasCaseQueue: row["queue"],
                hasColleague: row["colleague"], hasActiveRule: row["rule"],
                hasCase: row["caseRecord"])
        }
    }
}
