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
        let name = check.line(
            Field.name, "Name", missing: "Enter a name for the case role",
            maximumCharacters: Self.maximumNameCharacters)
        let permissions = check.permissions(Field.permissions)
        let employees: Set<EmployeeID>? = check.identifiers(
            Field.employees, "Tick employees from the list; one that was sent does not exist")
        problems += check.problems
        guard let name, let permissions, let employees else { return nil }
        self.init(name: name, permissions: permissions, employees: employees)
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.name: name, Field.permissions: permissions.lines,
            Field.employees: FieldTexts.lines(of: employees),
        ])
    }
}

extension Set<Permission> {
    /// The raw values, one a line, in the order of the list.
    package var lines: String {
        Permission.allCases.filter(contains).map(\.rawValue).joined(separator: "\n")
    }
}

extension FieldCheck {
    /// A role without any permission would be a name that promises something.
    fileprivate mutating func permissions(_ field: String) -> Set<Permission>? {
        let lines = texts.lines(field)
        let found = lines.compactMap(Permission.init(rawValue:))
        guard found.count == lines.count else {
            refuse(field, "Tick permissions from the list; one that was sent does not exist")
            return nil
        }
        guard !found.isEmpty else {
            refuse(field, "Tick at least one permission")
            return nil
        }
        return Set(found)
    }
}
