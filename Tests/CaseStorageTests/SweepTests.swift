import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `The sweep` {
    private func save(
        _ space: TestSpace, _ id: DraftID, _ file: ReceivedFile, at: Date
    ) throws {
        _ = try space.store.saveDraft(
            id, of: space.mia.id, values: nil, adding: [file], at: at)
    }

    @Test(arguments: [(-1.0, 0), (1.0, 1)])
    func `takes files out of drafts after 24 hours`(seconds: Double, count: Int) throws {
        let space = try TestSpace()
        try save(space, DraftID(), try space.receive("x"), at: space.now)
        let report = try space.store.sweep(now: space.now.addingTimeInterval(86_400 + seconds))
        #expect(report.stagedFiles == count)
        #expect(report.drafts == 0)
        #expect(try space.count("stagedFile") == 1 - count)
    }

    @Test(arguments: [(-1.0, 0), (1.0, 1)])
    func `takes drafts after 30 days, with their files`(seconds: Double, count: Int) throws {
        let space = try TestSpace()
        _ = try space.store.saveDraft(
            DraftID(), of: space.mia.id, values: .initial, adding: [], at: space.now)
        let now = space.now.addingTimeInterval(30 * 86_400 + seconds)
        #expect(try space.store.sweep(now: now).drafts == count)
        #expect(try space.count("draft") == 1 - count)
    }

    @Test func `takes sessions that have been over for a week and nothing of a case`() throws {
        let space = try TestSpace()
        let secret = [UInt8](repeating: 1, count: 32)
        let keys = (0..<3).map { [UInt8](repeating: UInt8($0), count: 32) }
        for key in keys {
            try space.store.startSession(
                key, employee: space.mia.id, formSecret: secret, at: space.now)
        }
        let week = space.now.addingTimeInterval(7 * 86_400)
        try space.store.endSession(keys[0], at: space.now)
        space.store.touchSession(keys[1], at: week)
        try space.createCase(try space.draft(), files: [try space.receive("x")])
        #expect(try space.store.sweep(now: week.addingTimeInterval(1)).sessions == 2)
        #expect(try space.store.makeReader().session(keys[1]) != nil)
        #expect(try space.count("caseRecord") == 1)
        #expect(try space.count("attachment") == 1)
    }

    @Test func `removes old files that no row names and no other`() throws {
        let space = try TestSpace()
        let id = DraftID()
        let (kept, shared, orphan, young) = (
            try space.receive("case"), try space.receive("shared"), try space.receive("orphan"),
            try space.receive("young")
        )
        try space.createCase(try space.draft(), files: [kept, shared])
        for file in [try space.receive("shared"), orphan, young] {
            try save(space, id, file, at: space.now)
        }
        let staged = try #require(try space.store.makeReader().draft(id)).files
        for file in staged {
            try space.store.removeStagedFile(file.id, from: id, of: space.mia.id)
        }
        for file in [kept, shared, orphan] { try space.age(space.path(of: file.content), hours: 2) }
        #expect(try space.store.sweep(now: Date()).orphans == 1)
        for file in [kept, shared, young] {
            #expect(FileManager.default.fileExists(atPath: space.path(of: file.content)))
        }
        #expect(!FileManager.default.fileExists(atPath: space.path(of: orphan.content)))
        #expect(try space.store.verify() == [])
    }

    @Test func `spares an old orphan that is wanted again`() throws {
        let space = try TestSpace()
        let id = DraftID()
        let first = try space.receive("again")
        try save(space, id, first, at: space.now)
        try space.store.discardDraft(id, of: space.mia.id)
        try space.age(space.path(of: first.content), hours: 2)
        try save(space, DraftID(), try space.receive("again"), at: space.now)
        #expect(try space.store.sweep(now: Date()).orphans == 0)
        #expect(try space.store.verify() == [])
    }

    @Test func `never takes a file from under those who save`() throws {
        let space = try TestSpace()
        let store = space.store
        let mia = space.mia.id
        let now = space.now
        // The same two contents come and go while a sweep for which every file is old runs.
        let results = onThreads(5) { index in
            for round in 0..<40 {
                if index == 0 {
                    _ = try store.removeOrphans(before: .distantFuture)
                    continue
                }
                let reception = try store.receiveFile()
                try reception.append(Array("content \(round % 2)".utf8)[...])
                let id = DraftID()
                let staged = try store.saveDraft(
                    id, of: mia, values: nil,
                    adding: [reception.finish(name: "x", format: "pdf")], at: now)
                if round % 3 > 0 {
                    try store.removeStagedFile(try #require(staged.first).id, from: id, of: mia)
                }
            }
            return index
        }
        for result in results { _ = try result.get() }
        #expect(try store.verify() == [])
    }

    @Test func `removes what a killed process left in staging`() throws {
        let space = try TestSpace()
        let staging = space.store.directory + "/staging/"
        for name in ["old", "young"] {
            try Data("x".utf8).write(to: URL(fileURLWithPath: staging + name))
        }
        try space.age(staging + "old", hours: 1.1)
        try space.age(staging + "young", hours: 0.9)
        #expect(try space.store.sweep(now: Date()).leftovers == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: staging) == ["young"])
    }
}
