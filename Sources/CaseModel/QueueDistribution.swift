/// A member of a queue as far as the distribution of a case asks.
package struct Candidate: Equatable, Sendable, Codable {
    package let member: EmployeeID
    package let name: String
    /// Cases that the person owns and that are not completed; counted only for ``Distribution/leastOpen``.
    package var openCases: Int
    /// When the person last got a case of the queue, as its count of turns; 0 for never.
    package var lastTurn: Int64

    package init(member: EmployeeID, name: String, openCases: Int, lastTurn: Int64) {
        self.member = member
        self.name = name
        self.openCases = openCases
        self.lastTurn = lastTurn
    }
}

extension Distribution {
    /// Who of those who are present gets the next case; `nil` when it waits to be claimed.
    ///
    /// In turn is whoever has waited longest. A member who joins, or comes back, has the next turn, one of
    /// them and no more, as a turn is a place in an order and not a share that has to be made up for.
    package func choice(among candidates: [Candidate]) -> Candidate? {
        self == .claim ? nil : candidates.min(by: precedes)
    }

    /// The candidates in the order in which they would be chosen.
    package func inOrder(_ candidates: [Candidate]) -> [Candidate] {
        candidates.sorted(by: precedes)
    }

    private func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
        switch self {
        case .claim, .roundRobin:
            (left.lastTurn, left.member) < (right.lastTurn, right.member)
        case .leastOpen:
            (left.openCases, left.lastTurn, left.member)
                < (right.openCases, right.lastTurn, right.member)
        }
    }

    /// Why somebody of the queue gets the case or nobody does, as a part of a sentence.
    ///
    /// - Parameter presentCount: The members that the choice was among.
    package func reason(for chosen: Candidate?, presentCount: Int) -> String {
        guard let chosen else {
            return self == .claim
                ? "waits to be claimed" : "no member is present, so it waits to be claimed"
        }
        if presentCount == 1 { return "\(chosen.name) is the only member present" }
        let present = "of the \(presentCount) members present"
        return self == .leastOpen
            ? "\(chosen.name) has the fewest open cases (\(chosen.openCases)) \(present)"
            : "\(chosen.name) is next in turn \(present)"
    }
}
