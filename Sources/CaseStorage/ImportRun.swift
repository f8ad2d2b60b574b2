package import CaseModel
package import CustomerFile
package import Foundation
internal import GRDB

/// An import that is being taken in, batch by batch.
///
/// A batch is one transaction together with its receipt and the import's position, so that a killed process goes
/// on exactly behind the last row that was done. Between two batches others write. Thread-confined.
package final class ImportRun {
    package let id: CustomerImportID
    private let store: TenantStore
    private let source: CustomerImport
    private var reader: SheetReader<StoredFile>
    private var position: Int

    /// Rows of one transaction: some ten milliseconds, which a save that comes meanwhile waits at most twice.
    package static let batchRowCount = 100

    /// Opens the file and goes to where the import stands.
    ///
    /// - Throws: ``StoreError/notWritable(_:)`` when the file is gone.
    package init(_ source: CustomerImport, in store: TenantStore) throws(StoreError) {
        id = source.id
        self.store = store
        self.source = source
        reader = SheetReader(try store.importedFile(source.id), source.format)
        position = source.position
    }

    /// Takes the next rows in.
    ///
    /// - Returns: Whether there is more to do; false also when somebody has cancelled the import.
    package func takeBatch(at now: Date) throws(StoreError) -> Bool {
        let batch = try nextBatch()
        let isLast = batch.count < Self.batchRowCount
        let (id, from, existing) = (source.id, position, source.existing)
        let to = batch.last?.number ?? from
        let isApplied = try store.writer.write { db in
            guard let uploader = try db.uploader(ofRunning: id, at: from) else { return false }
            var counts = ImportCounts()
            for row in batch {
                let edit = Edit(base: 0, by: uploader, at: now)
                let result = try db.takeCustomer(row, existing, edit) { customer in
                    try db.earlierRow(of: customer, in: id)
                }
                counts[result.outcome] += 1
                try db.note(result, of: row, in: id)
            }
            try db.advance(id, to: to, counts, endedAt: isLast ? now : nil)
            return true
        }
        position = to
        return isApplied && !isLast
    }

    private func nextBatch() throws(StoreError) -> [CheckedRow] {
        var batch: [CheckedRow] = []
        do {
            while batch.count < Self.batchRowCount, let row = try reader.next() {
                // The first names the columns.
                guard row.number > max(position, 1) else { continue }
                batch.append(CheckedRow(row, source.columns))
            }
        } catch {
            throw StoreError(error)
        }
        return batch
    }
}

extension TenantStore {
    /// Takes rows in without an import of their own, all in one transaction; for the command line.
    ///
    /// - Parameter earlier: The rows of the same file by the customer they came to.
    package func takeCustomers(
        _ rows: [CheckedRow], _ existing: ExistingCustomers, after earlier: [CustomerID: Int],
        at now: Date
    ) throws(StoreError) -> [RowResult] {
        try writer.write { db in
            var earlier = earlier
            return try rows.map { row in
                let edit = Edit(base: 0, by: nil, at: now)
                let result = try db.takeCustomer(row, existing, edit) { earlier[$0] }
                if let customer = result.customer { earlier[customer] = row.number }
                return result
            }
        }
    }
}

extension Database {
    /// Who brought a file that is to go on behind row `position`; `nil` when it has been cancelled, or when
    /// somebody else has gone on with it.
    fileprivate func uploader(
        ofRunning id: CustomerImportID, at position: Int
    ) throws -> EmployeeID? {
        try number(
            """
            SELECT uploader FROM customerImport WHERE id = ? AND state = 'running' AND position = ?
            """, [id.number, position]
        ).map { EmployeeID(number: $0) }
    }

    /// The first row of an import that came to a customer.
    fileprivate func earlierRow(
        of customer: CustomerID, in id: CustomerImportID
    ) throws -> Int? {
        try number(
            "SELECT min(number) FROM customerImportRow WHERE import = ? AND customer = ?",
            [id.number, customer.number]
        ).map { Int($0) }
    }

    fileprivate func note(
        _ result: RowResult, of row: CheckedRow, in id: CustomerImportID
    ) throws {
        try run(
            """
            INSERT INTO customerImportRow (import, number, outcome, customer, name, reason)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                id.number, row.number, result.outcome.rawValue, result.customer?.number, row.name,
                result.reason,
            ])
    }

    fileprivate func advance(
        _ id: CustomerImportID, to position: Int, _ counts: ImportCounts, endedAt: Date?
    ) throws {
        try run(
            """
            UPDATE customerImport SET position = ?, created = created + ?, updated = updated + ?,
                unchanged = unchanged + ?, refused = refused + ?, endedAt = ?,
                state = CASE WHEN ? THEN 'done' ELSE state END
            WHERE id = ?
            """,
            [
                position, counts[.created], counts[.updated], counts[.unchanged], counts[.refused],
                endedAt?.milliseconds, endedAt != nil, id.number,
            ])
    }
}
