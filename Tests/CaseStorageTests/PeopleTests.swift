import CaseModel
import Foundation
import Testing

@testable import CaseStorage

extension TestSpace {
    /// An edit of somebody who had seen everything, a moment after the fixture.
    func edit(by employee: Employee? = nil, base: Int64 = .max) -> Edit {
        Edit(base: base, by: (employee ?? ada).id, at: now)
    }

    func role(_ permissions: Set<Permission>, _ employees: Employee...) throws -> CaseRoleID {
        try store.addCaseRole(
            CaseRoleValues(
                name: "Role \(DraftID())", permissions: permissions,
                employees: Set(employees.map(\.id))),
            key: DraftID(), edit())
    }
}

/// The fields that a store's refusal names; empty when it does not refuse.
private func refused(_ work: () throws -> Void) -> [String] {
    do {
        try work()
        return []
    } catch {
        guard case .rejected(let problems)? = error as? StoreError else {
            Issue.record(error)
            return []
        }
        return problems.map(\.field)
    }
}

@Suite("Case queues in the store")
struct QueueStoreTests {
    private let space: TestSpace
    private let reader: StoreReader

    init() throws {
        space = try TestSpace()
        reader = try space.store.makeReader()
    }

    private func values(
        _ name: String, _ members: Employee..., by distribution: Distribution = .claim
    ) -> CaseQueueValues {
        CaseQueueValues(
            name: name, distribution: distribution, members: Set(members.map(\.id)))
    }

    @Test func `are made once by a form that is sent twice`() throws {
        let key = DraftID()
        let first = try space.store.addQueue(values("Sales", space.mia), key: key, space.edit())
        let second = try space.store.addQueue(values("Other", space.noah), key: key, space.edit())
        #expect(first == second)
        #expect(try reader.queue(first) == values("Sales", space.mia))
        #expect(try reader.queues().map(\.name) == ["Billing", "Repairs", "Sales"])
    }

    @Test(arguments: [("Billing", true), ("BILLING", true), (" billing ", true), ("Bill", false)])
    func `have a name of their own, whatever its case`(name: String, isTaken: Bool) throws {
        let found = refused {
            _ = try space.store.addQueue(
                values(name, space.mia), key: DraftID(), space.edit())
        }
        #expect(found == (isTaken ? ["name"] : []))
    }

    @Test func `keep their own name when it is written otherwise`() throws {
        try space.store.updateQueue(
            space.billing.id, values("BILLING", space.mia), space.edit())
        #expect(try reader.queue(space.billing.id)?.name == "BILLING")
        let found = refused {
            try space.store.updateQueue(
                space.repairs.id, values("billing", space.noah), space.edit())
        }
        #expect(found == ["name"])
    }

