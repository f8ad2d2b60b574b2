// GET /configuration/employees: the accounts of the tenant space. 200.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ListEmployees {
    /// The address of the list.
    static let link: Link = "/configuration/employees"

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let all = try visit.reader.employees()
        let roles = Set(all.flatMap(\.caseRoles)).sorted()
        let filters = filters(caseRoles: roles)
        let request = ListRequest(
            visit.query, path: link,
            sortable: columns.filter(\.order.isSortable).map(\.name), filters: filters)
        let fitting = all.filter { fits($0, request) }
        let order = columns.first { $0.name == request.sort }?.order ?? columns[0].order
        return ListPage(
            visit: visit, area: .configuration(.employees), title: "Employees",
            noun: "employees", request: request, filters: filters,
            searchLabel: "Search name, login, e-mail and phone", columns: columns,
            slice: ListSlice(
                of: fitting, id: \.id.number, order: order, request: request,
                totalCount: all.count),
            actions: "<a class=\"btn btn-primary\" href=\"\(NewEmployee.link)\">New employee</a>",
            firstSteps: FirstSteps(
                title: "No employees yet", advice: "An employee logs in, makes and handles cases.",
                link: NewEmployee.link, button: "Add the first employee"
            ).html
        ).response()
    }

    private enum Filter {
        static let state = "state"
        static let role = "role"
        static let caseRole = "case_role"
    }

    private static func filters(caseRoles: [String]) -> [ListFilter] {
        [
            ListFilter(
                name: Filter.state, label: "Account",
                choices: [
                    EditField.Choice(value: "active", label: "Active"),
                    EditField.Choice(value: "deactivated", label: "Deactivated"),
                ]),
            ListFilter(
                name: Filter.role, label: "Account role",
                choices: Role.allCases.map {
                    EditField.Choice(value: $0.rawValue, label: $0.label)
                }),
            ListFilter(
                name: Filter.caseRole, label: "Case role",
                choices: caseRoles.map { EditField.Choice(value: $0, label: $0) }),
        ]
    }

    private static func fits(_ person: EmployeeSummary, _ request: ListRequest) -> Bool {
        let employee = person.employee
        let state = employee.isActive ? "active" : "deactivated"
        let (wantedRole, caseRole) = (request[Filter.role], request[Filter.caseRole])
        return request.matches([employee.name, employee.login, person.email, person.phone])
            && (request[Filter.state].isEmpty || request[Filter.state] == state)
            && (wantedRole.isEmpty || wantedRole == employee.role.rawValue)
            && (caseRole.isEmpty || person.caseRoles.contains(caseRole))
    }

    private static var columns: [ListColumn<EmployeeSummary>] {
        [
            ListColumn(name: "name", title: "Name", order: .text(\.employee.name)) { person in
                "<a href=\"\(EditEmployee.link(person.id))\">\(person.employee.name)</a>"
            },
            ListColumn(name: "login", title: "Login", order: .text(\.employee.login)) {
                "\($0.employee.login)"
            },
            ListColumn(name: "role", title: "Account role", order: .text(\.employee.role.label)) {
                "\($0.employee.role.label)"
            },
            ListColumn(name: "case_roles", title: "Case roles") {
                "\($0.caseRoles.joined(separator: ", "))"
            },
            ListColumn(
                name: "account", title: "Account", order: .number { $0.employee.isActive ? 0 : 1 }
            ) { AccountMark.html($0.employee) },
        ]
    }
}

/// Whether an account is in use, as a word with a mark.
enum AccountMark {
    static func html(_ employee: Employee) -> HTML {
        OnOff.mark(employee.isActive, employee.isActive ? "Active" : "Deactivated")
    }
}
