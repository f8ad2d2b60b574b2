/// The list of content types of a package (ISO/IEC 29500-2, 7.2.3.2).
struct ContentTypes {
    private var byExtension: [String: String] = [:]
    private var byPart: [String: String] = [:]

    /// Reads the list; types and names are compared without case.
    init(_ scanner: XMLScanner) throws {
        var scanner = scanner
        while let element = scanner.next() {
            guard let type = element.attributes["ContentType"]?.lowercased() else { continue }
            if element.localName == "Default", let name = element.attributes["Extension"] {
                byExtension[name.lowercased()] = type
            } else if element.localName == "Override", let name = element.attributes["PartName"],
                let key = PartName.key(name)
            {
                byPart[key] = type
            }
        }
        if scanner.isBroken { throw Flaw.damaged("its list of contents is wrong") }
    }

    /// The type of a part: its own, or that of its extension.
    func type(of key: String) -> String? {
        if let type = byPart[key] { return type }
        guard let dot = key.lastIndex(of: ".") else { return nil }
        return byExtension[String(key[key.index(after: dot)...])]
    }

    /// Whether the type of a part is one of Office's types for macros (MS-OFFMACRO2 2.2).
    func isMacro(_ key: String) -> Bool {
        guard let type = type(of: key) else { return false }
        return type == "application/vnd.ms-office.vbaproject" || type.hasSuffix("vbadata+xml")
            || type.hasSuffix("macroenabled.main+xml")
            || type.hasSuffix("macroenabledtemplate.main+xml")
    }
}

/// A relationship of a package or a part (ISO/IEC 29500-2, 6.5.3).
struct Relationship {
    private let type: String
    private let target: String
    private let isExternal: Bool

    /// Reads a list of relationships.
    static func all(in scanner: XMLScanner) throws -> [Relationship] {
        var scanner = scanner
        var found: [Relationship] = []
        while let element = scanner.next() {
            guard element.localName == "Relationship", let type = element.attributes["Type"],
                let target = element.attributes["Target"]
            else { continue }
            let isExternal = element.attributes["TargetMode"] == "External"
            found.append(Relationship(type: type, target: target, isExternal: isExternal))
        }
        if scanner.isBroken { throw Flaw.damaged("its list of contents is wrong") }
        return found
    }

    /// Whether it names the main part of an Office document, in the transitional or the strict way.
    var leadsToMainPart: Bool {
        !isExternal
            && [
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
                "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
            ].contains(type)
    }

    /// The part a relationship of the package itself leads to.
    var partKey: String? { PartName.key(target) }

    /// Whether it is a template that lies in the internet.
    var fetchesTemplate: Bool {
        let address = target.lowercased()
        return isExternal && type.hasSuffix("/attachedTemplate")
            && ["http:", "https:", "ftp:"].contains { address.hasPrefix($0) }
    }
}

/// The names of parts, which are compared without case (ISO/IEC 29500-2, 6.2.2).
enum PartName {
    /// The key under which a part stands in the archive: `/word/./Document.xml` is
    /// `word/document.xml`.
    ///
    /// Names in relationships are references (RFC 3986, 5.2.4) from the root of the package; nil
    /// when one leads out of it.
    static func key(_ reference: String) -> String? {
        var parts: [Substring] = []
        for part in unescaped(reference).split(separator: "/") {
            if part == "." { continue }
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(part)
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/").lowercased()
    }

    private static func unescaped(_ reference: String) -> String {
        let bytes = Array(reference.utf8)
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let digits = bytes[index...].dropFirst().prefix(2)
            if bytes[index] == 0x25, digits.count == 2,
                let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                plain.append(byte)
                index += 3
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}

/// What the type of the main part says of a document.
struct MainType {
    static let macroSentences =
        "This Word document has macros (small programs) in it. "
        + "Save it without them, as .docx, or as PDF, and attach that."

    private let type: String

    init(_ type: String?) {
        self.type = type ?? ""
    }

    private static let office = "application/vnd.openxmlformats-officedocument."
    private static let spreadsheet = Likeness("an Excel spreadsheet (.xlsx)", .saveAsPDF)
    private static let presentation = Likeness("a PowerPoint presentation (.pptx)", .saveAsPDF)

    /// The main types of other documents, by their beginnings (ECMA-376 part 1, 12.3.23, 13.3.6;
    /// MS-OFFMACRO2).
    private static let others: [(String, Likeness)] = [
        (office + "spreadsheetml.", spreadsheet), (office + "presentationml.", presentation),
        ("application/vnd.ms-excel.", spreadsheet),
        ("application/vnd.ms-powerpoint.", presentation),
        ("application/vnd.ms-visio.", Likeness("a Visio drawing (.vsdx)", .saveAsPDF)),
        (
            office + "wordprocessingml.template.",
            Likeness("a template for Word documents (.dotx)", .saveAsDocument)
        ),
    ]

    /// Passes the main part of a Word document.
    ///
    /// - Throws: `Flaw` that says what else it is.
    func check() throws {
        if type == MainType.office + "wordprocessingml.document.main+xml" { return }
        if type.hasPrefix("application/vnd.ms-word."), type.contains("macroenabled") {
            throw Flaw.unwanted(MainType.macroSentences)
        }
        let other = MainType.others.first { type.hasPrefix($0.0) }
        throw Flaw.other(
            other?.1 ?? Likeness("an Office package without a Word document", .saveAsPDF))
    }
}
