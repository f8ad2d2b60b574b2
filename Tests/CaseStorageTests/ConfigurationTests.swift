import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `The configuration` {
    @Test func `stands in the options, sorted by name, enabled and active only`() throws {
        let space = try TestSpace()
        _ = try space.store.addCaseType(
            name: "éclair", summary: "s", keywords: "k", statuses: ["A"], isEnabled: true)
        _ = try space.store.addCaseType(
            name: "Gone", summary: "", keywords: "", statuses: ["A", "Completed"], isEnabled: false)
        try space.store.setEmployee(space.noah.id, isActive: false)
        let options = try space.store.makeReader().options()
        #expect(options.types.map(\.name) == ["éclair", "Outage", "Refund"])
        #expect(
            options.types.map(\.statuses) == [
                ["A", "Completed"], ["New", "Completed"], ["New", "Checked", "Completed"],
            ])
        #expect(options.queues.map(\.name) == ["Billing", "Repairs"])
        #expect(options.agents.map(\.name) == ["Ada", "Mia"])
        #expect(options.customers?.map(\.name) == ["Ann Öre"])
        #expect(options.tenant.displayName == "Main")
        #expect(options.tenant.timeZone.identifier == "Europe/Berlin")
    }

    @Test(arguments: [199, 200, 201]) func `lists up to 200 customers`(count: Int) throws {
        let space = try TestSpace()
        _ = try space.store.addCustomers((1..<count).map { NewCustomer(name: "Customer \($0)") })
        let customers = try space.store.makeReader().options().customers
        #expect(customers?.count == (count <= 200 ? count : nil))
    }

    @Test func `has a new version after each change, seen by every reader`() throws {
        let space = try TestSpace()
        let store = space.store
        let readers = [try store.makeReader(), try store.makeReader()]
        var version = try readers[0].options().version
        var tenant = try readers[0].options().tenant
        tenant.displayName = "Other"
        let changes: [() throws -> Void] = [
            { try store.updateTenant(tenant) },
            { _ = try store.addQueue(name: "New", members: [space.mia.id]) },
            { try store.setCaseType(space.refund.id, isEnabled: false) },
            { try store.setEmployee(space.noah.id, isActive: false) },
            { _ = try store.addCustomers([NewCustomer(name: "Bo")]) },
            {
                _ = try store.addEmployee(
                    login: "li", name: "Li", email: "", phone: "", role: .agent, passwordHash: "x")
            },
        ]
        for change in changes {
            try change()
            let versions = try readers.map { try $0.options().version }
            #expect(versions[0] > version)
            #expect(versions[0] == versions[1])
            version = versions[0]
        }
        #expect(try readers[1].options().tenant.displayName == "Other")
        #expect(try readers[1].options().types.map(\.name) == ["Outage"])
    }

    @Test func `keeps its version while cases are made and people log in`() throws {
        let space = try TestSpace()
        let reader = try space.store.makeReader()
        let version = try reader.options().version
        try space.createCase(try space.draft())
        try space.store.setPassword(of: space.mia.id, hash: "new")
        #expect(try reader.options().version == version)
    }

    @Test func `takes each name once`() throws {
        let space = try TestSpace()
        let store = space.store
        #expect(throws: StoreError.taken(what: "login", value: "mia")) {
            try store.addEmployee(
                login: "MIA", name: "M", email: "", phone: "", role: .agent, passwordHash: "x")
        }
        #expect(throws: StoreError.taken(what: "case queue", value: "Billing")) {
            try store.addQueue(name: "Billing", members: [])
        }
    }

    @Test func `refuses what does not exist or has no name`() throws {
        let space = try TestSpace()
        let store = space.store
        #expect(throws: StoreError.unknown("employee")) {
            try store.setPassword(of: EmployeeID(number: 99), hash: "x")
        }
        #expect(throws: StoreError.unknown("case type")) {
            try store.setCaseType(CaseTypeID(number: 99), isEnabled: true)
        }
        let error = #expect(throws: StoreError.self) {
            try store.addQueue(name: "", members: [])
        }
        guard case .refused = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `tells every error in one line with its remedy`() {
        let errors: [StoreError] = [
            .full, .newerVersion(found: 2, known: 1), .notWritable("/x"),
            .taken(what: "login", value: "mia"), .optionsChanged, .notYours,
            .alreadySaved(CaseNumber(number: 7)), .tooManyFiles, .quotaExceeded, .unknown("owner"),
            .refused("x"), .corrupt("x"), .busy, .closed,
        ]
        for error in errors {
            #expect(!error.description.contains("\n"))
            #expect(error.description.contains(";"))
        }
    }
}

