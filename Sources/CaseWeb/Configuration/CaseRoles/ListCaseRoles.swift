// GET /configuration/case-roles: the named sets of permissions. 200.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ListCaseRoles {
    /// The address of the list.
    static let link: Link = "/configuration/case-roles"

    private static let permissionFilter = "permission"

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let all = try visit.reader.caseRoles()
        let request = ListRequest(
            visit.query, path: link,
            sortable: columns.filter(\.order.isSortable).map(\.name), filters: [filter])
        let permission = Permission(rawValue: request[permissionFilter])
        let fitting = all.filter { role in
            request.matches([role.name]) && (permission.map(role.permissions.contains) ?? true)
        }
        let order = columns.first { $0.name == request.sort }?.order ?? columns[0].order
        return ListPage(
            visit: visit, area: .configuration(.caseRoles), title: "Case roles",
            noun: "case roles", request: request, filters: [filter], searchLabel: "Search name",
            columns: columns,
            slice: ListSlice(
                of: fitting, id: \.id.number, order: order, request: request,
                totalCount: all.count),
            actions: "<a class=\"btn btn-primary\" href=\"\(NewCaseRole.link)\">New case role</a>",
            firstSteps: FirstSteps(
                title: "No case roles yet",
                advice: "Everybody handles the cases they own, and sees those of their queues. "
                    + "A case role allows more, to the people it is linked to.",
                link: NewCaseRole.link, button: "Make the first case role"
            ).html
        ).response()
    }

    private static let filter = ListFilter(
        name: permissionFilter, label: "Permission",
        choices: Permission.allCases.map {
            EditField.Choice(value: $0.rawValue, label: $0.label)
        })

    private static var columns: [ListColumn<CaseRoleSummary>] {
        [
            ListColumn(name: "name", title: "Name", order: .text(\.name)) { role in
                "<a href=\"\(EditCaseRole.link(role.id))\">\(role.name)</a>"
            },
            ListColumn(name: "permissions", title: "Permissions") { role in
                let labels = Permission.allCases.filter(role.permissions.contains).map(\.label)
                return "\(labels.joined(separator: ", "))"
            },
            ListColumn(
                name: "employees", title: "Employees", order: .number { Int64($0.employeeCount) }
            ) { role in
                let none: HTML = "<span class=\"muted\">Nobody yet</span>"
                return role.employeeCount == 0 ? none : "\(groupedDigits(role.employeeCount))"
            },
        ]
    }
}
