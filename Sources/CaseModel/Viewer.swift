/// A person with the rights that decide which cases they see.
///
/// Seen are cases that one owns, made, or that a queue of theirs owns; an administrator sees all.
package struct Viewer: Equatable, Sendable {
    package let employee: Employee
    /// The queues the person is a member of.
    package let queues: Set<CaseQueueID>

    package init(employee: Employee, queues: Set<CaseQueueID>) {
        self.employee = employee
        self.queues = queues
    }

    /// Whether the person may see every case of the tenant space.
    package var seesAllCases: Bool { employee.role == .administrator }

    /// Whether the person may see a case with this owner and creator.
    package func maySee(caseOwnedBy owner: Owner, madeBy creator: EmployeeID) -> Bool {
        if seesAllCases || creator == employee.id { return true }
        switch owner {
        case .agent(let agent): return agent == employee.id
        case .queue(let queue): return queues.contains(queue)
        }
    }
}
