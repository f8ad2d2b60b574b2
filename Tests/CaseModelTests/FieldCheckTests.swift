import CaseModel
import Testing

@Suite("Checking the fields of a thing")
struct FieldCheckTests {
    private static let rule = TextRule(label: "Name", missing: "Enter a name", limit: 3)

    @Test(arguments: [
        ("a", nil), ("äöü", nil), ("", "Enter a name"), (" \t\u{A0}", "Enter a name"),
        ("abcd", "Name must be 3 characters or less; it has 4"),
        ("e\u{301}\u{301}\u{301}", "Name must be 3 characters or less; it has 4"),
        ("a\nb", "Name must be one line; take the line breaks out"),
    ])
    func `says what to do about a text`(text: String, message: String?) {
        #expect(Self.rule.problem(with: text) == message)
    }

    @Test func `lets an optional text be empty, and lines stand where they may`() {
        let rule = TextRule(label: "Remark", limit: 3, mayHaveLines: true)
        #expect(rule.problem(with: "") == nil)
        #expect(rule.problem(with: "a\nb") == nil)
    }

    @Test(arguments: [
        ("", ""), ("  ", ""), (" a b ", "a b"), ("\u{3000}a\n\n", "a"), ("a", "a"),
        ("e\u{301} ", "e\u{301}"),
    ])
    func `takes white space off the ends of a text`(text: String, trimmed: String) {
        #expect(text.trimmed == trimmed)
    }

    @Test func `takes identifiers each once and in order`() {
        var check = FieldCheck(FieldTexts(["members": "7\n3\n7"]))
        let ids: [EmployeeID] = check.ids("members")
        #expect(ids.map(\.number) == [3, 7] && check.problems.isEmpty)
        var wrong = FieldCheck(FieldTexts(["members": "3\nx"]))
        let _: [EmployeeID] = wrong.ids("members")
        #expect(wrong.problems.map(\.field) == ["members"])
    }

    @Test(arguments: [("", false), ("1", false), ("x", true), ("01", true)])
    func `names an identifier that is none`(text: String, isWrong: Bool) {
        var check = FieldCheck(FieldTexts(["parent": text]))
        let _: CaseTypeID? = check.id("parent")
        #expect(check.problems.map(\.field) == (isWrong ? ["parent"] : []))
    }

    @Test func `asks for a choice that is missing`() {
        var check = FieldCheck(FieldTexts(["priority": "high", "source": "fax"]))
        let priority: Priority? = check.choice("priority", missing: "Select a priority")
        let source: Source? = check.choice("source", missing: "Select a source")
        #expect(priority == .high && source == nil)
        #expect(check.problems == [FieldProblem("source", "Select a source")])
    }
}
