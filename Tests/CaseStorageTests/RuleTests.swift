import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite("Keeping assignment rules")
struct RuleTests {
    let space: TestSpace

    init() throws {
        space = try TestSpace()
    }

    private func values(
        _ name: String = "Standard", _ items: [AssignmentRuleValues.Item] = []
    ) -> AssignmentRuleValues {
        AssignmentRuleValues(name: name, defaultOwner: .queue(space.billing.id), items: items)
    }

    private var agent: Owner { .agent(space.noah.id) }

    private func stored(_ id: AssignmentRuleID) throws -> AssignmentRule {
        try #require(try space.store.makeReader().assignmentRule(id))
    }

    private func problems(
        _ work: () throws -> Void
    ) -> [String] {
        do {
            try work()
            return []
        } catch StoreError.rejected(let problems) {
            return problems.map(\.field)
        } catch {
            Issue.record(error)
            return []
        }
    }

    @Test func `keeps every kind of item`() throws {
        let customer = space.customer
        let wanted: [AssignmentRuleValues.Item] = [
            .init(.title, .includes, "Ünïcode “x”", owner: agent),
            .init(.description, .doesNotEqual, "b", owner: agent),
            .init(.type, .equals, "Refund", owner: agent),
            .init(.priority, .doesNotEqual, "High", owner: agent),
            .init(.source, .equals, "Whatsapp", owner: .queue(space.repairs.id)),
            .init(.customer, .equals, "Ann Öre (\(customer))", owner: agent),
            .init(.customer, .doesNotInclude, "GmbH", owner: agent),
            .init(.deadline, .before, "24", owner: agent),
            .init(.deadline, .after, "8760", owner: agent),
        ]
        let id = try space.store.addRule(values("All", wanted), key: nil, space.edit())
        let rule = try stored(id)
        #expect(rule.values == values("All", wanted))
        #expect(!rule.isActive)
        #expect(rule.items[2].value == .type(space.refund.id, name: "Refund"))
        #expect(rule.items[5].value == .customer(customer, name: "Ann Öre"))
        #expect(rule.items[7].value == .hours(24))
        #expect(try space.store.makeReader().assignmentRules() == [rule])
    }

    @Test func `finds a type and a customer by name or number`() throws {
        let texts = ["refund", space.refund.id.description]
        let customers = ["ann Öre", space.customer.description, "Ann (\(space.customer))"]
        let items =
            texts.map { AssignmentRuleValues.Item(.type, .equals, $0, owner: agent) }
            + customers.map { AssignmentRuleValues.Item(.customer, .equals, $0, owner: agent) }
        let id = try space.store.addRule(values("Found", items), key: nil, space.edit())
        let found = try stored(id).values.items.map(\.value)
        let customer = "Ann Öre (\(space.customer))"
        #expect(found == ["Refund", "Refund", customer, customer, customer])
    }

