import Foundation
import Testing

@testable import CaseModel

@Suite("Deciding by an assignment rule")
struct RuleEvaluationTests {
    private static let saved = Date(timeIntervalSince1970: 1_800_000_000)
    private static let desk = Owner.queue(CaseQueueID(number: 1))
    private static let mia = Owner.agent(EmployeeID(number: 7))

    private static func attributes(
        title: String = "Refund for order 7", description: String = "Charged twice.",
        priority: Priority? = .high, source: Source? = .web, customer: String = "Jürgen Groß",
        deadline: Double? = nil
    ) -> CaseAttributes {
        CaseAttributes(
            title: title, description: description, type: CaseTypeID(number: 3),
            typeName: "Billing", priority: priority, source: source,
            customer: CustomerID(number: 5), customerName: customer,
            deadline: deadline.map { saved.addingTimeInterval($0) }, savedAt: saved)
    }

    private static func rule(_ items: [RuleItem]) -> AssignmentRule {
        AssignmentRule(
            id: AssignmentRuleID(number: 2), name: "Standard", isActive: true, items: items,
            defaultOwner: desk)
    }

    private static func fits(
        _ attribute: RuleAttribute, _ condition: RuleCondition, _ value: RuleValue,
        _ attributes: CaseAttributes
    ) throws -> Bool {
        let item = try #require(RuleItem(attribute, condition, value, owner: mia))
        let decision = rule([item]).decide(attributes)
        #expect(decision.looks.map(\.fits) == [decision.target == mia])
        return decision.target == mia
    }

    @Test(arguments: [
        (RuleAttribute.title, "REFUND", true), (.title, "order 8", false),
        (.description, "charged TWICE", true), (.description, "refund", false),
        (.customer, "GROSS", true), (.customer, "Ann", false),
    ])
    func `includes a part of a text or does not`(
        attribute: RuleAttribute, text: String, expected: Bool
    ) throws {
        let attributes = Self.attributes()
        #expect(try Self.fits(attribute, .includes, .text(text), attributes) == expected)
        #expect(try Self.fits(attribute, .doesNotInclude, .text(text), attributes) != expected)
    }

    @Test(arguments: [
        ("refund FOR order 7", true), (" Refund for order 7 ", true), ("Refund", false),
    ])
    func `equals a whole text or does not`(text: String, expected: Bool) throws {
        let attributes = Self.attributes()
        #expect(try Self.fits(.title, .equals, .text(text), attributes) == expected)
        #expect(try Self.fits(.title, .doesNotEqual, .text(text), attributes) != expected)
    }

    @Test(arguments: [
        (RuleAttribute.type, RuleValue.type(CaseTypeID(number: 3), name: "Billing"), true),
        (.type, .type(CaseTypeID(number: 4), name: "Billing"), false),
        (.priority, .priority(.high), true), (.priority, .priority(.low), false),
        (.source, .source(.web), true), (.source, .source(.voice), false),
        (.customer, .customer(CustomerID(number: 5), name: "Jürgen Groß"), true),
        (.customer, .customer(CustomerID(number: 6), name: "Jürgen Groß"), false),
    ])
    func `equals one of a list or does not`(
        attribute: RuleAttribute, value: RuleValue, expected: Bool
    ) throws {
        let attributes = Self.attributes()
        #expect(try Self.fits(attribute, .equals, value, attributes) == expected)
        #expect(try Self.fits(attribute, .doesNotEqual, value, attributes) != expected)
    }

    @Test func `takes no priority and no source for unequal to each`() throws {
        let attributes = Self.attributes(priority: nil, source: nil)
        #expect(try !Self.fits(.priority, .equals, .priority(.low), attributes))
        #expect(try Self.fits(.priority, .doesNotEqual, .priority(.low), attributes))
        #expect(try Self.fits(.source, .doesNotEqual, .source(.web), attributes))
    }

    @Test(arguments: [
        (3_599.0, true, false), (3_600.0, false, false), (3_601.0, false, true),
    ])
    func `counts hours to the deadline from the save`(
        seconds: Double, before: Bool, after: Bool
    ) throws {
        let attributes = Self.attributes(deadline: seconds)
        #expect(try Self.fits(.deadline, .before, .hours(1), attributes) == before)
        #expect(try Self.fits(.deadline, .after, .hours(1), attributes) == after)
    }

