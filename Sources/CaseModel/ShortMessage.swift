internal import Foundation

/// A text as SMS carries it: in which alphabet, and in how many parts.
///
/// A text goes in the 7-bit default alphabet of GSM where every character is in it or in its extension table
/// (3GPP TS 23.038, 6.2.1 and 6.2.1.1), and else in UCS-2 (6.2.3), which has half the room. One character decides
/// for the whole text. A part of several begins with 6 octets that say which one it is (3GPP TS 23.040, 9.2.3.24.1).
package struct ShortMessage: Equatable, Sendable {
    /// What a text is written in.
    package enum Alphabet: Sendable {
        case gsm7
        case ucs2

        /// Units of a text that is one part: 140 octets of 7 or of 16 bits.
        package var unitsAlone: Int { self == .gsm7 ? 160 : 70 }
        /// Units of a part of several: 134 octets.
        package var unitsInPart: Int { self == .gsm7 ? 153 : 67 }
    }

    /// The text with accents and letters as one character where Unicode has one, so that `é` is in the alphabet.
    package let text: String
    package let alphabet: Alphabet
    /// Septets, or 16-bit units; a character of the extension table, or beyond U+FFFF, is two.
    package let unitCount: Int
    /// The text in pieces of which none splits a character; one, and empty, for an empty text.
    package let parts: [String]

    package init(_ text: String) {
        let scalars = Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)
        let isGSM = scalars.allSatisfy { Self.septets(of: $0) != nil }
        let units = scalars.map { isGSM ? Self.septets(of: $0) ?? 1 : $0.utf16Length }
        self.text = String(String.UnicodeScalarView(scalars))
        alphabet = isGSM ? .gsm7 : .ucs2
        unitCount = units.reduce(0, +)
        parts =
            unitCount <= alphabet.unitsAlone
            ? [self.text] : Self.split(scalars, units: units, at: alphabet.unitsInPart)
    }

    private static func split(_ scalars: [Unicode.Scalar], units: [Int], at limit: Int) -> [String]
    {
        var parts: [String.UnicodeScalarView] = [.init()]
        var room = limit
        for (scalar, count) in zip(scalars, units) {
            if count > room {
                parts.append(.init())
                room = limit
            }
            parts[parts.count - 1].append(scalar)
            room -= count
        }
        return parts.map { String($0) }
    }

    /// Septets of a character in the default alphabet; nil for one that is not in it.
    private static func septets(of scalar: Unicode.Scalar) -> Int? {
        alphabetScalars.contains(scalar) ? 1 : extensionScalars.contains(scalar) ? 2 : nil
    }

    /// The default alphabet, row by row of the table's columns; the escape to the extension table left out.
    private static let alphabetScalars = Set(
        ("@£$¥èéùìòÇ\nØø\rÅå" + "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ" + " !\"#¤%&'()*+,-./" + "0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNO" + "PQRSTUVWXYZÄÖÑÜ§" + "¿abcdefghijklmno" + "pqrstuvwxyzäöñüà")
            .unicodeScalars)
    /// What follows an escape: each is two septets.
    private static let extensionScalars = Set("\u{C}^{}\\[~]|€".unicodeScalars)
}

extension Unicode.Scalar {
    fileprivate var utf16Length: Int { value > 0xFFFF ? 2 : 1 }
}
