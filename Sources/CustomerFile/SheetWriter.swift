/// Writes rows for spreadsheets: RFC 4180, UTF-8 with its mark, so that Excel does not take it for
/// Windows-1252, and no cell that could be read as a formula.
package enum SheetWriter {
    /// What a file begins with.
    package static let beginning: [UInt8] = TextDecoder.utf8Mark

    /// The columns of exported customers; ``SheetColumns`` guesses each of them right.
    package static let customerColumns = [
        "Name", "Gender", "Phone", "Phone 2", "Phone 3", "Email", "Email 2", "Email 3", "Remark",
    ]

    /// A row with its line end.
    package static func line(_ cells: [String]) -> [UInt8] {
        var line: [UInt8] = []
        for (column, cell) in cells.enumerated() {
            if column > 0 { line.append(UInt8(ascii: ",")) }
            append(CellText.neutralised(cell), to: &line)
        }
        line += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        return line
    }

    /// The row of a customer, in the order of ``customerColumns``.
    package static func line(_ customer: CustomerTexts) -> [UInt8] {
        line(
            [customer.name, customer.gender] + threeCells(customer.phones)
                + threeCells(customer.emails) + [customer.remark])
    }

    private static func threeCells(_ values: [String]) -> [String] {
        let count = SheetColumns.maximumColumnsOfAKind
        return Array((values + Array(repeating: "", count: count)).prefix(count))
    }

    /// A cell in quotation marks where it needs them.
    private static func append(_ cell: String, to line: inout [UInt8]) {
        guard cell.utf8.contains(where: needsQuotes) || cell.first == " " || cell.last == " " else {
            line += cell.utf8
            return
        }
        line.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
            if byte == UInt8(ascii: "\"") { line.append(byte) }
            line.append(byte)
        }
        line.append(UInt8(ascii: "\""))
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "\""),
            UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            true
        default: false
        }
    }
}
