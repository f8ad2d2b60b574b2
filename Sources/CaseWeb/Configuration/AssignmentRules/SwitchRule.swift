// POST /configuration/assignment-rules/ID/activate lets a rule decide in the place of the one that does now, both in one
// step; POST .../deactivate lets none decide. 303 to the rule; 404 for a rule that does not exist.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum SwitchRule {
    /// POST /configuration/assignment-rules/ID/activate.
    static func activate(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try set(visit, path.first(as: AssignmentRuleID.self), isActive: true)
    }

    /// POST /configuration/assignment-rules/ID/deactivate.
    static func deactivate(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try set(visit, path.first(as: AssignmentRuleID.self), isActive: false)
    }

    private static func set(
        _ visit: AgentVisit, _ id: AssignmentRuleID, isActive: Bool
    ) throws -> Response {
        guard try visit.reader.assignmentRule(id) != nil else { throw Refusal.notFound }
        try visit.desk.setRule(id, isActive: isActive, visit.edit)
        return .seeOther("\(RuleLink.one(id))?saved=1")
    }
}
