import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `Creating a case` {
    @Test func `stores every field, the files in their order, and what happened`() throws {
        let space = try TestSpace()
        let id = DraftID()
        _ = try space.store.saveDraft(
            id, of: space.mia.id, values: nil,
            adding: [try space.receive("1", name: "z"), try space.receive("2", name: "y")],
            at: space.now)
        let draft = try space.draft(owner: .agent(space.noah.id))
        let number = try space.createCase(
            draft, from: id, files: [try space.receive("3", name: "x")])
        let details = try #require(try space.store.makeReader().caseDetails(number))
        let stored = details.case
        #expect(details.creator == space.mia.id)
        #expect(stored.title == draft.title)
        #expect(stored.description == draft.description)
        #expect(stored.typeName == "Refund")
        #expect(stored.statuses == ["New", "Checked", "Completed"])
        #expect(stored.status == "New")
        #expect(stored.state == .processing)
        #expect(stored.statusSince == space.now)
        #expect(stored.createdAt == space.now)
        #expect(stored.priority == .medium)
        #expect(stored.source == nil)
        #expect(stored.deadline == nil)
        #expect(stored.customer.name == "Ann Öre")
        #expect(stored.customer.phones == ["+49 30 123456"])
        #expect(stored.owner == .agent(space.noah.id))
        #expect(stored.ownerName == "Noah")
        #expect(stored.ownerReason == draft.ownerReason)
        #expect(stored.creatorName == "Mia")
        #expect(stored.assignmentMode == .manual)
        #expect(details.attachments.map(\.name) == ["z", "y", "x"])
        #expect(details.attachments.map(\.content.byteCount) == [1, 1, 1])
        #expect(
            details.events.map(\.text) == [
                "Case created", "Assigned to Noah: \(draft.ownerReason)",
            ])
        #expect(details.events.map(\.employeeName) == ["Mia", "Mia"])
        #expect(try space.count("stagedFile") == 0)
        #expect(try space.store.verify() == [])
    }

    @Test func `happens once for each draft, however often it is asked for`() throws {
        let space = try TestSpace()
        let id = DraftID()
        let draft = try space.draft()
        let version = try space.store.makeReader().options().version
        let store = space.store
        let (mia, now) = (space.mia.id, space.now)
        let results = onThreads(16) { _ in
            try store.createCase(
                draft, from: id, by: mia, adding: [], optionsVersion: version, at: now)
        }
        let creations = try results.map { try $0.get() }
        let one = CaseNumber(number: 1)
        #expect(creations.count { $0 == .created(one) } == 1)
        #expect(creations.count { $0 == .alreadySaved(one) } == 15)
        #expect(try space.count("caseRecord") == 1)
    }

    @Test func `answers with the case also when the configuration changed since`() throws {
        let space = try TestSpace()
        let id = DraftID()
        let draft = try space.draft()
        let version = try space.store.makeReader().options().version
        let number = try space.createCase(draft, from: id)
        try space.store.setCaseType(space.outage.id, isEnabled: false)
        let again = try space.store.createCase(
            draft, from: id, by: space.mia.id, adding: [], optionsVersion: version, at: space.now)
        #expect(again == .alreadySaved(number))
    }

    @Test func `is refused when the configuration is another by now`() throws {
        let space = try TestSpace()
        let draft = try space.draft()
        let version = try space.store.makeReader().options().version
        try space.store.setCaseType(space.refund.id, isEnabled: false)
        let id = DraftID()
        _ = try space.store.saveDraft(
            id, of: space.mia.id, values: nil, adding: [try space.receive("x")], at: space.now)
        #expect(throws: StoreError.optionsChanged) {
            try space.store.createCase(
                draft, from: id, by: space.mia.id, adding: [], optionsVersion: version,
                at: space.now)
        }
        #expect(try space.store.makeReader().draft(id)?.files.count == 1)
        #expect(try space.count("caseRecord") == 0)
    }

    @Test func `can be tried again with the files of a refused attempt`() throws {
        let space = try TestSpace()
        let draft = try space.draft()
        let file = try space.receive("kept", name: "k")
        let version = try space.store.makeReader().options().version
        #expect(throws: StoreError.optionsChanged) {
            try space.store.createCase(
                draft, from: DraftID(), by: space.mia.id, adding: [file],
                optionsVersion: version - 1, at: space.now)
        }
        let number = try space.createCase(draft, files: [file])
        let attachments = try space.store.makeReader().caseDetails(number)?.attachments
        #expect(attachments?.map(\.content) == [file.content])
        #expect(try space.store.verify() == [])
    }

    @Test func `takes five files and not six`() throws {
        let space = try TestSpace()
        let id = DraftID()
        _ = try space.store.saveDraft(
            id, of: space.mia.id, values: nil,
            adding: try (0..<3).map { try space.receive("\($0)") }, at: space.now)
        #expect(throws: StoreError.tooManyFiles) {
            try space.createCase(
                try space.draft(), from: id, files: try (3..<6).map { try space.receive("\($0)") })
        }
        #expect(try space.count("caseRecord") == 0)
        let number = try space.createCase(
            try space.draft(), from: id, files: try (3..<5).map { try space.receive("\($0)") })
        #expect(try space.store.makeReader().caseDetails(number)?.attachments.count == 5)
    }

    @Test func `never gives a number twice`() throws {
        let space = try TestSpace()
        let first = try space.createCase(try space.draft())
        try space.tamper("DELETE FROM caseEvent; DELETE FROM draft; DELETE FROM caseRecord;")
        let second = try space.createCase(try space.draft())
        #expect(second > first)
    }

    @Test func `gives a file only as part of its own case`() throws {
        let space = try TestSpace()
        let file = try space.receive("x", name: "n")
        let number = try space.createCase(try space.draft(), files: [file])
        let other = try space.createCase(try space.draft())
        let reader = try space.store.makeReader()
        let id = AttachmentID(number: 1)
        #expect(try reader.attachment(id, of: number)?.content == file.content)
        #expect(try reader.attachment(id, of: other) == nil)
        #expect(try reader.attachment(AttachmentID(number: 2), of: number) == nil)
        #expect(try reader.caseDetails(CaseNumber(number: 99)) == nil)
    }

    @Test func `keeps the same bytes once for any number of cases`() throws {
        let space = try TestSpace()
        let files = [try space.receive("same"), try space.receive("same")]
        try space.createCase(try space.draft(), files: [files[0]])
        try space.createCase(try space.draft(), files: [files[1]])
        let directory = space.store.directory + "/attachments"
        let names = try FileManager.default.subpathsOfDirectory(atPath: directory)
        #expect(names.count { $0.contains("/") } == 1)
        #expect(try space.store.verify() == [])
    }

    @Test func `lets the web server's group read a file and nobody else`() throws {
        let space = try TestSpace()
        let file = try space.receive("x")
        try space.createCase(try space.draft(), files: [file])
        let attributes = try FileManager.default.attributesOfItem(
            atPath: space.path(of: file.content))
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o640)
    }
}
