internal import GRDB

/// How much of each thing a tenant space has, for the first page of Configuration Center.
package struct ConfigurationCounts: Equatable, Sendable {
    package let types: Int
    package let enabledTypes: Int
    package let queues: Int
    package let caseRoles: Int
    package let activeEmployees: Int
    package let customers: Int
}

extension StoreReader {
    /// Counts the things of the configuration, and the customers.
    package func configurationCounts() throws(StoreError) -> ConfigurationCounts {
        try query { db in
            guard
                let row = try db.row(
                    """
                    SELECT
                        (SELECT count(*) FROM caseType) AS types,
                        (SELECT count(*) FROM caseType WHERE isEnabled = 1) AS enabledTypes,
                        (SELECT count(*) FROM caseQueue) AS queues,
                        (SELECT count(*) FROM caseRole) AS caseRoles,
                        (SELECT count(*) FROM employee WHERE isActive = 1) AS activeEmployees,
                        (SELECT count(*) FROM customer) AS customers
                    """)
            else { throw StoreError.corrupt("a count has no row") }
            return ConfigurationCounts(
                types: row["types"], enabledTypes: row["enabledTypes"], queues: row["queues"],
                caseRoles: row["caseRoles"], activeEmployees: row["activeEmployees"],
                customers: row["customers"])
        }
    }
}
