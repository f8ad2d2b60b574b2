/// Why the bytes of a field are not text.
package enum FormTextError: Error, Equatable, Sendable {
    /// The bytes are not UTF-8.
    case notUTF8
    /// They hold a control character other than newline and tab; `code` is its code point.
    case controlCharacter(code: UInt32)
}

extension FormTextError: CustomStringConvertible {
    /// One sentence that says what is wrong with the text.
    package var description: String {
        switch self {
        case .notUTF8:
            "The text is not UTF-8."
        case .controlCharacter(let code):
            "The text holds the control character U+\(Self.fourDigits(code))."
        }
    }

    private static func fourDigits(_ code: UInt32) -> String {
        let digits = String(code, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// Makes text of the bytes of a field.
package enum FormText {
    /// The text of `bytes`, its line ends folded: CRLF and a single CR become LF.
    ///
    /// Nothing else is changed, mended or normalised. Browsers send CRLF for every line end of a text area
    /// (WHATWG HTML, "constructing the entry list"), so that without the folding a text would grow by a
    /// character a line on its way.
    ///
    /// - Throws: `notUTF8`, or `controlCharacter` for the first of U+0000 to U+001F but tab, LF and CR, and
    ///   of U+007F to U+009F (Unicode's category Cc).
    package static func decode(_ bytes: [UInt8]) throws(FormTextError) -> String {
        if isPlain(bytes) { return try text(of: bytes) }
        let text = try text(of: folded(bytes))
        for scalar in text.unicodeScalars where isRefused(scalar) {
            throw .controlCharacter(code: scalar.value)
        }
        return text
    }

    private static func text(of bytes: [UInt8]) throws(FormTextError) -> String {
        guard let text = String(utf8: bytes[...]) else { throw .notUTF8 }
        return text
    }

    /// Whether there is neither a CR nor a control character, as in nearly every text.
    ///
    /// It is asked of all bytes, without a branch, so that the compiler takes 16 of them in one step. C2 is the
    /// first byte of the control characters above 7F, and of some others.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        var others: UInt8 = 0
        for byte in bytes {
            let isBelowSpace: UInt8 = byte < 0x20 ? 1 : 0
            let isNotTab: UInt8 = byte == 0x09 ? 0 : 1
            let isNotNewline: UInt8 = byte == 0x0A ? 0 : 1
            let isDelete: UInt8 = byte == 0x7F ? 1 : 0
            let isAboveDelete: UInt8 = byte == 0xC2 ? 1 : 0
            others |= (isBelowSpace & isNotTab & isNotNewline) | isDelete | isAboveDelete
        }
        return others == 0
    }

    /// Whether no text may hold this: the control characters, a category that never grows (Unicode,
    /// stability policy), but tab and LF.
    package static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        default: false
        }
    }

    private static func folded(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "\r")) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var followsReturn = false
        for byte in bytes {
            let isReturn = byte == UInt8(ascii: "\r")
            if isReturn {
                result.append(UInt8(ascii: "\n"))
            } else if byte != UInt8(ascii: "\n") || !followsReturn {
                result.append(byte)
            }
            followsReturn = isReturn
        }
        return result
    }
}
