import CustomerFile
import FileAccess
import Testing

/// One way to write the same rows.
struct Writing: Sendable, CustomTestStringConvertible {
    let encoding: TextEncoding
    let hasMark: Bool
    let delimiter: Delimiter
    let lineEnd: String
    let endsWithLine: Bool

    var testDescription: String {
        "\(encoding) \(hasMark) \(delimiter) \(lineEnd.debugDescription) \(endsWithLine)"
    }

    static let all: [Writing] = TextEncoding.allCases.flatMap { encoding in
        Delimiter.allCases.flatMap { delimiter in
            ["\n", "\r\n", "\r"].flatMap { lineEnd in
                [true, false].flatMap { endsWithLine in
                    (encoding == .windows1252 ? [false] : [true, false]).map { hasMark in
                        Writing(
                            encoding: encoding, hasMark: hasMark, delimiter: delimiter,
                            lineEnd: lineEnd, endsWithLine: endsWithLine)
                    }
                }
            }
        }
    }

    /// Every cell in quotation marks that needs them, and one that does not.
    func file(_ rows: [[String]]) -> BytesInMemory {
        let mark = ["comma": ",", "semicolon": ";", "tab": "\t"][delimiter.rawValue] ?? ""
        let lines = rows.map { row in
            row.map { cell in
                cell.contains(where: { ",;\t\"\r\n".contains($0) || $0 == "\r\n" }) || cell == "Ann"
                    ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
            }.joined(separator: mark)
        }
        let text = lines.joined(separator: lineEnd) + (endsWithLine ? lineEnd : "")
        return CustomerFileTests.file(text, encoding, hasMark: hasMark)
    }
}

struct `Reading rows` {
    /// Letters of two and three bytes, each sign of the format inside a cell, an empty cell at the end.
    private let written = [
        ["Name", "Email", "Remark"],
        ["Zoë Müller", "zoe@example.org", "pays in €, \"always\""],
        ["Ann", "", "one; two\tthree"],
        ["Bo", "bo@example.org", "first\r\nsecond\nthird\r"],
        ["Čeněk".replacing("Č", with: "Š").replacing("ě", with: "é"), "c@example.org", ""],
    ]

    @Test(arguments: Writing.all)
    func `finds encoding, delimiter and cells of every way to write them`(
        writing: Writing
    ) throws {
        let file = writing.file(written)
        let sheet = try CustomerSheet(of: file)
        #expect(sheet.format.encoding == writing.encoding)
        #expect(sheet.format.delimiter == writing.delimiter)
        #expect(sheet.columnNames == written[0])
        #expect(sheet.rowCount == 4)
        #expect(sheet.firstRows.map(\.cells) == Array(written.dropFirst()))
        #expect(sheet.firstRows.map(\.number) == [2, 3, 4, 5])
        #expect(sheet.firstRows.allSatisfy { $0.flaw == nil })
    }

    @Test(arguments: Writing.all, [1, 2, 3, 7, 64])
    func `does not depend on the pieces`(writing: Writing, pieceByteCount: Int) throws {
        let found = try rows(
            writing.file(written), writing.encoding, writing.delimiter,
            pieceByteCount: pieceByteCount)
        #expect(found.map(\.cells) == written)
    }

    @Test func `reads pictograms of two units in UTF-16 at every edge`() throws {
        let text = "name\n😀 Ann 😀\n"
        for encoding in [TextEncoding.utf16LittleEndian, .utf16BigEndian] {
            for pieceByteCount in 1...6 {
                let found = try rows(
                    file(text, encoding, hasMark: true), encoding, pieceByteCount: pieceByteCount)
                #expect(found.map(\.cells) == [["name"], ["😀 Ann 😀"]])
            }
        }
    }

