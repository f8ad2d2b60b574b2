import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite("Trying a rule on the cases of the last days")
struct StoredRuleTrialTests {
    let space: TestSpace

    init() throws {
        space = try TestSpace()
    }

    private func rule(_ items: [AssignmentRuleValues.Item]) throws -> AssignmentRuleID {
        try space.store.addRule(
            AssignmentRuleValues(
                name: "New", defaultOwner: .queue(space.repairs.id), items: items),
            key: nil, space.edit())
    }

    private func attempt(
        _ id: AssignmentRuleID, daysLater: Double = 0
    ) throws -> RuleTrialResult {
        let now = space.now.addingTimeInterval(daysLater * 86_400)
        return try #require(try space.store.makeReader().tryRule(id, now: now))
    }

    @Test func `compares with who got each case at first, oldest first`() throws {
        let id = try rule([
            .init(.description, .includes, "BILL", owner: .queue(space.billing.id)),
            .init(.title, .includes, "vip", owner: .agent(space.noah.id)),
        ])
        let first = try space.createCase(try space.draft())
        let second = try space.createCase(try space.draft(title: "VIP", description: "x"))
        let third = try space.createCase(
            try space.draft(title: "x", description: "x", owner: .agent(space.mia.id)))
        _ = try space.store.claimCase(first, by: space.mia.id, at: space.now)
        let result = try attempt(id)
        #expect(result.trial.outcomes.map(\.number) == [first, second, third])
        #expect(result.trial.outcomes.map(\.itemPosition) == [1, 2, nil])
        let (billing, repairs) = (Owner.queue(space.billing.id), Owner.queue(space.repairs.id))
        #expect(result.trial.outcomes.map(\.was) == [billing, billing, .agent(space.mia.id)])
        #expect(
            result.trial.outcomes.map(\.wouldBe) == [billing, .agent(space.noah.id), repairs])
        #expect(result.names[repairs] == "Repairs" && result.names[.agent(space.noah.id)] == "Noah")
        #expect(!result.isCut)
    }

    @Test func `hands on to all active members, present or not`() throws {
        let (queue, members) = try space.team(.roundRobin, memberCount: 3)
        try space.store.setEmployee(members[1].id, isActive: false)
        let id = try rule([.init(.title, .includes, "charged", owner: .queue(queue.id))])
        for _ in 0..<4 { try space.createCase(try space.draft()) }
        let owners = try attempt(id).trial.outcomes.map(\.wouldBe)
        let (one, three) = (Owner.agent(members[0].id), Owner.agent(members[2].id))
        #expect(owners == [one, three, one, three])
    }

    @Test(arguments: [(29.9, 1), (30.0, 1), (30.1, 0)])
    func `looks at thirty days`(daysLater: Double, count: Int) throws {
        let id = try rule([])
        try space.createCase(try space.draft())
        #expect(try attempt(id, daysLater: daysLater).trial.outcomes.count == count)
    }

    @Test(arguments: [(2, true), (3, false), (4, false)])
    func `looks at a limited number of cases, the newest, and says so`(
        limit: Int, isCut: Bool
    ) throws {
        let id = try rule([])
        let numbers = try (0..<3).map { _ in try space.createCase(try space.draft()) }
        let result = try #require(
            try space.store.makeReader().tryRule(id, now: space.now, limit: limit))
        #expect(result.trial.outcomes.map(\.number) == Array(numbers.suffix(limit)))
        #expect(result.isCut == isCut)
    }

    @Test func `changes nothing`() throws {
        let (queue, _) = try space.team(.leastOpen, memberCount: 2)
        let id = try rule([.init(.title, .includes, "charged", owner: .queue(queue.id))])
        let number = try space.createCase(try space.draft())
        let before = try space.details(number)
        let version = try space.store.makeReader().options().version
        _ = try attempt(id)
        #expect(try space.details(number) == before)
        #expect(try space.store.makeReader().options().version == version)
        #expect(try space.count("caseAssignment") == 0)
        #expect(
            try space.store.makeReader().tryRule(AssignmentRuleID(number: 99), now: space.now)
                == nil)
    }
}
