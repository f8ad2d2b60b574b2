import Foundation
import Testing

@testable import CaseModel

@Suite("Trying a rule on past cases")
struct RuleTrialTests {
    private let team = CaseQueueID(number: 1)
    private let desk = CaseQueueID(number: 2)

    private func member(_ number: Int64) -> Candidate {
        Candidate(member: EmployeeID(number: number), name: "", openCases: 0, lastTurn: 0)
    }

    private func trial(_ mode: Distribution) throws -> RuleTrial {
        let items = [
            try #require(RuleItem(.title, .includes, .text("refund"), owner: .queue(team))),
            try #require(
                RuleItem(
                    .title, .includes, .text("vip"), owner: .agent(EmployeeID(number: 1)))),
        ]
        let rule = AssignmentRule(
            id: AssignmentRuleID(number: 1), name: "New", isActive: false, items: items,
            defaultOwner: .queue(desk))
        return RuleTrial(
            of: rule,
            queues: [
                team: TrialQueue(distribution: mode, members: [member(1), member(2)]),
                desk: TrialQueue(distribution: .claim, members: [member(2)]),
            ])
    }

    private func past(_ number: Int64, _ title: String, _ owner: Owner) -> PastCase {
        PastCase(
            number: CaseNumber(number: number),
            attributes: CaseAttributes(
                title: title, description: "", type: CaseTypeID(number: 1), typeName: "Billing",
                priority: nil, source: nil, customer: CustomerID(number: 1), customerName: "",
                deadline: nil, savedAt: Date(timeIntervalSince1970: Double(number))),
            owner: owner)
    }

    @Test func `says for each case who would have got it and who did`() throws {
        var trial = try trial(.roundRobin)
        let one = Owner.agent(EmployeeID(number: 1))
        trial.add(past(1, "Refund", one))
        trial.add(past(2, "Refund", one))
        trial.add(past(3, "Outage", .queue(desk)))
        #expect(trial.outcomes.map(\.itemPosition) == [1, 1, nil])
        #expect(
            trial.outcomes.map(\.wouldBe) == [
                one, .agent(EmployeeID(number: 2)), .queue(desk),
            ])
        #expect(trial.outcomes.map(\.differs) == [false, true, false])
        #expect(trial.differenceCount == 1)
    }

    @Test func `counts the load of each owner, the greatest first`() throws {
        var trial = try trial(.roundRobin)
        let three = Owner.agent(EmployeeID(number: 3))
        for number in 1...4 { trial.add(past(Int64(number), "Refund", three)) }
        trial.add(past(5, "Outage", .queue(desk)))
        #expect(
            trial.loads.map(\.owner) == [
                three, .agent(EmployeeID(number: 1)), .agent(EmployeeID(number: 2)), .queue(desk),
            ])
        #expect(trial.loads.map(\.was) == [4, 0, 0, 1])
        #expect(trial.loads.map(\.wouldBe) == [0, 2, 2, 1])
    }

    @Test func `counts what a person got by an item of their own as open`() throws {
        var trial = try trial(.leastOpen)
        let nobody = Owner.queue(desk)
        trial.add(past(1, "VIP asks", nobody))
        trial.add(past(2, "VIP asks", nobody))
        trial.add(past(3, "Refund", nobody))
        trial.add(past(4, "Refund", nobody))
        trial.add(past(5, "Refund", nobody))
        let numbers = trial.outcomes.map { $0.wouldBe.agentNumber }
        #expect(numbers == [1, 1, 2, 2, 1])
    }
}

extension Owner {
    fileprivate var agentNumber: Int64? {
        if case .agent(let agent) = self { agent.number } else { nil }
    }
}
