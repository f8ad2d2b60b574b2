package import CaseModel
package import Foundation
internal import GRDB

// What keeps the form from losing anything: its values and its files, until they are a case.

extension TenantStore {
    /// Stores the values of a form and adds files to it.
    ///
    /// The files are on the disk under their final names before the rows are written.
    ///
    /// - Parameter values: `nil` keeps what is stored.
    /// - Parameter files: One that waits in the draft already, name and bytes, is not added again.
    /// - Returns: All files that wait in the draft afterwards, in the order they came.
    /// - Throws: ``StoreError/notYours``, ``StoreError/alreadySaved(_:)``,
    ///   ``StoreError/tooManyFiles``, ``StoreError/quotaExceeded``.
    package func saveDraft(
        _ id: DraftID, of employee: EmployeeID, values: CaseFormValues?,
        adding files: [ReceivedFile], at: Date
    ) throws(StoreError) -> [StagedFile] {
        let json = try values.map(DraftValues.json)
        let contents = files.map { ($0.name, $0.content) }
        return try self.files.place(files) { () throws(StoreError) -> [StagedFile] in
            try writer.write { db in
                try db.keepDraft(id, of: employee, json: json, at: at.milliseconds)
                let staged = try db.stagedFiles(of: id)
                // A browser repeats an upload by itself when its connection was reset.
                let new = contents.filter { name, content in
                    !staged.contains { $0.name == name && $0.content == content }
                }
                try db.refuseTooManyFiles(in: id, adding: new.count)
                try db.refuseQuota(of: employee, adding: new.reduce(0) { $0 + $1.1.byteCount })
                for (name, content) in new {
                    try db.run(
                        """
                        INSERT INTO stagedFile
                            (draft, name, sha256, byteCount, format, stagedAt)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                        [
                            id.description, name, content.sha256, content.byteCount,
                            content.format, at.milliseconds,
                        ])
                }
                return try db.stagedFiles(of: id)
            }
        }
    }

    /// Takes a file out of a draft; removing twice is fine.
    ///
    /// The sweep frees its bytes.
    ///
    /// - Throws: ``StoreError/notYours``, ``StoreError/alreadySaved(_:)``.
    package func removeStagedFile(
        _ file: StagedFileID, from id: DraftID, of employee: EmployeeID
    ) throws(StoreError) {
        try writer.write { db in
            _ = try db.openDraft(id, of: employee)
            try db.run(
                "DELETE FROM stagedFile WHERE id = ? AND draft = ?",
                [file.number, id.description])
        }
    }

    /// Removes a draft with its files; one that does not exist is as good.
    ///
    /// - Throws: ``StoreError/notYours``, ``StoreError/alreadySaved(_:)``.
    package func discardDraft(_ id: DraftID, of employee: EmployeeID) throws(StoreError) {
        try writer.write { db in
            guard try db.openDraft(id, of: employee) else { return }
            try db.run("DELETE FROM draft WHERE id = ?", [id.description])
        }
    }
}

/// The form's values as one column.
enum DraftValues {
    static func json(_ values: CaseFormValues) throws(StoreError) -> String {
        do {
            return String(decoding: try JSONEncoder().encode(values), as: UTF8.self)
        } catch {
            throw StoreError(error)
        }
    }

    static func values(_ json: String) throws(StoreError) -> CaseFormValues {
        do {
            return try JSONDecoder().decode(CaseFormValues.self, from: Data(json.utf8))
        } catch {
            throw .corrupt("the values of a draft cannot be read")
        }
    }
}

extension Database {
    /// Whether there is a draft of that name that still may change.
    ///
    /// - Throws: ``StoreError/notYours``, ``StoreError/alreadySaved(_:)``.
    func openDraft(_ id: DraftID, of employee: EmployeeID) throws -> Bool {
        guard
            let row = try row(
                "SELECT employee, savedAs FROM draft WHERE id = ?", [id.description])
        else { return false }
        guard row["employee"] == employee.number else { throw StoreError.notYours }
        let saved: Int64? = row["savedAs"]
        if let saved { throw StoreError.alreadySaved(CaseNumber(number: saved)) }
        return true
    }

    /// The files of a draft in the order they came.
    func stagedFiles(of id: DraftID) throws -> [StagedFile] {
        try rows(
            """
            SELECT id, name, sha256, byteCount, format FROM stagedFile
            WHERE draft = ? ORDER BY id
            """, [id.description]
        ).map { row in
            StagedFile(id: row.id("id"), name: row["name"], content: row.content)
        }
    }

    /// Refuses more files than a case may have.
    func refuseTooManyFiles(in id: DraftID, adding count: Int) throws {
        let staged =
            try number("SELECT count(*) FROM stagedFile WHERE draft = ?", [id.description]) ?? 0
        guard Int(staged) + count <= CaseLimit.maximumAttachments else {
            throw StoreError.tooManyFiles
        }
    }

    fileprivate func keepDraft(
        _ id: DraftID, of employee: EmployeeID, json: String?, at: Int64
    ) throws {
        if try openDraft(id, of: employee) {
            try run(
                "UPDATE draft SET formValues = coalesce(?, formValues), savedAt = ? WHERE id = ?",
                [json, at, id.description])
        } else {
            try run(
                "INSERT INTO draft (id, employee, formValues, savedAt) VALUES (?, ?, ?, ?)",
                [id.description, employee.number, json ?? "{}", at])
        }
    }

    fileprivate func refuseQuota(of employee: EmployeeID, adding byteCount: Int) throws {
        guard byteCount > 0 else { return }
        let staged =
            try number(
                """
                SELECT coalesce(sum(f.byteCount), 0)
                FROM draft d JOIN stagedFile f ON f.draft = d.id
                WHERE d.employee = ? AND d.savedAs IS NULL
                """, [employee.number]) ?? 0
        guard Int(staged) + byteCount <= StoreLimit.maximumStagedByteCount else {
            throw StoreError.quotaExceeded
        }
    }
}

extension Row {
    /// The columns that say which bytes a file has.
    var content: FileContent {
        FileContent(sha256: self["sha256"], byteCount: self["byteCount"], format: self["format"])
    }
}
