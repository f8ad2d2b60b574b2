import Testing

@testable import CaseModel

@Suite("Handing on the cases of a queue")
struct QueueDistributionTests {
    private func candidate(_ number: Int64, open: Int = 0, turn: Int64 = 0) -> Candidate {
        Candidate(
            member: EmployeeID(number: number), name: "Person \(number)", openCases: open,
            lastTurn: turn)
    }

    /// Hands on so many cases and gives the numbers of those who got them, in order.
    private func run(
        _ mode: Distribution, _ candidates: inout [Candidate], count: Int, turn: inout Int64
    ) -> [Int64] {
        (0..<count).compactMap { _ in
            guard let chosen = mode.choice(among: candidates),
                let index = candidates.firstIndex(of: chosen)
            else { return nil }
            turn += 1
            candidates[index].lastTurn = turn
            candidates[index].openCases += 1
            return chosen.member.number
        }
    }

    @Test func `leaves a case to be claimed`() {
        #expect(Distribution.claim.choice(among: [candidate(1)]) == nil)
        #expect(Distribution.claim.reason(for: nil, presentCount: 3) == "waits to be claimed")
    }

    @Test(arguments: [Distribution.roundRobin, .leastOpen])
    func `leaves a case to be claimed when nobody is present`(mode: Distribution) {
        #expect(mode.choice(among: []) == nil)
        #expect(
            mode.reason(for: nil, presentCount: 0)
                == "no member is present, so it waits to be claimed")
    }

    @Test func `goes round`() {
        var turn: Int64 = 0
        var members = [candidate(3), candidate(1), candidate(2)]
        #expect(
            run(.roundRobin, &members, count: 7, turn: &turn) == [1, 2, 3, 1, 2, 3, 1])
    }

    @Test func `gives who joins or comes back one turn, not those that were missed`() {
        var turn: Int64 = 0
        var members = [candidate(1), candidate(2)]
        _ = run(.roundRobin, &members, count: 10, turn: &turn)
        members.append(candidate(3))
        #expect(run(.roundRobin, &members, count: 6, turn: &turn) == [3, 1, 2, 3, 1, 2])
        let away = members.removeFirst()
        #expect(run(.roundRobin, &members, count: 4, turn: &turn) == [3, 2, 3, 2])
        members.append(away)
        #expect(run(.roundRobin, &members, count: 4, turn: &turn) == [1, 3, 2, 1])
    }

    @Test func `takes the fewest open cases, then the longest wait, then the lowest number`() {
        let mode = Distribution.leastOpen
        #expect(
            mode.choice(among: [candidate(1, open: 2), candidate(2, open: 1, turn: 9)])?.member
                == EmployeeID(number: 2))
        #expect(
            mode.choice(among: [candidate(1, open: 1, turn: 5), candidate(2, open: 1, turn: 4)])?
                .member == EmployeeID(number: 2))
        #expect(
            mode.choice(among: [candidate(2, open: 1, turn: 5), candidate(1, open: 1, turn: 5)])?
                .member == EmployeeID(number: 1))
    }

    @Test func `levels the load`() {
        var turn: Int64 = 0
        var members = [candidate(1, open: 4), candidate(2), candidate(3, open: 2)]
        _ = run(.leastOpen, &members, count: 30, turn: &turn)
        #expect(members.map(\.openCases) == [12, 12, 12])
    }

    @Test func `says why`() {
        let mia = Candidate(
            member: EmployeeID(number: 1), name: "Mia", openCases: 4, lastTurn: 2)
        #expect(
            Distribution.roundRobin.reason(for: mia, presentCount: 3)
                == "Mia is next in turn of the 3 members present")
        #expect(
            Distribution.leastOpen.reason(for: mia, presentCount: 3)
                == "Mia has the fewest open cases (4) of the 3 members present")
        #expect(
            Distribution.leastOpen.reason(for: mia, presentCount: 1)
                == "Mia is the only member present")
    }
}
