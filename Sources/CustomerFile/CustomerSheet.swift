package import FileAccess

/// What a look through the whole of a file shows, before anything of it is taken.
package struct CustomerSheet: Equatable, Sendable {
    package let format: SheetFormat
    /// The names of the columns, as the first row has them.
    package let columnNames: [String]
    /// The first rows below that, for the preview.
    package let firstRows: [SheetRow]
    /// Rows below the one with the names; blank ones do not count.
    package let rowCount: Int
    /// Texts with letters beyond ASCII, by which a person can tell whether the encoding is right;
    /// empty where it is certain.
    package let letterSamples: [String]

    /// Looks through a file.
    ///
    /// - Throws: ``CustomerFileFault``, or what `file` throws.
    package init(of file: some FileBytes) throws {
        let encoding = try TextEncoding(of: file)
        let delimiter = try Delimiter(of: file, in: encoding)
        format = SheetFormat(encoding: encoding, delimiter: delimiter)
        var reader = SheetReader(file, format)
        columnNames = try Self.columnNames(reader.next())
        var firstRows: [SheetRow] = []
        var samples: [String] = []
        var count = 0
        while let row = try reader.next() {
            count += 1
            guard count <= CustomerFileLimit.maximumRowCount else {
                throw CustomerFileFault.tooManyRows
            }
            if firstRows.count < CustomerFileLimit.previewRowCount { firstRows.append(row) }
            if encoding.isGuess { Self.takeSample(from: row, into: &samples) }
        }
        guard count > 0 else { throw CustomerFileFault.noRows }
        self.firstRows = firstRows
        rowCount = count
        letterSamples = samples
    }

    private static func columnNames(_ row: SheetRow?) throws(CustomerFileFault) -> [String] {
        guard let row else { throw .noRows }
        guard row.flaw == nil, !row.cells.contains(where: isValue) else { throw .noHeader }
        guard row.cells.count <= CustomerFileLimit.maximumColumnCount else {
            throw .tooManyColumns
        }
        return row.cells.map(CellText.original)
    }

    /// Whether a cell of the first row is an address or number, so that the row names nothing.
    private static func isValue(_ cell: String) -> Bool {
        let digits = cell.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return cell.contains("@") || digits >= minimumPhoneDigits
    }

    /// Digits that no name of a column has.
    private static let minimumPhoneDigits = 6

    private static func takeSample(from row: SheetRow, into samples: inout [String]) {
        for cell in row.cells where cell.utf8.contains(where: { $0 >= 0x80 }) {
            guard samples.count < CustomerFileLimit.letterSampleCount else { return }
            let text = String(cell.prefix(sampleCharacters))
            if !samples.contains(text) { samples.append(text) }
        }
    }

    /// Characters of a sample: enough for a name or street.
    private static let sampleCharacters = 40
}
