internal import ArgumentParser
internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import SwiftCSV

/// `casedesk import customers FILE`.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes customers from a file.",
        subcommands: [Customers.self])

    /// `casedesk import customers FILE`.
    struct Customers: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds the customers of a CSV file (UTF-8; comma, semicolon or tab).",
            discussion: """
                The first row names the columns: name, and of email, phone and remark those that there are. \
                Several e-mail addresses or phones stand in one cell with | between them. A row that is \
                refused is named with its number and reason, and the others are added.
                """)

        @Argument(help: "The CSV file.")
        var file: String

        @OptionGroup var tenant: TenantOptions

        /// Rows that are stored in one transaction.
        private static let batchCount = 1_000

        func run() throws {
            let rows = try rows()
            let store = try tenant.store()
            defer { store.close() }
            var batch: [NewCustomer] = []
            var (added, refused) = (0, 0)
            func flush() throws {
                added += try stating { try store.addCustomers(batch).count }
                batch = []
            }
            for (index, row) in rows.enumerated() {
                do throws(CustomerRowFault) {
                    batch.append(try NewCustomer(row: row))
                } catch {
                    // The first row of the file names the columns.
                    print("row \(index + 2): refused, \(error.reason)")
                    refused += 1
                }
                if batch.count == Self.batchCount { try flush() }
            }
            try flush()
            print("\(added) customers added, \(refused) rows refused")
            if refused > 0 { throw ExitCode(1) }
        }

        private func rows() throws -> [[String: String]] {
            let csv: CSV<Named>
            do {
                csv = try CSV<Named>(
                    url: URL(fileURLWithPath: file), encoding: .utf8, loadColumns: false)
            } catch {
                throw CommandFailure(
                    description: "\(file) cannot be read as CSV in UTF-8: \(error)")
            }
            guard csv.header.map(columnName).contains("name") else {
                throw CommandFailure(
                    description: "\(file) has no column “name”; its first row names the columns "
                        + "name, email, phone, remark.")
            }
            return csv.rows.map { row in
                Dictionary(
                    row.map { (columnName($0), $1) }, uniquingKeysWith: { first, _ in first })
            }
        }
    }
}

/// The name of a column, however it is written.
private func columnName(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines.union(["\u{FEFF}"])).lowercased()
}

/// Why a row is no customer.
struct CustomerRowFault: Error {
    let reason: String
}

extension NewCustomer {
    /// Longest name and longest phone number, in characters, as Customer Center has them.
    private static let maximumNameCharacters = 80
    private static let maximumPhoneCharacters = 20

    /// Takes a customer out of a row of named cells.
    fileprivate init(row: [String: String]) throws(CustomerRowFault) {
        let name = (row["name"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        let emails = NewCustomer.list(row["email"])
        let phones = NewCustomer.list(row["phone"])
        guard !name.isEmpty else { throw CustomerRowFault(reason: "it has no name") }
        guard name.unicodeScalars.count <= Self.maximumNameCharacters else {
            throw CustomerRowFault(
                reason: "its name is longer than \(Self.maximumNameCharacters) characters")
        }
        if let email = emails.first(where: { !$0.dropFirst().contains("@") || $0.contains(" ") }) {
            throw CustomerRowFault(reason: "“\(email)” is no e-mail address")
        }
        if let phone = phones.first(where: { $0.count > Self.maximumPhoneCharacters }) {
            throw CustomerRowFault(
                reason: "“\(phone)” is longer than \(Self.maximumPhoneCharacters) characters")
        }
        self.init(name: name, emails: emails, phones: phones, remark: row["remark"] ?? "")
    }

    private static func list(_ cell: String?) -> [String] {
        (cell ?? "").split(separator: "|").map {
            $0.trimmingCharacters(in: .whitespacesAndNewlines)
        }.filter { !$0.isEmpty }
    }
}
