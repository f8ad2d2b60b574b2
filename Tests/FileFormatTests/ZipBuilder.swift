/// Puts a ZIP archive together (APPNOTE 4.3), with every number as it should be unless told
/// otherwise.
struct ZipBuilder {
    /// An entry whose bytes are stored, or already packed.
    struct Entry {
        var name: String
        var content: [UInt8]
        var method = 0
        var flags = 0
        /// The name in the local header, if it is to be another.
        var localName: String?
        /// The size before packing, if it is not that of the content.
        var unpackedByteCount: Int?
        var checksum: Int?
        /// Bytes between this entry and the next.
        var gap: [UInt8] = []
        /// Where the central directory says it stands, if elsewhere.
        var offset: Int?
    }

    var entries: [Entry]
    var comment: [UInt8] = []
    /// Bytes before the first entry; the offsets do not count them.
    var before: [UInt8] = []

    /// The bytes of the file.
    func file() -> [UInt8] {
        var local: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let name = Array((entry.localName ?? entry.name).utf8)
            directory += central(entry, offset: entry.offset ?? local.count)
            local += [0x50, 0x4B, 3, 4] + fixed(entry, hasDescriptor: entry.flags & 8 == 8)
            local += littleEndian(name.count, 2) + littleEndian(0, 2) + name + entry.content
            if entry.flags & 8 == 8 {
                local += [0x50, 0x4B, 7, 8] + numbers(entry)
            }
            local += entry.gap
        }
        let end: [UInt8] =
            [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + littleEndian(entries.count, 2)
            + littleEndian(entries.count, 2) + littleEndian(directory.count, 4)
            + littleEndian(local.count, 4) + littleEndian(comment.count, 2)
        return before + local + directory + end + comment
    }

    private func central(_ entry: Entry, offset: Int) -> [UInt8] {
        let name = Array(entry.name.utf8)
        return [0x50, 0x4B, 1, 2, 20, 0] + fixed(entry, hasDescriptor: false)
            + littleEndian(name.count, 2) + [UInt8](repeating: 0, count: 12)
            + littleEndian(offset, 4)
            + name
    }

    private func fixed(_ entry: Entry, hasDescriptor: Bool) -> [UInt8] {
        [20, 0] + littleEndian(entry.flags, 2) + littleEndian(entry.method, 2) + [0, 0, 0, 0]
            + (hasDescriptor ? [UInt8](repeating: 0, count: 12) : numbers(entry))
    }

    private func numbers(_ entry: Entry) -> [UInt8] {
        littleEndian(entry.checksum ?? bitwiseChecksum(entry.content), 4)
            + littleEndian(entry.content.count, 4)
            + littleEndian(entry.unpackedByteCount ?? entry.content.count, 4)
    }
}

/// The parts of a small Word document (ECMA-376 part 1, annex L.1 describes the same).
enum WordPackage {
    static let transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    static let main =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

    static func types(main: String = main, more: String = "") -> String {
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Override PartName=\"/word/document.xml\" ContentType=\"\(main)\"/>\(more)</Types>"
    }

    static func relationships(
        type: String = transitional + "officeDocument", target: String = "word/document.xml",
        mode: String = ""
    ) -> String {
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
            + "<Relationship Id='r1' Type='\(type)' Target='\(target)'\(mode)/></Relationships>"
    }

    static let document =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
        + "<w:body><w:p/></w:body></w:document>"

    static func entry(_ name: String, _ text: String) -> ZipBuilder.Entry {
        ZipBuilder.Entry(name: name, content: Array(text.utf8))
    }

    /// A package with these parts, and others behind them.
    static func builder(
        types: String = types(), relationships: String = relationships(),
        document: String = document,
        more: [ZipBuilder.Entry] = []
    ) -> ZipBuilder {
        ZipBuilder(
            entries: [
                entry("[Content_Types].xml", types), entry("_rels/.rels", relationships),
                entry("word/document.xml", document),
            ] + more)
    }
}
