import Testing

@testable import CaseModel

@Suite("The form of an assignment rule")
struct AssignmentRuleValuesTests {
    private let desk = Owner.queue(CaseQueueID(number: 3))

    private func form(_ changes: [String: String] = [:]) -> FieldTexts {
        let right = [
            "name": "Standard", "default_owner": "queue-3", "item_1_attribute": "title",
            "item_1_condition": "includes", "item_1_value": " refund ", "item_1_owner": "agent-7",
        ]
        return FieldTexts(right.merging(changes) { $1 })
    }

    private func problems(_ texts: FieldTexts) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let values = AssignmentRuleValues(texts, problems: &problems)
        #expect((values == nil) == !problems.isEmpty)
        return problems
    }

    @Test func `takes a form that is right and gives it back`() throws {
        var problems: [FieldProblem] = []
        let values = try #require(AssignmentRuleValues(form(), problems: &problems))
        #expect(values.name == "Standard")
        #expect(values.defaultOwner == desk)
        #expect(
            values.items == [
                .init(.title, .includes, "refund", owner: .agent(EmployeeID(number: 7)))
            ])
        #expect(values.texts == form(["item_1_value": "refund"]))
        #expect(AssignmentRuleValues(values.texts, problems: &problems) == values)
    }

    @Test func `skips items of which nothing is filled in and keeps their order`() throws {
        let texts = FieldTexts([
            "name": "N", "default_owner": "agent-1", "item_10_attribute": "priority",
            "item_10_condition": "equals", "item_10_value": "critical", "item_10_owner": "agent-2",
            "item_4_attribute": "deadline_within", "item_4_condition": "before",
            "item_4_value": "24", "item_4_owner": "queue-9", "item_2_value": "  ",
        ])
        var problems: [FieldProblem] = []
        let values = try #require(AssignmentRuleValues(texts, problems: &problems))
        #expect(values.items.map(\.value) == ["24", "Critical"])
        #expect(values.texts["item_1_attribute"] == "deadline_within")
        #expect(values.texts["item_2_attribute"] == "priority")
        #expect(values.texts.names.count == 10)
    }

    @Test func `names everything that is missing at once, in the order of the form`() {
        let fields = problems(FieldTexts(["item_2_value": "x", "item_3_owner": "agent-1"]))
            .map(\.field)
        #expect(
            fields == [
                "name", "item_2_attribute", "item_2_condition", "item_2_owner",
                "item_3_attribute", "item_3_condition", "item_3_value", "default_owner",
            ])
    }

    @Test(arguments: [
        ("name", ""), ("name", String(repeating: "x", count: 201)), ("default_owner", "queue-03"),
        ("default_owner", "desk"), ("default_owner", "agent--1"), ("item_1_attribute", "colour"),
        ("item_1_condition", "like"), ("item_1_condition", "before"), ("item_1_owner", "7"),
        ("item_1_value", String(repeating: "x", count: 201)), ("item_1_value", "two\nlines"),
    ])
    func `refuses a value that is not allowed`(field: String, text: String) {
        #expect(problems(form([field: text])).map(\.field) == [field])
    }

    @Test(arguments: [
        ("priority", "high", "High"), ("priority", "CRITICAL", "Critical"),
        ("source", "Whatsapp", "Whatsapp"), ("source", "email", "Email"),
    ])
    func `takes one of a list by its name or its form value`(
        attribute: String, text: String, expected: String
    ) {
        var problems: [FieldProblem] = []
        let texts = form([
            "item_1_attribute": attribute, "item_1_condition": "equals", "item_1_value": text,
        ])
        let values = AssignmentRuleValues(texts, problems: &problems)
        #expect(values?.items.map(\.value) == [expected])
    }

    @Test(arguments: [
        ("priority", "equals", "urgent"), ("source", "equals", "fax"),
        ("deadline_within", "before", "0"), ("deadline_within", "before", "8761"),
        ("deadline_within", "after", "1.5"), ("deadline_within", "after", "+5"),
        ("deadline_within", "after", "soon"),
    ])
    func `refuses a value that the attribute cannot have`(
        attribute: String, condition: String, text: String
    ) {
        let texts = form([
            "item_1_attribute": attribute, "item_1_condition": condition, "item_1_value": text,
        ])
        #expect(problems(texts).map(\.field) == ["item_1_value"])
    }

    @Test(arguments: ["1", "8760"])
    func `takes hours from one to a year`(text: String) {
        let texts = form([
            "item_1_attribute": "deadline_within", "item_1_condition": "after",
            "item_1_value": text,
        ])
        #expect(problems(texts).isEmpty)
    }

    @Test(arguments: RuleAttribute.allCases)
    func `knows which conditions an attribute has`(attribute: RuleAttribute) {
        for condition in RuleCondition.allCases {
            let value = attribute == .priority ? "low" : attribute == .source ? "web" : "5"
            let texts = form([
                "item_1_attribute": attribute.rawValue, "item_1_condition": condition.rawValue,
                "item_1_value": value,
            ])
            let expected = attribute.conditions.contains(condition) ? [] : ["item_1_condition"]
            #expect(problems(texts).map(\.field) == expected)
        }
    }
}
