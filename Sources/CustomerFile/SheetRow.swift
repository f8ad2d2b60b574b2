/// A row of a file, as its cells say and no more.
package struct SheetRow: Equatable, Sendable {
    /// As a spreadsheet counts: 1 for the row that names the columns; a row without a letter counts.
    package let number: Int
    package let cells: [String]
    /// Why the cells may not be what was meant.
    package let flaw: RowFlaw?

    init(number: Int, cells: [String], flaw: RowFlaw? = nil) {
        self.number = number
        self.cells = cells
        self.flaw = flaw
    }

    /// Whether there is nothing in it.
    var isBlank: Bool { flaw == nil && cells.allSatisfy(\.isEmpty) }

    /// The text of a cell; rows may end early, as Excel leaves out empty cells at the end.
    package subscript(column: Int) -> String { column < cells.count ? cells[column] : "" }
}

/// What is wrong with the form of a row.
package enum RowFlaw: Equatable, Sendable {
    case openQuote
    case textBehindQuote
    case tooLong
    case moreCellsThanColumns(cells: Int, columns: Int)

    /// One sentence that says what to do.
    package var sentence: String {
        switch self {
        case .openQuote:
            "A cell begins with a quotation mark that is not closed; close it or take it out"
        case .textBehindQuote:
            "Text follows a closing quotation mark; write each quotation mark inside a cell twice"
        case .tooLong:
            "The row is longer than \(CustomerFileLimit.maximumRowByteCount / 1024) KB; shorten it"
        case .moreCellsThanColumns(let cells, let columns):
            "The row has \(cells) cells, but there are \(columns) columns; "
                + "put quotation marks around a cell that contains the delimiter"
        }
    }
}
