internal import CaseModel
internal import Foundation
internal import GRDB

/// How a queue handed on a case that a rule gave to it.
struct QueueChoice {
    let distribution: Distribution
    /// Members who are present, in the order in which they would be chosen.
    let candidates: [Candidate]
}

// All of this happens in the transaction that stores the case.

extension Database {
    /// Lets the queue that a rule named choose one of its members who are present.
    ///
    /// - Returns: The case with its owner, and the choice; `nil` when no queue had to choose.
    func handOn(_ new: NewCase) throws -> (NewCase, QueueChoice?) {
        guard new.decision != nil, case .queue(let queue) = new.owner else { return (new, nil) }
        guard let row = try row("SELECT distribution FROM caseQueue WHERE id = ?", [queue.number])
        else { throw StoreError.unknown("case queue") }
        let distribution: Distribution = try row.choice("distribution")
        guard distribution != .claim else {
            let reason = distribution.reason(for: nil, presentCount: 0)
            return (
                new.handedOn(to: nil, reason: reason),
                QueueChoice(distribution: distribution, candidates: [])
            )
        }
        let present = try presentMembers(
            of: queue, at: new.createdAt, countingCases: distribution == .leastOpen)
        let chosen = distribution.choice(among: present)
        if let chosen { try noteTurn(of: chosen.member, in: queue) }
        let reason = distribution.reason(for: chosen, presentCount: present.count)
        return (
            new.handedOn(to: chosen?.member, reason: reason),
            QueueChoice(distribution: distribution, candidates: distribution.inOrder(present))
        )
    }

    /// Members with a session that is not over and was used within ``StoreLimit/presenceWindow``.
    ///
    /// - Parameter countingCases: Whether the open cases of each are wanted; counting goes through them all.
    private func presentMembers(
        of queue: CaseQueueID, at: Int64, countingCases: Bool
    ) throws -> [Candidate] {
        let openCases =
            countingCases
            ? """
            (SELECT count(*) FROM caseRecord c
                WHERE c.ownerAgent = m.employee AND c.state IN ('pending', 'processing'))
            """ : "0"
        let since = at - Int64(StoreLimit.presenceWindow * 1_000)
        return try rows(
            """
            SELECT m.employee, e.name, m.lastTurn, \(openCases) AS openCases
            FROM queueMember m JOIN employee e ON e.id = m.employee
            WHERE m.queue = ? AND e.isActive = 1 AND EXISTS (
                SELECT 1 FROM session s
                WHERE s.employee = m.employee AND s.endedAt IS NULL AND s.lastSeenAt >= ?)
            """, [queue.number, since]
        ).map { row in
            Candidate(
                member: row.id("employee"), name: row["name"], openCases: row["openCases"],
                lastTurn: row["lastTurn"])
        }
    }

    private func noteTurn(of member: EmployeeID, in queue: CaseQueueID) throws {
        try run(
            """
            UPDATE queueMember
            SET lastTurn = (SELECT max(lastTurn) + 1 FROM queueMember WHERE queue = ?)
            WHERE queue = ? AND employee = ?
            """, [queue.number, queue.number, member.number])
    }

    /// Keeps what a rule decided, what it looked at, and how its queue chose.
    func recordAssignment(of number: CaseNumber, _ new: NewCase, _ choice: QueueChoice?) throws {
        guard let decision = new.decision else { return }
        let candidates = choice?.candidates ?? []
        try run(
            """
            INSERT INTO caseAssignment (
                caseNumber, at, rule, ruleName, itemPosition, targetName, looks, distribution,
                presentCount, candidates)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                number.number, new.createdAt, decision.rule.number, decision.ruleName,
                decision.itemPosition, try name(of: decision.target), try JSON.text(decision.looks),
                choice?.distribution.rawValue, candidates.count,
                try JSON.text(Array(candidates.prefix(StoreLimit.maximumKeptCandidates))),
            ])
    }
}

/// Lists in one column, as JSON.
enum JSON {
    static func text(_ list: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(list), as: UTF8.self)
    }

    static func list<Element: Decodable>(_ text: String) throws -> [Element] {
        try JSONDecoder().decode([Element].self, from: Data(text.utf8))
    }
}
