import FileFormat
import Testing

@Suite struct `Word documents (.docx)` {
    private static let strict = "http://purl.oclc.org/ooxml/"

    /// A package made by Python 3.11: zipfile, every part deflated at level 9.
    private static let made = bytes(
        base64: """
            UEsDBBQAAAAIAIMYIly6d6ScywAAAFMBAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbJWQvVLDQAyEX+XmWiYnQ0HB2E4BtEDB
            C2jOsn3D/c1JCeHtkRNIQUcp7Wq/HfX7U4rmSI1DyYO9dZ3dj/37VyU2qmQe7CpSHwDYr5SQXamUVZlLSyg6tgUq+g9cCO66
            7h58yUJZdrJl2LF/ohkPUczzSdcXSqPI1jxejBtrsFhrDB5FdTjm6Q9l90Nwenn28Boq36jBwti/av0WJjJv2OQFk8bBZ2kT
            TMUfkiLcZvwXr8xz8HS939JqK56YQ15SdFclYci/PeD8tvEbUEsDBBQAAAAIAIMYIlz+xpu/lAAAAAUBAAALAAAAX3JlbHMv
            LnJlbHONzzsOwjAMBuCrRD5A3DIwoKRdWFgrLhClblrRPOSE1+3JwEARA6N///osq/7hV3EjzksMGlrZQN+pgVZTapDnJWVR
            GyFrmEtJB8RsZ/Imy5go1M0U2ZtSR3aYjL0YR7hrmj3ypwFbU5xGDdyCOD8T/SPHaVosHaO9egrlx4GvRpUNOyoa7pFHHN+x
            rCxgp3DzYPcCUEsDBBQAAAAIAIMYIlw5qW7iYAAAAHcAAAARAAAAd29yZC9kb2N1bWVudC54bWxFjTEOgCAMAL9ifIA1Dg4E
            +QsCooltCcWgv1cH43S53HC6Ks/uwEClOXEnUXVq11KSAhC3BrTScQr0tIUz2vJojlA5+5TZBZGNIu4w9P0IaDdqja5qZn+9
            TGA0fAr/ytxQSwECFAMUAAAACACDGCJcuneknMsAAABTAQAAEwAAAAAAAAAAAAAAgAEAAAAAW0NvbnRlbnRfVHlwZXNdLnht
            bFBLAQIUAxQAAAAIAIMYIlz+xpu/lAAAAAUBAAALAAAAAAAAAAAAAACAAfwAAABfcmVscy8ucmVsc1BLAQIUAxQAAAAIAIMY
            Ilw5qW7iYAAAAHcAAAARAAAAAAAAAAAAAACAAbkBAAB3b3JkL2RvY3VtZW50LnhtbFBLBQYAAAAAAwADALkAAABIAgAAAAA=
            """)

    @Test func `are accepted as another program packs them`() throws {
        #expect(`Word documents (.docx)`.made.count == 791)
        #expect(try verdict(`Word documents (.docx)`.made, "a.docx") == .accepted(.docx))
    }

    @Test func `are refused when cut off at any byte`() throws {
        #expect(try acceptedLengths(of: `Word documents (.docx)`.made, "a.docx") == [])
    }

    private static let whole: [ZipBuilder] = [
        WordPackage.builder(),
        WordPackage.builder(
            relationships: WordPackage.relationships(target: "/word/./document.xml")),
        WordPackage.builder(relationships: WordPackage.relationships(target: "Word/Document.xml")),
        WordPackage.builder(
            relationships: WordPackage.relationships(target: "word/doc%75ment.xml")),
        WordPackage.builder(
            relationships: WordPackage.relationships(
                type: strict + "officeDocument/relationships/officeDocument"),
            document: "<document xmlns='\(strict)wordprocessingml/main'/>"),
        WordPackage.builder(document: "<?xml version='1.0'?><!-- <a> -->" + WordPackage.document),
        WordPackage.builder(document: "\u{FEFF}" + WordPackage.document),
        WordPackage.builder(more: [
            WordPackage.entry("word/media/a.png", "x"),
            ZipBuilder.Entry(name: "word/", content: []),
        ]),
        WordPackage.builder(more: [
            ZipBuilder.Entry(name: "docProps/app.xml", content: [65], flags: 8)
        ]),
    ]

    @Test(arguments: whole)
    func `are accepted in the forms the standard has`(_ package: ZipBuilder) throws {
        #expect(try reason(package.file(), "a.docx") == "accepted as docx")
    }

    @Test func `are accepted with their list of types in UTF-16`() throws {
        var package = WordPackage.builder()
        let units = WordPackage.types().utf16
        package.entries[0].content = [0xFE, 0xFF] + units.flatMap { bigEndian(Int($0), 2) }
        #expect(try verdict(package.file(), "a.docx") == .accepted(.docx))
        package.entries[0].content = [0xFF, 0xFE] + units.flatMap { littleEndian(Int($0), 2) }
        #expect(try verdict(package.file(), "a.docx") == .accepted(.docx))
    }

    private static let office = "application/vnd.openxmlformats-officedocument."

