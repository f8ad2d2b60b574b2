/// Reads the start tags of an XML document, and nothing else.
///
/// Enough for the two lists by which a package says what it is: they hold elements with attributes,
/// no text that counts. A document type declaration is refused, as packages may not have one
/// (ISO/IEC 29500-2, 6.3.5), so that entities cannot grow. Sources: Extensible Markup Language
/// (XML) 1.0, 2 and 3; Namespaces in XML 1.0.
struct XMLScanner {
    /// An element that begins.
    struct Element {
        /// The name as it stands there: `w:document`.
        let qualifiedName: String

        /// Attributes by their names as they stand there, with the references in their values
        /// resolved.
        let attributes: [String: String]

        /// The name without its prefix: `document`.
        var localName: String { Element.split(qualifiedName).localName }

        /// The namespace that the element itself declares for its name, if it does.
        var declaredNamespace: String? {
            let prefix = Element.split(qualifiedName).prefix
            return attributes[prefix.isEmpty ? "xmlns" : "xmlns:" + prefix]
        }

        private static func split(_ name: String) -> (prefix: Substring, localName: String) {
            guard let colon = name.firstIndex(of: ":") else { return ("", name) }
            return (name[..<colon], String(name[name.index(after: colon)...]))
        }
    }

    private let bytes: [UInt8]
    private var position = 0

    /// Takes a document in UTF-8, or in UTF-16 with its byte-order mark (XML 4.3.3).
    init(_ document: [UInt8]) {
        bytes = XMLScanner.utf8(document)
    }

    /// Whether something was found that no package may have; then nothing more is read.
    private(set) var isBroken = false

    /// The next start tag, or nil at the end.
    mutating func next() -> Element? {
        while !isBroken, seek(0x3C) {
            if starts(Mark.comment) {
                skip(behind: Mark.endOfComment)
            } else if starts(Mark.characterData) {
                skip(behind: Mark.endOfCharacterData)
            } else if starts(Mark.instruction) {
                skip(behind: Mark.endOfInstruction)
            } else if starts(Mark.endTag) {
                skip(behind: [0x3E])
            } else if starts(Mark.declaration) {
                isBroken = true
            } else {
                position += 1
                return startTag()
            }
        }
        return nil
    }

    private mutating func startTag() -> Element? {
        let name = takeName()
        var attributes: [String: String] = [:]
        while !isBroken {
            skipSpaces()
            guard position < bytes.count else { break }
            if bytes[position] == 0x3E {
                position += 1
                return name.isEmpty
                    ? broken() : Element(qualifiedName: name, attributes: attributes)
            }
            if bytes[position] == 0x2F {
                position += 1
                continue
            }
            let key = takeName()
            guard !key.isEmpty, let value = takeValue() else { return broken() }
            attributes[key] = value
        }
        return broken()
    }

    private mutating func broken() -> Element? {
        isBroken = true
        return nil
    }

    private mutating func takeName() -> String {
        let start = position
        while position < bytes.count, !XMLScanner.endsName(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x20, 0x22, 0x27, 0x2F, 0x3C, 0x3D, 0x3E: true
        default: false
        }
    }

    /// `= "value"`, in quotes of either kind.
    private mutating func takeValue() -> String? {
        skipSpaces()
        guard position < bytes.count, bytes[position] == 0x3D else { return nil }
        position += 1
        skipSpaces()
        guard position < bytes.count, bytes[position] == 0x22 || bytes[position] == 0x27 else {
            return nil
        }
        let quote = bytes[position]
        let start = position + 1
        guard let end = bytes[start...].firstIndex(of: quote) else { return nil }
        position = end + 1
        return XMLScanner.resolved(bytes[start..<end])
    }

    /// Replaces the five named references and those by number (XML 4.1, 4.6).
    private static func resolved(_ value: ArraySlice<UInt8>) -> String {
        guard value.contains(0x26) else { return String(decoding: value, as: UTF8.self) }
        var text = ""
        var rest = value
        while let ampersand = rest.firstIndex(of: 0x26) {
            text += String(decoding: rest[..<ampersand], as: UTF8.self)
            rest = rest[(ampersand + 1)...]
            let maximumReferenceByteCount = 10
            guard let end = rest.prefix(maximumReferenceByteCount).firstIndex(of: 0x3B) else {
                continue
            }
            text += character(String(decoding: rest[..<end], as: UTF8.self))
            rest = rest[(end + 1)...]
        }
        return text + String(decoding: rest, as: UTF8.self)
    }

    private static func character(_ reference: String) -> String {
        let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        if let character = named[reference] { return character }
        let number =
            reference.hasPrefix("#x")
            ? UInt32(reference.dropFirst(2), radix: 16) : UInt32(reference.dropFirst(1))
        return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? ""
    }

    private mutating func seek(_ byte: UInt8) -> Bool {
        while position < bytes.count {
            if bytes[position] == byte { return true }
            position += 1
        }
        return false
    }

    private mutating func skipSpaces() {
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
    }

    private func starts(_ mark: [UInt8]) -> Bool {
        var index = 0
        while index < mark.count, position + index < bytes.count,
            bytes[position + index] == mark[index]
        {
            index += 1
        }
        return index == mark.count
    }

    private mutating func skip(behind end: [UInt8]) {
        while position < bytes.count, !starts(end) { position += 1 }
        position = min(bytes.count, position + end.count)
    }

    private enum Mark {
        static let comment = Array("<!--".utf8)
        static let endOfComment = Array("-->".utf8)
        static let characterData = Array("<![CDATA[".utf8)
        static let endOfCharacterData = Array("]]>".utf8)
        static let instruction = Array("<?".utf8)
        static let endOfInstruction = Array("?>".utf8)
        static let endTag = Array("</".utf8)
        static let declaration = Array("<!".utf8)
    }

    private static func utf8(_ document: [UInt8]) -> [UInt8] {
        let isBigEndian = document.starts(with: [0xFE, 0xFF])
        guard isBigEndian || document.starts(with: [0xFF, 0xFE]) else { return document }
        let units = stride(from: 2, to: document.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(document[index]), UInt16(document[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
