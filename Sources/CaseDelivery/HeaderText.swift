internal import Foundation

/// Text in the header of a mail, which is ASCII and has short lines (RFC 5322, 2.2; RFC 2047).
enum HeaderText {
    /// Bytes of text in one encoded word: with `=?UTF-8?B?` and `?=` it has 64 characters, so that a line
    /// with the field's name before it stays below 76 (RFC 2047, 2).
    private static let maximumWordByteCount = 39
    /// Characters of a text that is written as it is, so that its line needs no folding.
    private static let maximumPlainCount = 60

    /// A text that people read, such as a subject.
    static func unstructured(_ text: String) -> String {
        let line = oneLine(text)
        return isPlain(line) ? line : encodedWords(line)
    }

    /// An address with the name of who has it (RFC 5322, 3.4).
    static func mailbox(name: String, address: String) -> String {
        let name = oneLine(name)
        if name.isEmpty { return address }
        guard isPlain(name) else { return "\(encodedWords(name))\r\n <\(address)>" }
        let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(quoted)\" <\(address)>"
    }

    /// The text without line ends and other control characters, each a space, so that a value never
    /// becomes a field of its own.
    static func oneLine(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar in
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar
        }
        return String(String.UnicodeScalarView(scalars)).trimmingCharacters(in: .whitespaces)
    }

    /// Whether a text is ASCII, short, and nothing that a reader would decode.
    private static func isPlain(_ line: String) -> Bool {
        line.utf8.count <= maximumPlainCount && !line.contains("=?")
            && line.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// Encoded words, each on a line; a reader joins them without the space (RFC 2047, 6.2), and none
    /// splits a character (5).
    private static func encodedWords(_ line: String) -> String {
        var words: [[UInt8]] = [[]]
        for scalar in line.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > maximumWordByteCount {
                words.append([])
            }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }
            .joined(separator: "\r\n ")
    }
}
