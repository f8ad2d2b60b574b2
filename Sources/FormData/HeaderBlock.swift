/// The header of one part: lines that end in CRLF, up to an empty one (RFC 2046 5.1, RFC 5322 2.2).
struct HeaderBlock {
    private let maximumByteCount: Int
    private var bytes: [UInt8] = []
    private var lineByteCount = 0

    /// An empty block that takes at most so many bytes, the CRLFs with the empty line's included.
    init(maximumByteCount: Int) {
        self.maximumByteCount = maximumByteCount
    }

    /// Makes ready for the next part, keeping the memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        lineByteCount = 0
    }

    /// Adds a byte; true when the block is complete with it.
    ///
    /// - Throws: `headerTooLong`, or `malformedHeader` for NUL and for a CR or LF that is not part of a CRLF.
    mutating func append(_ byte: UInt8) throws(FormDataError) -> Bool {
        guard bytes.count < maximumByteCount else {
            throw .headerTooLong(maximumBytes: maximumByteCount)
        }
        let endsLine = byte == UInt8(ascii: "\n")
        guard byte != 0, endsLine == (bytes.last == UInt8(ascii: "\r")) else {
            throw .malformedHeader
        }
        bytes.append(byte)
        lineByteCount += 1
        guard endsLine else { return false }
        defer { lineByteCount = 0 }
        return lineByteCount == 2
    }

    /// The fields of the block, read once.
    ///
    /// - Throws: `malformedHeader` when any line is not a field.
    func fields() throws(FormDataError) -> HeaderFields {
        var fields: [HeaderFields.Field] = []
        for line in try unfoldedLines() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw .malformedHeader }
            let name = line[..<colon]
            guard !name.isEmpty, name.allSatisfy(\.isTokenCharacter) else {
                throw .malformedHeader
            }
            fields.append(
                HeaderFields.Field(
                    name: name.map(\.asciiLowercased),
                    value: Array(line[(colon + 1)...].trimmingBlanks())))
        }
        return HeaderFields(fields: fields)
    }

    /// The lines without their CRLF; a blank at the start continues the line before (RFC 5322 2.2.3).
    private func unfoldedLines() throws(FormDataError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\r")), end > rest.startIndex {
            let line = rest[..<end]
            rest = rest[(end + 2)...]
            if line[line.startIndex].isBlank {
                guard !lines.isEmpty else { throw .malformedHeader }
                lines[lines.count - 1] += line
            } else {
                lines.append(Array(line))
            }
        }
        return lines
    }
}

/// The fields of one part's header.
struct HeaderFields {
    /// A field: its name in small letters, its value without spaces around it and its folded lines joined.
    struct Field {
        let name: [UInt8]
        let value: [UInt8]
    }

    fileprivate let fields: [Field]

    /// The value of the field `name`; nil when there is no such field.
    ///
    /// - Parameter name: In small letters.
    /// - Throws: `malformedHeader` when the field stands twice: two receivers could take different ones.
    func value(of name: String) throws(FormDataError) -> [UInt8]? {
        var found: [UInt8]?
        for field in fields where field.name.elementsEqual(name.utf8) {
            guard found == nil else { throw .malformedHeader }
            found = field.value
        }
        return found
    }
}
