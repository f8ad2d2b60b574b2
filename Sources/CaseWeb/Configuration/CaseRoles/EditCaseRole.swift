// A case role: GET /configuration/case-roles/new and /configuration/case-roles/ID show the form,
// POST /configuration/case-roles and /configuration/case-roles/ID send it.
// 303 to the role; 422, 409 and 503 with the page again; 404 for a role that does not exist.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum NewCaseRole {
    static let link: Link = "/configuration/case-roles/new"

    /// GET /configuration/case-roles/new.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit).response()
    }

    /// POST /configuration/case-roles.
    static func create(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try Self.form(visit).create(form) { (values, key, edit) throws(StoreError) in
            EditCaseRole.link(try visit.desk.addCaseRole(values, key: key, edit))
        }
    }

    private static func form(_ visit: AgentVisit) throws -> EditPage {
        EditPage(
            visit: visit, area: .configuration(.caseRoles), title: "New case role",
            action: ListCaseRoles.link, back: ListCaseRoles.link,
            sections: [EditSection(nil, EditCaseRole.fields(try visit.reader.employees()))],
            origin: .new(DraftID()), texts: FieldTexts())
    }
}

enum EditCaseRole {
    /// The address of a role.
    static func link(_ id: CaseRoleID) -> Link {
        "/configuration/case-roles/\(id.description)"
    }

    /// GET /configuration/case-roles/ID.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit, path.first(as: CaseRoleID.self)).response()
    }

    /// POST /configuration/case-roles/ID.
    static func save(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: CaseRoleID.self)
        return try Self.form(visit, id).save(form) { (values, edit) throws(StoreError) in
            try visit.desk.updateCaseRole(id, values, edit)
            return link(id)
        }
    }

    private static func form(_ visit: AgentVisit, _ id: CaseRoleID) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .caseRole, id.number)
        guard let role = try visit.reader.caseRole(id) else { throw Refusal.notFound }
        let everybody = try visit.reader.employees()
        let fields = fields(everybody)
        let delete: Link = "\(link(id))/delete"
        return EditPage(
            visit: visit, area: .configuration(.caseRoles), title: "Case role “\(role.name)”",
            action: link(id), back: ListCaseRoles.link, sections: [EditSection(nil, fields)],
            origin: .stored(base: base), texts: role.texts,
            head: """
                <div class="page-actions">
                <a class="btn btn-outline-secondary" href="\(delete)">Delete</a></div>
                """,
            below: """
                \(holders(of: role, among: everybody))\
                \(try HistorySection(of: .caseRole, id.number, fields: fields, visit).html)
                """)
    }

    /// The people who have the role, each with the way to their page.
    private static func holders(
        of role: CaseRoleValues, among everybody: [EmployeeSummary]
    ) -> HTML {
        let rows = everybody.filter { role.employees.contains($0.id) }.map { person -> HTML in
            "<li><a href=\"\(EditEmployee.link(person.id))\">\(person.employee.name)</a></li>\n"
        }
        let none: HTML = "<p class=\"muted\">Nobody yet. Tick people above and save.</p>"
        return """
            <section class="card-plain" aria-labelledby="holders-title">\
            <h2 id="holders-title">Employees with this role</h2>
            \(rows.isEmpty ? none : "<ul class=\"link-list\">\(rows)</ul>")</section>

            """
    }

    static func fields(_ everybody: [EmployeeSummary]) -> [EditField] {
        let permissions = Permission.allCases.map { permission in
            EditField.Choice(
                value: permission.rawValue, label: permission.label, detail: permission.summary,
                implies: permission.isOperation ? Permission.queryAll.rawValue : "")
        }
        return [
            EditField(
                name: CaseRoleValues.Field.name, label: "Name",
                kind: .line(limit: CaseRoleValues.maximumNameCharacters)),
            EditField(
                name: CaseRoleValues.Field.permissions, label: "Permissions",
                kind: .boxes(permissions),
                hint: "Operations on others’ cases, from Close to Editing, come with Query All: "
                    + "what cannot be seen cannot be handled."),
            PeopleField.boxes(
                CaseRoleValues.Field.employees, label: "Employees",
                hint: "They may do this from their next page on.", among: everybody),
        ]
    }
}
