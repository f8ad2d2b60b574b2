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

    /// Takes bytes from the front of a chunk, up to the end of the block; true when it is complete with them.
    ///
    /// - Throws: `headerTooLong`, or `malformedHeader` for NUL and for a CR or LF that is not part of a CRLF.
    mutating func take(from chunk: inout ArraySlice<UInt8>) throws(FormDataError) -> Bool {
        let (count, isComplete) = try look(at: chunk.span)
        bytes += chunk.prefix(count)
        chunk = chunk.dropFirst(count)
        return isComplete
    }

    /// How many of these bytes belong to the block, and whether it is complete with them.
    private mutating func look(
        at new: Span<UInt8>
    ) throws(FormDataError) -> (count: Int, isComplete: Bool) {
        let room = maximumByteCount - bytes.count
        var last = bytes.last ?? 0
        var lineStart = -lineByteCount
        for index in new.indices {
            guard index < room else { throw .headerTooLong(maximumBytes: maximumByteCount) }
            let byte = new[index]
            let endsLine = byte == UInt8(ascii: "\n")
            guard byte != 0, endsLine == (last == UInt8(ascii: "\r")) else {
                throw .malformedHeader
            }
            last = byte
            guard endsLine else { continue }
            if index + 1 - lineStart == 2 { return (index + 1, true) }
            lineStart = index + 1
        }
        lineByteCount = new.count - lineStart
        return (new.count, false)
    }

    /// The name in a block that is written as browsers write that of a text field, with nothing to undo in it;
    /// nil for any other block.
    ///
    /// The block is then this one name, and reading it as such takes a tenth of the time of reading its fields.
    var plainFieldName: ArraySlice<UInt8>? {
        let (beginning, end) = (Self.plainBeginning.utf8Span.span, Self.plainEnd.utf8Span.span)
        let block = bytes.span
        let nameEnd = block.count - end.count
        guard beginning.count < nameEnd else { return nil }
        for index in beginning.indices where block[index] != beginning[index] { return nil }
        for index in end.indices where block[nameEnd + index] != end[index] { return nil }
        for index in beginning.count..<nameEnd {
            switch block[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "%"), UInt8(ascii: "\r"):
                return nil
            default: continue
            }
        }
        return bytes[beginning.count..<nameEnd]
    }

    private static let plainBeginning = "Content-Disposition: form-data; name=\""
    private static let plainEnd = "\"\r\n\r\n"

    /// The fields of the block, read once.
    ///
    /// - Throws: `malformedHeader` when any line is not a field.
    func fields() throws(FormDataError) -> HeaderFields {
        var fields: [HeaderFields.Field] = []
        var rest = bytes[...]
        while let line = Self.takeLine(from: &rest), !line.isEmpty {
            var line = line
            // A blank at the start continues the line before (RFC 5322 2.2.3).
            while rest.first?.isBlank == true, let more = Self.takeLine(from: &rest) {
                line += more
            }
            var value = line
            let name = value.take { $0 == UInt8(ascii: ":") }
            guard value.popFirst() != nil, !name.isEmpty, name.allSatisfy(\.isTokenCharacter) else {
                throw .malformedHeader
            }
            fields.append(HeaderFields.Field(name: name, value: value.trimmingBlanks()))
        }
        return HeaderFields(fields: fields)
    }

    /// Takes a line and its CRLF; returns the line, nil when there is none.
    private static func takeLine(from bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\r")) else { return nil }
        defer { bytes = bytes[(end + 2)...] }
        return bytes[..<end]
    }
}

/// The fields of one part's header.
struct HeaderFields {
    /// A field: its name as it was sent, its value without spaces around it and its folded lines joined.
    struct Field {
        let name: ArraySlice<UInt8>
        let value: ArraySlice<UInt8>
    }

    fileprivate let fields: [Field]

    /// The value of the field `name`; nil when there is no such field.
    ///
    /// - Parameter name: In small letters.
    /// - Throws: `malformedHeader` when the field stands twice: two receivers could take different ones.
    func value(of name: String) throws(FormDataError) -> ArraySlice<UInt8>? {
        var found: ArraySlice<UInt8>?
        for field in fields where field.name.isWord(name) {
            guard found == nil else { throw .malformedHeader }
            found = field.value
        }
        return found
    }
}
