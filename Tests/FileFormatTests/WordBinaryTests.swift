import FileFormat
import Testing

@Suite struct `Word documents of the older kind` {
    @Test(arguments: [512, 4096, 5000, 20_000, 70_000, 5_000_000])
    func `are accepted with their main stream in sectors or mini sectors`(size: Int) throws {
        let file = CompoundFileBuilder.word(size: size).file()
        #expect(try verdict(file, "a.doc") == .accepted(.doc))
    }

    @Test(arguments: [0xA5DC, 0xA699])
    func `are accepted from Word 6 and 95, which have no table stream`(identifier: Int) throws {
        var builder = CompoundFileBuilder.word(identifier: identifier, version: 0x65)
        builder.streams.removeLast()
        #expect(try verdict(builder.file(), "a.doc") == .accepted(.doc))
    }

    @Test func `are refused when cut off at any byte of a sector that is used`() throws {
        let file = CompoundFileBuilder.word(size: 5000).file()
        // 5000 bytes fill nine sectors and 392 bytes of the tenth: the rest of it holds nothing.
        let unused = 10 * 512 - 5000
        let lengths = try acceptedLengths(of: file, "a.doc")
        #expect(lengths == Array((file.count - unused)..<file.count))
    }

    @Test(arguments: [
        ("Workbook", "an Excel spreadsheet (.xls)"), ("Book", "an Excel spreadsheet (.xls)"),
        ("PowerPoint Document", "a PowerPoint presentation (.ppt)"),
        ("__properties_version1.0", "an Outlook message (.msg)"),
        ("EncryptedPackage", "locked with a password"),
        ("Contents", "no Word document in it"),
    ])
    func `are not what else stands in a compound file`(stream: String, noun: String) throws {
        let builder = CompoundFileBuilder(streams: [(stream, [UInt8](repeating: 1, count: 5000))])
        #expect(try reason(builder.file(), "a.doc").contains(noun))
    }

    @Test func `are refused with a spreadsheet beside the text`() throws {
        var builder = CompoundFileBuilder.word()
        builder.streams.append(("Workbook", [1]))
        #expect(try reason(builder.file(), "a.doc").contains("an Excel spreadsheet (.xls) hidden"))
    }

    @Test func `are refused with a password, without their tables, or with other text`() throws {
        let locked = CompoundFileBuilder.word(flags: 0x0300).file()
        #expect(try reason(locked, "a.doc").contains("locked with a password"))
        let tables = CompoundFileBuilder.word(flags: 0).file()
        #expect(try reason(tables, "a.doc").contains("its tables are missing"))
        let other = CompoundFileBuilder.word(identifier: 0x1234).file()
        #expect(try reason(other, "a.doc").contains("does not begin like one of Word"))
    }

    @Test func `are refused when a chain runs in a circle, or two streams share a sector`() throws {
        // Sectors: 0 table, 1 directory, 2 mini table, 3 mini stream, from 4 on the main stream.
        var circle = CompoundFileBuilder.word(size: 5000)
        circle.changingTable = { $0[6] = 5 }
        #expect(try reason(circle.file(), "a.doc").contains("one"))
        var directory = CompoundFileBuilder.word()
        directory.changingTable = { $0[1] = 1 }
        #expect(try reason(directory.file(), "a.doc").contains("circle"))
        var shared = CompoundFileBuilder.word(size: 5000)
        shared.changingTable = { $0[4] = 3 }
        #expect(try reason(shared.file(), "a.doc").contains("damaged"))
    }

    @Test func `are refused when the directory is a circle or leads nowhere`() throws {
        for target in [1, 2, 77] {
            var builder = CompoundFileBuilder.word()
            builder.changingDirectory = {
                $0[2].replaceSubrange(68..<72, with: littleEndian(target, 4))
            }
            #expect(try reason(builder.file(), "a.doc").contains("list of contents is wrong"))
        }
    }

    @Test func `are more than first bytes`() throws {
        let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        let page = Array("<html><body>".utf8) + [UInt8](repeating: 0x20, count: 1800)
        #expect(try reason(signature + page, "a.doc").contains("a web page (HTML)"))
    }
}
