// GET /configuration/assignment-rules/ID/delete asks once; POST deletes. 303 to the list; 409 while the rule is active.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum DeleteRule {
    /// GET /configuration/assignment-rules/ID/delete.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.first(as: AssignmentRuleID.self)
        guard let rule = try visit.reader.assignmentRule(id) else { throw Refusal.notFound }
        guard !rule.isActive else { return try refused(visit, id) }
        let link = RuleLink.one(id)
        return ConfirmPage(
            area: .configuration(.assignmentRules), title: "Delete this assignment rule?",
            message: """
                “\(rule.name)”, with \(counted(rule.items.count, "item")), cannot be brought back. The cases \
                that it gave away keep their owners, and why they have them.
                """,
            button: "Delete assignment rule", action: "\(link)/delete", back: link
        ).response(for: visit)
    }

    /// POST /configuration/assignment-rules/ID/delete.
    static func delete(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: AssignmentRuleID.self)
        guard try visit.reader.assignmentRule(id) != nil else { throw Refusal.notFound }
        do throws(StoreError) {
            try visit.desk.deleteRule(id, visit.edit)
            return .seeOther("\(RuleLink.list)?saved=1")
        } catch {
            guard case .inUse = error else { throw error }
            return try refused(visit, id)
        }
    }

    private static func refused(_ visit: AgentVisit, _ id: AssignmentRuleID) throws -> Response {
        var page = try EditRule.page(visit, id)
        page.warning =
            "The rule was not deleted, as it is active. Deactivate it, or activate another one, first"
        return page.response(.conflict)
    }
}
