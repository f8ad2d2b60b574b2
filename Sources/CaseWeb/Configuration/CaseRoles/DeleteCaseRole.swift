// GET /configuration/case-roles/ID/delete asks once; POST deletes and takes the role from everybody. 303 to the list.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum DeleteCaseRole {
    /// GET /configuration/case-roles/ID/delete.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.first(as: CaseRoleID.self)
        guard let role = try visit.reader.caseRole(id) else { throw Refusal.notFound }
        let link = EditCaseRole.link(id)
        let people = counted(role.employees.count, "employee")
        return ConfirmPage(
            area: .configuration(.caseRoles), title: "Delete this case role?",
            message: """
                “\(role.name)” cannot be brought back, and \(people) who have it may do what it allows only \
                through other case roles.
                """,
            button: "Delete case role", action: "\(link)/delete", back: link
        ).response(for: visit)
    }

    /// POST /configuration/case-roles/ID/delete.
    static func delete(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: CaseRoleID.self)
        guard try visit.reader.caseRole(id) != nil else { throw Refusal.notFound }
        try visit.desk.deleteCaseRole(id, visit.edit)
        return .seeOther("\(ListCaseRoles.link)?saved=1")
    }
}