    @Test func `take no member who does not exist`() throws {
        let ghost = CaseQueueValues(
            name: "Ghosts", distribution: .claim, members: [EmployeeID(number: 99)])
        #expect(
            refused { _ = try space.store.addQueue(ghost, key: DraftID(), space.edit()) }
                == ["members"])
        #expect(try reader.queues().count == 2)
    }

    @Test func `change name and members in one edit, with their history`() throws {
        let base = try reader.latestChange(of: .caseQueue, space.billing.id.number)
        try space.store.updateQueue(
            space.billing.id, values("Accounts", space.noah, by: .roundRobin),
            space.edit(base: base))
        #expect(
            try reader.queue(space.billing.id)
                == values("Accounts", space.noah, by: .roundRobin))
        let changes = try reader.changes(of: .caseQueue, space.billing.id.number, limit: 9)
        #expect(changes.map(\.field) == ["name", "members", "distribution", ""])
        #expect(changes.first?.before == "Billing" && changes.first?.after == "Accounts")
        #expect(changes.first?.employeeName == "Ada")
    }

    @Test func `merge what two people change, and show what both changed`() throws {
        let base = try reader.latestChange(of: .caseQueue, space.billing.id.number)
        try space.store.updateQueue(
            space.billing.id, values("Accounts", space.mia), space.edit(base: base))
        try space.store.updateQueue(
            space.billing.id, values("Billing", space.mia, space.noah),
            space.edit(by: space.mia, base: base))
        #expect(
            try reader.queue(space.billing.id) == values("Accounts", space.mia, space.noah))
        let error = #expect(throws: StoreError.self) {
            try space.store.updateQueue(
                space.billing.id, values("Invoices", space.mia, space.noah),
                space.edit(by: space.mia, base: base))
        }
        guard case .editedMeanwhile(let conflict) = error else {
            Issue.record("two names for one queue")
            return
        }
        #expect(conflict.fields.map(\.field) == ["name"])
        #expect(conflict.fields.first?.theirs.after == "Accounts")
    }

    @Test func `reach the session of a member at once`() throws {
        let key = [UInt8](repeating: 7, count: 32)
        try space.store.startSession(
            key, employee: space.noah.id, formSecret: key, at: space.now)
        #expect(try reader.session(key)?.viewer.queues == [space.repairs.id])
        try space.store.updateQueue(
            space.billing.id, values("Billing", space.mia, space.noah), space.edit())
        #expect(
            try reader.session(key)?.viewer.queues == [space.repairs.id, space.billing.id])
    }

    @Test func `are deleted when nothing refers to them, and say what does`() throws {
        try space.createCase(space.draft(owner: .queue(space.billing.id)))
        #expect(throws: StoreError.inUse("it owns 1 case")) {
            try space.store.deleteQueue(space.billing.id, space.edit())
        }
        try space.createCase(space.draft(owner: .queue(space.billing.id)))
        #expect(throws: StoreError.inUse("it owns 2 cases")) {
            try space.store.deleteQueue(space.billing.id, space.edit())
        }
        try space.store.deleteQueue(space.repairs.id, space.edit())
        #expect(try reader.queue(space.repairs.id) == nil)
        #expect(throws: StoreError.unknown("case queue")) {
            try space.store.deleteQueue(space.repairs.id, space.edit())
        }
        #expect(
            try reader.changes(of: .caseQueue, space.repairs.id.number, limit: 1).first?.before
                == "Repairs")
    }

    @Test func `stay while a rule gives cases to them, or their cases were claimed`() throws {
        try space.activate("Night shift", default: .queue(space.repairs.id))
        #expect(
            throws: StoreError.inUse("the assignment rule “Night shift” gives cases to it")
        ) { try space.store.deleteQueue(space.repairs.id, space.edit()) }
        let number = try space.createCase(space.draft(owner: .queue(space.billing.id)))
        _ = try space.store.claimCase(number, by: space.mia.id, at: space.now)
        #expect(throws: StoreError.inUse("the history of cases names it")) {
            try space.store.deleteQueue(space.billing.id, space.edit())
        }
    }

    @Test func `say how many people and waiting cases they have`() throws {
        try space.createCase(space.draft(owner: .queue(space.billing.id)))
        let billing = try #require(try reader.queues().first)
        #expect(billing.memberCount == 1 && billing.waitingCaseCount == 1)
    }
}

@Suite("Case roles in the store")
struct CaseRoleStoreTests {
    private let space: TestSpace
    private let reader: StoreReader
    private let key = [UInt8](repeating: 9, count: 32)

    init() throws {
        space = try TestSpace()
        reader = try space.store.makeReader()
        try space.store.startSession(
            key, employee: space.mia.id, formSecret: key, at: space.now)
    }

    private var permissions: Set<Permission>? { try? reader.session(key)?.viewer.permissions }

    @Test func `confer nothing until they are linked, and at once when they are`() throws {
        #expect(permissions == [])
        let role = try space.role([.close], space.noah)
        #expect(permissions == [])
        let second = try space.role([.report], space.mia)
        #expect(permissions == [.report])
        let values = try #require(try reader.caseRole(role))
        try space.store.updateCaseRole(
            role,
            CaseRoleValues(
                name: values.name, permissions: values.permissions,
                employees: [space.mia.id, space.noah.id]), space.edit())
        #expect(permissions == [.report, .close, .queryAll])
        try space.store.deleteCaseRole(role, space.edit())
        #expect(permissions == [.report])
        try space.store.deleteCaseRole(second, space.edit())
        #expect(permissions == [])
    }

    @Test func `give every case to whoever has Query All`() throws {
        let number = try space.createCase(
            space.draft(by: space.noah, owner: .queue(space.repairs.id)), by: space.noah)
        func seen() throws -> [CaseNumber] {
            let viewer = try #require(try reader.session(key)).viewer
            let query = CaseQuery(
                viewer: viewer, owner: nil, state: nil, type: nil, text: "", position: .first,
                limit: 9)
            return try reader.cases(query).cases.map(\.number)
        }
        #expect(try seen() == [])
        _ = try space.role([.queryAll], space.mia)
        #expect(try seen() == [number])
    }

