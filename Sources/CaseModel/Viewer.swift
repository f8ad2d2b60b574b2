/// A person with the rights that decide what they see and may do.
///
/// Seen are cases that one owns, made, or that a queue of theirs owns; with Query All, all.
package struct Viewer: Equatable, Sendable {
    package let employee: Employee
    /// The queues the person is a member of.
    package let queues: Set<CaseQueueID>
    /// What the person's case roles allow, with what that implies; an administrator has every permission.
    package let permissions: Set<Permission>

    /// - Parameter permissions: Those of the person's case roles.
    package init(
        employee: Employee, queues: Set<CaseQueueID>, permissions: Set<Permission> = []
    ) {
        self.employee = employee
        self.queues = queues
        self.permissions =
            employee.role == .administrator ? Set(Permission.allCases) : permissions.withImplied
    }

    /// Whether the person has a permission.
    package func may(_ permission: Permission) -> Bool { permissions.contains(permission) }

    /// Whether the person may see every case of the tenant space.
    package var seesAllCases: Bool { may(.queryAll) }

    /// Whether the person may see a case with this owner and creator.
    package func maySee(caseOwnedBy owner: Owner, madeBy creator: EmployeeID) -> Bool {
        if seesAllCases || creator == employee.id { return true }
        switch owner {
        case .agent(let agent): return agent == employee.id
        case .queue(let queue): return queues.contains(queue)
        }
    }
}
