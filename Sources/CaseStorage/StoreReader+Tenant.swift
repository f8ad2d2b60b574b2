package import CaseModel
package import Foundation
internal import GRDB

/// A session that lasts.
package struct LiveSession: Equatable, Sendable {
    /// SHA-256 of the cookie's token.
    package let key: [UInt8]
    package let employee: Employee
    package let startedAt: Date
    /// The last use that reached the disk.
    package let lastSeenAt: Date
}

extension StoreReader {
    /// The settings of the tenant space as administrators change them.
    package func tenantValues() throws(StoreError) -> TenantValues {
        try query { db in try db.tenantValues() }
    }

    /// The sessions that last, the one that was used last first.
    ///
    /// - Parameters:
    ///   - employee: Whose; `nil` for everybody's.
    ///   - started: Sessions that began before are over.
    ///   - seen: Sessions that were used last before are over.
    package func liveSessions(
        of employee: EmployeeID? = nil, startedAfter started: Date, seenAfter seen: Date,
        limit: Int
    ) throws(StoreError) -> [LiveSession] {
        try query { db in
            try db.rows(
                """
                SELECT s.key, s.startedAt, s.lastSeenAt, e.id, e.login, e.name, e.role, e.isActive
                FROM session s JOIN employee e ON e.id = s.employee
                WHERE s.endedAt IS NULL AND s.startedAt > ? AND s.lastSeenAt > ?
                    AND (? IS NULL OR s.employee = ?)
                ORDER BY s.lastSeenAt DESC LIMIT ?
                """,
                [
                    started.milliseconds, seen.milliseconds, employee?.number, employee?.number,
                    StoreReader.bounded(limit),
                ]
            ).map { row in
                let key: Data = row["key"]
                return LiveSession(
                    key: [UInt8](key), employee: try Employee(row),
                    startedAt: row.date("startedAt"), lastSeenAt: row.date("lastSeenAt"))
            }
        }
    }
}
