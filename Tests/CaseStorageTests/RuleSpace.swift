import CaseModel
import Foundation
import GRDB
import Testing

@testable import CaseStorage

// What the tests of assignment rules have in common.

extension TestSpace {
    /// Adds a rule and makes it the active one.
    @discardableResult
    func activate(
        _ name: String = "Standard", default defaultOwner: Owner? = nil,
        _ items: [AssignmentRuleValues.Item] = []
    ) throws -> AssignmentRuleID {
        let values = AssignmentRuleValues(
            name: name, defaultOwner: defaultOwner ?? .queue(billing.id), items: items)
        let id = try store.addRule(values, key: nil, edit())
        try store.setRule(id, isActive: true, edit())
        return id
    }

    /// A queue whose members are present, which hands on its cases so.
    func team(_ mode: Distribution, memberCount: Int) throws -> (CaseQueue, [Employee]) {
        let members = try (1...memberCount).map { number in
            try store.addEmployee(
                login: "member\(number)", name: "Member \(number)", email: "", phone: "",
                role: .agent, passwordHash: "x")
        }
        let queue = try store.addQueue(name: "Team", members: members.map(\.id))
        try setDistribution(of: queue.id, mode)
        for member in members { try logIn(member, secondsAgo: 60) }
        return (queue, members)
    }

    func setDistribution(of queue: CaseQueueID, _ mode: Distribution) throws {
        try store.writer.write { db in
            try db.run(
                "UPDATE caseQueue SET distribution = ? WHERE id = ?", [mode.rawValue, queue.number])
        }
    }

    /// Begins a session that was last used so long ago.
    @discardableResult
    func logIn(_ employee: Employee, secondsAgo: Double) throws -> [UInt8] {
        let key = (0..<32).map { _ in UInt8.random(in: 0...255) }
        try store.startSession(
            key, employee: employee.id, formSecret: Array(repeating: 1, count: 16),
            at: now.addingTimeInterval(-secondsAgo))
        return key
    }

    /// A draft that the active rule decides on.
    func autoDraft(title: String = "Charged twice", options: CaseOptions? = nil) throws -> CaseDraft
    {
        var values = CaseFormValues.initial
        values[.caseType] = refund.id.description
        values[.title] = title
        values[.description] = "The bill of May was charged twice."
        values[.customer] = customer.description
        values[.assignmentMode] = AssignmentMode.auto.rawValue
        values[.ownerType] = ""
        let reader = try store.makeReader()
        let context = CaseDraftContext(
            options: try options ?? reader.options(), customer: try reader.customer(customer),
            creator: mia, now: now)
        var problems: [Problem] = []
        let draft = CaseDraft(values, in: context, problems: &problems)
        #expect(problems.isEmpty)
        return try #require(draft)
    }

    func details(_ number: CaseNumber) throws -> CaseDetails {
        try #require(try store.makeReader().caseDetails(number))
    }
}
