package import CaseModel
package import Foundation
internal import GRDB

// The programs that may send conversations: a token is known by its SHA-256, so that who reads the database cannot
// use it.

extension TenantStore {
    /// Adds an integration.
    ///
    /// - Parameter key: The form's name; sent again, the integration that it made is returned.
    /// - Parameter tokenHash: SHA-256 of the token, 32 bytes.
    /// - Returns: Whether it is new; otherwise its token is another one.
    /// - Throws: ``StoreError/rejected(_:)`` for a name that another integration has.
    package func addIntegration(
        _ values: IntegrationValues, key: DraftID, tokenHash: [UInt8], tokenEnd: String,
        by creator: EmployeeID, _ edit: Edit
    ) throws(StoreError) -> (id: IntegrationID, isNew: Bool) {
        try writer.write { db in
            if let made = try db.creation(key, of: .integration) {
                return (IntegrationID(number: made), false)
            }
            try db.refuseTaken(values.name)
            try db.run(
                """
                INSERT INTO integration (name, tokenHash, tokenEnd, createdAt, creator)
                VALUES (?, ?, ?, ?, ?)
                """,
                [
                    values.name, Data(tokenHash), tokenEnd, edit.at.milliseconds, creator.number,
                ])
            let id = IntegrationID(number: db.lastInsertedRowID)
            try db.recordCreation(of: .integration, id.number, key: key, edit)
            return (id, true)
        }
    }

    /// Takes a token back; twice is fine.
    ///
    /// - Throws: ``StoreError/unknown(_:)``.
    package func revokeIntegration(_ id: IntegrationID, _ edit: Edit) throws(StoreError) {
        try writer.write { db in
            guard let integration = try db.integration(id) else {
                throw StoreError.unknown("integration")
            }
            guard integration.revokedAt == nil else { return }
            try db.run(
                "UPDATE integration SET revokedAt = ? WHERE id = ?",
                [edit.at.milliseconds, id.number])
            try db.record(
                Integration.stateField, from: "good", to: "revoked", of: .integration, id.number,
                edit)
        }
    }

    /// Notes that a token was used.
    package func noteUse(of id: IntegrationID, at: Date) throws(StoreError) {
        try writer.write { db in
            try db.run(
                "UPDATE integration SET lastUsedAt = ? WHERE id = ?", [at.milliseconds, id.number])
        }
    }
}

extension StoreReader {
    /// All integrations, those that are good first, by name.
    package func integrations() throws(StoreError) -> [Integration] {
        try query { db in
            try db.rows("\(Integration.selection) ORDER BY i.revokedAt IS NOT NULL, i.name, i.id")
                .map(Integration.init)
        }
    }

    /// An integration, also one whose token was taken back.
    package func integration(_ id: IntegrationID) throws(StoreError) -> Integration? {
        try query { db in try db.integration(id) }
    }

    /// The integration of a token that is good.
    ///
    /// - Parameter hash: SHA-256 of the token.
    package func integration(withToken hash: [UInt8]) throws(StoreError) -> Integration? {
        try query { db in
            try db.row(
                "\(Integration.selection) WHERE i.tokenHash = ? AND i.revokedAt IS NULL",
                [Data(hash)]
            ).map(Integration.init)
        }
    }
}

extension Database {
    fileprivate func integration(_ id: IntegrationID) throws -> Integration? {
        try row("\(Integration.selection) WHERE i.id = ?", [id.number]).map(Integration.init)
    }

    fileprivate func refuseTaken(_ name: String) throws {
        let other = try number(
            "SELECT 1 FROM integration WHERE name = ? AND revokedAt IS NULL", [name])
        guard other == nil else {
            throw StoreError.rejected([
                FieldProblem(
                    IntegrationValues.Field.name,
                    "Another integration has this name; choose a name of its own")
            ])
        }
    }
}

extension Integration {
    /// The name in the history of what says whether the token is good.
    package static let stateField = "state"

    fileprivate static let selection = """
        SELECT i.id, i.name, i.tokenEnd, i.createdAt, e.name AS creatorName, i.lastUsedAt,
            i.revokedAt
        FROM integration i JOIN employee e ON e.id = i.creator
        """

    fileprivate init(_ row: Row) {
        self.init(
            id: row.id("id"), name: row["name"], tokenEnd: row["tokenEnd"],
            createdAt: row.date("createdAt"), creatorName: row["creatorName"],
            lastUsedAt: row.optionalDate("lastUsedAt"),
            revokedAt: row.optionalDate("revokedAt"))
    }
}
