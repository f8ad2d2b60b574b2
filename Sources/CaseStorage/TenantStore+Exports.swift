internal import CaseModel
package import CustomerFile
package import Foundation
internal import GRDB
internal import Synchronization

extension TenantStore {
    /// Writes customers to a file of rows, for the web server to send.
    ///
    /// In constant memory: customers are read some at a time, in the order in which they were made, so one that
    /// is made meanwhile is there and one that is deleted meanwhile is not.
    ///
    /// - Parameter query: A search as in the list of customers; empty for all.
    /// - Returns: The file's name in `exports/`.
    /// - Throws: ``StoreError/busy`` while another export is written, ``StoreError/full``.
    package func exportCustomers(
        matching query: String, reader: StoreReader, at now: Date
    ) throws(StoreError) -> String {
        try writeExport(at: now) { file throws(StoreError) in
            try file.append(SheetWriter.line(SheetWriter.customerColumns))
            var last = CustomerID(number: 0)
            while true {
                let some = try reader.customers(
                    toExport: query, after: last, limit: StoreLimit.maximumListedRows)
                for customer in some {
                    try file.append(SheetWriter.line(CustomerTexts(customer.values)))
                }
                guard let end = some.last else { return }
                last = end.id
            }
        }
    }

    /// Writes the refused rows of an import to a file of rows: their cells as they were, number and reason.
    ///
    /// It can be corrected and imported in turn.
    ///
    /// - Throws: As ``exportCustomers(matching:reader:at:)``, and when the imported file is gone.
    package func exportRefusedRows(
        of source: CustomerImport, reader: StoreReader, at now: Date
    ) throws(StoreError) -> String {
        var rows = SheetReader(try importedFile(source.id), source.format)
        return try writeExport(at: now) { file throws(StoreError) in
            let header = try rows.read()?.cells ?? []
            try file.append(SheetWriter.line(header.map(CellText.original) + ["Row", "Reason"]))
            var last = 0
            while true {
                let some = try reader.receipt(
                    of: source.id, outcome: .refused, after: last,
                    limit: StoreLimit.maximumListedRows)
                for refused in some {
                    guard let row = try rows.read(number: refused.number) else { return }
                    let cells = (0..<max(header.count, row.cells.count)).map {
                        CellText.original(row[$0])
                    }
                    try file.append(
                        SheetWriter.line(cells + [String(refused.number), refused.reason]))
                }
                guard let end = some.last else { return }
                last = end.number
            }
        }
    }

    /// One at a time, so that exports cannot take all threads and the whole disk.
    private func writeExport(
        at now: Date, _ write: (inout ExportFile) throws(StoreError) -> Void
    ) throws(StoreError) -> String {
        guard !isExporting.exchange(true, ordering: .acquiring) else { throw .busy }
        defer { isExporting.store(false, ordering: .releasing) }
        try exports.make()
        _ = try exports.removeFiles(before: Date(timeIntervalSinceNow: -ExportDirectory.lifetime))
        var file = try ExportFile(in: exports)
        do throws(StoreError) {
            try file.append(SheetWriter.beginning)
            try write(&file)
        } catch {
            file.discard()
            throw error
        }
        return try file.finish()
    }
}

extension SheetReader {
    /// The next row, with the store's errors.
    fileprivate mutating func read() throws(StoreError) -> SheetRow? {
        do {
            return try next()
        } catch {
            throw StoreError(error)
        }
    }

    /// The row of this number; `nil` when it is behind the end.
    fileprivate mutating func read(number: Int) throws(StoreError) -> SheetRow? {
        while let row = try read() {
            if row.number == number { return row }
        }
        return nil
    }
}

extension CustomerTexts {
    fileprivate init(_ values: CustomerValues) {
        self.init(
            name: values.name, gender: values.gender?.rawValue ?? "",
            phones: values.phones.preferredFirst, emails: values.emails.preferredFirst,
            remark: values.remark)
    }
}

extension StoreReader {
    /// The next customers to export, the oldest first.
    ///
    /// - Parameter query: A search; without a letter or digit it finds nobody, and empty it finds all.
    func customers(
        toExport query: String, after last: CustomerID, limit: Int
    ) throws(StoreError) -> [StoredCustomer] {
        try snapshot { db in
            guard !query.isEmpty else {
                return try db.rows(
                    """
                    SELECT \(StoredCustomer.columns) FROM customer WHERE id > ?
                    ORDER BY id LIMIT ?
                    """, [last.number, limit]
                ).map(StoredCustomer.init)
            }
            guard let pattern = try SearchIndex.customerPattern(query, in: db) else { return [] }
            let found = try Int64.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT rowid FROM customerText WHERE customerText MATCH ? AND rowid > ?
                        ORDER BY rowid LIMIT ?
                        """),
                arguments: [pattern, last.number, limit])
            return try found.compactMap { try db.storedCustomer(CustomerID(number: $0)) }
        }
    }
}