    @Test func `never fits a case without a deadline to a deadline`() throws {
        #expect(try !Self.fits(.deadline, .before, .hours(24), Self.attributes()))
        #expect(try !Self.fits(.deadline, .after, .hours(24), Self.attributes()))
    }

    @Test(arguments: [
        (RuleAttribute.title, RuleCondition.before, RuleValue.text("x")),
        (.title, .equals, .priority(.low)), (.title, .includes, .text("  ")),
        (.priority, .includes, .priority(.low)), (.type, .equals, .text("Billing")),
        (.customer, .equals, .text("Ann")), (.deadline, .equals, .hours(1)),
        (.customer, .includes, .customer(CustomerID(number: 1), name: "Ann")),
        (.deadline, .before, .hours(0)), (.deadline, .before, .hours(8_761)),
    ])
    func `has no item whose parts do not fit together`(
        attribute: RuleAttribute, condition: RuleCondition, value: RuleValue
    ) {
        #expect(RuleItem(attribute, condition, value, owner: Self.mia) == nil)
    }

    @Test func `lets the first item that fits decide and looks no further`() throws {
        let noah = Owner.agent(EmployeeID(number: 8))
        let items = [
            try #require(RuleItem(.title, .includes, .text("outage"), owner: Self.desk)),
            try #require(RuleItem(.title, .includes, .text("refund"), owner: Self.mia)),
            try #require(RuleItem(.priority, .equals, .priority(.high), owner: noah)),
        ]
        let decision = Self.rule(items).decide(Self.attributes())
        #expect(decision.itemPosition == 2)
        #expect(decision.target == Self.mia)
        #expect(decision.sentence == "Auto by rule “Standard”, item 2: Title includes “refund”")
        #expect(
            decision.looks == [
                RuleLook(
                    position: 1, attribute: .title, asked: "Title includes “outage”",
                    found: "Refund for order 7", fits: false),
                RuleLook(
                    position: 2, attribute: .title, asked: "Title includes “refund”",
                    found: "Refund for order 7", fits: true),
            ])
    }

    @Test func `gives what no item fits to the default owner`() throws {
        let item = try #require(RuleItem(.source, .equals, .source(.voice), owner: Self.mia))
        for items in [[], [item]] {
            let decision = Self.rule(items).decide(Self.attributes())
            #expect(decision.itemPosition == nil)
            #expect(decision.target == Self.desk)
            #expect(
                decision.sentence == "Auto by rule “Standard”: no item fits, so its default owner")
        }
    }

    @Test func `passes over an item whose owner is switched off`() throws {
        let items = [
            try #require(RuleItem(.title, .includes, .text("refund"), owner: Self.mia)),
            try #require(RuleItem(.priority, .equals, .priority(.high), owner: Self.desk)),
        ]
        let rule = AssignmentRule(
            id: AssignmentRuleID(number: 2), name: "Standard", isActive: true, items: items,
            defaultOwner: Self.mia, inactiveOwners: [EmployeeID(number: 7)])
        let decision = rule.decide(Self.attributes())
        #expect(decision.itemPosition == 2)
        #expect(decision.looks.map(\.fits) == [true, true])
        #expect(decision.looks.map(\.isPassedOver) == [true, false])
        #expect(!rule.canGive(to: rule.decide(Self.attributes(title: "", priority: nil)).target))
    }

    @Test(arguments: [
        (119, 119, "a"), (120, 120, "a"), (121, 120, "…"), (20_000, 120, "…"),
    ])
    func `keeps the beginning of a long text`(count: Int, expected: Int, last: Character) throws {
        let item = try #require(RuleItem(.description, .includes, .text("x"), owner: Self.mia))
        let text = String(repeating: "a", count: count)
        let found = try #require(
            Self.rule([item]).decide(Self.attributes(description: text)).looks.first?.found)
        #expect(found.unicodeScalars.count == expected)
        #expect(found.last == last)
    }
}
