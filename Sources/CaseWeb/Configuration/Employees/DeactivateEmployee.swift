// GET /configuration/employees/ID/deactivate asks once, POST takes the account out of use; POST …/activate takes it into
// use again. 303 to the employee; 409 for one's own account and for the last active administrator.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum DeactivateEmployee {
    /// GET /configuration/employees/ID/deactivate.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.first(as: EmployeeID.self)
        guard let person = try visit.reader.employeeDetails(id) else { throw Refusal.notFound }
        let link = EditEmployee.link(id)
        guard person.employee.isActive else { return .seeOther(link) }
        return ConfirmPage(
            area: .configuration(.employees), title: "Deactivate \(person.employee.name)?",
            message: """
                \(person.employee.name) is logged out at once, cannot log in again, and is offered as an owner no \
                more. \(cases(of: person)) What they did stays theirs, and the account can be activated again.
                """,
            button: "Deactivate account", action: "\(link)/deactivate", back: link
        ).response(for: visit)
    }

    private static func cases(of person: EmployeeDetails) -> HTML {
        guard person.openCaseCount > 0 else { return "They own no open case." }
        let link: Link = "/cases?owner=agent-\(person.employee.id.description)&state=processing"
        return """
            They own <a href="\(link)">\(counted(person.openCaseCount, "open case"))</a>, which stay theirs until \
            somebody gives them to another owner.
            """
    }

    /// POST /configuration/employees/ID/deactivate.
    static func deactivate(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try set(visit, path, isActive: false)
    }

    /// POST /configuration/employees/ID/activate.
    static func activate(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try set(visit, path, isActive: true)
    }

    private static func set(
        _ visit: AgentVisit, _ path: PathValues, isActive: Bool
    ) throws -> Response {
        let id = try path.first(as: EmployeeID.self)
        guard try visit.reader.employeeDetails(id) != nil else { throw Refusal.notFound }
        do throws(StoreError) {
            try visit.desk.setEmployee(id, isActive: isActive, visit.edit)
        } catch {
            guard case .rejected(let problems) = error else { throw error }
            throw Refusal.staysActive(problems.map(\.message).joined(separator: ". "))
        }
        return .seeOther("\(EditEmployee.link(id))?saved=1")
    }
}

extension Refusal {
    fileprivate static func staysActive(_ reason: String) -> Refusal {
        Refusal(
            status: .conflict, title: "The account stays active",
            advice: "Nothing was changed. \(reason).")
    }
}
