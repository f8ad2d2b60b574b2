import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite("Giving a case by rule")
struct AssignmentTests {
    let space: TestSpace

    init() throws {
        space = try TestSpace()
    }

    private func owners(_ numbers: [CaseNumber]) throws -> [Owner: Int] {
        try numbers.reduce(into: [:]) { counts, number in
            counts[try space.details(number).case.owner, default: 0] += 1
        }
    }

    /// Saves so many cases from several threads at once, each checked against the same options.
    private func saveConcurrently(_ count: Int) throws -> [CaseNumber] {
        let draft = try space.autoDraft()
        let version = try space.store.makeReader().options().version
        let (store, mia, now) = (space.store, space.mia.id, space.now)
        let perThread = 25
        let results = onThreads(count / perThread) { _ in
            try (0..<perThread).map { _ in
                try store.createCase(
                    draft, from: DraftID(), by: mia, adding: [], optionsVersion: version, at: now)
            }
        }
        return try results.flatMap { try $0.get() }.map { creation in
            guard case .created(let number) = creation else {
                throw StoreError.corrupt("the case was there before")
            }
            return number
        }
    }

    @Test func `keeps why, and shows it with the case`() throws {
        let id = try space.activate(
            "Standard", default: .queue(space.repairs.id),
            [
                .init(.priority, .equals, "Critical", owner: .queue(space.repairs.id)),
                .init(.title, .includes, "CHARGED", owner: .agent(space.noah.id)),
            ])
        let details = try space.details(try space.createCase(try space.autoDraft()))
        #expect(details.case.owner == .agent(space.noah.id))
        #expect(details.case.state == .processing)
        #expect(
            details.case.ownerReason
                == "Auto by rule “Standard”, item 2: Title includes “CHARGED”")
        let assignment = try #require(details.assignment)
        #expect(assignment.rule == id)
        #expect(assignment.ruleName == "Standard")
        #expect(assignment.itemPosition == 2)
        #expect(assignment.targetName == "Noah")
        #expect(assignment.looks.map(\.found) == ["Medium", "Charged twice"])
        #expect(assignment.looks.map(\.fits) == [false, true])
        #expect(assignment.distribution == nil && assignment.candidates.isEmpty)
        #expect(
            details.events.map(\.text).last
                == "Assigned to Noah: Auto by rule “Standard”, item 2: Title includes “CHARGED”")
    }

    @Test func `keeps nothing of that for a case that a person gave`() throws {
        try space.activate()
        #expect(try space.details(try space.createCase(try space.draft())).assignment == nil)
    }

    @Test func `leaves the case of a queue that is claimed from to be claimed`() throws {
        try space.activate()
        let details = try space.details(try space.createCase(try space.autoDraft()))
        #expect(details.case.owner == .queue(space.billing.id))
        #expect(details.case.state == .pending)
        #expect(details.assignment?.distribution == .claim)
        #expect(
            details.case.ownerReason
                == "Auto by rule “Standard”: no item fits, so its default owner; waits to be claimed"
        )
    }

    @Test func `leaves the case to be claimed when no member is present`() throws {
        let (queue, members) = try space.team(.roundRobin, memberCount: 3)
        try space.activate(default: .queue(queue.id))
        let sessions = try members.map { try space.logIn($0, secondsAgo: 30) }
        for member in members { try space.store.setEmployee(member.id, isActive: false) }
        #expect(sessions.count == 3)
        let details = try space.details(try space.createCase(try space.autoDraft()))
        #expect(details.case.owner == .queue(queue.id))
        #expect(details.case.state == .pending)
        #expect(
            details.case.ownerReason.hasSuffix("no member is present, so it waits to be claimed"))
        #expect(details.assignment?.presentCount == 0)
    }

    @Test(arguments: [(899.0, true), (900.0, true), (901.0, false)])
    func `counts who was seen within a quarter of an hour as present`(
        secondsAgo: Double, isPresent: Bool
    ) throws {
        let queue = try space.store.addQueue(name: "Team", members: [space.noah.id])
        try space.setDistribution(of: queue.id, .roundRobin)
        try space.activate(default: .queue(queue.id))
        try space.logIn(space.noah, secondsAgo: secondsAgo)
        let owner = try space.details(try space.createCase(try space.autoDraft())).case.owner
        #expect(owner == (isPresent ? .agent(space.noah.id) : .queue(queue.id)))
    }

    @Test func `counts nobody as present who has logged out`() throws {
        let (queue, _) = try space.team(.leastOpen, memberCount: 1)
        try space.activate(default: .queue(queue.id))
        let noah = try space.store.addQueue(name: "Other", members: [space.noah.id])
        try space.setDistribution(of: noah.id, .leastOpen)
        let key = try space.logIn(space.noah, secondsAgo: 10)
        try space.store.endSession(key, at: space.now)
        try space.activate("Other", default: .queue(noah.id))
        let owner = try space.details(try space.createCase(try space.autoDraft())).case.owner
        #expect(owner == .queue(noah.id))
    }

    @Test func `spreads by turns evenly, whoever saves at the same time`() throws {
        let (queue, members) = try space.team(.roundRobin, memberCount: 3)
        try space.activate(default: .queue(queue.id))
        let counts = try owners(try saveConcurrently(300))
        for member in members { #expect(counts[.agent(member.id)] == 100) }
        #expect(try space.store.verify() == [])
    }

    @Test func `levels the open cases, whoever saves at the same time`() throws {
        let (queue, members) = try space.team(.leastOpen, memberCount: 3)
        for _ in 0..<7 { try space.createCase(try space.draft(owner: .agent(members[0].id))) }
        try space.activate(default: .queue(queue.id))
        let counts = try owners(try saveConcurrently(200))
        // 207 open cases in all, 69 for each.
        #expect(counts[.agent(members[0].id)] == 62)
        #expect(counts[.agent(members[1].id)] == 69)
        #expect(counts[.agent(members[2].id)] == 69)
    }

    @Test func `keeps the candidates with their numbers, the chosen one first`() throws {
        let (queue, members) = try space.team(.leastOpen, memberCount: 3)
        try space.createCase(try space.draft(owner: .agent(members[0].id)))
        try space.createCase(try space.draft(owner: .agent(members[1].id)))
        try space.createCase(try space.draft(owner: .agent(members[1].id)))
        try space.activate(default: .queue(queue.id))
        let details = try space.details(try space.createCase(try space.autoDraft()))
        let assignment = try #require(details.assignment)
        #expect(details.case.owner == .agent(members[2].id))
        #expect(assignment.targetName == "Team")
        #expect(assignment.presentCount == 3)
        #expect(assignment.candidates.map(\.openCases) == [0, 1, 2])
        #expect(
            assignment.candidates.map(\.member) == [members[2].id, members[0].id, members[1].id])
        #expect(
            details.case.ownerReason.hasSuffix(
                "Member 3 has the fewest open cases (0) of the 3 members present"))
    }

    @Test(arguments: [49, 50, 51]) func `keeps at most fifty candidates`(count: Int) throws {
        let (queue, _) = try space.team(.roundRobin, memberCount: count)
        try space.activate(default: .queue(queue.id))
        let details = try space.details(try space.createCase(try space.autoDraft()))
        #expect(details.assignment?.candidates.count == min(50, count))
        #expect(details.assignment?.presentCount == count)
    }

    @Test func `keeps the configuration's version, so that nobody's page is out of date`() throws {
        let (queue, _) = try space.team(.roundRobin, memberCount: 2)
        try space.activate(default: .queue(queue.id))
        let reader = try space.store.makeReader()
        let version = try reader.options().version
        try space.createCase(try space.autoDraft())
        #expect(try reader.options().version == version)
    }

    @Test func `refuses a case whose rule was changed between the page and Save`() throws {
        let id = try space.activate()
        let options = try space.store.makeReader().options()
        let draft = try space.autoDraft(options: options)
        let changes: [() throws -> Void] = [
            {
                try space.store.updateRule(
                    id,
                    AssignmentRuleValues(
                        name: "Standard", defaultOwner: .agent(space.noah.id), items: []),
                    space.edit())
            },
            { try space.store.setRule(id, isActive: false, space.edit()) },
            { try space.activate("Other") },
        ]
        var version = options.version
        for change in changes {
            try change()
            #expect(throws: StoreError.optionsChanged) {
                try space.store.createCase(
                    draft, from: DraftID(), by: space.mia.id, adding: [], optionsVersion: version,
                    at: space.now)
            }
            let now = try space.store.makeReader().options().version
            #expect(now > version)
            version = now
        }
        #expect(try space.count("caseRecord") == 0)
    }
}
