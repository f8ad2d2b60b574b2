import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite("Claiming a case")
struct ClaimTests {
    let space: TestSpace

    init() throws {
        space = try TestSpace()
    }

    private func found(_ employee: Employee, _ owner: OwnerFilter, _ state: CaseState) throws
        -> [CaseNumber]
    {
        let query = CaseQuery(
            viewer: space.viewer(employee), owner: owner, state: state, type: nil, text: "charged",
            position: .first, limit: 10)
        return try space.store.makeReader().cases(query).cases.map(\.number)
    }

    @Test func `makes a member the owner and leaves a word of it`() throws {
        let number = try space.createCase(try space.draft(by: space.ada), by: space.ada)
        let later = space.now.addingTimeInterval(60)
        #expect(try space.store.claimCase(number, by: space.mia.id, at: later) == .claimed)
        let details = try space.details(number)
        #expect(details.case.owner == .agent(space.mia.id))
        #expect(details.case.state == .processing)
        #expect(details.case.ownerReason == "Claimed by Mia from Billing")
        #expect(details.events.map(\.text).last == "Claimed from Billing")
        #expect(details.events.map(\.employeeName).last == "Mia")
        #expect(details.events.map(\.at).last == later)
    }

    @Test func `finds the case where its new owner and state are, and only there`() throws {
        let number = try space.createCase(try space.draft())
        #expect(try found(space.mia, .queue(space.billing.id), .pending) == [number])
        _ = try space.store.claimCase(number, by: space.mia.id, at: space.now)
        #expect(try found(space.mia, .me, .processing) == [number])
        #expect(try found(space.mia, .queue(space.billing.id), .pending) == [])
        #expect(try found(space.mia, .me, .pending) == [])
        #expect(try space.store.verify() == [])
    }

    @Test func `goes to one of two who try at once, and tells the other who has it`() throws {
        let other = try space.store.addEmployee(
            login: "li", name: "Li", email: "", phone: "", role: .agent, passwordHash: "x")
        let queue = try space.store.addQueue(name: "Team", members: [space.mia.id, other.id])
        let (store, now) = (space.store, space.now)
        let people = [space.mia.id, other.id]
        for _ in 0..<20 {
            let number = try space.createCase(try space.draft(owner: .queue(queue.id)))
            let claims = onThreads(2) { index in
                (people[index], try store.claimCase(number, by: people[index], at: now))
            }
            let outcomes = try claims.map { try $0.get() }
            let winners = outcomes.filter { $0.1 == .claimed }
            let owner = try space.details(number).case
            #expect(winners.map { Owner.agent($0.0) } == [owner.owner])
            let others = outcomes.filter { $0.1 != .claimed }
            #expect(others.map(\.1) == [.taken(ownerName: owner.ownerName)])
        }
    }

    @Test func `is no fault when it is done twice`() throws {
        let number = try space.createCase(try space.draft())
        for _ in 0..<2 {
            #expect(
                try space.store.claimCase(number, by: space.mia.id, at: space.now) == .claimed)
        }
        #expect(try space.details(number).events.count == 3)
    }

    @Test func `is for members of the queue alone`() throws {
        let number = try space.createCase(try space.draft())
        #expect(
            try space.store.claimCase(number, by: space.noah.id, at: space.now) == .notInQueue)
        #expect(try space.details(number).case.owner == .queue(space.billing.id))
        #expect(throws: StoreError.unknown("case")) {
            try space.store.claimCase(CaseNumber(number: 99), by: space.mia.id, at: space.now)
        }
    }
}
