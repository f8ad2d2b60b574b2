package import FileAccess

/// Reads the rows of a file one after another in constant memory.
///
/// A row with a flaw takes its first line alone, and reading goes on at the next: a quotation mark
/// that is never closed costs its own row, not those below it.
package struct SheetReader<File: FileBytes> {
    /// Whether the file began with a line such as `sep=;`, which names the delimiter for Excel.
    private(set) var namesItsDelimiter = false

    private let file: File
    private let format: SheetFormat
    private let pieceByteCount: Int
    private var decoder: TextDecoder
    private var offset = 0
    private var isAtEnd = false
    private var buffer: [UInt8] = []
    private var index = 0
    private var number = 0
    private var isSkippingLine = false
    private var rescannedByteCount = 0

    /// Starts at the beginning of a file.
    ///
    /// - Parameter pieceByteCount: Bytes that are read at once; what is read does not depend on it.
    package init(
        _ file: File, _ format: SheetFormat,
        pieceByteCount: Int = CustomerFileLimit.pieceByteCount
    ) {
        self.file = file
        self.format = format
        self.pieceByteCount = pieceByteCount
        decoder = TextDecoder(format.encoding)
    }

    /// Bytes of the file that were read so far.
    package var readByteCount: Int { offset }

    /// The next row that is not blank; `nil` at the end.
    ///
    /// The first names the columns.
    /// - Throws: ``CustomerFileFault``, or what the file throws.
    package mutating func next() throws -> SheetRow? {
        while true {
            while let row = try rowInBuffer() {
                if number == 1 && !namesItsDelimiter && namesDelimiter(row) {
                    namesItsDelimiter = true
                    number = 0
                } else if !row.isBlank {
                    return row
                }
            }
            guard !isAtEnd else { return nil }
            try readMore()
        }
    }

    /// The first rows, at most `count`.
    mutating func sample(_ count: Int) throws -> [SheetRow] {
        var rows: [SheetRow] = []
        while rows.count < count, let row = try next() { rows.append(row) }
        return rows
    }

    private mutating func readMore() throws {
        let bytes = try file.bytes(at: offset, count: pieceByteCount)
        offset += bytes.count
        buffer.removeFirst(index)
        index = 0
        if bytes.isEmpty {
            try decoder.finish()
            isAtEnd = true
        } else {
            try decoder.decode(bytes, into: &buffer)
        }
    }

    /// The row at `index`; `nil` when more has to be read first.
    private mutating func rowInBuffer() throws -> SheetRow? {
        guard skipLine(), index < buffer.count else { return nil }
        // Always the same bytes, whatever was read at once.
        let limit = min(buffer.count, index + CustomerFileLimit.maximumRowByteCount)
        let isFull = limit - index == CustomerFileLimit.maximumRowByteCount
        var scanner = RowScanner(
            buffer, from: index, to: limit, isAtEnd: isAtEnd && limit == buffer.count,
            delimiter: format.delimiter)
        switch scanner.scan() {
        case .complete(let next):
            if let flaw = scanner.flaw { return try flawedRow(flaw, next: next, limit: limit) }
            index = next
            return row(scanner.cells)
        case .incomplete(let isQuoted) where isFull:
            return try flawedRow(isQuoted ? .openQuote : .tooLong, next: nil, limit: limit)
        case .incomplete: return nil
        }
    }

    private mutating func row(_ cells: [String], _ flaw: RowFlaw? = nil) -> SheetRow {
        number += 1
        return SheetRow(number: number, cells: cells, flaw: flaw)
    }

    /// A row that is its first line alone, which may go on behind `limit`.
    private mutating func flawedRow(
        _ flaw: RowFlaw, next: Int?, limit: Int
    ) throws(CustomerFileFault) -> SheetRow {
        let end = next ?? limit
        let line = RowScanner.nextLine(in: buffer, from: index, isAtEnd: isAtEnd) ?? end
        rescannedByteCount += max(0, end - line)
        // Every row could begin a search that goes on for many rows.
        guard rescannedByteCount <= CustomerFileLimit.maximumByteCount else {
            throw .unpairedQuotes
        }
        let shown = buffer[index..<min(line, end, index + Self.shownByteCount)]
        index = min(line, end)
        isSkippingLine = line >= end && next == nil
        return row([String(decoding: shown, as: UTF8.self)], flaw)
    }

    /// Bytes of a flawed row that are kept to recognise it by.
    private static var shownByteCount: Int { 200 }

    /// Passes over the rest of a line that is too long; false when more has to be read first.
    private mutating func skipLine() -> Bool {
        guard isSkippingLine else { return true }
        if let next = RowScanner.nextLine(in: buffer, from: index, isAtEnd: isAtEnd) {
            index = next
            isSkippingLine = false
        } else {
            // The first half of CRLF stays for the next look.
            let endsInReturn = buffer.last == UInt8(ascii: "\r") && index < buffer.count
            index = endsInReturn ? buffer.count - 1 : buffer.count
        }
        return !isSkippingLine
    }

    /// Whether a first row is no row but Excel’s way to name the delimiter, such as `sep=;`.
    private func namesDelimiter(_ row: SheetRow) -> Bool {
        let line = row.cells.joined(separator: format.delimiter.character).lowercased()
        return line == "sep=" + format.delimiter.character
    }
}
