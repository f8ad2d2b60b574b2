package import CaseModel
package import Foundation
internal import GRDB

/// What a rule would have done with the cases of the last days.
package struct RuleTrialResult: Sendable {
    package let rule: AssignmentRule
    package let trial: RuleTrial
    /// What people read for each owner that occurs.
    package let names: [Owner: String]
    /// Whether there were more cases than may be tried at once; the oldest were not.
    package let isCut: Bool
}

extension StoreReader {
    /// Tries a rule on the cases of the last ``RuleLimit/trialDays`` days and changes nothing; `nil` when
    /// there is no such rule.
    ///
    /// Cases are read one by one in the order of their numbers, and of each only what is shown is kept.
    ///
    /// - Parameter limit: Cases that are tried at most, the newest.
    package func tryRule(
        _ id: AssignmentRuleID, now: Date, limit: Int = RuleLimit.maximumTrialCases
    ) throws(StoreError) -> RuleTrialResult? {
        try snapshot { db in
            guard let rule = try db.rule(id) else { return nil }
            let since = now.addingTimeInterval(-Double(RuleLimit.trialDays) * 86_400).milliseconds
            let newest = try db.number("SELECT max(number) FROM caseRecord") ?? 0
            let last = newest - Int64(limit)
            var trial = RuleTrial(of: rule, queues: try db.trialQueues())
            try db.eachPastCase(
                after: last, since: since, withTexts: rule.looksAtDescriptions
            ) { trial.add($0) }
            let cut = try db.number(
                "SELECT 1 FROM caseRecord WHERE number = ? AND createdAt >= ?", [last, since])
            return RuleTrialResult(
                rule: rule, trial: trial, names: try db.ownerNames(), isCut: cut != nil)
        }
    }
}

extension AssignmentRule {
    fileprivate var looksAtDescriptions: Bool {
        items.contains { $0.attribute == .description }
    }
}

extension Database {
    /// The queues, each with all of its members whose accounts are active.
    fileprivate func trialQueues() throws -> [CaseQueueID: TrialQueue] {
        let members = try rows(
            """
            SELECT m.queue, m.employee, e.name
            FROM queueMember m JOIN employee e ON e.id = m.employee
            WHERE e.isActive = 1 ORDER BY m.queue, m.employee
            """
        ).reduce(into: [CaseQueueID: [Candidate]]()) { found, row in
            found[row.id("queue"), default: []].append(
                Candidate(
                    member: row.id("employee"), name: row["name"], openCases: 0, lastTurn: 0))
        }
        let queues = try rows("SELECT id, distribution FROM caseQueue").map { row in
            let id: CaseQueueID = row.id("id")
            return (
                id,
                TrialQueue(
                    distribution: try row.choice("distribution"), members: members[id] ?? [])
            )
        }
        return Dictionary(uniqueKeysWithValues: queues)
    }

    /// Cases with a greater number, the oldest first.
    ///
    /// - Parameter withTexts: Whether descriptions are wanted, which are nearly all of a case.
    fileprivate func eachPastCase(
        after number: Int64, since: Int64, withTexts: Bool, _ work: (PastCase) -> Void
    ) throws {
        let description = withTexts ? "c.description" : "''"
        let cursor = try Row.fetchCursor(
            cachedStatement(
                sql: """
                    SELECT c.number, c.title, \(description) AS description, c.caseType,
                        t.name AS typeName, c.priority, c.source, c.customer,
                        u.name AS customerName, c.deadline, c.createdAt, c.firstQueue,
                        c.firstAgent, c.ownerQueue, c.ownerAgent
                    FROM caseRecord c
                    JOIN caseType t ON t.id = c.caseType
                    JOIN customer u ON u.id = c.customer
                    WHERE c.number > ? AND c.createdAt >= ? ORDER BY c.number
                    """), arguments: [number, since])
        while let row = try cursor.next() { work(try PastCase(row)) }
    }

    /// What people read for each queue and person.
    fileprivate func ownerNames() throws -> [Owner: String] {
        let queues = try rows("SELECT id, name FROM caseQueue").map { row in
            (Owner.queue(row.id("id")), row["name"] as String)
        }
        let people = try rows("SELECT id, name FROM employee").map { row in
            (Owner.agent(row.id("id")), row["name"] as String)
        }
        return Dictionary(uniqueKeysWithValues: queues + people)
    }
}

extension PastCase {
    fileprivate init(_ row: Row) throws {
        let owner =
            Owner(queueColumn: row["firstQueue"], agentColumn: row["firstAgent"])
            ?? Owner(queueColumn: row["ownerQueue"], agentColumn: row["ownerAgent"])
        guard let owner else {
            throw StoreError.corrupt("case \(row["number"] as Int64) has no owner")
        }
        self.init(
            number: row.id("number"),
            attributes: CaseAttributes(
                title: row["title"], description: row["description"], type: row.id("caseType"),
                typeName: row["typeName"], priority: row.optionalChoice("priority"),
                source: row.optionalChoice("source"), customer: row.id("customer"),
                customerName: row["customerName"], deadline: row.optionalDate("deadline"),
                savedAt: row.date("createdAt")),
            owner: owner)
    }
}
