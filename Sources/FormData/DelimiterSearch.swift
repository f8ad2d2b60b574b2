/// Finds the delimiter CRLF `--` boundary in bytes that arrive in chunks (RFC 2046 5.1.1).
///
/// Inside a chunk it looks at the last byte of where the delimiter could stand and, for nearly every value
/// of it, moves on by the whole length of the delimiter. CR occurs in a delimiter only as its first byte,
/// so where the last byte fits, the next place to look at is the next CR, and bytes that agreed with a part
/// of the delimiter cannot begin another. Both keep the worst case linear, and a beginning at the end of a
/// chunk needs no copy, only its length.
struct DelimiterSearch {
    /// What one look at a chunk found.
    struct Finding {
        /// Content held back from earlier chunks because it could have begun a delimiter.
        let released: ArraySlice<UInt8>
        /// Content at the start of this chunk, after `released`.
        let content: ArraySlice<UInt8>
        /// Whether the delimiter ends in this chunk.
        let isComplete: Bool
        /// What follows the delimiter; empty when it is not complete.
        let rest: ArraySlice<UInt8>
    }

    /// Starts with CR; at most 74 bytes.
    private let delimiter: [UInt8]
    /// For each value of a byte that stands where the delimiter would end, how far to move on.
    private let skips: [UInt8]
    /// How many bytes of the delimiter agreed at the end of the bytes seen so far.
    private var agreed: Int
    /// How many of the `agreed` bytes were assumed and are not content.
    private var assumed: Int

    /// A search for the delimiter of `boundary`, at the start of a body.
    init(boundary: Boundary) {
        delimiter = Array("\r\n--".utf8) + boundary.bytes
        var skips = [UInt8](repeating: UInt8(delimiter.count), count: 256)
        for (offset, byte) in delimiter.dropLast().enumerated() {
            skips[Int(byte)] = UInt8(delimiter.count - 1 - offset)
        }
        self.skips = skips
        agreed = 0
        assumed = 0
        expectDelimiterAtLineStart()
    }

    /// Takes the next byte as the first of a line.
    ///
    /// The CRLF of a delimiter may be the end of the body's beginning or of the part's header
    /// (RFC 2046 5.1.1: the content of a part, with the empty line before it, can be absent).
    mutating func expectDelimiterAtLineStart() {
        agreed = 2
        assumed = 2
    }

    /// Looks at the next chunk; after a complete delimiter the search begins anew.
    mutating func next(in bytes: ArraySlice<UInt8>) -> Finding {
        let (continued, released) = continueDelimiter(in: bytes)
        if agreed == delimiter.count {
            agreed = 0
            return Finding(
                released: [], content: [], isComplete: true, rest: bytes[continued...])
        }
        if continued == bytes.endIndex, agreed > 0 {
            return Finding(released: [], content: [], isComplete: false, rest: [])
        }
        let unseen = bytes[continued...]
        let found = Self.locate(delimiter, skips, in: unseen)
        let start = continued + found.offset
        agreed = found.length
        let isComplete = agreed == delimiter.count
        if isComplete { agreed = 0 }
        return Finding(
            released: released, content: unseen[..<start], isComplete: isComplete,
            rest: bytes[(start + found.length)...])
    }

    /// Compares the start of a chunk with the rest of a delimiter that may have begun before it.
    ///
    /// Returns where the comparison stopped and, if it failed, what was held back and is content.
    private mutating func continueDelimiter(
        in bytes: ArraySlice<UInt8>
    ) -> (index: Int, released: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        guard agreed > 0 else { return (index, []) }
        while agreed < delimiter.count, index < bytes.endIndex, bytes[index] == delimiter[agreed] {
            agreed += 1
            index += 1
        }
        if agreed == delimiter.count {
            assumed = 0
            return (index, [])
        }
        guard index < bytes.endIndex else { return (index, []) }
        let released = delimiter[assumed..<agreed]
        agreed = 0
        assumed = 0
        return (index, released)
    }

    /// The first place where `text` agrees with the whole delimiter, or to its end with the beginning of it.
    ///
    /// The `length` is the delimiter's for a find, less for a beginning, 0 (at the end) for neither.
    private static func locate(
        _ delimiter: [UInt8], _ skips: [UInt8], in text: ArraySlice<UInt8>
    ) -> (offset: Int, length: Int) {
        let delimiter = delimiter.span
        let skips = skips.span
        let text = text.span
        let first = delimiter[0]
        let last = delimiter[delimiter.count - 1]
        var offset = 0
        while offset + delimiter.count <= text.count {
            let final = text[offset + delimiter.count - 1]
            var step = Int(skips[Int(final)])
            if final == last, text[offset] == first {
                let length = agreement(delimiter, text, at: offset)
                if length == delimiter.count { return (offset, length) }
                step = max(step, length)
            } else if final == last {
                while step < delimiter.count, text[offset + step] != first { step += 1 }
            }
            offset += step
        }
        while offset < text.count {
            let length = agreement(delimiter, text, at: offset)
            if offset + length == text.count { return (offset, length) }
            offset += max(1, length)
        }
        return (text.count, 0)
    }

    /// How many bytes of `text` from `offset` on agree with the delimiter's beginning.
    private static func agreement(
        _ delimiter: Span<UInt8>, _ text: Span<UInt8>, at offset: Int
    ) -> Int {
        let most = min(delimiter.count, text.count - offset)
        var length = 0
        while length < most, text[offset + length] == delimiter[length] { length += 1 }
        return length
    }
}
