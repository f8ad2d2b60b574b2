/// A text in the form in which texts are compared: letters in upper and lower case are the same, and so are
/// an accented letter and the letter with its accent as a character of its own.
///
/// This is the canonical caseless matching of Unicode (The Unicode Standard, 3.13, D145) with the full case
/// folding of no language in particular: `ß` is `SS`, both forms of sigma are one, the Turkish dotted `İ` is
/// `i` with a dot above it, and the dotless `ı` is a letter of its own. An accent makes another letter.
///
/// Swift's and Foundation's own comparison takes the square of the length when a text is made for it (many
/// marks on one letter); this one does not.
package struct FoldedText: Hashable, Sendable {
    /// UTF-8.
    package let bytes: [UInt8]

    package init(_ text: String) {
        var folding = TextFolding()
        self.init(text, with: &folding)
    }

    /// - Parameter folding: Remembers characters from one text to the next.
    package init(_ text: String, with folding: inout TextFolding) {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            bytes = text.utf8.map(TextFolding.lowerCase)
        } else {
            bytes = folding.bytes(of: text)
        }
    }

    /// Whether this text holds the other one, which is not empty, as a run of whole letters.
    ///
    /// Knuth, Morris and Pratt: a byte of this text is never looked at again.
    package func includes(_ part: FoldedText) -> Bool {
        guard let first = part.bytes.first, part.bytes.count <= bytes.count else { return false }
        let borders = part.borders
        let (text, wanted) = (bytes.span, part.bytes.span)
        var matched = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            // Most bytes of a text begin nothing.
            if matched == 0 && byte != first { continue }
            while matched > 0, wanted[matched] != byte { matched = borders[matched - 1] }
            if wanted[matched] == byte { matched += 1 }
            guard matched == wanted.count else { continue }
            if !isMark(at: index) { return true }
            matched = borders[matched - 1]
        }
        return false
    }

    /// For each beginning of the text the length of its longest proper beginning that is also its end.
    private var borders: [Int] {
        var borders = [Int](repeating: 0, count: bytes.count)
        var length = 0
        for index in bytes.indices.dropFirst() {
            while length > 0, bytes[length] != bytes[index] { length = borders[length - 1] }
            if bytes[length] == bytes[index] { length += 1 }
            borders[index] = length
        }
        return borders
    }

    /// Whether the character that begins here belongs to the letter before it.
    private func isMark(at index: Int) -> Bool {
        // No mark is below U+0300, whose UTF-8 begins with CC.
        guard index < bytes.count, bytes[index] >= 0xCC else { return false }
        var rest = bytes[index...].makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return false }
        return scalar.markClass > 0
    }
}
