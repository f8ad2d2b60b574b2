import CustomerFile
import FileAccess
import Testing

struct `Files that are refused` {
    static let bytes: [(String, [UInt8], CustomerFileFault)] = [
        ("nothing", [], .empty),
        ("a workbook", [0x50, 0x4B, 3, 4, 0, 0], .notText(.workbook)),
        ("an older workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1], .notText(.olderWorkbook)),
        ("a PDF", Array("%PDF-1.7\n".utf8), .notText(.pdf)),
        ("zeros", [0, 0, 0, 0, 1, 2], .notText(.binary)),
        ("UTF-32", [0xFF, 0xFE, 0, 0, 0x6E, 0, 0, 0], .unknownEncoding),
        ("a byte that Windows-1252 has not", Array("name\nA".utf8) + [0x81], .unknownEncoding),
        ("a mark of UTF-8 before Latin-1", [0xEF, 0xBB, 0xBF, 0x6E, 0xFC], .brokenText(.utf8)),
        ("UTF-16 that is cut off", [0xFF, 0xFE, 0x6E, 0, 0x0A], .brokenText(.utf16LittleEndian)),
        ("half of a pictogram", [0xFE, 0xFF, 0xD8, 0x3D, 0, 0x0A], .brokenText(.utf16BigEndian)),
        ("the other half", [0xFE, 0xFF, 0xDE, 0, 0, 0x0A], .brokenText(.utf16BigEndian)),
        ("names of columns alone", Array("Name,Email\r\n".utf8), .noRows),
        ("blank lines", Array("\n\n ,\n".utf8.filter { $0 != 0x20 }), .noRows),
        ("an address in the first row", Array("Ann,ann@example.org\nBo,b@x.org".utf8), .noHeader),
        ("a number in the first row", Array("Ann,+49 30 123456\nBo,1".utf8), .noHeader),
    ]

    @Test(arguments: bytes)
    func `are named with what to do`(
        _ what: String, content: [UInt8], expected: CustomerFileFault
    ) throws {
        #expect(try fault(BytesInMemory(content)) == expected, "\(what)")
        let sentence = expected.description
        #expect(["hoose", "Save", "row"].contains(where: sentence.contains))
    }

    @Test func `are those with a bad byte behind the first piece`() throws {
        let rows = String(repeating: "Ann,1\n", count: 20_000)
        let bytes = Array(("name,b\n" + rows).utf8)
        func encoding(ending: [UInt8]) throws -> TextEncoding {
            try CustomerSheet(of: BytesInMemory(bytes + ending)).format.encoding
        }
        #expect(try fault(BytesInMemory(bytes + [0x9D])) == .unknownEncoding)
        #expect(try encoding(ending: [0xE9]) == .windows1252)
        #expect(try encoding(ending: [0xC3, 0xA9]) == .utf8)
    }

    @Test func `are those with one column too many`() throws {
        func file(columns: Int) -> BytesInMemory {
            let names = (1...columns).map { "c\($0)" }.joined(separator: ",")
            return CustomerFileTests.file(names + "\nAnn\n")
        }
        #expect(try fault(file(columns: CustomerFileLimit.maximumColumnCount)) == nil)
        #expect(
            try fault(file(columns: CustomerFileLimit.maximumColumnCount + 1))
                == .tooManyColumns)
    }

    @Test func `are those with one row too many`() throws {
        let most = "name\n" + String(repeating: "A\n", count: CustomerFileLimit.maximumRowCount)
        #expect(try fault(file(most)) == nil)
        #expect(try fault(file(most + "B\n")) == .tooManyRows)
    }

    @Test func `are those with one byte too many`() throws {
        let line = "Ann," + String(repeating: "x", count: 995) + "\n"
        let count = CustomerFileLimit.maximumByteCount - "name,b\n".utf8.count
        let whole = String(repeating: line, count: count / 1_000)
        let most = "name,b\n" + whole + String(repeating: "A", count: count % 1_000)
        #expect(try fault(file(most)) == nil)
        #expect(try fault(file(most + "B")) == .tooLarge)
    }
}

struct `Windows 1252` {
    @Test func `is a guess that shows letters to tell it by`() throws {
        let sheet = try CustomerSheet(
            of: file("Name,Town\nZoë,Köln\nAnn,York\nZoë,“Œuf” €\n", .windows1252))
        #expect(sheet.format.encoding == .windows1252)
        #expect(sheet.letterSamples == ["Zoë", "Köln", "“Œuf” €"])
    }

    @Test func `is not asked about where the encoding is certain`() throws {
        #expect(try CustomerSheet(of: file("Name\nZoë\n")).letterSamples.isEmpty)
    }
}