    @Test(arguments: [
        ("a,b\n 5,6 ", [["a", "b"], [" 5", "6 "]]),
        ("a,b\n1,", [["a", "b"], ["1", ""]]),
        ("a,b\n5\" pipe,x", [["a", "b"], ["5\" pipe", "x"]]),
        ("a,b\n1,\u{301}2", [["a", "b"], ["1", "\u{301}2"]]),
        ("a,b\nx\u{2028}y\u{85}z,2", [["a", "b"], ["x\u{2028}y\u{85}z", "2"]]),
        ("a,b\n\"\",\"\"\"\"\n", [["a", "b"], ["", "\""]]),
        ("a,b\n\n,\n\r\n1,2\n\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n1\n1,2,3", [["a", "b"], ["1"], ["1", "2", "3"]]),
        ("a,b\n \"x\",y", [["a", "b"], [" \"x\"", "y"]]),
    ])
    func `takes cells as RFC 4180 has them`(text: String, expected: [[String]]) throws {
        #expect(try rows(file(text)).map(\.cells) == expected)
    }

    @Test func `numbers rows as a spreadsheet does`() throws {
        let found = try rows(file("name\nAnn\n\n\"Bo\nand Co\"\nCy\n"))
        #expect(found.map(\.number) == [1, 2, 4, 5])
    }

    @Test(arguments: ["sep=;\n", "sep=;\r\n", "\"sep=;\"\r\n", "SEP=;\n"])
    func `takes Excel's line for the delimiter and does not count it`(line: String) throws {
        let sheet = try CustomerSheet(of: file(line + "Name,first;Phone\nAnn;1"))
        #expect(sheet.format.delimiter == .semicolon)
        #expect(sheet.columnNames == ["Name,first", "Phone"])
        #expect(sheet.firstRows.map(\.number) == [2])
    }

    @Test(arguments: [
        ("Name;Notes, remarks\nAnn;a\nBo;b\n", Delimiter.semicolon),
        ("Name\tNote, or more\nAnn\ta, b\n", .tab),
        ("Name,Phone;Fax\nAnn,1;2\n", .comma),
        ("Name\nAnn\n", .comma),
    ])
    func `finds the delimiter where others occur`(text: String, delimiter: Delimiter) throws {
        #expect(try CustomerSheet(of: file(text)).format.delimiter == delimiter)
    }
}

struct `Rows with a flaw` {
    @Test(arguments: [1, 5, 64 * 1024])
    func `cost themselves and not the rows below`(pieceByteCount: Int) throws {
        let text = "name,remark\nAnn,\"open\nBo,\"a\" b\nCy,fine\nDi,\"also open\nEd,\n"
        let found = try rows(file(text), pieceByteCount: pieceByteCount)
        #expect(found.map(\.number) == [1, 2, 3, 4, 5, 6])
        #expect(
            found.map(\.flaw) == [
                nil, .textBehindQuote, .textBehindQuote, nil, .openQuote, nil,
            ])
        #expect(found[3].cells == ["Cy", "fine"])
        #expect(found[5].cells == ["Ed", ""])
    }

    @Test(arguments: [
        (CustomerFileLimit.maximumRowByteCount - 1, nil as RowFlaw?),
        (CustomerFileLimit.maximumRowByteCount, nil),
        (CustomerFileLimit.maximumRowByteCount + 1, .tooLong),
    ])
    func `are those longer than the limit`(byteCount: Int, flaw: RowFlaw?) throws {
        // With its line end, so that the limit is met exactly.
        let long = String(repeating: "x", count: byteCount - 4) + ",yz"
        for pieceByteCount in [1_000, 64 * 1024, 1024 * 1024] {
            let found = try rows(
                file("name,b\n\(long)\nAnn,1\n"), pieceByteCount: pieceByteCount)
            #expect(found.map(\.flaw) == [nil, flaw, nil])
            #expect(found.last?.cells == ["Ann", "1"])
        }
    }

    @Test func `are those whose mark takes in more than the limit`() throws {
        let below = String(repeating: "Bo,x\n", count: 40_000)
        let found = try rows(file("name,b\nAnn,\"open\n" + below))
        #expect(found.count == 40_002)
        #expect(found[1].flaw == .openQuote)
        #expect(found.dropFirst(2).allSatisfy { $0.cells == ["Bo", "x"] })
    }

    @Test func `refuse the file when every one of them searches far`() throws {
        let text = "name,b\n" + String(repeating: "x\",\"\n", count: 200_000)
        #expect(try fault(file(text)) == .unpairedQuotes)
    }
}
