internal import ArgumentParser
internal import CaseModel
internal import CaseStorage
internal import CustomerFile
internal import Foundation

/// `casedesk import`: what a desk has elsewhere.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes customers or conversations from a file.",
        subcommands: [Customers.self, Conversations.self])

    /// `casedesk import customers FILE`.
    struct Customers: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Takes the customers of a CSV file in (UTF-8 or UTF-16; comma, semicolon or tab).",
            discussion: """
                The first row names the columns, such as name, email, phone, gender and remark. \
                Several e-mail addresses or phones stand in columns of their own, or in one cell with | between \
                them. A row whose address belongs to one customer updates that customer, so that the same file can \
                be taken in again. A row that is refused is named with its number and reason, and the others \
                are taken in.
                """)

        @Argument(help: "The CSV file.")
        var file: String

        @Flag(help: "Leaves customers who are there already as they are.")
        var keepExisting = false

        @Flag(help: "Reads a file whose encoding cannot be told for certain as Windows-1252.")
        var windows1252 = false

        @OptionGroup var tenant: TenantOptions

        func run() throws {
            let source = try stating { try StoredFile(path: file) }
            let sheet = try sheet(of: source)
            let columns = SheetColumns(guessedFrom: sheet.columnNames)
            if let problem = columns.problems.first {
                throw CommandFailure(
                    description: "\(file) cannot be imported: \(problem.message). "
                        + "Its first row names the columns, such as name, email, phone, gender, remark."
                )
            }
            let store = try tenant.store()
            defer { store.close() }
            let counts = try take(source, sheet.format, columns, into: store)
            print(sentence(counts))
            if counts[.refused] > 0 { throw ExitCode(1) }
        }

        private func sentence(_ counts: ImportCounts) -> String {
            let met = [
                (counts[.updated], "updated"), (counts[.unchanged], "left as they were"),
            ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1), " }.joined()
            return "\(counts[.created]) customers added, \(met)\(counts[.refused]) rows refused"
        }

        private func sheet(of source: StoredFile) throws -> CustomerSheet {
            let sheet: CustomerSheet
            do {
                sheet = try CustomerSheet(of: source)
            } catch let fault as CustomerFileFault {
                throw CommandFailure(description: "\(file) cannot be imported: \(fault).")
            }
            guard windows1252 || !sheet.format.encoding.isGuess else {
                throw CommandFailure(
                    description: "\(file) is neither UTF-8 nor UTF-16. Save it as “CSV UTF-8”, "
                        + "or say --windows1252 if it is Windows-1252.")
            }
            return sheet
        }

        private func take(
            _ source: StoredFile, _ format: SheetFormat, _ columns: SheetColumns,
            into store: TenantStore
        ) throws -> ImportCounts {
            var reader = SheetReader(source, format)
            // The first names the columns.
            _ = try reader.next()
            var counts = ImportCounts()
            var batch: [CheckedRow] = []
            var earlier: [CustomerID: Int] = [:]
            func flush() throws {
                let (rows, before) = (batch, earlier)
                let results = try stating {
                    try store.takeCustomers(
                        rows, keepExisting ? .keep : .update, after: before, at: Date())
                }
                for (row, result) in zip(rows, results) {
                    counts[result.outcome] += 1
                    if let customer = result.customer { earlier[customer] = row.number }
                    guard result.outcome == .refused else { continue }
                    print("row \(row.number): refused, \(result.reason)")
                }
                batch = []
            }
            while let row = try reader.next() {
                batch.append(CheckedRow(row, columns))
                if batch.count == ImportRun.batchRowCount { try flush() }
            }
            try flush()
            return counts
        }
    }
}
