package import CaseModel
internal import GRDB

/// A queue, a role or a person, where only the name and the way there matter.
package struct NamedThing<ID: RowIdentifier>: Equatable, Sendable {
    package let id: ID
    package let name: String
}

/// An account in the list of employees.
package struct EmployeeSummary: Equatable, Sendable, Identifiable {
    package let employee: Employee
    package let email: String
    package let phone: String
    /// The names of the person's case roles, by letter.
    package let caseRoles: [String]
    package var id: EmployeeID { employee.id }
}

/// An account with what belongs to it.
package struct EmployeeDetails: Equatable, Sendable {
    /// The fields of the history that no form has.
    package static let activeField = "active"
    package static let passwordField = "password"
    package static let caseRolesField = "case_roles"

    /// What the history says of a password: not what it is, but whose.
    package static let temporaryPassword = "temporary"
    package static let ownPassword = "own"

    package let employee: Employee
    package let values: EmployeeValues
    /// Whether the password that somebody else set is still to be changed.
    package let mustChangePassword: Bool
    /// By name.
    package let caseRoles: [NamedThing<CaseRoleID>]
    /// By name.
    package let queues: [NamedThing<CaseQueueID>]
    /// Cases that the person owns and that are not completed.
    package let openCaseCount: Int
}

/// A case role in the list of roles.
package struct CaseRoleSummary: Equatable, Sendable, Identifiable {
    package let id: CaseRoleID
    package let name: String
    package let permissions: Set<Permission>
    /// People who have it, active or not.
    package let employeeCount: Int
}

/// A queue in the list of queues.
package struct CaseQueueSummary: Equatable, Sendable, Identifiable {
    package let id: CaseQueueID
    package let name: String
    package let distribution: Distribution
    package let memberCount: Int
    /// Cases that nobody has taken from it, counted up to one more than ``maximumCountedCases``.
    package let waitingCaseCount: Int

    /// Cases that are worth counting for a list.
    package static let maximumCountedCases = 1_000
}

extension StoreReader {
    /// All accounts, by name.
    package func employees() throws(StoreError) -> [EmployeeSummary] {
        try snapshot { db in
            let links = try db.rows(
                """
                SELECT u.employee, r.name FROM userRole u JOIN caseRole r ON r.id = u.role
                ORDER BY r.nameKey
                """)
            let roles = Dictionary(grouping: links) { $0["employee"] as Int64 }
            return try db.rows(
                "SELECT id, login, name, role, isActive, email, phone FROM employee"
            ).map { row in
                let employee = try Employee(row)
                return EmployeeSummary(
                    employee: employee, email: row["email"], phone: row["phone"],
                    caseRoles: (roles[employee.id.number] ?? []).map { $0["name"] })
            }.sorted(byName: \.employee.name)
        }
    }

    /// An account with what belongs to it; `nil` when there is none.
    package func employeeDetails(_ id: EmployeeID) throws(StoreError) -> EmployeeDetails? {
        try snapshot { db in
            guard
                let row = try db.row(
                    """
                    SELECT id, login, name, role, isActive, email, phone, timeZone,
                        mustChangePassword
                    FROM employee WHERE id = ?
                    """, [id.number])
            else { return nil }
            return EmployeeDetails(
                employee: try Employee(row), values: try EmployeeValues(row),
                mustChangePassword: row["mustChangePassword"],
                caseRoles: try db.named(
                    """
                    SELECT r.id, r.name FROM userRole u JOIN caseRole r ON r.id = u.role
                    WHERE u.employee = ?
                    """, id),
                queues: try db.named(
                    """
                    SELECT q.id, q.name FROM queueMember m JOIN caseQueue q ON q.id = m.queue
                    WHERE m.employee = ?
                    """, id),
                openCaseCount: try db.openCaseCount(of: id))
        }
    }

    /// All case roles, by name.
    package func caseRoles() throws(StoreError) -> [CaseRoleSummary] {
        try query { db in
            try db.rows(
                """
                SELECT r.id, r.name, r.permissions, count(u.employee) AS employees
                FROM caseRole r LEFT JOIN userRole u ON u.role = r.id GROUP BY r.id
                """
            ).map { row in
                CaseRoleSummary(
                    id: row.id("id"), name: row["name"],
                    permissions: Set(lines: row.lines("permissions")),
                    employeeCount: row["employees"])
            }.sorted(byName: \.name)
        }
    }

    /// The values of a case role; `nil` when there is none.
    package func caseRole(_ id: CaseRoleID) throws(StoreError) -> CaseRoleValues? {
        try snapshot { db in try db.caseRole(id) }
    }

    /// All queues, by name.
    package func queues() throws(StoreError) -> [CaseQueueSummary] {
        try query { db in
            try db.rows(
                """
                SELECT q.id, q.name, q.distribution,
                    (SELECT count(*) FROM queueMember m WHERE m.queue = q.id) AS members,
                    (SELECT count(*) FROM (
                        SELECT 1 FROM caseRecord c
                        WHERE c.ownerQueue = q.id AND c.state = 'pending' LIMIT ?)) AS waiting
                FROM caseQueue q
                """, [CaseQueueSummary.maximumCountedCases + 1]
            ).map { row in
                CaseQueueSummary(
                    id: row.id("id"), name: row["name"],
                    distribution: try row.choice("distribution"), memberCount: row["members"],
                    waitingCaseCount: row["waiting"])
            }.sorted(byName: \.name)
        }
    }

    /// The values of a queue; `nil` when there is none.
    package func queue(_ id: CaseQueueID) throws(StoreError) -> CaseQueueValues? {
        try snapshot { db in try db.queue(id) }
    }
}

extension Database {
    fileprivate func named<ID: RowIdentifier>(
        _ query: String, _ employee: EmployeeID
    ) throws -> [NamedThing<ID>] {
        try rows(query, [employee.number])
            .map { NamedThing(id: $0.id("id"), name: $0["name"]) }.sorted(byName: \.name)
    }

    fileprivate func openCaseCount(of employee: EmployeeID) throws -> Int {
        Int(
            try number(
                """
                SELECT count(*) FROM caseRecord
                WHERE ownerAgent = ? AND state IN ('pending', 'processing')
                """, [employee.number]) ?? 0)
    }
}
