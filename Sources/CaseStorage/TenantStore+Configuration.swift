package import CaseModel
internal import Foundation
internal import GRDB

// The tenant space and the people in it.

extension TenantStore {
    /// Stores the settings of the tenant space.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when the default owner does not exist.
    package func updateTenant(_ space: TenantSpace) throws(StoreError) {
        try writer.write { db in
            try db.run(
                """
                INSERT INTO tenant
                    (id, displayName, timeZone, isCaseEnabled, defaultQueue, defaultAgent)
                VALUES (1, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    displayName = excluded.displayName, timeZone = excluded.timeZone,
                    isCaseEnabled = excluded.isCaseEnabled, defaultQueue = excluded.defaultQueue,
                    defaultAgent = excluded.defaultAgent
                """,
                [
                    space.displayName, space.timeZone.identifier, space.isCaseEnabled,
                    space.defaultOwner?.queueColumn, space.defaultOwner?.agentColumn,
                ])
        }
    }

    /// Adds a case type.
    ///
    /// - Parameter statuses: The process in its order; ``CaseType/completedStatus`` is appended
    ///   when it is missing.
    /// - Throws: ``StoreError/taken(what:value:)``.
    package func addCaseType(
        name: String, summary: String, keywords: String, statuses: [String], isEnabled: Bool
    ) throws(StoreError) -> CaseType {
        let process =
            statuses.filter { $0 != CaseType.completedStatus } + [CaseType.completedStatus]
        return try writer.write { db in
            try db.refuseTaken("case type", name, "SELECT 1 FROM caseType WHERE name = ?")
            try db.run(
                """
                INSERT INTO caseType (name, summary, keywords, statuses, isEnabled)
                VALUES (?, ?, ?, ?, ?)
                """, [name, summary, keywords, Lines.joined(process), isEnabled])
            return CaseType(
                id: CaseTypeID(number: db.lastInsertedRowID), name: name, summary: summary,
                statuses: process, isEnabled: isEnabled)
        }
    }

    /// Lets new cases be of a type, or not.
    package func setCaseType(_ id: CaseTypeID, isEnabled: Bool) throws(StoreError) {
        try writer.write { db in
            try db.run("UPDATE caseType SET isEnabled = ? WHERE id = ?", [isEnabled, id.number])
            guard db.changesCount == 1 else { throw StoreError.unknown("case type") }
        }
    }
}

extension Database {
    /// Throws ``StoreError/taken(what:value:)`` when `query` finds `value`.
    fileprivate func refuseTaken(_ what: String, _ value: String, _ query: String) throws {
        if try number(query, [value]) != nil { throw StoreError.taken(what: what, value: value) }
    }
}
