package import CaseModel
package import Foundation
internal import GRDB

// Log-in: a session is known by the SHA-256 of its cookie's token, so that who reads the database
// cannot take it over.

extension TenantStore {
    /// Begins a session.
    ///
    /// - Parameter key: SHA-256 of the cookie's token, 32 bytes.
    /// - Parameter formSecret: 16 to 64 bytes.
    package func startSession(
        _ key: [UInt8], employee: EmployeeID, formSecret: [UInt8], at: Date
    ) throws(StoreError) {
        try writer.write { db in
            try db.run(
                """
                INSERT INTO session (key, employee, formSecret, startedAt, lastSeenAt)
                VALUES (?, ?, ?, ?, ?)
                """,
                [
                    Data(key), employee.number, Data(formSecret), at.milliseconds, at.milliseconds,
                ])
        }
    }

    /// Notes that a session was used; does not wait for the disk, so a crash can lose some seconds.
    package func touchSession(_ key: [UInt8], at: Date) {
        writer.touch(key, at: at.milliseconds)
    }

    /// Ends a session; ending twice is fine.
    package func endSession(_ key: [UInt8], at: Date) throws(StoreError) {
        try writer.write { db in
            try db.run(
                "UPDATE session SET endedAt = ? WHERE key = ? AND endedAt IS NULL",
                [at.milliseconds, Data(key)])
        }
    }

    /// Counts a failed log-in for each key, such as `login:mia` and `address:127.0.0.1`.
    ///
    /// Failures older than ``StoreLimit/loginFailureLifetime`` are forgotten.
    package func recordLoginFailure(keys: [String], at: Date) throws(StoreError) {
        let keys = keys.map(Self.failureKey).filter { !$0.isEmpty }
        let oldest = at.addingTimeInterval(-StoreLimit.loginFailureLifetime).milliseconds
        try writer.write { db in
            try db.run("DELETE FROM loginFailure WHERE at < ?", [oldest])
            for key in keys {
                try db.run(
                    "INSERT INTO loginFailure (key, at) VALUES (?, ?)", [key, at.milliseconds])
            }
        }
    }

    /// Forgets the failed log-ins of the keys.
    package func clearLoginFailures(keys: [String]) throws(StoreError) {
        try writer.write { db in
            for key in keys.map(Self.failureKey) {
                try db.run("DELETE FROM loginFailure WHERE key = ?", [key])
            }
        }
    }

    /// A key as it is stored.
    static func failureKey(_ key: String) -> String {
        String(
            String.UnicodeScalarView(
                key.unicodeScalars.prefix(StoreLimit.maximumFailureKeyCharacters)))
    }
}