@Suite struct `A session` {
    let key = [UInt8](repeating: 7, count: 32)
    let secret = [UInt8](repeating: 9, count: 32)

    @Test func `brings its person with the rights of this moment`() throws {
        let space = try TestSpace()
        let reader = try space.store.makeReader()
        #expect(try reader.session(key) == nil)
        try space.store.startSession(
            key, employee: space.mia.id, formSecret: secret, at: space.now)
        let session = try #require(try reader.session(key))
        #expect(session.viewer == space.viewer(space.mia))
        #expect(session.formSecret == secret)
        #expect(session.startedAt == space.now)
        #expect(session.endedAt == nil)
        _ = try space.store.addQueue(name: "Third", members: [space.mia.id])
        #expect(try reader.session(key)?.viewer.queues.count == 2)
    }

    @Test func `ends at log-out, for every reader`() throws {
        let space = try TestSpace()
        let reader = try space.store.makeReader()
        try space.store.startSession(
            key, employee: space.mia.id, formSecret: secret, at: space.now)
        _ = try reader.session(key)
        try space.store.endSession(key, at: space.now.addingTimeInterval(5))
        #expect(try reader.session(key)?.endedAt == space.now.addingTimeInterval(5))
    }

    @Test func `ends with the password and is none while the account is off`() throws {
        let space = try TestSpace()
        let reader = try space.store.makeReader()
        try space.store.startSession(
            key, employee: space.mia.id, formSecret: secret, at: space.now)
        try space.store.setPassword(of: space.mia.id, hash: "new")
        #expect(try reader.session(key)?.endedAt != nil)
        try space.store.setEmployee(space.mia.id, isActive: false)
        #expect(try reader.session(key) == nil)
    }

    @Test func `notes its use with the next transaction`() throws {
        let space = try TestSpace()
        let reader = try space.store.makeReader()
        try space.store.startSession(
            key, employee: space.mia.id, formSecret: secret, at: space.now)
        space.store.touchSession(key, at: space.now.addingTimeInterval(60))
        space.store.touchSession(key, at: space.now.addingTimeInterval(30))
        try space.store.checkHealth()
        #expect(try reader.session(key)?.lastSeenAt == space.now.addingTimeInterval(60))
    }

    @Test func `keeps a noted use when the store is closed`() throws {
        let space = try TestSpace()
        try space.store.startSession(
            key, employee: space.mia.id, formSecret: secret, at: space.now)
        space.store.touchSession(key, at: space.now.addingTimeInterval(60))
        space.store.close()
        let again = try #require(try space.data.openTenant(space.store.name))
        defer { again.close() }
        let session = try again.makeReader().session(key)
        #expect(session?.lastSeenAt == space.now.addingTimeInterval(60))
    }

    @Test func `starts with credentials that no other call gives away`() throws {
        let space = try TestSpace()
        let reader = try space.store.makeReader()
        let found = try #require(try reader.credentials(login: "MIA"))
        #expect(found.employee == space.mia)
        #expect(found.passwordHash == "$argon2id$mia")
        #expect(try reader.credentials(login: "mi") == nil)
    }

    @Test func `counts failed log-ins by key and forgets them after a day`() throws {
        let space = try TestSpace()
        let reader = try space.store.makeReader()
        let keys = ["login:mia", "address:127.0.0.1"]
        try space.store.recordLoginFailure(keys: keys, at: space.now)
        try space.store.recordLoginFailure(
            keys: ["login:mia"], at: space.now.addingTimeInterval(10))
        let counted = try reader.loginFailures(keys: keys + ["login:x"], since: space.now)
        #expect(counted["login:mia"]?.count == 2)
        #expect(counted["login:mia"]?.last == space.now.addingTimeInterval(10))
        #expect(counted["address:127.0.0.1"]?.count == 1)
        #expect(counted["login:x"] == nil)
        let later = try reader.loginFailures(keys: keys, since: space.now.addingTimeInterval(1))
        #expect(later["login:mia"]?.count == 1)
        try space.store.clearLoginFailures(keys: ["login:mia"])
        #expect(try reader.loginFailures(keys: keys, since: space.now).keys.sorted() == [keys[1]])
        try space.store.recordLoginFailure(
            keys: ["login:mia"], at: space.now.addingTimeInterval(86_401))
        #expect(try space.count("loginFailure") == 1)
    }

    @Test func `survives a key of any length`() throws {
        let space = try TestSpace()
        let key = String(repeating: "x", count: 10_000)
        try space.store.recordLoginFailure(keys: [key, ""], at: space.now)
        let counted = try space.store.makeReader().loginFailures(keys: [key], since: space.now)
        #expect(counted[key]?.count == 1)
    }
}