    @Test func `names all that is not there at once`() throws {
        _ = try space.store.addRule(values("Standard"), key: nil, space.edit())
        _ = try space.store.addCustomers([NewCustomer(name: "Bo"), NewCustomer(name: "bo")])
        try space.store.setEmployee(space.mia.id, isActive: false)
        let wrong = AssignmentRuleValues(
            name: "STANDARD", defaultOwner: .agent(EmployeeID(number: 99)),
            items: [
                .init(.type, .equals, "Nothing", owner: .queue(CaseQueueID(number: 99))),
                .init(.customer, .equals, "BO", owner: .agent(space.mia.id)),
                .init(.customer, .equals, "Nobody", owner: agent),
            ])
        let fields = problems { _ = try space.store.addRule(wrong, key: nil, space.edit()) }
        #expect(
            fields == [
                "name", "item_1_value", "item_1_owner", "item_2_value", "item_2_owner",
                "item_3_value", "default_owner",
            ])
        #expect(try space.count("assignmentRule") == 1)
        #expect(try space.count("ruleItem") == 0)
    }

    @Test func `is made once by one form`() throws {
        let key = DraftID()
        let first = try space.store.addRule(values(), key: key, space.edit())
        #expect(try space.store.addRule(values(), key: key, space.edit()) == first)
        #expect(try space.count("assignmentRule") == 1)
    }

    @Test func `is changed, and its history says how`() throws {
        let item = AssignmentRuleValues.Item(.title, .includes, "a", owner: agent)
        let id = try space.store.addRule(values("Standard", [item]), key: nil, space.edit())
        let changed = AssignmentRuleValues.Item(.title, .includes, "b", owner: agent)
        try space.store.updateRule(id, values("STANDARD", [changed, item]), space.edit())
        #expect(try stored(id).values == values("STANDARD", [changed, item]))
        let history = try space.store.makeReader().changes(
            of: .assignmentRule, id.number, limit: 20)
        let fields = Set(history.map(\.field))
        #expect(fields.contains("name") && fields.contains("item_1_value"))
        #expect(history.first { $0.field == "item_1_value" }?.before == "a")
    }

    @Test func `keeps what two people changed in different items, and shows them where they met`()
        throws
    {
        let items = ["a", "b"].map {
            AssignmentRuleValues.Item(.title, .includes, $0, owner: agent)
        }
        let id = try space.store.addRule(values("Standard", items), key: nil, space.edit())
        let base = try space.store.makeReader().latestChange(of: .assignmentRule, id.number)
        func save(_ texts: [String], by employee: Employee) throws {
            let items = texts.map {
                AssignmentRuleValues.Item(.title, .includes, $0, owner: agent)
            }
            try space.store.updateRule(
                id, values("Standard", items), Edit(base: base, by: employee.id, at: space.now))
        }
        try save(["a", "noah"], by: space.noah)
        try save(["mia", "b"], by: space.mia)
        #expect(try stored(id).values.items.map(\.value) == ["mia", "noah"])
        do {
            try save(["ada", "b"], by: space.ada)
            Issue.record("the conflict was not seen")
        } catch StoreError.editedMeanwhile(let conflict) {
            #expect(conflict.fields.map(\.field) == ["item_1_value"])
            #expect(conflict.fields.map(\.mine) == ["ada"])
            #expect(conflict.fields.map(\.theirs.after) == ["mia"])
        }
    }

    @Test func `leaves one rule active, the last that was activated`() throws {
        let first = try space.activate("First")
        let second = try space.activate("Second")
        #expect(try !stored(first).isActive)
        #expect(try stored(second).isActive)
        #expect(try space.store.makeReader().options().activeRule?.name == "Second")
        let history = try space.store.makeReader().changes(
            of: .assignmentRule, first.number, limit: 20)
        #expect(history.map(\.field) == ["active", "active", ""])
        #expect(history.map(\.after) == ["", "1", ""])
        try space.store.setRule(second, isActive: false, space.edit())
        #expect(try space.store.makeReader().options().activeRule == nil)
    }

    @Test func `has one active rule after many were activated at once`() throws {
        let rules = try (0..<8).map { number in
            try space.store.addRule(values("Rule \(number)"), key: nil, space.edit())
        }
        let (store, edit) = (space.store, space.edit())
        let results = onThreads(8) { index in
            try store.setRule(rules[index], isActive: true, edit)
        }
        for result in results { try result.get() }
        let active = try store.makeReader().assignmentRules().filter(\.isActive)
        #expect(active.count == 1)
    }

    @Test func `cannot have two active rules, whatever the program does`() throws {
        try space.activate("First")
        _ = try space.store.addRule(values("Second"), key: nil, space.edit())
        #expect(throws: (any Error).self) {
            try space.tamper("UPDATE assignmentRule SET isActive = 1")
        }
    }

    @Test func `is deleted while it is not active, with its items and not its decisions`() throws {
        let item = AssignmentRuleValues.Item(.title, .includes, "charged", owner: agent)
        let id = try space.activate("First", [item])
        let number = try space.createCase(try space.autoDraft())
        #expect(throws: StoreError.self) { try space.store.deleteRule(id, space.edit()) }
        try space.store.setRule(id, isActive: false, space.edit())
        try space.store.deleteRule(id, space.edit())
        #expect(try space.store.makeReader().assignmentRule(id) == nil)
        #expect(try space.count("ruleItem") == 0)
        #expect(try space.details(number).assignment?.ruleName == "First")
        #expect(throws: StoreError.unknown("assignment rule")) {
            try space.store.deleteRule(id, space.edit())
        }
    }

    @Test func `knows which of its owners are switched off`() throws {
        let item = AssignmentRuleValues.Item(.title, .includes, "a", owner: agent)
        let id = try space.activate("First", default: .agent(space.mia.id), [item])
        try space.store.setEmployee(space.noah.id, isActive: false)
        #expect(try stored(id).inactiveOwners == [space.noah.id])
        let active = try space.store.makeReader().options().activeRule
        #expect(active?.inactiveOwners == [space.noah.id])
    }
}
