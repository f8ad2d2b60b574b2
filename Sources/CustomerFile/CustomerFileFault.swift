/// Why a file cannot be read as customers at all; nothing of it is taken.
package enum CustomerFileFault: Error, Equatable, Sendable {
    case empty
    case tooLarge
    case notText(OtherFile)
    /// The bytes are neither UTF-8 nor UTF-16, and Windows-1252 has no letters for them.
    case unknownEncoding
    /// A byte order mark says what the bytes then are not.
    case brokenText(TextEncoding)
    case noRows
    case noHeader
    case tooManyColumns
    case tooManyRows
    case unpairedQuotes
}

/// What somebody may choose in place of a CSV file.
package enum OtherFile: Equatable, Sendable {
    case workbook
    case olderWorkbook
    case pdf
    case binary

    /// Knows files by their first bytes.
    init?(beginning: [UInt8]) {
        if beginning.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self = .workbook
        } else if beginning.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = .olderWorkbook
        } else if beginning.starts(with: Array("%PDF-".utf8)) {
            self = .pdf
        } else {
            return nil
        }
    }
}

extension CustomerFileFault: CustomStringConvertible {
    private static let remedy =
        "In Excel choose Save As and “CSV UTF-8 (Comma delimited)”, and choose the new file here"

    /// One sentence, or two, that say what to do.
    package var description: String {
        switch self {
        case .empty: "The file is empty. Choose one with a row of column names and customers below"
        case .tooLarge:
            "The file is larger than \(CustomerFileLimit.maximumByteCount / 1024 / 1024) MB. "
                + "Divide it and import the parts one after another"
        case .notText(.workbook), .notText(.olderWorkbook):
            "The file is a workbook, not CSV. " + Self.remedy
        case .notText(.pdf):
            "The file is a PDF. Choose a CSV file"
        case .notText(.binary):
            "The file is not text. Choose a CSV file"
        case .unknownEncoding:
            "The letters of the file are neither UTF-8 nor UTF-16. " + Self.remedy
        case .brokenText(let encoding):
            "The file says that it is \(encoding.label), but it is damaged or cut off. "
                + Self.remedy
        case .noRows:
            "The file has no customers below its first row. The first row names the columns"
        case .noHeader:
            "The first row holds a customer. Put a row above it that names the columns, "
                + "such as Name, Email, Phone"
        case .tooManyColumns:
            "The file has more than \(CustomerFileLimit.maximumColumnCount) columns. "
                + "Take out those that are not needed"
        case .unpairedQuotes:
            "The quotation marks of the file do not pair. Save it again from your spreadsheet as CSV"
        case .tooManyRows:
            "The file has more than \(CustomerFileLimit.maximumRowCount / 1_000),000 rows. "
                + "Divide it and import the parts one after another"
        }
    }
}
