import CustomerFile
import FileAccess
import Testing

struct `Formulas` {
    @Test(arguments: [
        "=1+1", "+49 30 1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x",
    ])
    func `are kept from being read as such`(text: String) {
        #expect(CellText.neutralised(text) == "'" + text)
        #expect(CellText.original("'" + text) == text)
    }

    @Test(arguments: ["", "Ann", "1=1", "'Ann", "'", "''", "O'Neil", " =1", "'s Hertog"])
    func `are not seen where there is none`(text: String) {
        #expect(CellText.neutralised(text) == text)
        #expect(CellText.original(text) == text)
    }

    @Test(arguments: [
        "=1", "'=1", "''=1", "'", "''", "'x", "+", "", "'+\u{301}", "+\u{301}1", "\u{301}+",
    ])
    func `come back as the text they were`(text: String) {
        #expect(CellText.original(CellText.neutralised(text)) == text)
    }

    @Test func `are neutralised inside quotation marks as well`() {
        #expect(
            SheetWriter.line(["=A,B", "plain", "a\"b", "+1", ""])
                == Array("\"'=A,B\",plain,\"a\"\"b\",'+1,\r\n".utf8))
    }
}

struct `Export and import` {
    static let customers = [
        CustomerTexts(name: "Ann"),
        CustomerTexts(
            name: "=HYPERLINK(\"x\")", gender: "male", phones: ["+49 30 1", "030 2", "-3"],
            emails: ["a@x.org", "+b@x.org", "@c@x.org"], remark: "@home; \"often\",\ncalls\tback"),
        CustomerTexts(name: "'=1", remark: "''+ two\n\n=three"),
        CustomerTexts(name: "Zoë 😀 山田", remark: " spaces stay \n"),
        CustomerTexts(name: "sep=;", remark: "\t=tab"),
    ]

    @Test func `give the same customers again`() throws {
        let lines = Self.customers.map { SheetWriter.line($0) }
        let bytes =
            SheetWriter.beginning + SheetWriter.line(SheetWriter.customerColumns) + lines.joined()
        let file = BytesInMemory(bytes)
        let sheet = try CustomerSheet(of: file)
        #expect(sheet.format == SheetFormat(encoding: .utf8, delimiter: .comma))
        let mapping = SheetColumns(guessedFrom: sheet.columnNames)
        #expect(sheet.firstRows.map { CustomerTexts($0, mapping) } == Self.customers)
    }

    @Test func `begin with the mark that Excel needs`() {
        #expect(SheetWriter.beginning == [0xEF, 0xBB, 0xBF])
    }
}
