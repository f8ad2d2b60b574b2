internal import CaseModel
package import CustomerFile
internal import GRDB

extension StoreReader {
    /// An import by identifier.
    package func customerImport(
        _ id: CustomerImportID
    ) throws(StoreError) -> CustomerImport? {
        try query { db in
            try db.row("\(CustomerImport.query) WHERE i.id = ?", [id.number])
                .map(CustomerImport.init)
        }
    }

    /// Imports, the newest first.
    package func customerImports(limit: Int) throws(StoreError) -> [CustomerImport] {
        try query { db in
            try db.rows(
                "\(CustomerImport.query) ORDER BY i.id DESC LIMIT ?", [StoreReader.bounded(limit)]
            ).map(CustomerImport.init)
        }
    }

    /// The imports that are to go on, the oldest first.
    package func runningImports() throws(StoreError) -> [CustomerImport] {
        try query { db in
            try db.rows("\(CustomerImport.query) WHERE i.state = 'running' ORDER BY i.id")
                .map(CustomerImport.init)
        }
    }

    /// Rows of a receipt, in the order of the file.
    ///
    /// - Parameter outcome: Only rows of this outcome.
    /// - Parameter number: Only rows behind this one; 0 for the first.
    package func receipt(
        of id: CustomerImportID, outcome: RowOutcome?, after number: Int, limit: Int
    ) throws(StoreError) -> [ReceiptRow] {
        try query { db in
            let columns = "SELECT number, outcome, customer, name, reason FROM customerImportRow"
            let limit = StoreReader.bounded(limit)
            let rows =
                if let outcome {
                    try db.rows(
                        """
                        \(columns) WHERE import = ? AND outcome = ? AND number > ?
                        ORDER BY number LIMIT ?
                        """, [id.number, outcome.rawValue, number, limit])
                } else {
                    try db.rows(
                        "\(columns) WHERE import = ? AND number > ? ORDER BY number LIMIT ?",
                        [id.number, number, limit])
                }
            return try rows.map(ReceiptRow.init)
        }
    }

    /// Imports that were uploaded before an instant and do not run.
    func endedImports(
        before oldest: Int64
    ) throws(StoreError) -> [(id: CustomerImportID, storedName: String)] {
        try query { db in
            try db.rows(
                """
                SELECT id, storedName FROM customerImport
                WHERE uploadedAt < ? AND state <> 'running' ORDER BY id
                """, [oldest]
            ).map { (id: $0.id("id"), storedName: $0["storedName"]) }
        }
    }

    /// The name of an import's file in `imports/`.
    func storedName(of id: CustomerImportID) throws(StoreError) -> String? {
        try query { db in
            try String.fetchOne(
                db.cachedStatement(sql: "SELECT storedName FROM customerImport WHERE id = ?"),
                arguments: [id.number])
        }
    }
}

extension CustomerImport {
    /// Reads all that ``init(_:)`` needs.
    fileprivate static let query = """
        SELECT i.*, e.name AS uploaderName
        FROM customerImport i JOIN employee e ON e.id = i.uploader
        """

    fileprivate init(_ row: Row) throws {
        let stored: String = row["mapping"]
        guard let columns = SheetColumns(stored: stored) else {
            throw StoreError.corrupt("the mapping of an import is '\(stored)'")
        }
        var counts = ImportCounts()
        for outcome in RowOutcome.allCases { counts[outcome] = row[outcome.rawValue] }
        self.init(
            id: row.id("id"), fileName: row["fileName"],
            format: SheetFormat(
                encoding: try row.choice("encoding"), delimiter: try row.choice("delimiter")),
            rowCount: row["rowCount"], columns: columns, existing: try row.choice("existing"),
            state: try row.choice("state"), position: row["position"], counts: counts,
            uploader: row.id("uploader"), uploaderName: row["uploaderName"],
            uploadedAt: row.date("uploadedAt"), endedAt: row.optionalDate("endedAt"))
    }
}

extension ReceiptRow {
    fileprivate init(_ row: Row) throws {
        let customer: Int64? = row["customer"]
        self.init(
            number: row["number"], outcome: try row.choice("outcome"),
            customer: customer.map { CustomerID(number: $0) }, name: row["name"],
            reason: row["reason"])
    }
}
