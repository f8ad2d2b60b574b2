package import Foundation

/// A case of the past as a trial of a rule looks at it.
package struct PastCase: Sendable {
    package let number: CaseNumber
    package let attributes: CaseAttributes
    /// Who got it when it was saved.
    package let owner: Owner

    package init(number: CaseNumber, attributes: CaseAttributes, owner: Owner) {
        self.number = number
        self.attributes = attributes
        self.owner = owner
    }
}

/// A queue with the members that a trial hands its cases to.
package struct TrialQueue: Sendable {
    package let distribution: Distribution
    /// Everybody who could be present, as they stand before the first case.
    package fileprivate(set) var members: [Candidate]

    package init(distribution: Distribution, members: [Candidate]) {
        self.distribution = distribution
        self.members = members
    }
}

/// Tries a rule on cases of the past, one after another, and changes nothing.
///
/// A queue hands its cases on as if all its members were always there, nobody had a case before the first one,
/// and nobody completed any. The time for a case does not depend on how many came before.
package struct RuleTrial: Sendable {
    /// What the rule would have done with one case.
    package struct Outcome: Equatable, Sendable {
        package let number: CaseNumber
        package let title: String
        package let typeName: String
        package let savedAt: Date
        /// Which item decided; `nil` for the default owner.
        package let itemPosition: Int?
        /// Who would have got it.
        package let wouldBe: Owner
        /// Who got it.
        package let was: Owner

        package var differs: Bool { wouldBe != was }
    }

    /// How many of the cases an owner got, and would have got.
    package struct Load: Equatable, Sendable {
        package let owner: Owner
        package fileprivate(set) var was = 0
        package fileprivate(set) var wouldBe = 0
    }

    private let rule: AssignmentRule
    private var queues: [CaseQueueID: TrialQueue]
    /// Where among the members of the queues a person stands.
    private let places: [EmployeeID: [(queue: CaseQueueID, index: Int)]]
    private var turn: Int64 = 0
    private var folding = TextFolding()
    private var loadsByOwner: [Owner: Load] = [:]
    /// In the order in which the cases were added.
    package private(set) var outcomes: [Outcome] = []

    package init(of rule: AssignmentRule, queues: [CaseQueueID: TrialQueue]) {
        self.rule = rule
        self.queues = queues
        var places: [EmployeeID: [(queue: CaseQueueID, index: Int)]] = [:]
        for (id, queue) in queues {
            for (index, member) in queue.members.enumerated() {
                places[member.member, default: []].append((id, index))
            }
        }
        self.places = places
    }

    /// Tries the rule on the next case; the oldest comes first.
    package mutating func add(_ past: PastCase) {
        let (item, target) = rule.outcome(of: past.attributes, with: &folding)
        let owner = handOn(target)
        outcomes.append(
            Outcome(
                number: past.number, title: past.attributes.title,
                typeName: past.attributes.typeName, savedAt: past.attributes.savedAt,
                itemPosition: item, wouldBe: owner, was: past.owner))
        loadsByOwner[past.owner, default: Load(owner: past.owner)].was += 1
        loadsByOwner[owner, default: Load(owner: owner)].wouldBe += 1
    }

    /// The load of each owner, the greatest first.
    package var loads: [Load] {
        loadsByOwner.values.sorted { left, right in
            let (more, less) = (max(left.was, left.wouldBe), max(right.was, right.wouldBe))
            return more == less ? left.owner.order < right.owner.order : more > less
        }
    }

    /// How many cases would have gone to somebody else.
    package var differenceCount: Int { outcomes.count(where: \.differs) }

    private mutating func handOn(_ target: Owner) -> Owner {
        var owner = target
        if case .queue(let id) = target, let queue = queues[id],
            let chosen = queue.distribution.choice(among: queue.members)
        {
            owner = .agent(chosen.member)
        }
        if case .agent(let agent) = owner { count(agent, from: target) }
        return owner
    }

    /// Notes that a person has one case more, and when it came by a queue, that this was their turn in it.
    private mutating func count(_ agent: EmployeeID, from target: Owner) {
        turn += 1
        for place in places[agent] ?? [] {
            queues[place.queue]?.members[place.index].openCases += 1
            if target == .queue(place.queue) {
                queues[place.queue]?.members[place.index].lastTurn = turn
            }
        }
    }
}

extension Owner {
    /// An order for lists: queues first, then people, each by number.
    fileprivate var order: (Int, Int64) {
        switch self {
        case .queue(let queue): (0, queue.number)
        case .agent(let agent): (1, agent.number)
        }
    }
}
