package import CaseModel
package import CustomerFile
package import Foundation
internal import GRDB
internal import Synchronization

extension TenantStore {
    /// Keeps a file of customers, so that its columns can be chosen; nothing of it is taken in yet.
    ///
    /// - Parameter sheet: What a look through the file has shown.
    package func addImport(
        _ file: ReceivedFile, _ sheet: CustomerSheet, by employee: EmployeeID, at: Date
    ) throws(StoreError) -> CustomerImportID {
        let storedName = try imports.take(file)
        let mapping = SheetColumns(guessedFrom: sheet.columnNames)
        do throws(StoreError) {
            return try writer.write { db in
                try db.run(
                    """
                    INSERT INTO customerImport (fileName, storedName, encoding, delimiter, rowCount,
                        mapping, existing, state, position, created, updated, unchanged, refused,
                        uploader, uploadedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'uploaded', 0, 0, 0, 0, 0, ?, ?)
                    """,
                    [
                        file.name, storedName, sheet.format.encoding.rawValue,
                        sheet.format.delimiter.rawValue, sheet.rowCount, mapping.stored,
                        ExistingCustomers.update.rawValue, employee.number, at.milliseconds,
                    ])
                return CustomerImportID(number: db.lastInsertedRowID)
            }
        } catch {
            try? imports.remove(storedName)
            throw error
        }
    }

    /// Lets an uploaded file be taken in; once it was started this does nothing.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no such import.
    package func startImport(
        _ id: CustomerImportID, _ mapping: SheetColumns, _ existing: ExistingCustomers
    ) throws(StoreError) {
        try writer.write { db in
            try db.run(
                """
                UPDATE customerImport SET mapping = ?, existing = ?, state = 'running'
                WHERE id = ? AND state = 'uploaded'
                """, [mapping.stored, existing.rawValue, id.number])
            try db.requireImport(id)
        }
        importsAreWaiting.store(true, ordering: .releasing)
    }

    /// Ends an import where it is; rows that were taken in stay, and one that has ended stays as it is.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no such import.
    package func cancelImport(_ id: CustomerImportID, at: Date) throws(StoreError) {
        try writer.write { db in
            try db.run(
                """
                UPDATE customerImport SET state = 'cancelled', endedAt = ?
                WHERE id = ? AND state IN ('uploaded', 'running')
                """, [at.milliseconds, id.number])
            try db.requireImport(id)
        }
    }

    /// Whether imports may wait since this was asked last: once after the start, then after each
    /// ``startImport(_:_:_:)``.
    package func takeWaitingImports() -> Bool {
        importsAreWaiting.exchange(false, ordering: .acquiringAndReleasing)
    }

    /// Removes imports that were uploaded before an instant and do not run: receipt, file, row, in this order and
    /// in small transactions.
    ///
    /// - Returns: How many.
    func removeImports(before oldest: Int64) throws(StoreError) -> Int {
        let old = try makeReader().endedImports(before: oldest)
        for (id, storedName) in old {
            while try removeReceiptRows(of: id) == Self.rowsRemovedAtOnce {}
            try imports.remove(storedName)
            try writer.write { db in
                try db.run("DELETE FROM customerImport WHERE id = ?", [id.number])
            }
        }
        return old.count
    }

    /// Rows of one transaction, so that others hardly wait.
    private static let rowsRemovedAtOnce = 500

    private func removeReceiptRows(of id: CustomerImportID) throws(StoreError) -> Int {
        try writer.write { db in
            try db.run(
                """
                DELETE FROM customerImportRow WHERE import = ?1 AND number IN (
                    SELECT number FROM customerImportRow WHERE import = ?1 LIMIT ?2)
                """, [id.number, Self.rowsRemovedAtOnce])
            return db.changesCount
        }
    }

    /// The file of an import, as it was uploaded.
    ///
    /// - Throws: ``StoreError/notWritable(_:)`` when it is gone, as in a copy that `backup` has made.
    package func importedFile(_ id: CustomerImportID) throws(StoreError) -> StoredFile {
        let name = try makeReader().storedName(of: id)
        guard let name else { throw .unknown("import") }
        return try imports.file(name)
    }
}

extension Database {
    fileprivate func requireImport(_ id: CustomerImportID) throws {
        let found = try number("SELECT 1 FROM customerImport WHERE id = ?", [id.number])
        if found == nil { throw StoreError.unknown("import") }
    }
}
