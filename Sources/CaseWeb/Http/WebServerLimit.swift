/// The largest body that the web server lets through, as its configuration says.
///
/// A form that the web server refuses never reaches the desk, and everything typed in it is lost; so the two have
/// to agree before anybody types.
package struct WebServerLimit: Equatable, Sendable {
    /// `nil` for no limit.
    package let byteCount: Int?
    /// The line of the configuration that says so; `nil` where none does.
    package let line: Int?

    /// Where programs send JSON, in nginx/casedesk.conf.
    private static let interfacePath = "/api/"
    /// nginx's own limit where the configuration has none (ngx_http_core_module, client_max_body_size).
    static let defaultByteCount = 1024 * 1024
    /// What a full Case Information form may hold.
    package static let neededByteCount = CaseForm.maximumByteCount

    /// Whether a full Case Information form passes.
    package var isEnough: Bool { byteCount.map { $0 >= Self.neededByteCount } ?? true }

    /// Why a configuration could not be read.
    package struct Fault: Error, Equatable, Sendable {
        package let line: Int
        /// The size as it stands there.
        package let text: String
    }

    /// Reads `client_max_body_size` in the file of a server block.
    ///
    /// Where it stands more than once, such as in a location, the smallest counts: which address a form goes to is
    /// not looked at, but none goes to the interface. Files that the configuration includes are not read.
    package init(nginx configuration: String) throws(Fault) {
        var smallest: (bytes: Int, line: Int)?
        var unlimited: Int?
        var interfaceDepth = Int.max
        for directive in NginxDirectives(configuration) where directive.depth <= interfaceDepth {
            let isInterface = directive.words == ["location", Self.interfacePath]
            interfaceDepth = isInterface ? directive.depth : .max
            guard directive.words.first == "client_max_body_size" else { continue }
            let text = directive.words.dropFirst().joined(separator: " ")
            guard let size = nginxSize(text) else { throw Fault(line: directive.line, text: text) }
            if size == 0 {
                unlimited = unlimited ?? directive.line
            } else if smallest.map({ size < $0.bytes }) ?? true {
                smallest = (size, directive.line)
            }
        }
        if let smallest {
            (byteCount, line) = (smallest.bytes, smallest.line)
        } else if let unlimited {
            (byteCount, line) = (nil, unlimited)
        } else {
            (byteCount, line) = (Self.defaultByteCount, nil)
        }
    }
}

/// A size in nginx's words: digits, and `k`, `m` or `g` in either case (ngx_parse_offset).
private func nginxSize(_ text: String) -> Int? {
    let units: [Character: Int] = ["k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    let unit = text.last.flatMap { units[Character($0.lowercased())] }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(digits)
    else { return nil }
    let (size, isTooLarge) = number.multipliedReportingOverflow(by: unit ?? 1)
    return isTooLarge ? nil : size
}

/// The directives of an nginx configuration, each with its words, the line that it begins on, and how many blocks
/// it stands in.
///
/// Words are parted by white space and end at `;`, `{` and `}`; a `#` where a word could begin makes the rest of the
/// line a comment; between quotes everything belongs to the word, and a backslash takes the next character as it is
/// (ngx_conf_read_token).
private struct NginxDirectives: Sequence, IteratorProtocol {
    private var rest: Substring
    private var line = 1
    private var depth = 0

    init(_ configuration: String) {
        rest = configuration[...]
    }

    mutating func next() -> (words: [String], line: Int, depth: Int)? {
        var words: [String] = []
        var firstLine = line
        while let character = rest.first {
            switch character {
            case ";", "{", "}":
                take()
                let depth = depth
                self.depth += character == "{" ? 1 : character == "}" ? -1 : 0
                if !words.isEmpty { return (words, firstLine, depth) }
            case "#":
                while let character = rest.first, !character.isNewline { take() }
            case _ where character.isWhitespace:
                take()
            default:
                if words.isEmpty { firstLine = line }
                words.append(word())
            }
        }
        return words.isEmpty ? nil : (words, firstLine, depth)
    }

    private mutating func word() -> String {
        let quote = rest.first.flatMap { $0 == "\"" || $0 == "'" ? $0 : nil }
        if quote != nil { take() }
        var word = ""
        while let character = rest.first {
            if let quote {
                if character == quote {
                    take()
                    return word
                }
            } else if character.isWhitespace || character == ";" || character == "{" {
                return word
            }
            take()
            if character == "\\", let escaped = rest.first {
                take()
                word.append(escaped)
            } else {
                word.append(character)
            }
        }
        return word
    }

    private mutating func take() {
        if rest.removeFirst().isNewline { line += 1 }
    }
}
