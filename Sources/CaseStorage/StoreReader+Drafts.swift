package import CaseModel
internal import GRDB

extension StoreReader {
    /// A draft, also one that has become a case; the caller checks whose it is.
    package func draft(_ id: DraftID) throws(StoreError) -> StoredDraft? {
        try snapshot { db in
            try db.row(
                "SELECT id, employee, formValues, savedAt, savedAs FROM draft WHERE id = ?",
                [id.description]
            ).map { try StoredDraft($0, readFrom: db) }
        }
    }

    /// The drafts of a person that have not become a case, the last changed first.
    package func drafts(of employee: EmployeeID, limit: Int) throws(StoreError) -> [StoredDraft] {
        try snapshot { db in
            try db.rows(
                """
                SELECT id, employee, formValues, savedAt, savedAs FROM draft
                WHERE employee = ? AND savedAs IS NULL
                ORDER BY savedAt DESC LIMIT ?
                """, [employee.number, StoreReader.bounded(limit)]
            ).map { try StoredDraft($0, readFrom: db) }
        }
    }

    /// The case that a draft became.
    package func `case`(savedFrom draft: DraftID) throws(StoreError) -> CaseNumber? {
        try query { db in
            try db.number(
                "SELECT savedAs FROM draft WHERE id = ? AND savedAs IS NOT NULL",
                [draft.description])
        }.map { CaseNumber(number: $0) }
    }

    /// A count of rows that one list may have.
    static func bounded(_ limit: Int) -> Int {
        min(max(limit, 1), StoreLimit.maximumListedRows)
    }
}

extension StoredDraft {
    fileprivate init(_ row: Row, readFrom db: Database) throws {
        guard let id = DraftID(row["id"] as String) else {
            throw StoreError.corrupt("a draft's name is '\(row["id"] as String)'")
        }
        let saved: Int64? = row["savedAs"]
        self.init(
            id: id, employee: row.id("employee"),
            values: try DraftValues.values(row["formValues"]), files: try db.stagedFiles(of: id),
            savedAt: row.date("savedAt"), savedAs: saved.map { CaseNumber(number: $0) })
    }
}
