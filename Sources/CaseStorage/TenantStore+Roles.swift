package import CaseModel
internal import GRDB

// Case roles, and the people they are linked to.

extension TenantStore {
    /// Adds a case role.
    ///
    /// - Parameter key: The form's name; sent again, the role that it made is returned.
    /// - Throws: ``StoreError/rejected(_:)`` for a name that is taken or an employee who does not exist.
    package func addCaseRole(
        _ values: CaseRoleValues, key: DraftID, _ edit: Edit
    ) throws(StoreError) -> CaseRoleID {
        try writer.write { db in
            if let made = try db.creation(key, of: .caseRole) { return CaseRoleID(number: made) }
            try db.check(values, of: nil)
            try db.run(
                "INSERT INTO caseRole (name, nameKey, permissions) VALUES (?, ?, ?)",
                [values.name, NameKey.of(values.name), values.permissions.lines])
            let id = CaseRoleID(number: db.lastInsertedRowID)
            try db.link(id, from: [], to: values.employees, edit)
            try db.recordCreation(of: .caseRole, id.number, key: key, edit)
            return id
        }
    }

    /// Changes a case role; what other people changed in the meantime stays.
    ///
    /// - Throws: ``StoreError/unknown(_:)``, ``StoreError/editedMeanwhile(_:)``, or
    ///   ``StoreError/rejected(_:)`` as for a new role.
    package func updateCaseRole(
        _ id: CaseRoleID, _ values: CaseRoleValues, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            guard let stored = try db.caseRole(id) else { throw StoreError.unknown("case role") }
            guard let wanted = try db.merge(values, into: stored, id: id.number, edit) else {
                return
            }
            try db.check(wanted, of: id)
            try db.run(
                "UPDATE caseRole SET name = ?, nameKey = ?, permissions = ? WHERE id = ?",
                [wanted.name, NameKey.of(wanted.name), wanted.permissions.lines, id.number])
            try db.link(id, from: stored.employees, to: wanted.employees, edit)
        }
    }

    /// Deletes a case role and takes it from everybody who has it.
    ///
    /// - Throws: ``StoreError/unknown(_:)``.
    package func deleteCaseRole(_ id: CaseRoleID, _ edit: Edit) throws(StoreError) {
        try writer.write { db in
            guard let stored = try db.caseRole(id) else { throw StoreError.unknown("case role") }
            try db.link(id, from: stored.employees, to: [], edit)
            try db.run("DELETE FROM caseRole WHERE id = ?", [id.number])
            try db.recordDeletion(of: .caseRole, id.number, named: stored.name, edit)
        }
    }
}

extension Database {
    /// The values of a case role; `nil` when there is none.
    func caseRole(_ id: CaseRoleID) throws -> CaseRoleValues? {
        guard
            let row = try row("SELECT name, permissions FROM caseRole WHERE id = ?", [id.number])
        else { return nil }
        let employees = try rows("SELECT employee FROM userRole WHERE role = ?", [id.number])
        return CaseRoleValues(
            name: row["name"], permissions: Set(lines: row.lines("permissions")),
            employees: Set(employees.map { $0.id("employee") }))
    }

    /// What the case roles of a person confer together.
    func permissions(of employee: EmployeeID) throws -> Set<Permission> {
        let roles = try rows(
            """
            SELECT r.permissions FROM userRole u JOIN caseRole r ON r.id = u.role
            WHERE u.employee = ?
            """, [employee.number])
        return roles.reduce(into: []) { $0.formUnion(Set(lines: $1.lines("permissions"))) }
    }

    /// The rules that the values alone do not show.
    fileprivate func check(_ values: CaseRoleValues, of id: CaseRoleID?) throws {
        let field = CaseRoleValues.Field.self
        let holder = try number(
            "SELECT id FROM caseRole WHERE nameKey = ?", [NameKey.of(values.name)])
        if let holder, holder != id?.number {
            throw NameKey.taken(field.name, "case role", values.name)
        }
        try requireEmployees(values.employees, field: field.employees)
    }

    /// Gives a role to people and takes it from others, which their own history tells, too.
    fileprivate func link(
        _ id: CaseRoleID, from old: Set<EmployeeID>, to new: Set<EmployeeID>, _ edit: Edit
    ) throws {
        for employee in old.symmetricDifference(new).sorted() {
            let before = try roleNames(of: employee)
            try run(
                new.contains(employee)
                    ? "INSERT INTO userRole (role, employee) VALUES (?, ?)"
                    : "DELETE FROM userRole WHERE role = ? AND employee = ?",
                [id.number, employee.number])
            try record(
                EmployeeDetails.caseRolesField, from: before, to: try roleNames(of: employee),
                of: .employee, employee.number, edit)
        }
    }

    private func roleNames(of employee: EmployeeID) throws -> String {
        try rows(
            """
            SELECT r.name FROM userRole u JOIN caseRole r ON r.id = u.role
            WHERE u.employee = ? ORDER BY r.nameKey
            """, [employee.number]
        ).map { $0["name"] as String }.joined(separator: "\n")
    }
}
