import CaseModel
import Testing

@Suite("The values of a case type")
struct CaseTypeValuesTests {
    /// A type that is right, with changes.
    private static func texts(_ changes: [CaseTypeField: String] = [:]) -> FieldTexts {
        var texts = FieldTexts()
        texts[caseType: .name] = "Refund"
        texts[caseType: .statuses] = "New\nChecked"
        for (field, text) in changes { texts[caseType: field] = text }
        return texts
    }

    private func values(_ changes: [CaseTypeField: String] = [:]) throws -> CaseTypeValues {
        var problems: [FieldProblem] = []
        let values = CaseTypeValues(Self.texts(changes), problems: &problems)
        #expect(problems.isEmpty)
        return try #require(values)
    }

    private func problems(_ changes: [CaseTypeField: String]) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let values = CaseTypeValues(Self.texts(changes), problems: &problems)
        #expect((values == nil) == !problems.isEmpty)
        return problems
    }

    @Test func `become the same fields again`() throws {
        let values = try values([
            .parent: "7", .description: "Money back", .keywords: "money\nback",
            .statuses: "New\nChecked\nCompleted", .isStrict: "1", .verifiesTasks: "1",
        ])
        var problems: [FieldProblem] = []
        #expect(CaseTypeValues(values.texts, problems: &problems) == values)
        #expect(values.parent == CaseTypeID(number: 7))
        #expect(values.isStrict && values.verifiesTasks)
        #expect(values.texts[caseType: .statuses] == "New\nChecked\nCompleted")
    }

    @Test(arguments: [
        ("New", ["New", "Completed"]),
        ("New\nCompleted", ["New", "Completed"]),
        ("Completed\nNew", ["New", "Completed"]),
        ("New\n completed \nDone", ["New", "Done", "Completed"]),
        ("  New \n\n\n Field visit\t", ["New", "Field visit", "Completed"]),
        ("Straße\nstrasse 2", ["Straße", "strasse 2", "Completed"]),
    ])
    func `end their process with Completed`(text: String, statuses: [String]) throws {
        #expect(try values([.statuses: text]).statuses == statuses)
    }

    @Test(arguments: [
        ("no internet, offline", ["no internet", "offline"]),
        ("offline\nOFFLINE, ,\n\nred light,", ["offline", "red light"]),
        (" , \n", []),
        ("", []),
    ])
    func `take keywords by line and by comma, each once`(text: String, words: [String]) throws {
        #expect(try values([.keywords: text]).keywords == words)
    }

    @Test(arguments: [
        (CaseTypeField.name, 128), (.description, 2_000), (.keywords, 2_000),
    ])
    func `count characters as code points, up to the limit`(
        field: CaseTypeField, limit: Int
    ) throws {
        let letters = { (count: Int) in String(repeating: "😀", count: count) }
        _ = try values([field: letters(limit - 1)])
        _ = try values([field: letters(limit)])
        let problems = problems([field: letters(limit + 1)])
        #expect(problems.map(\.field) == [field.rawValue])
        #expect(problems.first?.message.contains("it has \(groupedDigits(limit + 1))") == true)
    }

    @Test(arguments: [1, 19, 20]) func `have up to 20 statuses before Completed`(count: Int) throws
    {
        let lines = (1...count).map { "Status \($0)" }
        #expect(try values([.statuses: lines.joined(separator: "\n")]).statuses.count == count + 1)
    }

    @Test func `have no more than 20 statuses`() {
        let lines = (1...21).map { "Status \($0)" }
        let found = problems([.statuses: lines.joined(separator: "\n")])
        #expect(found.map(\.field) == ["statuses"])
        #expect(found.first?.message.contains("there are 21") == true)
    }

    @Test(arguments: [63, 64]) func `have statuses of up to 64 characters`(count: Int) throws {
        let long = String(repeating: "ö", count: count)
        #expect(try values([.statuses: long]).statuses.first == long)
    }

    @Test(arguments: [
        ("", "Enter the statuses"), (" \n ", "Enter the statuses"),
        ("Completed", "at least one status"), ("New\nNEW", "“NEW” stands there twice"),
        (String(repeating: "ö", count: 65), "must be 64 characters or less; it has 65"),
    ])
    func `refuse statuses that make no process`(text: String, message: String) {
        let found = problems([.statuses: text])
        #expect(found.map(\.field) == ["statuses"])
        #expect(found.first?.message.contains(message) == true, "\(found)")
    }

    @Test(arguments: ["", " ", "\n", "\u{3000}", "two\nlines"])
    func `need a name of one line`(name: String) {
        #expect(problems([.name: name]).map(\.field) == ["name"])
    }

    @Test(arguments: ["x", "0", "-1", "1.5", "٣"])
    func `take no parent that is no number of a type`(parent: String) {
        #expect(problems([.parent: parent]).map(\.field) == ["parent"])
    }

    @Test func `name all problems at once, in the order of the page`() {
        let found = problems([
            .name: "", .parent: "x", .description: String(repeating: "x", count: 2_001),
            .statuses: "",
        ])
        #expect(found.map(\.field) == ["name", "parent", "description", "statuses"])
    }
}

@Suite("The tree of case types")
struct CaseTypeTreeTests {
    private func type(_ number: Int64, _ name: String, below parent: Int64? = nil) -> CaseType {
        CaseType(
            id: CaseTypeID(number: number), name: name,
            parent: parent.map { CaseTypeID(number: $0) }, summary: "", statuses: ["Completed"],
            isEnabled: true)
    }

    @Test func `puts each type below its parent`() {
        let tree = CaseTypeTree([
            type(4, "Deposit", below: 3), type(1, "Billing"), type(3, "Refund", below: 1),
            type(2, "Outage"), type(5, "Orphan", below: 99),
        ])
        #expect(
            tree.nodes.map(\.path) == [
                "Billing", "Billing › Refund", "Billing › Refund › Deposit", "Outage", "Orphan",
            ])
        #expect(tree.nodes.map(\.depth) == [0, 1, 2, 0, 0])
        let (billing, refund) = (CaseTypeID(number: 1), CaseTypeID(number: 3))
        #expect(tree.isWithin(refund, of: billing) && tree.isWithin(billing, of: billing))
        #expect(!tree.isWithin(billing, of: refund))
        #expect(tree.height(of: billing) == 3 && tree.height(of: refund) == 2)
        #expect(tree.height(of: CaseTypeID(number: 2)) == 1)
    }

    @Test func `ends also where parents go in a circle`() {
        let tree = CaseTypeTree([type(1, "A", below: 2), type(2, "B", below: 1), type(3, "C")])
        #expect(tree.nodes.map(\.path) == ["C"])
    }
}
