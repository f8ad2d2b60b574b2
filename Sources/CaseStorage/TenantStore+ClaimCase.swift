package import CaseModel
package import Foundation
internal import GRDB

/// How the claiming of a case ended.
package enum CaseClaim: Equatable, Sendable {
    /// The person owns it now, or did before.
    case claimed
    /// Somebody else owns it.
    case taken(ownerName: String)
    /// It does not wait in a queue that the person is a member of, nor did it at first.
    case notInQueue
}

extension TenantStore {
    /// Makes a person the owner of a case that waits in one of their queues; of several who try, the first gets
    /// it.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no such case.
    package func claimCase(
        _ number: CaseNumber, by employee: EmployeeID, at: Date
    ) throws(StoreError) -> CaseClaim {
        let name = self.name
        let (claim, told) = try writer.write { db -> (CaseClaim, Told) in
            guard let waiting = try db.caseToGive(number) else { throw StoreError.unknown("case") }
            guard case .queue(let queue) = waiting.owner else {
                if waiting.owner == .agent(employee) { return (.claimed, Told()) }
                // Who could not have claimed it does not learn who did.
                guard let first = waiting.firstQueue, try db.isMember(employee, of: first) else {
                    return (.notInQueue, Told())
                }
                return (.taken(ownerName: try db.name(of: waiting.owner)), Told())
            }
            guard waiting.state == .pending, try db.isMember(employee, of: queue) else {
                return (.notInQueue, Told())
            }
            let (person, queueName) = (
                try db.name(of: .agent(employee)), try db.name(of: waiting.owner)
            )
            try db.give(
                waiting, to: employee, reason: "Claimed by \(person) from \(queueName)")
            try db.addEvent(
                "Claimed from \(queueName)", to: number, by: employee, at: at.milliseconds)
            return (
                .claimed,
                try db.noteOwnerChange(of: number, by: employee, at: at.milliseconds, in: name)
            )
        }
        ring(told)
        return claim
    }
}

/// What of a case is needed to give it to somebody else.
private struct CaseToGive {
    let number: CaseNumber
    let type: CaseTypeID
    let state: CaseState
    let owner: Owner
    /// The queue that owned it at first, when that is not its owner.
    let firstQueue: CaseQueueID?
    let creator: EmployeeID
    let title: String
    let description: String

    /// What the search index has for it with this owner and state.
    func words(owner: Owner, state: CaseState) -> String {
        SearchIndex.words(
            title: title, description: description,
            marks: SearchIndex.marks(creator: creator, owner: owner, type: type, state: state))
    }
}

extension Database {
    fileprivate func caseToGive(_ number: CaseNumber) throws -> CaseToGive? {
        guard
            let row = try row(
                """
                SELECT caseType, state, ownerQueue, ownerAgent, firstQueue, creator, title,
                    description
                FROM caseRecord WHERE number = ?
                """, [number.number])
        else { return nil }
        guard
            let owner = Owner(queueColumn: row["ownerQueue"], agentColumn: row["ownerAgent"])
        else { throw StoreError.corrupt("case \(number) has no owner") }
        let first: Int64? = row["firstQueue"]
        return CaseToGive(
            number: number, type: row.id("caseType"), state: try row.choice("state"), owner: owner,
            firstQueue: first.map { CaseQueueID(number: $0) }, creator: row.id("creator"),
            title: row["title"], description: row["description"])
    }

    fileprivate func isMember(_ employee: EmployeeID, of queue: CaseQueueID) throws -> Bool {
        try number(
            "SELECT 1 FROM queueMember WHERE queue = ? AND employee = ?",
            [queue.number, employee.number]) != nil
    }

    /// Makes a person the owner; the search index must be told what it had before.
    fileprivate func give(
        _ waiting: CaseToGive, to employee: EmployeeID, reason: String
    ) throws {
        let number = waiting.number.number
        try run(
            """
            UPDATE caseRecord SET
                firstQueue = CASE WHEN firstAgent IS NULL THEN coalesce(firstQueue, ownerQueue) END,
                ownerQueue = NULL, ownerAgent = ?, ownerReason = ?, state = ?
            WHERE number = ?
            """,
            [employee.number, reason, CaseState.processing.rawValue, number])
        try run(
            "INSERT INTO caseText (caseText, rowid, words) VALUES ('delete', ?, ?)",
            [number, waiting.words(owner: waiting.owner, state: waiting.state)])
        try run(
            "INSERT INTO caseText (rowid, words) VALUES (?, ?)",
            [number, waiting.words(owner: .agent(employee), state: .processing)])
    }

    /// Notes what happened to a case.
    func addEvent(
        _ text: String, to number: CaseNumber, by employee: EmployeeID, at: Int64
    ) throws {
        try run(
            """
            INSERT INTO caseEvent (caseNumber, position, at, employee, text)
            SELECT ?, coalesce(max(position), 0) + 1, ?, ?, ? FROM caseEvent WHERE caseNumber = ?
            """, [number.number, at, employee.number, text, number.number])
    }
}
