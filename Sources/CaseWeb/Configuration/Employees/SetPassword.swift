// GET /configuration/employees/ID/password shows the form, POST sets a password that the person has to change after
// the next log-in, and ends their sessions. 303 to the employee; 422 and 503 with the page again.

internal import CaseModel
internal import CaseStorage
internal import Credential
internal import HTTPTypes
internal import Markup

enum SetPassword {
    /// GET /configuration/employees/ID/password.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit, path).response()
    }

    /// POST /configuration/employees/ID/password.
    static func set(_ visit: AgentVisit, _ path: PathValues, _ form: TextForm) throws -> Response {
        let person = try person(visit, path)
        return try Self.form(visit, path).save(form) {
            (new: NewPassword, edit) throws(StoreError) in
            let hash = try new.hash(
                names: [person.login, person.name, visit.options.tenant.displayName])
            try visit.desk.setPassword(of: person.id, hash: hash, mustChange: true, edit)
            return EditEmployee.link(person.id)
        }
    }

    private static func person(_ visit: AgentVisit, _ path: PathValues) throws -> Employee {
        let id = try path.first(as: EmployeeID.self)
        guard let details = try visit.reader.employeeDetails(id) else { throw Refusal.notFound }
        guard id != visit.employee.id else { throw Refusal.ownPassword }
        return details.employee
    }

    private static func form(_ visit: AgentVisit, _ path: PathValues) throws -> EditPage {
        let person = try person(visit, path)
        let link = EditEmployee.link(person.id)
        return EditPage(
            visit: visit, area: .configuration(.employees),
            title: "New password for \(person.name)",
            action: "\(link)/password", back: link,
            sections: [EditSection(nil, NewPassword.fields)],
            origin: .stored(base: 0), texts: FieldTexts(),
            above: """
                <p>\(person.name) (\(person.login)) is logged out everywhere, and after the next log-in has to \
                choose another password. What they have typed in a Case Information form is kept.</p>

                """)
    }
}

extension Refusal {
    static let ownPassword = Refusal(
        status: .conflict, title: "This is your own account",
        advice: "Change your password on the page behind your name in the bar.")
}

/// A password that an administrator sets, typed twice.
struct NewPassword: Editable {
    static let subject = Subject.employee

    private enum Field {
        static let password = "password"
        static let again = "password_again"
    }

    /// The fields of a form that sets a password.
    static let fields = [
        EditField(
            name: Field.password, label: "Password", kind: .password,
            hint:
                "At least \(PasswordRule.minimumCharacters) characters, of any kind. The person has to "
                + "change it after the next log-in."),
        EditField(name: Field.again, label: "Password once more", kind: .password),
    ]

    private let password: String

    init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        password = texts[Field.password]
        // Whose names it must not be is known when it is hashed.
        if let problem = PasswordRule(names: []).problem(of: password) {
            check.refuse(Field.password, problem)
        }
        if texts[Field.again] != password {
            check.refuse(Field.again, "Type the same password here once more")
        }
        problems += check.problems
        guard check.problems.isEmpty else { return nil }
    }

    /// A password is never shown again.
    var texts: FieldTexts { FieldTexts() }

    /// The password as it is stored.
    ///
    /// - Parameter names: What the password must not be.
    /// - Throws: ``StoreError/rejected(_:)`` when it is one of the names, ``StoreError/busy`` when too many are
    ///   being hashed.
    func hash(names: [String]) throws(StoreError) -> String {
        if let problem = PasswordRule(names: names).problem(of: password) {
            throw .rejected([FieldProblem(Field.password, problem)])
        }
        guard let hash = PasswordHash(of: password) else { throw .busy }
        return hash.text
    }
}
