/// A piece of HTML that is escaped by construction.
///
/// It is written as a string literal. A `String` put into it is escaped, an `HTML` is not, and there
/// is no third way:
///
///     let row: HTML = "<td title=\"\(name)\">\(badge)</td>"
///
/// Bytes are escaped, not grapheme clusters: a quotation mark that is followed by a combining mark is
/// one `Character`, and an escaper that compares characters lets it through. Attributes are always
/// written in double quotes; then the five characters `& < > " '` are all that has a meaning in text
/// and in attributes (HTML, 13.1.2.3 and 13.1.4). Addresses come from ``Link``.
package struct HTML: ExpressibleByStringInterpolation, Equatable, Sendable {
    /// The markup as UTF-8.
    package private(set) var bytes: [UInt8]

    /// Nothing.
    package static let empty = HTML(trusted: [])

    package init(stringLiteral markup: String) {
        bytes = Array(markup.utf8)
    }

    package init(stringInterpolation pieces: Interpolation) {
        bytes = pieces.bytes
    }

    /// Takes bytes that are markup already, such as parts of another `HTML`.
    package init(trusted bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Adds markup behind this.
    package mutating func append(_ other: HTML) {
        bytes.append(contentsOf: other.bytes)
    }

    /// The pieces of a literal, put together in one buffer.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 32)
        }

        package mutating func appendLiteral(_ markup: String) {
            bytes.append(contentsOf: markup.utf8)
        }

        /// Text: escaped.
        package mutating func appendInterpolation(_ text: String) {
            Escape.append(text, to: &bytes)
        }

        /// Markup: as it is.
        package mutating func appendInterpolation(_ markup: HTML) {
            bytes.append(contentsOf: markup.bytes)
        }

        /// Markup, one piece after another.
        package mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { bytes.append(contentsOf: piece.bytes) }
        }

        /// Markup that stands there only under a condition, such as ` checked`.
        package mutating func appendInterpolation(_ markup: HTML, if condition: Bool) {
            if condition { bytes.append(contentsOf: markup.bytes) }
        }

        /// An address: escaped, and known to be a place on this site.
        package mutating func appendInterpolation(_ link: Link) {
            Escape.append(link.address, to: &bytes)
        }

        /// A number in decimal.
        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            bytes.append(contentsOf: String(number).utf8)
        }
    }
}

/// The replacement of the five characters that have a meaning in text and quoted attributes.
private enum Escape {
    static func append(_ text: String, to bytes: inout [UInt8]) {
        let source = text.utf8Span.span
        guard let first = source.indices.first(where: { entity(of: source[$0]) != nil }) else {
            // Most texts need no replacement, and a whole text is copied fastest.
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.reserveCapacity(bytes.count + source.count + 16)
        for index in 0..<first { bytes.append(source[index]) }
        for index in first..<source.count {
            if let entity = entity(of: source[index]) {
                bytes.append(contentsOf: entity.utf8)
            } else {
                bytes.append(source[index])
            }
        }
    }

    private static func entity(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
