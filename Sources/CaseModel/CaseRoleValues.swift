/// The identifier of a case role.
package struct CaseRoleID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// What people say of a case role: a named set of permissions, and who has it.
package struct CaseRoleValues: Editable {
    package static let subject = Subject.caseRole

    /// The names of the form's fields.
    package enum Field {
        package static let name = "name"
        package static let permissions = "permissions"
        package static let employees = "employees"
    }

    /// Longest name, in characters: a line of a list.
    package static let maximumNameCharacters = 200

    private static let nameRule = TextRule(
        label: "Name", missing: "Enter a name for the case role", limit: maximumNameCharacters)

    /// Unique in the tenant space, whatever its upper and lower case.
    package let name: String
    /// With Query All when an operation is among them.
    package let permissions: Set<Permission>
    /// Whom the role confers its permissions on.
    package let employees: Set<EmployeeID>

    package init(name: String, permissions: Set<Permission>, employees: Set<EmployeeID>) {
        self.name = name
        self.permissions = permissions.withImplied
        self.employees = employees
    }

    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        let name = check.text(Field.name, Self.nameRule)
        let permissions = check.permissions(Field.permissions)
        let employees: [EmployeeID] = check.ids(Field.employees)
        problems += check.problems
        guard check.problems.isEmpty else { return nil }
        self.init(name: name, permissions: permissions, employees: Set(employees))
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.name: name, Field.permissions: permissions.lines,
            Field.employees: employees.lines,
        ])
    }
}

extension Set<Permission> {
    /// The raw values, one a line, in the order of the list.
    package var lines: String {
        Permission.allCases.filter(contains).map(\.rawValue).joined(separator: "\n")
    }

    /// Takes raw values, one a line; unknown ones confer nothing.
    package init(lines: [String]) {
        self.init(lines.compactMap(Permission.init(rawValue:)))
    }
}

extension Set where Element: RowIdentifier {
    /// The identifiers as a field has them: one a line, in the order of their numbers.
    package var lines: String { sorted().map(\.description).joined(separator: "\n") }
}

extension FieldCheck {
    /// At least one: a role without any permission would promise something that it does not give.
    fileprivate mutating func permissions(_ field: String) -> Set<Permission> {
        let lines = texts.lines(field)
        let found = Set(lines.compactMap(Permission.init(rawValue:)))
        if lines.isEmpty { refuse(field, "Tick at least one permission") }
        if lines.contains(where: { Permission(rawValue: $0) == nil }) {
            refuse(field, "Choose permissions from the list; what was sent is not on it")
        }
        return found
    }
}
