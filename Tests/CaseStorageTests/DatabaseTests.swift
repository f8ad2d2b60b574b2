import CaseModel
import Foundation
import GRDB
import Testing

@testable import CaseStorage

@Suite struct `The database of a tenant space` {
    @Test func `is written with a wait for the disk at each commit`() throws {
        let space = try TestSpace()
        // https://sqlite.org/pragma.html: synchronous 2 is FULL.
        let synchronous = try space.store.writer.write { try $0.number("PRAGMA synchronous") }
        #expect(synchronous == 2)
        let keys = try space.store.writer.write { try $0.number("PRAGMA foreign_keys") }
        #expect(keys == 1)
        let journal = try DatabaseQueue(path: space.database).read {
            try String.fetchOne($0, sql: "PRAGMA journal_mode")
        }
        #expect(journal == "wal")
    }

    @Test func `is refused when a later release made it`() throws {
        let space = try TestSpace()
        space.store.close()
        try space.tamper("PRAGMA user_version = 99")
        let expected = StoreError.newerVersion(found: 99, known: Migration.known)
        #expect(throws: expected) { try space.data.openTenant(space.store.name) }
    }

    @Test func `keeps everything when it is opened again`() throws {
        let space = try TestSpace()
        let number = try space.createCase(try space.draft())
        space.store.close()
        let again = try #require(try space.data.openTenant(space.store.name))
        defer { again.close() }
        #expect(try again.makeReader().caseDetails(number)?.case.title == "Charged twice")
        #expect(try again.verify() == [])
    }

    @Test func `is private to its user and hides from nothing else`() throws {
        let space = try TestSpace()
        for (path, mode) in [
            ("casedesk.sqlite", 0o600), ("casedesk.sqlite-wal", 0o600), ("attachments", 0o750),
            ("staging", 0o750),
        ] {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: space.store.directory + "/" + path)
            let found = try #require(attributes[.posixPermissions] as? NSNumber).intValue
            #expect(found & 0o777 == mode, "\(path)")
        }
    }

    @Test func `names the tenant spaces and makes none twice`() throws {
        let space = try TestSpace()
        let zone = try #require(TimeZone(identifier: "UTC"))
        let other = try #require(TenantName("a-2"))
        try space.data.createTenant(other, TenantSpace(displayName: "B", timeZone: zone)).close()
        #expect(try space.data.tenantNames() == [other, space.store.name])
        #expect(throws: StoreError.taken(what: "tenant space", value: "a-2")) {
            try space.data.createTenant(other, TenantSpace(displayName: "C", timeZone: zone))
        }
        let missing = try #require(TenantName("nobody"))
        #expect(try space.data.openTenant(missing) == nil)
    }

    @Test func `says which directory it cannot write`() throws {
        let file = NSTemporaryDirectory() + "/casedesk-test-" + DraftID().description
        try Data("x".utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(throws: StoreError.notWritable(file + "/tenants")) {
            try DataDirectory(path: file)
        }
    }

    /// Statements that break one rule each; the database itself must refuse them.
    static let refused = [
        "INSERT INTO employee (login, name, email, phone, role, isActive, passwordHash) "
            + "VALUES ('MIA2', 'M', '', '', 'agent', 1, 'x')",
        "INSERT INTO employee (login, name, email, phone, role, isActive, passwordHash) "
            + "VALUES ('mia', 'M', '', '', 'agent', 1, 'x')",
        "INSERT INTO employee (login, name, email, phone, role, isActive, passwordHash) "
            + "VALUES ('x', 'M', '', '', 'owner', 1, 'x')",
        "UPDATE employee SET isActive = 2",
        "UPDATE employee SET isActive = 'yes'",
        "UPDATE employee SET name = ''",
        "UPDATE employee SET passwordHash = NULL",
        "INSERT INTO caseQueue (name) VALUES ('Billing')",
        "INSERT INTO queueMember (queue, employee) VALUES (1, 99)",
        "UPDATE caseType SET statuses = 'New'",
        "UPDATE caseType SET statuses = ''",
        "UPDATE caseType SET statuses = 'NewCompleted'",
        "INSERT INTO tenant (id, displayName, timeZone, isCaseEnabled) VALUES (2, 'x', 'UTC', 1)",
        "UPDATE caseRecord SET title = ''",
        "UPDATE caseRecord SET title = printf('%.129c', 'x')",
        "UPDATE caseRecord SET description = printf('%.20001c', 'x')",
        "UPDATE caseRecord SET state = 'open'",
        "UPDATE caseRecord SET priority = 'urgent'",
        "UPDATE caseRecord SET source = 'fax'",
        "UPDATE caseRecord SET ownerAgent = 1",
        "UPDATE caseRecord SET ownerQueue = NULL",
        "UPDATE caseRecord SET customer = 99",
        "UPDATE caseRecord SET creator = 99",
        "UPDATE caseRecord SET caseType = 99",
        "UPDATE caseRecord SET createdAt = 'today'",
        "DELETE FROM customer",
        "INSERT INTO attachment (caseNumber, name, sha256, byteCount, format, addedAt) "
            + "VALUES (1, 'a', 'b', 1, 'pdf', 0)",
        "INSERT INTO attachment (caseNumber, name, sha256, byteCount, format, addedAt) "
            + "VALUES (1, 'a', printf('%.64c', 'G'), 1, 'pdf', 0)",
        "INSERT INTO attachment (caseNumber, name, sha256, byteCount, format, addedAt) "
            + "VALUES (9, 'a', printf('%.64c', 'a'), 1, 'pdf', 0)",
        "INSERT INTO attachment (caseNumber, name, sha256, byteCount, format, addedAt) "
            + "VALUES (1, 'a', printf('%.64c', 'a'), 0, 'pdf', 0)",
        "INSERT INTO caseEvent (caseNumber, position, at, employee, text) VALUES (1, 1, 0, 1, 'x')",
        "INSERT INTO draft (id, employee, formValues, savedAt) VALUES ('short', 1, '{}', 0)",
        "INSERT INTO session (key, employee, formSecret, startedAt, lastSeenAt) "
            + "VALUES (x'00', 1, zeroblob(32), 0, 0)",
    ]

    @Test(arguments: refused) func `refuses what breaks a rule`(statement: String) throws {
        let space = try TestSpace()
        try space.createCase(try space.draft())
        let queue = try DatabaseQueue(path: space.database)
        let error = #expect(throws: DatabaseError.self) {
            try queue.write { try $0.execute(sql: statement) }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    @Test func `takes the longest title and description`() throws {
        let space = try TestSpace()
        let title = String(repeating: "\u{1F600}", count: 128)
        let description = String(repeating: "e\u{301}", count: 10_000)
        let number = try space.createCase(
            try space.draft(title: title, description: description))
        let stored = try #require(try space.store.makeReader().caseDetails(number)).case
        #expect(stored.title == title)
        #expect(stored.description.unicodeScalars.elementsEqual(description.unicodeScalars))
    }

    @Test func `answers the health check, and not when it is closed`() throws {
        let space = try TestSpace()
        try space.store.checkHealth()
        space.store.close()
        #expect(throws: StoreError.closed) { try space.store.checkHealth() }
    }
}