    @Test(arguments: [
        (office + "spreadsheetml.sheet.main+xml", "an Excel spreadsheet (.xlsx)"),
        (office + "presentationml.presentation.main+xml", "a PowerPoint presentation (.pptx)"),
        (office + "wordprocessingml.template.main+xml", "a template for Word documents (.dotx)"),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "has macros"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "has macros"),
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "an Excel spreadsheet"),
        ("application/xml", "without a Word document"),
    ])
    func `are not what else is in a package`(type: String, words: String) throws {
        let package = WordPackage.builder(types: WordPackage.types(main: type))
        #expect(try reason(package.file(), "a.docx").contains(words))
    }

    @Test func `are refused with macros in any part`() throws {
        let named = WordPackage.builder(more: [WordPackage.entry("word/vbaProject.bin", "x")])
        #expect(try reason(named.file(), "a.docx").contains("has macros"))
        let typed = WordPackage.builder(
            types: WordPackage.types(
                more:
                    "<Override PartName='/word/a.bin' ContentType='application/vnd.ms-office.vbaProject'/>"
            ),
            more: [WordPackage.entry("word/a.bin", "x")])
        #expect(try reason(typed.file(), "a.docx").contains("has macros"))
    }

    @Test(arguments: [
        ("https://example.com/a.dotm", false), ("HTTP://example.com/a.dotm", false),
        ("file:///C:/Templates/Letter.dotx", true),
    ])
    func `may have a template, but not from the internet`(target: String, isAccepted: Bool) throws {
        let list = WordPackage.relationships(
            type: WordPackage.transitional + "attachedTemplate", target: target,
            mode: " TargetMode='External'")
        let package = WordPackage.builder(
            more: [WordPackage.entry("word/_rels/settings.xml.rels", list)])
        let words = try reason(package.file(), "a.docx")
        #expect(words.contains(isAccepted ? "accepted" : "template from the internet"))
    }

    @Test func `are refused without a main part that is one`() throws {
        let missing = WordPackage.builder(
            relationships: WordPackage.relationships(target: "word/x.xml"))
        #expect(try reason(missing.file(), "a.docx").contains("pieces of a Word document"))
        let outside = WordPackage.builder(
            relationships: WordPackage.relationships(mode: " TargetMode='External'"))
        #expect(try reason(outside.file(), "a.docx").contains("pieces of a Word document"))
        let page = WordPackage.builder(document: "<html><body/></html>")
        #expect(try reason(page.file(), "a.docx").contains("does not begin like one of Word"))
        let entity = WordPackage.builder(
            types: "<!DOCTYPE a [<!ENTITY b 'c'>]>" + WordPackage.types())
        #expect(try reason(entity.file(), "a.docx").contains("list of contents is wrong"))
    }

    @Test func `are not any ZIP archive`() throws {
        let zip = ZipBuilder(entries: [WordPackage.entry("hello.txt", "hello")])
        #expect(
            try reason(zip.file(), "a.docx").contains("called .docx but seems to be a ZIP archive"))
        let empty = ZipBuilder(entries: [])
        #expect(try reason(empty.file(), "a.docx").contains("an empty ZIP archive"))
        let odt = ZipBuilder(entries: [WordPackage.entry("content.xml", "<a/>")])
        #expect(try reason(odt.file(), "a.docx").contains("OpenDocument"))
    }
}

@Suite struct `ZIP archives` {
    private func reason(changing change: (inout ZipBuilder) -> Void) throws -> String {
        var package = WordPackage.builder()
        change(&package)
        return try FileFormatTests.reason(package.file(), "a.docx")
    }

    @Test func `are refused with other content before, between or behind`() throws {
        #expect(try reason { $0.before = [0x50, 0x4B, 3, 4] }.contains("not where it should be"))
        #expect(try reason { $0.before = Array("MZ".utf8) }.contains("a Windows program"))
        #expect(
            try reason { $0.entries[1].gap = Array(repeating: 0, count: 24) }.contains("accepted"))
        #expect(
            try reason { $0.entries[1].gap = Array(repeating: 0, count: 25) }.contains("between"))
        let file = WordPackage.builder().file() + [0]
        #expect(try FileFormatTests.reason(file, "a.docx").contains("behind its end"))
    }

    @Test func `are refused when the list of contents and the parts differ`() throws {
        #expect(try reason { $0.entries[2].localName = "word/document.xmm" }.contains("says other"))
        #expect(try reason { $0.entries[2].offset = 0 }.contains("overlap"))
        #expect(try reason { $0.entries[0].checksum = 1 }.contains("a checksum is wrong"))
        #expect(try reason { $0.entries[0].flags = 1 }.contains("password"))
        #expect(try reason { $0.entries[2].method = 12 }.contains("packed"))
        #expect(try reason { $0.entries[0].method = 8 }.contains("cannot be unpacked"))
        #expect(
            try reason { $0.entries.append(WordPackage.entry("WORD/document.xml", "")) }
                .contains("same name"))
    }

    @Test func `are refused when they would unpack to far too much`() throws {
        let words = try reason { package in
            package.entries[2].unpackedByteCount = 256 * 1024 * 1024
        }
        #expect(words.contains("far too large"))
    }

    @Test(arguments: [(4093, "accepted"), (4094, "too many parts")])
    func `have a limit to their parts`(count: Int, words: String) throws {
        let text = try reason { package in
            for number in 0..<count { package.entries.append(WordPackage.entry("a/\(number)", "")) }
        }
        #expect(text.contains(words))
    }
}
