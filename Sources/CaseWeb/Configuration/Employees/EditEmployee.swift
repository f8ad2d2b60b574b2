// An employee: GET /configuration/employees/ID shows the account and all that belongs to it, POST changes what is
// said of the person. 303 to the page; 422, 409 and 503 with it again; 404 for an account that does not exist.

internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Markup

enum EditEmployee {
    /// The address of an employee.
    static func link(_ id: EmployeeID) -> Link { "/configuration/employees/\(id.description)" }

    /// GET /configuration/employees/ID.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit, path.first(as: EmployeeID.self)).response()
    }

    /// POST /configuration/employees/ID.
    static func save(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: EmployeeID.self)
        return try Self.form(visit, id).save(form) { (values, edit) throws(StoreError) in
            try visit.desk.updateEmployee(id, values, edit)
            return link(id)
        }
    }

    static func fields(_ visit: AgentVisit) -> [EditField] {
        let roles = Role.allCases.map { EditField.Choice(value: $0.rawValue, label: $0.label) }
        let zone = visit.options.tenant.timeZone.identifier
        return [
            EditField(
                name: EmployeeValues.Field.name, label: "Name",
                kind: .line(limit: EmployeeValues.maximumNameCharacters)),
            EditField(
                name: EmployeeValues.Field.email, label: "E-mail",
                kind: .email(limit: CustomerLimit.maximumEmailCharacters), isOptional: true),
            EditField(
                name: EmployeeValues.Field.phone, label: "Phone",
                kind: .line(limit: CustomerLimit.maximumPhoneCharacters), isOptional: true),
            EditField(
                name: EmployeeValues.Field.timeZone, label: "Time zone",
                kind: .timeZone(empty: "That of the tenant space (\(zone))"),
                hint: "Times are shown in it. Deadlines are in the tenant space’s.",
                isOptional: true),
            EditField(
                name: EmployeeValues.Field.role, label: "Account role", kind: .radios(roles),
                hint:
                    "An administrator has every permission and sets up the tenant space; an agent has "
                    + "those of their case roles."),
        ]
    }

    private static func form(_ visit: AgentVisit, _ id: EmployeeID) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .employee, id.number)
        guard let person = try visit.reader.employeeDetails(id) else { throw Refusal.notFound }
        let fields = fields(visit)
        let surroundings = EmployeeSurroundings(person: person, visit: visit)
        let history = try HistorySection(
            of: .employee, id.number, fields: fields + EmployeeSurroundings.historyFields, visit)
        return EditPage(
            visit: visit, area: .configuration(.employees), title: person.employee.name,
            action: link(id), back: ListEmployees.link, sections: [EditSection(nil, fields)],
            origin: .stored(base: base), texts: person.values.texts, head: surroundings.head,
            above: surroundings.account,
            below: "\(surroundings.links)\(try surroundings.sessions().html)\(history.html)")
    }
}

/// What stands around the form of an employee.
private struct EmployeeSurroundings {
    let person: EmployeeDetails
    let visit: AgentVisit

    private var employee: Employee { person.employee }
    private var link: Link { EditEmployee.link(employee.id) }

    /// The facts that no form changes, as the history has them.
    static let historyFields = [
        EditField(name: EmployeeDetails.activeField, label: "Active", kind: .box),
        EditField(
            name: EmployeeDetails.passwordField, label: "Password",
            kind: .select(
                [
                    EditField.Choice(
                        value: EmployeeDetails.temporaryPassword, label: "to be changed"),
                    EditField.Choice(value: EmployeeDetails.ownPassword, label: "changed"),
                ], empty: nil)),
        EditField(
            name: EmployeeDetails.caseRolesField, label: "Case roles", kind: .boxes([])),
    ]

    /// The other things that can be done to the account.
    var head: HTML {
        let isMine = employee.id == visit.employee.id
        let mine: HTML = """
            <a class="btn btn-outline-secondary" href="\(ChangePassword.link)">Change my password</a>
            """
        let theirs: HTML = """
            <a class="btn btn-outline-secondary" href="\(link)/password" id="set_password">Set password</a>
            """
        let off: HTML = """
            <a class="btn btn-outline-secondary" href="\(link)/deactivate" id="deactivate">Deactivate</a>
            """
        let on = ActButton(label: "Activate", action: "\(link)/activate", id: "activate")
        return """
            <div class="page-actions">\(isMine ? mine : theirs)\
            \(off, if: employee.isActive && !isMine)\(on.html(for: visit), if: !employee.isActive)</div>
            """
    }

    var account: HTML {
        let cases: Link = "/cases?owner=agent-\(employee.id.description)&state=processing"
        let count = counted(person.openCaseCount, "open case")
        let owned: HTML = person.openCaseCount == 0 ? "None" : "<a href=\"\(cases)\">\(count)</a>"
        let password =
            person.mustChangePassword
            ? "To be changed after the next log-in" : "Chosen by the person"
        return """
            <section class="card-plain" aria-labelledby="account-title"><h2 id="account-title">Account</h2>
            <dl class="facts"><div><dt>Login</dt><dd>\(employee.login)
            <div class="hint">It stays: colleagues, logs and history know the person by it.</div></dd></div>
            <div><dt>Account</dt><dd>\(AccountMark.html(employee))</dd></div>
            <div><dt>Password</dt><dd>\(password)</dd></div>
            <div><dt>Owns</dt><dd>\(owned)</dd></div></dl></section>

            """
    }

    /// Case roles and queues, which are linked to the person on their own pages.
    var links: HTML {
        let roles = person.caseRoles.map { role -> HTML in
            "<li><a href=\"\(EditCaseRole.link(role.id))\">\(role.name)</a></li>\n"
        }
        let queues = person.queues.map { queue -> HTML in
            "<li><a href=\"\(EditCaseQueue.link(queue.id))\">\(queue.name)</a></li>\n"
        }
        return """
            \(list("Case roles", roles, "None. Tick the person on the page of a case role.", ListCaseRoles.link))\
            \(list("Case queues", queues, "None. Tick the person on the page of a case queue.", ListCaseQueues.link))
            """
    }

    private func list(_ title: String, _ rows: [HTML], _ none: String, _ all: Link) -> HTML {
        let empty: HTML = "<p class=\"muted\">\(none)</p>"
        return """
            <section class="card-plain"><h2>\(title)</h2>
            \(rows.isEmpty ? empty : "<ul class=\"link-list\">\(rows)</ul>")
            <p><a href="\(all)">All \(title.lowercased())</a></p></section>

            """
    }

    func sessions() throws -> LiveSessions {
        LiveSessions(
            sessions: try LiveSessions.read(visit, of: employee.id), visit: visit,
            namesPeople: false, action: { "\(link)/sessions/\($0)/end" })
    }
}
