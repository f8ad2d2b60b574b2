extension UInt8 {
    /// Whether this is a space or a tab.
    var isBlank: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\t")
    }

    /// The small letter of an ASCII capital; every other byte as it is.
    var asciiLowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }

    /// Whether this is an ASCII letter.
    var isASCIILetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(asciiLowercased)
    }

    /// Whether this may stand in the name of a header field (RFC 9110 5.6.2, `tchar`).
    var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
            UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"),
            UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: isASCIILetter
        }
    }

    /// The value of an ASCII hexadecimal digit; nil for another byte.
    var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension ArraySlice<UInt8> {
    /// Whether these are the letters of `word`, large or small.
    ///
    /// - Parameter word: ASCII, in small letters.
    func isWord(_ word: String) -> Bool {
        let bytes = span
        let letters = word.utf8Span.span
        guard bytes.count == letters.count else { return false }
        for index in bytes.indices where bytes[index].asciiLowercased != letters[index] {
            return false
        }
        return true
    }

    /// Without the spaces and tabs at both ends.
    func trimmingBlanks() -> ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isBlank }),
            let last = lastIndex(where: { !$0.isBlank })
        else { return self[endIndex...] }
        return self[first...last]
    }

    /// Takes all bytes up to one that `isEnd`, which stays.
    mutating func take(until isEnd: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let end = firstIndex(where: isEnd) ?? endIndex
        defer { self = self[end...] }
        return self[..<end]
    }
}

extension String {
    /// The text of these bytes; nil when they are not UTF-8.
    ///
    /// `String(validating:as:)` takes any encoding and any sequence, which costs more than short texts themselves.
    init?(utf8 bytes: ArraySlice<UInt8>) {
        do {
            self.init(copying: try UTF8Span(validating: bytes.span))
        } catch {
            return nil
        }
    }
}
