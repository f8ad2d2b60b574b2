package import CaseModel
package import Foundation

/// The identifier of a ``CustomerImport``.
package struct CustomerImportID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// A file of customers on its way into the tenant space.
package struct CustomerImport: Equatable, Sendable {
    package let id: CustomerImportID
    /// As the person's computer calls the file.
    package let fileName: String
    package let format: SheetFormat
    /// Rows below the one that names the columns.
    package let rowCount: Int
    package let columns: SheetColumns
    package let existing: ExistingCustomers
    package let state: State
    /// The number of the last row that was done; 0 before the first.
    package let position: Int
    package let counts: ImportCounts
    /// Who brought the file, and so changes the customers.
    package let uploader: EmployeeID
    package let uploaderName: String
    package let uploadedAt: Date
    /// When the last row was done, or the import was cancelled.
    package let endedAt: Date?

    /// How far it has come.
    package enum State: String, Sendable {
        /// The columns have to be chosen.
        case uploaded
        case running
        case done
        case cancelled
    }

    package init(
        id: CustomerImportID, fileName: String, format: SheetFormat, rowCount: Int,
        columns: SheetColumns, existing: ExistingCustomers, state: State, position: Int,
        counts: ImportCounts, uploader: EmployeeID, uploaderName: String, uploadedAt: Date,
        endedAt: Date?
    ) {
        self.id = id
        self.fileName = fileName
        self.format = format
        self.rowCount = rowCount
        self.columns = columns
        self.existing = existing
        self.state = state
        self.position = position
        self.counts = counts
        self.uploader = uploader
        self.uploaderName = uploaderName
        self.uploadedAt = uploadedAt
        self.endedAt = endedAt
    }
}

/// What an import does with a row whose customer is there already.
package enum ExistingCustomers: String, CaseIterable, Sendable {
    /// Adds and replaces what the row says; what it leaves empty stays.
    case update
    case keep

    /// The words of the choice.
    package var label: String {
        switch self {
        case .update: "Update them: what a row leaves empty stays, addresses are added"
        case .keep: "Leave them as they are"
        }
    }
}

/// What became of a row.
package enum RowOutcome: String, CaseIterable, Sendable {
    case created, updated
    /// The customer was there already, and nothing of it was to be changed.
    case unchanged
    case refused

    /// The word of it.
    package var label: String {
        switch self {
        case .created: "Created"
        case .updated: "Updated"
        case .unchanged: "Left as it was"
        case .refused: "Refused"
        }
    }
}

/// How many rows came to which end.
package struct ImportCounts: Equatable, Sendable {
    private var counts: [RowOutcome: Int] = [:]

    package init() {}

    /// Rows of one outcome.
    package subscript(outcome: RowOutcome) -> Int {
        get { counts[outcome] ?? 0 }
        set { counts[outcome] = newValue == 0 ? nil : newValue }
    }

    /// Rows that are done.
    package var total: Int { counts.values.reduce(0, +) }
}

/// A row of the receipt.
package struct ReceiptRow: Equatable, Sendable {
    /// As the spreadsheet counts.
    package let number: Int
    package let outcome: RowOutcome
    /// The customer that was made or met; `nil` for a refused row.
    package let customer: CustomerID?
    /// The name that the row gives, or how it begins.
    package let name: String
    /// Why it was refused; empty otherwise.
    package let reason: String

    package init(
        number: Int, outcome: RowOutcome, customer: CustomerID?, name: String, reason: String
    ) {
        self.number = number
        self.outcome = outcome
        self.customer = customer
        self.name = name
        self.reason = reason
    }
}
