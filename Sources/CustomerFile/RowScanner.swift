/// Finds the end of one row and its cells in bytes of UTF-8 (RFC 4180).
///
/// It works on bytes: delimiter, quotation mark and line ends are ASCII, which UTF-8 uses for nothing
/// else, so that no letter, mark or line separator of Unicode can be taken for one of them.
struct RowScanner {
    /// How a row came to its end.
    enum End: Equatable {
        /// At a line end or at the end of the file; the next row begins at `next`.
        case complete(next: Int)
        /// The bytes end first, inside quotation marks or not.
        case incomplete(isQuoted: Bool)
    }

    private(set) var cells: [String] = []
    private(set) var flaw: RowFlaw?

    private let bytes: [UInt8]
    private let limit: Int
    private let isAtEnd: Bool
    private let delimiter: UInt8
    private var index: Int

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// What a cell was followed by.
    private enum CellEnd {
        case delimiter, row, nothing(isQuoted: Bool)
    }

    /// Makes a scanner of the row that begins at `start`.
    ///
    /// - Parameter isAtEnd: Whether the file ends at `limit`.
    init(_ bytes: [UInt8], from start: Int, to limit: Int, isAtEnd: Bool, delimiter: Delimiter) {
        self.bytes = bytes
        self.limit = limit
        self.isAtEnd = isAtEnd
        self.delimiter = delimiter.byte
        index = start
    }

    /// Reads the row.
    mutating func scan() -> End {
        while true {
            let isQuoted = index < limit && bytes[index] == Self.quote
            switch isQuoted ? quotedCell() : plainCell() {
            case .delimiter: continue
            case .row: return .complete(next: index)
            case .nothing(let isQuoted): return .incomplete(isQuoted: isQuoted)
            }
        }
    }

    /// The place behind the first line end from `start` on; `nil` when there is none, or when the bytes
    /// end between the two of CRLF.
    static func nextLine(in bytes: [UInt8], from start: Int, isAtEnd: Bool) -> Int? {
        var index = start
        while index < bytes.count, bytes[index] != lineFeed, bytes[index] != carriageReturn {
            index += 1
        }
        guard index < bytes.count else { return nil }
        guard bytes[index] == carriageReturn else { return index + 1 }
        guard index + 1 < bytes.count else { return isAtEnd ? index + 1 : nil }
        return index + (bytes[index + 1] == lineFeed ? 2 : 1)
    }

    /// A cell without quotation marks around it; those inside are letters like others.
    private mutating func plainCell() -> CellEnd {
        let start = index
        moveToCellEnd()
        guard index < limit || isAtEnd else { return .nothing(isQuoted: false) }
        cells.append(text(start..<index))
        return cellEnd()
    }

    /// A cell in quotation marks, where two of them stand for one.
    private mutating func quotedCell() -> CellEnd {
        index += 1
        var content: [UInt8] = []
        var start = index
        while true {
            while index < limit, bytes[index] != Self.quote { index += 1 }
            // Whether another mark follows decides what this one means.
            guard index + 1 < limit || (isAtEnd && index < limit) else {
                guard isAtEnd else { return .nothing(isQuoted: true) }
                flaw = .openQuote
                cells.append(String(decoding: content + bytes[start..<limit], as: UTF8.self))
                return .row
            }
            content += bytes[start..<index]
            index += 1
            guard index < limit, bytes[index] == Self.quote else { break }
            start = index
            index += 1
        }
        return endOfQuotedCell(content)
    }

    private mutating func endOfQuotedCell(_ content: [UInt8]) -> CellEnd {
        let start = index
        moveToCellEnd()
        guard index < limit || isAtEnd else { return .nothing(isQuoted: false) }
        if index > start { flaw = flaw ?? .textBehindQuote }
        cells.append(String(decoding: content + bytes[start..<index], as: UTF8.self))
        return cellEnd()
    }

    private mutating func moveToCellEnd() {
        while index < limit {
            let byte = bytes[index]
            if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { return }
            index += 1
        }
    }

    /// Passes over what ends a cell.
    private mutating func cellEnd() -> CellEnd {
        guard index < limit else { return .row }
        let byte = bytes[index]
        index += 1
        if byte == delimiter { return .delimiter }
        guard byte == Self.carriageReturn else { return .row }
        // CRLF is one line end, also where the bytes end between the two.
        guard index < limit || isAtEnd else { return .nothing(isQuoted: false) }
        if index < limit, bytes[index] == Self.lineFeed { index += 1 }
        return .row
    }

    private func text(_ range: Range<Int>) -> String {
        range.isEmpty ? "" : String(decoding: bytes[range], as: UTF8.self)
    }
}
