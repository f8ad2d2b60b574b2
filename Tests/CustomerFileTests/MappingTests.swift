import CustomerFile
import FileAccess
import Testing

struct `Columns` {
    @Test(arguments: [
        ("Name", ColumnMeaning.name), ("full name", .name), ("CUSTOMER_NAME", .name),
        ("First Name", .name), ("Surname", .name), ("E-mail", .email), ("Email 2", .email),
        ("E-mail 2 Address", .email), ("E-mail 1 - Value", .email), ("e-mail 1 - type", .nothing),
        ("Phone", .phone), ("Mobile Phone", .phone), ("tel.", .phone), ("Phone 3", .phone),
        ("WhatsApp", .phone), ("Sex", .gender), ("Gender", .gender), ("Notes", .remark),
        ("Remark", .remark), ("Comments", .remark), ("Company", .nothing), ("", .nothing),
        ("  Name  ", .name), ("\u{FEFF}Name", .name),
    ])
    func `are guessed from their names`(name: String, meaning: ColumnMeaning) {
        #expect(ColumnMeaning(columnName: name) == meaning)
    }

    @Test func `take the whole name before its parts, and three of a kind`() {
        let names = [
            "First Name", "Last Name", "Phone", "Phone 2", "Phone 3", "Phone 4", "Sex", "Gender",
        ]
        #expect(
            SheetColumns(guessedFrom: names).meanings == [
                .name, .name, .phone, .phone, .phone, .nothing, .gender, .nothing,
            ])
        #expect(
            SheetColumns(guessedFrom: ["First Name", "Name", "Contact"]).meanings == [
                .nothing, .name, .nothing,
            ])
    }

    @Test func `of an export are all guessed right`() {
        let mapping = SheetColumns(guessedFrom: SheetWriter.customerColumns)
        #expect(
            mapping.meanings == [
                .name, .gender, .phone, .phone, .phone, .email, .email, .email, .remark,
            ])
        #expect(mapping.problems.isEmpty)
        #expect(SheetColumns(stored: mapping.stored) == mapping)
    }

    @Test func `need a name and at most three of a kind`() {
        let noName = SheetColumns([.nothing, .email]).problems
        #expect(noName.map(\.message) == ["Choose the column that holds the name"])
        #expect(noName.map(\.column) == [0])
        #expect(SheetColumns([.name, .phone, .phone, .phone]).problems.isEmpty)
        #expect(
            SheetColumns([.name, .phone, .phone, .phone, .phone]).problems.map(\.column) == [4])
        #expect(SheetColumns([.name, .gender, .gender]).problems.map(\.column) == [2])
    }

    @Test func `are not taken from a text that is none`() {
        #expect(SheetColumns(stored: "name,,phone")?.meanings == [.name, .nothing, .phone])
        #expect(SheetColumns(stored: "name,fax") == nil)
    }
}

struct `Texts of a row` {
    private func texts(_ cells: [String], _ meanings: [ColumnMeaning]) throws -> CustomerTexts {
        let line = SheetWriter.line(cells)
        let file = BytesInMemory(Array("x\r\n".utf8) + line)
        let row = try #require(try rows(file).last)
        return CustomerTexts(row, SheetColumns(meanings))
    }

    @Test func `are joined, divided and trimmed by what their column is`() throws {
        let found = try texts(
            [" Ann ", "Lee", "+49 30 1|+49 30 2", "A@x.org\nb@x.org| a@X.org|", " r ", "F", "s"],
            [.name, .name, .phone, .email, .remark, .gender, .remark])
        #expect(
            found
                == CustomerTexts(
                    name: "Ann Lee", gender: "female", phones: ["+49 30 1", "+49 30 2"],
                    emails: ["A@x.org", "b@x.org"], remark: " r \ns"))
    }

    @Test func `of a row that ends early are empty`() throws {
        let found = try texts(["Ann"], [.name, .email, .remark])
        #expect(found == CustomerTexts(name: "Ann"))
    }

    @Test(arguments: [
        ("male", "male"), ("M", "male"), ("Woman", "female"), ("", ""), ("n/a", ""),
        ("Not available", ""), ("robot", "robot"),
    ])
    func `know a gender by its words`(cell: String, gender: String) throws {
        #expect(try texts(["Ann", cell], [.name, .gender]).gender == gender)
    }
}
