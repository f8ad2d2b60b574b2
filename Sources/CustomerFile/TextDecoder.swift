/// Makes UTF-8 of the bytes of a file, whatever the pieces they come in.
///
/// The byte order mark is left out. UTF-8 is passed on as it is; ``TextEncoding`` has looked at it.
struct TextDecoder {
    static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let mark: UInt16 = 0xFEFF

    private let encoding: TextEncoding
    private var isAtStart = true
    /// What a piece ended with and the next has to complete.
    private var held: [UInt8] = []
    private var highSurrogate: UInt16?

    init(_ encoding: TextEncoding) {
        self.encoding = encoding
    }

    /// Appends the text of the next bytes.
    ///
    /// - Throws: ``CustomerFileFault/brokenText(_:)`` for half of a character in UTF-16.
    mutating func decode(
        _ bytes: [UInt8], into text: inout [UInt8]
    ) throws(CustomerFileFault) {
        switch encoding {
        case .utf8: passOn(bytes, into: &text)
        case .windows1252: Self.decodeWindows1252(bytes, into: &text)
        case .utf16LittleEndian, .utf16BigEndian: try decodeUTF16(bytes, into: &text)
        }
    }

    /// Ends the text.
    ///
    /// - Throws: ``CustomerFileFault/brokenText(_:)`` when the file ends inside a character.
    func finish() throws(CustomerFileFault) {
        let isWhole = highSurrogate == nil && (held.isEmpty || encoding == .utf8)
        guard isWhole else { throw .brokenText(encoding) }
    }

    /// Bytes at the end that begin a character of UTF-8 and do not complete it.
    static func openUTF8ByteCount(_ bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let byte = bytes[bytes.count - count]
            if byte & 0b1100_0000 == 0b1000_0000 { continue }
            // The ones at its beginning say of how many bytes the character is.
            return (~byte).leadingZeroBitCount > count ? count : 0
        }
        return 0
    }

    private mutating func passOn(_ bytes: [UInt8], into text: inout [UInt8]) {
        guard isAtStart else { return text += bytes }
        held += bytes
        guard held.count >= Self.utf8Mark.count || !Self.utf8Mark.starts(with: held) else { return }
        text += held.dropFirst(held.starts(with: Self.utf8Mark) ? Self.utf8Mark.count : 0)
        held = []
        isAtStart = false
    }

    private static func decodeWindows1252(_ bytes: [UInt8], into text: inout [UInt8]) {
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else {
                append((Windows1252.scalar(byte) ?? "\u{FFFD}").value, to: &text)
            }
        }
    }

    private mutating func decodeUTF16(
        _ bytes: [UInt8], into text: inout [UInt8]
    ) throws(CustomerFileFault) {
        var first = held.first
        for byte in bytes {
            guard let before = first else {
                first = byte
                continue
            }
            first = nil
            let (low, high) = encoding == .utf16LittleEndian ? (before, byte) : (byte, before)
            try take(UInt16(high) << 8 | UInt16(low), into: &text)
        }
        held = first.map { [$0] } ?? []
    }

    /// Takes one code unit of UTF-16 (RFC 2781, 2.2).
    private mutating func take(
        _ unit: UInt16, into text: inout [UInt8]
    ) throws(CustomerFileFault) {
        defer { isAtStart = false }
        if isAtStart && unit == Self.mark { return }
        if unit < 0x80 && highSurrogate == nil { return text.append(UInt8(unit)) }
        switch (highSurrogate, unit) {
        case (nil, 0xD800...0xDBFF): highSurrogate = unit
        case (let high?, 0xDC00...0xDFFF):
            highSurrogate = nil
            Self.append(
                0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00), to: &text)
        case (nil, 0x0000...0xD7FF), (nil, 0xE000...0xFFFF): Self.append(UInt32(unit), to: &text)
        default: throw .brokenText(encoding)
        }
    }

    private static func append(_ value: UInt32, to text: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else { return }
        text += encoded
    }
}
