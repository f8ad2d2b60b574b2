import CaseModel
import Foundation
import Synchronization
import Testing

@testable import CaseStorage

@Suite struct `A backup` {
    @Test func `holds everything and opens like the original`() throws {
        let space = try TestSpace()
        let number = try space.createCase(try space.draft(), files: [try space.receive("x")])
        let id = DraftID()
        let staged = try space.store.saveDraft(
            id, of: space.mia.id, values: .initial, adding: [try space.receive("y")], at: space.now)
        let destination = space.root + "/tenants/copy"
        try space.store.backup(to: destination)
        let name = try #require(TenantName("copy"))
        let copy = try #require(try space.data.openTenant(name))
        defer { copy.close() }
        #expect(try copy.verify() == [])
        let reader = try copy.makeReader()
        #expect(
            try reader.caseDetails(number) == space.store.makeReader().caseDetails(number))
        #expect(try reader.draft(id)?.files == staged)
    }

    @Test func `is of one moment while others write`() throws {
        let space = try TestSpace()
        let store = space.store
        let draft = try space.draft()
        let version = try store.makeReader().options().version
        let (mia, now, root) = (space.mia.id, space.now, space.root)
        let isOver = Atomic(false)
        let results = onThreads(4) { index in
            if index == 0 {
                defer { isOver.store(true, ordering: .sequentiallyConsistent) }
                for round in 0..<3 { try store.backup(to: root + "/tenants/copy\(round)") }
                return 0
            }
            var made = 0
            while !isOver.load(ordering: .sequentiallyConsistent) && made < 2_000 {
                let reception = try store.receiveFile()
                try reception.append(Array("\(index) \(made)".utf8)[...])
                _ = try store.createCase(
                    draft, from: DraftID(), by: mia,
                    adding: [reception.finish(name: "x", format: "pdf")], optionsVersion: version,
                    at: now)
                made += 1
            }
            return made
        }
        for result in results { _ = try result.get() }
        for round in 0..<3 {
            let name = try #require(TenantName("copy\(round)"))
            let copy = try #require(try space.data.openTenant(name))
            #expect(try copy.verify() == [])
            copy.close()
        }
    }

    @Test func `is not made over something`() throws {
        let space = try TestSpace()
        let destination = space.root + "/copy"
        try space.store.backup(to: destination)
        #expect(throws: StoreError.taken(what: "backup directory", value: destination)) {
            try space.store.backup(to: destination)
        }
    }

    @Test func `is not made of damaged files`() throws {
        let space = try TestSpace()
        let file = try space.receive("x")
        try space.createCase(try space.draft(), files: [file])
        try Data("z".utf8).write(to: URL(fileURLWithPath: space.path(of: file.content)))
        let destination = space.root + "/copy"
        #expect(throws: StoreError.self) { try space.store.backup(to: destination) }
        #expect(!FileManager.default.fileExists(atPath: destination))
        #expect(!FileManager.default.fileExists(atPath: destination + ".unfinished"))
    }
}
