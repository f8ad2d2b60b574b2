/// What follows the boundary on a delimiter's line: padding and CRLF, or `--` (RFC 2046 5.1.1).
struct DelimiterEnd {
    /// What the bytes so far say.
    enum Verdict {
        /// More bytes are needed.
        case unfinished
        /// A part begins with the next byte.
        case part
        /// The body is closed; what follows is the epilogue, which has no meaning.
        case close
    }

    /// Spaces and tabs after a boundary: RFC 2046 permits what a gateway may have added, browsers send none.
    private static let maximumPaddingBytes = 64

    private enum State {
        case start
        case dash
        case padding(byteCount: Int)
        case carriageReturn
    }

    private var state = State.start

    /// Reads one byte.
    ///
    /// - Throws: `malformedDelimiter` for a byte that may not stand here.
    mutating func append(_ byte: UInt8) throws(FormDataError) -> Verdict {
        switch (state, byte) {
        case (.start, UInt8(ascii: "-")):
            state = .dash
        case (.dash, UInt8(ascii: "-")):
            return .close
        case (.start, UInt8(ascii: " ")), (.start, UInt8(ascii: "\t")):
            state = .padding(byteCount: 1)
        case (.padding(let byteCount), UInt8(ascii: " ")),
            (.padding(let byteCount), UInt8(ascii: "\t")):
            guard byteCount < Self.maximumPaddingBytes else { throw .malformedDelimiter }
            state = .padding(byteCount: byteCount + 1)
        case (.start, UInt8(ascii: "\r")), (.padding, UInt8(ascii: "\r")):
            state = .carriageReturn
        case (.carriageReturn, UInt8(ascii: "\n")):
            return .part
        default:
            throw .malformedDelimiter
        }
        return .unfinished
    }
}
