// An assignment rule: GET /configuration/assignment-rules/new and /configuration/assignment-rules/ID show the form,
// POST /configuration/assignment-rules and /configuration/assignment-rules/ID send it.
// 303 to the rule; 422, 409 and 503 with the page again; 404 for a rule that does not exist.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum NewRule {
    /// GET /configuration/assignment-rules/new; ?copy= fills it like another rule.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        var page = try form(visit)
        if let id = AssignmentRuleID(visit.query["copy"]),
            let copied = try visit.reader.assignmentRule(id)
        {
            page.texts = copied.values.texts
            page.texts[AssignmentRuleValues.Field.name] = ""
        }
        return page.response()
    }

    /// POST /configuration/assignment-rules.
    static func create(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try Self.form(visit).create(form) {
            (values: AssignmentRuleValues, key, edit) throws(StoreError) in
            RuleLink.one(try visit.desk.addRule(values, key: key, edit))
        }
    }

    private static func form(_ visit: AgentVisit) throws -> EditPage {
        EditPage(
            visit: visit, area: .configuration(.assignmentRules), title: "New assignment rule",
            action: RuleLink.list, back: RuleLink.list, sections: try RuleFields(visit).sections,
            origin: .new(DraftID()), texts: FieldTexts(),
            above: """
                \(RuleFields.guide)<p class="muted">A new rule is not active: you can try it on past cases \
                before it decides.</p>
                """)
    }
}

enum EditRule {
    /// GET /configuration/assignment-rules/ID.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try page(visit, path.first(as: AssignmentRuleID.self)).response()
    }

    /// POST /configuration/assignment-rules/ID.
    static func save(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: AssignmentRuleID.self)
        return try page(visit, id).save(form) {
            (values: AssignmentRuleValues, edit) throws(StoreError) in
            try visit.desk.updateRule(id, values, edit)
            return RuleLink.one(id)
        }
    }

    /// The page of a rule as it is stored.
    static func page(_ visit: AgentVisit, _ id: AssignmentRuleID) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .assignmentRule, id.number)
        guard let rule = try visit.reader.assignmentRule(id) else { throw Refusal.notFound }
        let fields = try RuleFields(visit)
        return EditPage(
            visit: visit, area: .configuration(.assignmentRules),
            title: "Assignment rule “\(rule.name)”", action: RuleLink.one(id), back: RuleLink.list,
            sections: fields.sections, origin: .stored(base: base), texts: rule.values.texts,
            head: head(rule, visit),
            above: "\(state(of: rule, visit))\(offWarning(rule))\(RuleFields.guide)",
            below: try HistorySection(
                of: .assignmentRule, id.number, fields: fields.history, visit
            ).html)
    }

    private static func head(_ rule: AssignmentRule, _ visit: AgentVisit) -> HTML {
        let link = RuleLink.one(rule.id)
        let turn =
            rule.isActive
            ? ActButton(label: "Deactivate", action: "\(link)/deactivate", id: "deactivate")
            : ActButton(label: "Activate", action: "\(link)/activate", id: "activate")
        let delete: HTML =
            "<a class=\"btn btn-danger\" href=\"\(link)/delete\" id=\"delete\">Delete</a>"
        return """
            \(OnOff.mark(rule.isActive, rule.isActive ? "Active" : "Not active"))\
            <div class="page-actions">\(turn.html(for: visit))
            <a class="btn btn-outline-secondary" href="\(link)/try" id="try">What if …</a>
            <a class="btn btn-outline-secondary" href="\(RuleLink.new)?copy=\(rule.id.description)" \
            id="copy">Copy</a>\(delete, if: !rule.isActive)</div>
            """
    }

    /// What it means that the rule is active or not, and what activating it would switch off.
    private static func state(of rule: AssignmentRule, _ visit: AgentVisit) -> HTML {
        if rule.isActive {
            return """
                <p class="muted">This rule decides on every case with Auto by rule; a change holds from the \
                next case on.</p>
                """
        }
        guard let active = visit.options.activeRule else {
            return """
                <p class="muted">No rule is active, so cases with Auto by rule are refused. Activate this \
                one to let it decide.</p>
                """
        }
        return """
            <p class="muted">“\(active.name)” is active now. Activating this rule switches that one off at \
            the same moment.</p>
            """
    }

    private static func offWarning(_ rule: AssignmentRule) -> HTML {
        guard !rule.inactiveOwners.isEmpty else { return .empty }
        let consequence =
            rule.canGive(to: rule.defaultOwner)
            ? "their items are passed over"
            : "their items are passed over, and cases for the default owner are refused"
        return """
            <div class="notice notice-warn" id="owners-off">An account among the owners is switched off: \
            \(consequence). Select other owners.</div>
            """
    }
}
