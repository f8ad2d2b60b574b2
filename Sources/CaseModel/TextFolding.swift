internal import Foundation

/// Makes ``FoldedText``; remembers what becomes of each character, as texts have few different ones.
package struct TextFolding {
    /// What becomes of a character.
    private struct Folded {
        /// Its canonical decomposition.
        let parts: [Unicode.Scalar]
        /// What that becomes when nothing stands beside it.
        let folded: [Unicode.Scalar]
        /// The same in UTF-8.
        let bytes: [UInt8]
        let beginsWithMark: Bool
        let endsWithMark: Bool
    }

    private var known: [Unicode.Scalar: Folded] = [:]

    package init() {}

    static func lowerCase(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    /// The folded form of a text, in UTF-8: characters on their own, unless marks of two of them meet and have
    /// to be put in order.
    mutating func bytes(of text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var isAfterMark = false
        for scalar in text.unicodeScalars {
            guard !scalar.isASCII else {
                bytes.append(Self.lowerCase(UInt8(truncatingIfNeeded: scalar.value)))
                isAfterMark = false
                continue
            }
            let folded = folded(scalar)
            if isAfterMark && folded.beginsWithMark { return wholeText(text) }
            bytes += folded.bytes
            isAfterMark = folded.endsWithMark
        }
        return bytes
    }

    private mutating func folded(_ scalar: Unicode.Scalar) -> Folded {
        if let folded = known[scalar] { return folded }
        let parts = Self.decomposition(of: scalar)
        let result = Self.folding(of: parts)
        let folded = Folded(
            parts: parts, folded: result, bytes: Self.bytes(result),
            beginsWithMark: parts.first.map { $0.markClass > 0 } ?? false,
            endsWithMark: parts.last.map { $0.markClass > 0 } ?? false)
        known[scalar] = folded
        return folded
    }

    /// NFD, case folding, and NFD again (D145): folding can make a letter of a mark (U+0345), so that marks
    /// must be in order before and after.
    private mutating func wholeText(_ text: String) -> [UInt8] {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars { scalars += folded(scalar).parts }
        Self.order(&scalars)
        var result: [Unicode.Scalar] = []
        for scalar in scalars { result += folded(scalar).folded }
        Self.order(&result)
        return Self.bytes(result)
    }

    private static func bytes(_ scalars: [Unicode.Scalar]) -> [UInt8] {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return Array(String(view).utf8)
    }

    private static func decomposition(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        // ASCII and the unified ideographs, which are many, have none.
        if scalar.isASCII || (0x3400...0x9FFF).contains(scalar.value) { return [scalar] }
        return Array(String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars)
    }

    private static func folding(of scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for scalar in scalars {
            for part in caseFolding(of: scalar) { result += decomposition(of: part) }
        }
        order(&result)
        return result
    }

    /// The lower case of the upper case stands for all letters that differ in case alone; it is not always
    /// the letter that CaseFolding.txt names, but the same ones are equal.
    private static func caseFolding(of scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        // The upper case of the dotless i is the I of all other languages.
        let isLetterOfItsOwn = scalar == "\u{131}" || !scalar.properties.changesWhenCaseMapped
        if isLetterOfItsOwn { return String(scalar).unicodeScalars }
        var result = String.UnicodeScalarView()
        for lower in scalar.properties.lowercaseMapping.unicodeScalars {
            for upper in lower.properties.uppercaseMapping.unicodeScalars {
                result.append(contentsOf: upper.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return result
    }

    /// Puts the marks on each letter in the order of their classes (UAX 15, canonical ordering).
    private static func order(_ scalars: inout [Unicode.Scalar]) {
        var start = 0
        while start < scalars.count {
            let end = scalars[start...].firstIndex { $0.markClass == 0 } ?? scalars.count
            if end - start > 1 {
                let marks = scalars[start..<end].enumerated().map {
                    (scalar: $0.element, place: (Int($0.element.markClass), $0.offset))
                }
                let ordered = marks.sorted { $0.place < $1.place }.map(\.scalar)
                scalars.replaceSubrange(start..<end, with: ordered)
            }
            start = end + 1
        }
    }
}

extension Unicode.Scalar {
    /// The canonical combining class; 0 for what is no mark that can be moved.
    var markClass: UInt8 {
        value < 0x300 ? 0 : properties.canonicalCombiningClass.rawValue
    }
}