    @Test func `are told in the history of the role and of the person`() throws {
        let role = try space.store.addCaseRole(
            CaseRoleValues(name: "Lead", permissions: [.close], employees: [space.mia.id]),
            key: DraftID(), space.edit())
        let change = try #require(
            try reader.changes(of: .employee, space.mia.id.number, limit: 1).first)
        #expect(change.field == "case_roles" && change.before == "" && change.after == "Lead")
        try space.store.deleteCaseRole(role, space.edit())
        let last = try #require(
            try reader.changes(of: .employee, space.mia.id.number, limit: 1).first)
        #expect(last.before == "Lead" && last.after == "")
    }

    @Test func `have a name of their own and people who exist`() throws {
        func add(_ name: String, _ employee: EmployeeID) -> [String] {
            refused {
                _ = try space.store.addCaseRole(
                    CaseRoleValues(name: name, permissions: [.close], employees: [employee]),
                    key: DraftID(), space.edit())
            }
        }
        #expect(add("Team  Lead", space.mia.id) == [])
        #expect(add("team lead", space.mia.id) == ["name"])
        #expect(add("Other", EmployeeID(number: 99)) == ["employees"])
    }

    @Test func `are made once by a form that is sent twice`() throws {
        let key = DraftID()
        let values = CaseRoleValues(name: "Lead", permissions: [.close], employees: [])
        let first = try space.store.addCaseRole(values, key: key, space.edit())
        #expect(try space.store.addCaseRole(values, key: key, space.edit()) == first)
        #expect(try reader.caseRoles().map(\.name) == ["Lead"])
    }
}

@Suite("Employees in the store")
struct EmployeeStoreTests {
    private let space: TestSpace
    private let reader: StoreReader

    init() throws {
        space = try TestSpace()
        reader = try space.store.makeReader()
    }

    private func add(_ login: String, key: DraftID = DraftID()) throws -> EmployeeID {
        try space.store.addEmployee(
            try #require(LoginName(login)), EmployeeValues(name: "New", role: .agent),
            passwordHash: "hash", key: key, space.edit())
    }

    private func session(of employee: EmployeeID, _ number: UInt8 = 1) throws -> [UInt8] {
        let key = [UInt8](repeating: number, count: 32)
        try space.store.startSession(key, employee: employee, formSecret: key, at: space.now)
        return key
    }

    @Test func `have to change their first password`() throws {
        let id = try add("lea")
        #expect(try reader.employeeDetails(id)?.mustChangePassword == true)
        #expect(try reader.session(session(of: id))?.mustChangePassword == true)
        #expect(try reader.session(session(of: space.mia.id, 2))?.mustChangePassword == false)
    }

    @Test func `have a login that is nobody else's, also of an account out of use`() throws {
        try space.store.setEmployee(space.mia.id, isActive: false, space.edit())
        #expect(refused { _ = try add("mia") } == ["login"])
        let key = DraftID()
        #expect(try add("lea", key: key) == add("lea", key: key))
    }

    @Test func `are changed with their history, and their session knows at once`() throws {
        let key = try session(of: space.mia.id)
        #expect(try reader.session(key)?.timeZone == nil)
        let zone = try #require(TimeZoneName("Asia/Tokyo"))
        try space.store.updateEmployee(
            space.mia.id,
            EmployeeValues(
                name: "Mia K.", email: "mia@example.org", timeZone: zone, role: .administrator),
            space.edit())
        let session = try #require(try reader.session(key))
        #expect(session.timeZone?.identifier == "Asia/Tokyo")
        #expect(session.viewer.employee.name == "Mia K.")
        #expect(session.viewer.may(.caseConfiguration))
        let changes = try reader.changes(of: .employee, space.mia.id.number, limit: 9)
        #expect(changes.map(\.field).prefix(3) == ["time_zone", "role", "name"])
    }

