internal import FileAccess

/// What stands between the cells of a row.
package enum Delimiter: String, CaseIterable, Sendable {
    case comma
    /// What Excel writes where the comma is the decimal sign.
    case semicolon
    /// What Excel writes as “Unicode Text”.
    case tab

    /// The byte itself.
    var byte: UInt8 {
        switch self {
        case .comma: UInt8(ascii: ",")
        case .semicolon: UInt8(ascii: ";")
        case .tab: UInt8(ascii: "\t")
        }
    }

    /// The same as text.
    var character: String { String(Unicode.Scalar(byte)) }

    /// The words for it on a page.
    package var label: String { rawValue }

    /// Says what stands between the cells of a file.
    ///
    /// Excel's line `sep=;` decides. Without it, it is the one that makes most known column names of the
    /// first row, then the one with which most rows have as many cells as the first, then the one
    /// with most columns.
    ///
    /// - Throws: What `file` throws.
    init(of file: some FileBytes, in encoding: TextEncoding) throws {
        var best: (delimiter: Delimiter, score: [Int]) = (.comma, [0, 0, 0])
        for delimiter in Delimiter.allCases {
            var reader = SheetReader(file, SheetFormat(encoding: encoding, delimiter: delimiter))
            let rows = try reader.sample(CustomerFileLimit.delimiterSampleRowCount)
            if reader.namesItsDelimiter {
                self = delimiter
                return
            }
            let score = Self.score(rows)
            // Arrays have no order of their own.
            if best.score.lexicographicallyPrecedes(score) { best = (delimiter, score) }
        }
        self = best.delimiter
    }

    /// How well rows hang together, the strongest sign first.
    private static func score(_ rows: [SheetRow]) -> [Int] {
        guard let header = rows.first, header.cells.count > 1 else { return [0, 0, 0] }
        let known = header.cells.count { ColumnMeaning(columnName: $0) != .nothing }
        let alike = rows.count { $0.cells.count == header.cells.count && $0.flaw == nil }
        return [known, alike, header.cells.count]
    }
}

/// How a file is to be read.
package struct SheetFormat: Equatable, Sendable {
    package let encoding: TextEncoding
    package let delimiter: Delimiter

    package init(encoding: TextEncoding, delimiter: Delimiter) {
        self.encoding = encoding
        self.delimiter = delimiter
    }
}
