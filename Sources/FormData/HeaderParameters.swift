/// A header value with parameters: `form-data; name="a"; filename=b` (RFC 2045 5.1, RFC 2183 2).
///
/// More forgiving than the grammar where every client means the same: unquoted values end at the next
/// semicolon, semicolons may be doubled or stand last, and a parameter without `=` is passed over.
struct HeaderParameters {
    /// One parameter's value as it stands in the header.
    struct Value {
        /// What stands between the quotes, or unquoted.
        let raw: ArraySlice<UInt8>
        /// Whether it was in quotes.
        let isQuoted: Bool

        /// The value without the backslashes that stand for quoting.
        ///
        /// Only `\"` and `\\` are escapes, although RFC 822 lets a backslash stand before any character:
        /// the senders that escape write only these two, and a Windows path, sent as it is, keeps the rest.
        var unescaped: ArraySlice<UInt8> {
            guard isQuoted, raw.contains(UInt8(ascii: "\\")) else { return raw }
            var result: [UInt8] = []
            var rest = raw
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\\"), let next = rest.first,
                    next == UInt8(ascii: "\\") || next == UInt8(ascii: "\"")
                {
                    result.append(next)
                    rest.removeFirst()
                } else {
                    result.append(byte)
                }
            }
            return result[...]
        }
    }

    /// What stands before the first semicolon.
    let leading: ArraySlice<UInt8>
    private var parameters: [(name: ArraySlice<UInt8>, value: Value)] = []

    /// Reads a header value; nil when quotes are not closed or stand where they cannot.
    init?(_ field: ArraySlice<UInt8>) {
        var rest = field
        leading = rest.take { $0 == UInt8(ascii: ";") }.trimmingBlanks()
        while rest.popFirst() != nil {
            let name = rest.take { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "=") }
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest.removeFirst()
            guard let value = Self.value(from: &rest) else { return nil }
            parameters.append((name.trimmingBlanks(), value))
        }
    }

    /// The values of all parameters called `name`, which is in small letters.
    func values(of name: String) -> [Value] {
        parameters.compactMap { $0.name.isWord(name) ? $0.value : nil }
    }

    /// Takes a value and leaves `rest` at the semicolon after it or at the end.
    private static func value(from rest: inout ArraySlice<UInt8>) -> Value? {
        _ = rest.take { !$0.isBlank }
        guard rest.first == UInt8(ascii: "\"") else {
            let raw = rest.take { $0 == UInt8(ascii: ";") }.trimmingBlanks()
            return raw.contains(UInt8(ascii: "\"")) ? nil : Value(raw: raw, isQuoted: false)
        }
        rest.removeFirst()
        guard let close = closingQuote(in: rest) else { return nil }
        let raw = rest[..<close]
        rest = rest[(close + 1)...]
        guard rest.take(until: { $0 == UInt8(ascii: ";") }).trimmingBlanks().isEmpty else {
            return nil
        }
        return Value(raw: raw, isQuoted: true)
    }

    /// Where the quotes end that were opened before `text`.
    ///
    /// Browsers do not escape backslashes, so a name that ends in one looks like an escaped quote: the
    /// last quote of the header closes, even after a backslash.
    private static func closingQuote(in text: ArraySlice<UInt8>) -> Int? {
        var index = text.startIndex
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "\""): return index
            case UInt8(ascii: "\\"):
                let next = index + 1
                if next == text.endIndex - 1, text[next] == UInt8(ascii: "\"") { return next }
                index += 2
            default: index += 1
            }
        }
        return nil
    }
}
