/// Whether a ZIP archive is a Word document (.docx), and if not, what else.
///
/// Sources: ECMA-376 part 2 (ISO/IEC 29500-2), 6.2 (parts), 6.5 (relationships), 7.2 (content types
/// in ZIP); part 1, 11.3.10 (main document part), and part 4 for the transitional names. A name
/// such as `word/document.xml` says nothing: what counts is the part to which the package's
/// relationship leads, and the type that the list of content types gives to it.
struct OfficePackage {
    /// The largest list of types or relationships that is unpacked, in bytes.
    static let maximumListByteCount = 1024 * 1024

    /// What is unpacked of all lists together, in bytes.
    static let maximumListsByteCount = 2 * 1024 * 1024

    /// How much of the main part is unpacked to see what it begins with, in bytes.
    static let maximumBeginningByteCount = 64 * 1024

    static let passwordSentences =
        "This Office document is locked with a password. Save it without one and attach it again."

    private static let contentTypes = "[content_types].xml"
    private static let rootRelationships = "_rels/.rels"

    private let archive: ZipArchive
    private let partsByKey: [String: ZipArchive.Entry]

    /// Checks that a file is a Word document without macros.
    static func check(_ file: inout ByteWindow) throws {
        let archive = try ZipArchive(&file)
        guard let package = try OfficePackage(archive) else { throw Flaw.other(kind(of: archive)) }
        try package.check(in: &file)
    }

    /// Takes an archive as a package; nil when it has no list of content types or of relationships.
    private init?(_ archive: ZipArchive) throws {
        var parts: [String: ZipArchive.Entry] = [:]
        for entry in archive.entries where parts.updateValue(entry, forKey: entry.key) != nil {
            throw Flaw.damaged("two of its parts have the same name")
        }
        guard parts[OfficePackage.contentTypes] != nil,
            parts[OfficePackage.rootRelationships] != nil
        else { return nil }
        self.archive = archive
        partsByKey = parts
    }

    private func check(in file: inout ByteWindow) throws {
        try checkPacking()
        let types = try ContentTypes(XMLScanner(list(OfficePackage.contentTypes, in: &file)))
        let root = try Relationship.all(
            in: XMLScanner(list(OfficePackage.rootRelationships, in: &file)))
        let mains = root.filter { $0.leadsToMainPart }
        guard mains.count == 1, let key = mains[0].partKey, let part = partsByKey[key] else {
            throw Flaw.other(OfficePackage.kind(of: archive))
        }
        try MainType(types.type(of: key)).check()
        try checkMacros(types)
        try checkBeginning(of: part, in: &file)
        try checkTemplates(in: &file)
    }

    /// Stored or deflated, and not encrypted: nothing else is allowed in a package (part 2, annex
    /// B).
    private func checkPacking() throws {
        if archive.entries.contains(where: { $0.isEncrypted }) {
            throw Flaw.unwanted(OfficePackage.passwordSentences)
        }
        guard archive.entries.allSatisfy({ $0.method == 0 || $0.method == 8 }) else {
            throw Flaw.damaged("it is packed in a way that Word does not know")
        }
    }

    private func list(_ key: String, in file: inout ByteWindow) throws -> [UInt8] {
        guard let entry = partsByKey[key] else { throw Flaw.damaged("a part of it is missing") }
        return try archive.content(
            of: entry, maximumByteCount: OfficePackage.maximumListByteCount, in: &file)
    }

    /// No part may hold macros, whatever the main part's type says.
    private func checkMacros(_ types: ContentTypes) throws {
        let names = partsByKey.keys
        let hasProject = names.contains {
            $0.hasSuffix("vbaproject.bin") || $0.hasSuffix("vbadata.xml")
        }
        guard !hasProject, !names.contains(where: types.isMacro) else {
            throw Flaw.unwanted(MainType.macroSentences)
        }
    }

    /// The main part is XML whose first element is Word's `document`.
    private func checkBeginning(of part: ZipArchive.Entry, in file: inout ByteWindow) throws {
        let beginning = try archive.content(
            of: part, maximumByteCount: OfficePackage.maximumBeginningByteCount, isWhole: false,
            in: &file)
        var scanner = XMLScanner(beginning)
        let namespaces = [
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ]
        guard let element = scanner.next(), element.localName == "document",
            namespaces.contains(element.declaredNamespace ?? "")
        else { throw Flaw.damaged("its text does not begin like one of Word") }
    }

    /// A template that Word would fetch from the network when the document is opened.
    ///
    /// Templates on a disk or in an office's own network (`file:`) are usual and stay.
    private func checkTemplates(in file: inout ByteWindow) throws {
        var unpacked = 0
        for (key, entry) in partsByKey where key.hasSuffix(".rels") {
            guard key != OfficePackage.rootRelationships, !key.hasSuffix("/document.xml.rels")
            else { continue }
            unpacked += entry.unpackedByteCount
            guard unpacked <= OfficePackage.maximumListsByteCount else {
                throw Flaw.damaged("a part of it is too large")
            }
            let relationships = try Relationship.all(in: XMLScanner(list(key, in: &file)))
            guard !relationships.contains(where: { $0.fetchesTemplate }) else {
                throw Flaw.unwanted(
                    "This Word document fetches a template from the internet when it is opened. "
                        + "Save it as PDF and attach that.")
            }
        }
    }

    /// What an archive is that is no Word document.
    private static func kind(of archive: ZipArchive) -> Likeness {
        let keys = Set(archive.entries.map { $0.key })
        let telling: [(String, Likeness)] = [
            ("androidmanifest.xml", Likeness("an Android program", .program)),
            ("meta-inf/manifest.mf", Likeness("a Java program", .program)),
            ("meta-inf/container.xml", Likeness("an e-book (EPUB)", .saveAsPDF)),
            (
                "content.xml",
                Likeness("an OpenDocument file (such as .odt or .ods)", .saveAsDocument)
            ),
            (
                "index/document.iwa",
                Likeness("a Pages, Numbers or Keynote document", .saveAsDocument)
            ),
            ("doc.kml", Likeness("a map (KMZ)", .chooseAnother)),
        ]
        if let found = telling.first(where: { keys.contains($0.0) }) { return found.1 }
        if keys.contains("word/document.xml") {
            return Likeness("a ZIP archive with pieces of a Word document", .saveAsDocument)
        }
        return Likeness(keys.isEmpty ? "an empty ZIP archive" : "a ZIP archive", .unpack)
    }
}