    @Test func `keep one active administrator`() throws {
        let demoted = EmployeeValues(name: "Ada", email: "ada@example.org", role: .agent)
        let isLast = { (work: () throws -> Void) in refused(work) }
        #expect(
            isLast { try space.store.updateEmployee(space.ada.id, demoted, space.edit()) }
                == ["role"])
        #expect(
            isLast {
                try space.store.setEmployee(
                    space.ada.id, isActive: false, space.edit(by: space.mia))
            } == ["active"])
        try space.store.updateEmployee(
            space.mia.id, EmployeeValues(name: "Mia", role: .administrator), space.edit())
        try space.store.updateEmployee(space.ada.id, demoted, space.edit(by: space.mia))
        #expect(try reader.employeeDetails(space.ada.id)?.employee.role == .agent)
        #expect(
            isLast {
                try space.store.updateEmployee(
                    space.mia.id, EmployeeValues(name: "Mia", role: .agent), space.edit())
            } == ["role"])
    }

    @Test func `do not deactivate themselves, unlike the command line`() throws {
        try space.store.updateEmployee(
            space.mia.id, EmployeeValues(name: "Mia", role: .administrator), space.edit())
        #expect(
            refused {
                try space.store.setEmployee(space.ada.id, isActive: false, space.edit())
            } == ["active"])
        try space.store.setEmployee(space.ada.id, isActive: false)
        try space.store.setEmployee(space.mia.id, isActive: false)
        #expect(
            try reader.employees().filter(\.employee.isActive).map(\.employee.login) == ["noah"])
    }

    @Test func `lose their sessions and keep their cases when they are deactivated`() throws {
        let key = try session(of: space.mia.id)
        try space.createCase(space.draft(owner: .agent(space.mia.id)))
        try space.store.setEmployee(space.mia.id, isActive: false, space.edit())
        #expect(try reader.session(key) == nil)
        let details = try #require(try reader.employeeDetails(space.mia.id))
        #expect(details.openCaseCount == 1)
        #expect(details.queues.map(\.name) == ["Billing"])
        try space.store.setEmployee(space.mia.id, isActive: true, space.edit())
        #expect(try reader.session(key)?.endedAt == space.now)
        let fields = try reader.changes(of: .employee, space.mia.id.number, limit: 2)
        #expect(fields.map(\.after) == ["1", ""])
    }

    @Test func `keep the session in which they change their password, and no other`() throws {
        let mine = try session(of: space.mia.id, 1)
        let other = try session(of: space.mia.id, 2)
        try space.store.setPassword(
            of: space.mia.id, hash: "new", keeping: mine, space.edit(by: space.mia))
        #expect(try reader.session(mine)?.endedAt == nil)
        #expect(try reader.session(other)?.endedAt == space.now)
        try space.store.setPassword(of: space.mia.id, hash: "x", mustChange: true, space.edit())
        #expect(try reader.session(mine)?.endedAt == space.now)
        #expect(try reader.session(mine)?.mustChangePassword == true)
        let history = try reader.changes(of: .employee, space.mia.id.number, limit: 9)
        #expect(!history.contains { $0.before + $0.after == "new" })
    }
}

@Suite("The tenant space in the store")
struct TenantStoreTests {
    private let space: TestSpace
    private let reader: StoreReader

    init() throws {
        space = try TestSpace()
        reader = try space.store.makeReader()
    }

    @Test func `is changed with its history`() throws {
        let zone = try #require(TimeZoneName("Asia/Kolkata"))
        try space.store.updateTenant(
            TenantValues(name: "New name", timeZone: zone, isCaseEnabled: false), space.edit())
        let stored = try reader.options().tenant
        #expect(stored.displayName == "New name" && !stored.isCaseEnabled)
        #expect(stored.timeZone.identifier == "Asia/Kolkata")
        #expect(
            try reader.changes(of: .tenant, 1, limit: 9).map(\.field)
                == ["time_zone", "name", "case_enabled"])
    }

    @Test func `knows who is logged in, and ends it`() throws {
        let start = space.now
        func begin(_ number: UInt8, _ employee: Employee, _ minutesAgo: Double) throws {
            let key = [UInt8](repeating: number, count: 32)
            try space.store.startSession(
                key, employee: employee.id, formSecret: key,
                at: start.addingTimeInterval(-60 * minutesAgo))
        }
        func live(of employee: EmployeeID? = nil) throws -> [UInt8?] {
            try reader.liveSessions(
                of: employee, startedAfter: start.addingTimeInterval(-12 * 3_600),
                seenAfter: start.addingTimeInterval(-3_600), limit: 9
            ).map(\.key.first)
        }
        try begin(1, space.mia, 5)
        try begin(2, space.noah, 1)
        try begin(3, space.ada, 60)
        #expect(try live() == [2, 1])
        #expect(try live(of: space.mia.id) == [1])
        let key = [UInt8](repeating: 2, count: 32)
        try space.store.endSession(key, at: start)
        #expect(try live() == [1])
    }
}
