package import CaseModel
internal import Foundation
internal import GRDB

/// A customer before it has an identifier.
package struct NewCustomer: Equatable, Sendable {
    package var name: String
    /// E-mail addresses, the preferred one first; may be empty.
    package var emails: [String]
    /// Phone numbers, the preferred one first; may be empty.
    package var phones: [String]
    package var remark: String

    package init(name: String, emails: [String] = [], phones: [String] = [], remark: String = "") {
        self.name = name
        self.emails = emails
        self.phones = phones
        self.remark = remark
    }
}

// The tenant space and the people in it.

extension TenantStore {
    /// Stores the settings of the tenant space.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when the default owner does not exist.
    package func updateTenant(_ space: TenantSpace) throws(StoreError) {
        try writer.write { db in
            try db.run(
                """
                INSERT INTO tenant
                    (id, displayName, timeZone, isCaseEnabled, defaultQueue, defaultAgent)
                VALUES (1, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    displayName = excluded.displayName, timeZone = excluded.timeZone,
                    isCaseEnabled = excluded.isCaseEnabled, defaultQueue = excluded.defaultQueue,
                    defaultAgent = excluded.defaultAgent
                """,
                [
                    space.displayName, space.timeZone.identifier, space.isCaseEnabled,
                    space.defaultOwner?.queueColumn, space.defaultOwner?.agentColumn,
                ])
        }
    }

    /// Adds an account.
    ///
    /// - Parameter login: Stored in lower case.
    /// - Parameter passwordHash: argon2id in the PHC string format.
    /// - Throws: ``StoreError/taken(what:value:)`` when the login exists.
    package func addEmployee(
        login: String, name: String, email: String, phone: String, role: Role,
        passwordHash: String
    ) throws(StoreError) -> Employee {
        let login = login.lowercased()
        return try writer.write { db in
            try db.refuseTaken("login", login, "SELECT 1 FROM employee WHERE login = ?")
            try db.run(
                """
                INSERT INTO employee (login, name, email, phone, role, isActive, passwordHash)
                VALUES (?, ?, ?, ?, ?, 1, ?)
                """, [login, name, email, phone, role.rawValue, passwordHash])
            return Employee(
                id: EmployeeID(number: db.lastInsertedRowID), login: login, name: name, role: role,
                isActive: true)
        }
    }

    /// Lets an account log in and own cases, or not; when not, its sessions end.
    package func setEmployee(_ id: EmployeeID, isActive: Bool) throws(StoreError) {
        let now = Date().milliseconds
        try writer.write { db in
            try db.run("UPDATE employee SET isActive = ? WHERE id = ?", [isActive, id.number])
            guard db.changesCount == 1 else { throw StoreError.unknown("employee") }
            if !isActive { try db.endSessions(of: id, at: now) }
        }
    }

    /// Changes a password; all sessions of the account end.
    package func setPassword(of id: EmployeeID, hash: String) throws(StoreError) {
        let now = Date().milliseconds
        try writer.write { db in
            try db.run("UPDATE employee SET passwordHash = ? WHERE id = ?", [hash, id.number])
            guard db.changesCount == 1 else { throw StoreError.unknown("employee") }
            try db.endSessions(of: id, at: now)
        }
    }

    /// Adds a queue.
    ///
    /// - Throws: ``StoreError/taken(what:value:)``, or ``StoreError/unknown(_:)`` for a member who
    ///   does not exist.
    package func addQueue(
        name: String, members: [EmployeeID]
    ) throws(StoreError) -> CaseQueue {
        try writer.write { db in
            try db.refuseTaken("case queue", name, "SELECT 1 FROM caseQueue WHERE name = ?")
            try db.run("INSERT INTO caseQueue (name) VALUES (?)", [name])
            let queue = CaseQueue(id: CaseQueueID(number: db.lastInsertedRowID), name: name)
            for member in Set(members) {
                try db.run(
                    "INSERT INTO queueMember (queue, employee) VALUES (?, ?)",
                    [queue.id.number, member.number])
            }
            return queue
        }
    }

    /// Adds a case type.
    ///
    /// - Parameter statuses: The process in its order; ``CaseType/completedStatus`` is appended
    ///   when it is missing.
    /// - Throws: ``StoreError/taken(what:value:)``.
    package func addCaseType(
        name: String, summary: String, keywords: String, statuses: [String], isEnabled: Bool
    ) throws(StoreError) -> CaseType {
        let process =
            statuses.filter { $0 != CaseType.completedStatus } + [CaseType.completedStatus]
        return try writer.write { db in
            try db.refuseTaken("case type", name, "SELECT 1 FROM caseType WHERE name = ?")
            try db.run(
                """
                INSERT INTO caseType (name, summary, keywords, statuses, isEnabled)
                VALUES (?, ?, ?, ?, ?)
                """, [name, summary, keywords, Lines.joined(process), isEnabled])
            return CaseType(
                id: CaseTypeID(number: db.lastInsertedRowID), name: name, summary: summary,
                statuses: process, isEnabled: isEnabled)
        }
    }

    /// Lets new cases be of a type, or not.
    package func setCaseType(_ id: CaseTypeID, isEnabled: Bool) throws(StoreError) {
        try writer.write { db in
            try db.run("UPDATE caseType SET isEnabled = ? WHERE id = ?", [isEnabled, id.number])
            guard db.changesCount == 1 else { throw StoreError.unknown("case type") }
        }
    }

    /// Adds customers, all or none, and makes them searchable.
    package func addCustomers(_ customers: [NewCustomer]) throws(StoreError) -> [CustomerID] {
        let indexed = customers.map { ($0, SearchIndex.words(of: $0)) }
        return try writer.write { db in
            try indexed.map { customer, words in
                try db.run(
                    "INSERT INTO customer (name, emails, phones, remark) VALUES (?, ?, ?, ?)",
                    [
                        customer.name, Lines.joined(customer.emails),
                        Lines.joined(customer.phones), customer.remark,
                    ])
                let id = CustomerID(number: db.lastInsertedRowID)
                try db.run(
                    "INSERT INTO customerText (rowid, words) VALUES (?, ?)", [id.number, words])
                return id
            }
        }
    }
}

extension Database {
    /// Throws ``StoreError/taken(what:value:)`` when `query` finds `value`.
    fileprivate func refuseTaken(_ what: String, _ value: String, _ query: String) throws {
        if try number(query, [value]) != nil { throw StoreError.taken(what: what, value: value) }
    }

    fileprivate func endSessions(of employee: EmployeeID, at: Int64) throws {
        try run(
            "UPDATE session SET endedAt = ? WHERE employee = ? AND endedAt IS NULL",
            [at, employee.number])
    }
}
