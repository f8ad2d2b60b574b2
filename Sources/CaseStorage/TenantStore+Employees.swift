package import CaseModel
internal import GRDB

// Accounts. None is ever deleted: what a person did stays theirs, and their login is nobody else's.

extension TenantStore {
    /// Adds an account for the command line.
    ///
    /// - Parameter login: Stored in lower case.
    /// - Parameter passwordHash: argon2id in the PHC string format.
    /// - Throws: ``StoreError/taken(what:value:)`` when the login exists.
    package func addEmployee(
        login: String, name: String, email: String, phone: String, role: Role,
        passwordHash: String, mustChangePassword: Bool = false
    ) throws(StoreError) -> Employee {
        let login = login.lowercased()
        let values = EmployeeValues(name: name, email: email, phone: phone, role: role)
        let edit = Edit.commandLine
        return try writer.write { db in
            guard try !db.isLoginTaken(login) else {
                throw StoreError.taken(what: "login", value: login)
            }
            let id = try db.insertEmployee(
                login, values, passwordHash, mustChangePassword: mustChangePassword)
            try db.recordCreation(of: .employee, id.number, key: nil, edit)
            return Employee(id: id, login: login, name: name, role: role, isActive: true)
        }
    }

    /// Adds an account, whose password has to be changed after the first log-in.
    ///
    /// - Parameter passwordHash: argon2id in the PHC string format.
    /// - Parameter key: The form's name; sent again, the account that it made is returned.
    /// - Throws: ``StoreError/rejected(_:)`` when the login exists.
    package func addEmployee(
        _ login: LoginName, _ values: EmployeeValues, passwordHash: String, key: DraftID,
        _ edit: Edit
    ) throws(StoreError) -> EmployeeID {
        try writer.write { db in
            if let made = try db.creation(key, of: .employee) { return EmployeeID(number: made) }
            guard try !db.isLoginTaken(login.description) else {
                throw StoreError.rejected([
                    FieldProblem(
                        LoginName.field, "The login \(login) is taken already; choose another")
                ])
            }
            let id = try db.insertEmployee(
                login.description, values, passwordHash, mustChangePassword: true)
            try db.recordCreation(of: .employee, id.number, key: key, edit)
            return id
        }
    }

    /// Changes what is said of an employee; what other people changed in the meantime stays.
    ///
    /// - Throws: ``StoreError/unknown(_:)``, ``StoreError/editedMeanwhile(_:)``, or
    ///   ``StoreError/rejected(_:)`` when no active administrator would be left.
    package func updateEmployee(
        _ id: EmployeeID, _ values: EmployeeValues, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            guard let stored = try db.employeeValues(id) else {
                throw StoreError.unknown("employee")
            }
            guard let wanted = try db.merge(values, into: stored, id: id.number, edit) else {
                return
            }
            if wanted.role != .administrator {
                try db.requireAnotherAdministrator(
                    besides: id, field: EmployeeValues.Field.role, edit)
            }
            try db.run(
                """
                UPDATE employee SET name = ?, email = ?, phone = ?, timeZone = ?, role = ?
                WHERE id = ?
                """,
                [
                    wanted.name, wanted.email, wanted.phone,
                    wanted.timeZone?.description ?? "", wanted.role.rawValue, id.number,
                ])
        }
    }
}

extension Database {
    /// The values of an account; `nil` when there is none.
    func employeeValues(_ id: EmployeeID) throws -> EmployeeValues? {
        try row(
            "SELECT name, email, phone, timeZone, role FROM employee WHERE id = ?", [id.number]
        ).map(EmployeeValues.init)
    }

    fileprivate func isLoginTaken(_ login: String) throws -> Bool {
        try number("SELECT 1 FROM employee WHERE login = ?", [login]) != nil
    }

    fileprivate func insertEmployee(
        _ login: String, _ values: EmployeeValues, _ passwordHash: String, mustChangePassword: Bool
    ) throws -> EmployeeID {
        try run(
            """
            INSERT INTO employee
                (login, name, email, phone, timeZone, role, isActive, passwordHash,
                mustChangePassword)
            VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)
            """,
            [
                login, values.name, values.email, values.phone,
                values.timeZone?.description ?? "", values.role.rawValue, passwordHash,
                mustChangePassword,
            ])
        return EmployeeID(number: lastInsertedRowID)
    }

    /// Refuses to take the last active administrator away, as nobody could bring one back here.
    func requireAnotherAdministrator(
        besides id: EmployeeID, field: String, _ edit: Edit
    ) throws {
        guard edit.employee != nil else { return }
        let administrators = try Int64.fetchSet(
            cachedStatement(
                sql: "SELECT id FROM employee WHERE role = 'administrator' AND isActive = 1"))
        guard administrators == [id.number] else { return }
        throw StoreError.rejected([
            FieldProblem(
                field,
                "This is the last active administrator; make somebody else administrator first")
        ])
    }
}

extension EmployeeValues {
    /// Takes the columns of an account.
    init(_ row: Row) throws {
        let zone: String = row["timeZone"]
        self.init(
            name: row["name"], email: row["email"], phone: row["phone"],
            timeZone: TimeZoneName(zone), role: try row.choice("role"))
    }
}
