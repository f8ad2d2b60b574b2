package import CaseModel
package import Foundation
internal import GRDB

/// How a rule gave a case to its first owner.
package struct CaseAssignment: Equatable, Sendable {
    package let at: Date
    /// The rule; it may be deleted by now.
    package let rule: AssignmentRuleID
    /// Its name at that time.
    package let ruleName: String
    /// Which item decided; `nil` for the default owner.
    package let itemPosition: Int?
    /// The queue or person that the rule named.
    package let targetName: String
    /// The items that were tried.
    package let looks: [RuleLook]
    /// How the queue hands on its cases; `nil` when the rule named a person.
    package let distribution: Distribution?
    /// Members of the queue who were present.
    package let presentCount: Int
    /// The first of them, in the order in which they would be chosen; the first one got the case.
    package let candidates: [Candidate]
}

extension Database {
    /// How a rule gave the case; `nil` when a person did.
    func assignment(of number: CaseNumber) throws -> CaseAssignment? {
        guard
            let row = try row(
                "SELECT * FROM caseAssignment WHERE caseNumber = ?", [number.number])
        else { return nil }
        return CaseAssignment(
            at: row.date("at"), rule: row.id("rule"), ruleName: row["ruleName"],
            itemPosition: row["itemPosition"], targetName: row["targetName"],
            looks: try JSON.list(row["looks"]), distribution: row.optionalChoice("distribution"),
            presentCount: row["presentCount"], candidates: try JSON.list(row["candidates"]))
    }
}
