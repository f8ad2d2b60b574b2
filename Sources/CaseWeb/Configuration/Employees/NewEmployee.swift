// GET /configuration/employees/new shows the form of an account, POST /configuration/employees makes it.
// 303 to the employee; 422 and 503 with the page again.

internal import CaseModel
internal import CaseStorage
internal import Credential
internal import Markup

enum NewEmployee {
    static let link: Link = "/configuration/employees/new"

    /// GET /configuration/employees/new.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        form(visit).response()
    }

    /// POST /configuration/employees.
    static func create(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try Self.form(visit).create(form) { (new: NewAccount, key, edit) throws(StoreError) in
            let hash = try new.password.hash(
                names: [
                    new.login.description, new.values.name, visit.options.tenant.displayName,
                ])
            let id = try visit.desk.addEmployee(
                new.login, new.values, passwordHash: hash, key: key, edit)
            return EditEmployee.link(id)
        }
    }

    private static func form(_ visit: AgentVisit) -> EditPage {
        let login = EditField(
            name: LoginName.field, label: "Login", kind: .line(limit: LoginName.maximumCharacters),
            hint:
                "Letters a to z, digits and . _ - @. It cannot be changed later: colleagues, logs "
                + "and history know the person by it.")
        return EditPage(
            visit: visit, area: .configuration(.employees), title: "New employee",
            action: ListEmployees.link, back: ListEmployees.link,
            sections: [
                EditSection("Who it is", EditEmployee.fields(visit)),
                EditSection("Log-in", [login] + NewPassword.fields),
            ],
            origin: .new(DraftID()),
            texts: FieldTexts([EmployeeValues.Field.role: Role.agent.rawValue]))
    }
}

/// What the form of a new account says.
private struct NewAccount: Editable {
    static let subject = Subject.employee

    let login: LoginName
    let values: EmployeeValues
    let password: NewPassword

    init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        let login = LoginName(texts[LoginName.field])
        if login == nil { problems.append(LoginName.problem(of: texts[LoginName.field])) }
        let values = EmployeeValues(texts, problems: &problems)
        let password = NewPassword(texts, problems: &problems)
        guard let login, let values, let password else { return nil }
        self.login = login
        self.values = values
        self.password = password
    }

    /// A password is never shown again.
    var texts: FieldTexts {
        var texts = values.texts
        texts[LoginName.field] = login.description
        return texts
    }
}
