import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `A draft` {
    let id = DraftID()

    private func values(_ title: String) -> CaseFormValues {
        var values = CaseFormValues.initial
        values[.title] = title
        return values
    }

    @Test func `keeps values and files in their order`() throws {
        let space = try TestSpace()
        let files = [
            try space.receive("one", name: "b.pdf"), try space.receive("two", name: "a.pdf"),
        ]
        let staged = try space.store.saveDraft(
            id, of: space.mia.id, values: values("Täst \" 😀\nx"), adding: files, at: space.now)
        #expect(staged.map(\.name) == ["b.pdf", "a.pdf"])
        #expect(staged.map(\.content) == files.map(\.content))
        let draft = try #require(try space.store.makeReader().draft(id))
        #expect(draft.values == values("Täst \" 😀\nx"))
        #expect(draft.employee == space.mia.id)
        #expect(draft.files == staged)
        #expect(draft.savedAt == space.now)
        #expect(draft.savedAs == nil)
        for file in files {
            #expect(FileManager.default.contents(atPath: space.path(of: file.content)) != nil)
        }
    }

    @Test func `keeps its values when only files come`() throws {
        let space = try TestSpace()
        _ = try space.store.saveDraft(
            id, of: space.mia.id, values: values("A"), adding: [], at: space.now)
        _ = try space.store.saveDraft(
            id, of: space.mia.id, values: nil, adding: [try space.receive("x")], at: space.now)
        let draft = try #require(try space.store.makeReader().draft(id))
        #expect(draft.values == values("A"))
        #expect(draft.files.count == 1)
    }

    @Test func `hashes what arrives, in whatever pieces`() throws {
        let space = try TestSpace()
        let reception = try space.store.receiveFile()
        for byte in "abc".utf8 { try reception.append([byte][...]) }
        #expect(reception.byteCount == 3)
        #expect(try reception.bytes(at: 1, count: 1) == Array("b".utf8))
        #expect(try reception.bytes(at: 2, count: 9) == Array("c".utf8))
        #expect(try reception.bytes(at: 3, count: 1) == [])
        let file = reception.finish(name: "x", format: "pdf")
        // FIPS 180-4, the example "abc".
        #expect(
            file.content.sha256
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(file.content.byteCount == 3)
    }

    @Test func `leaves nothing of a reception that was given up`() throws {
        let space = try TestSpace()
        let staging = space.store.directory + "/staging"
        do {
            let reception = try space.store.receiveFile()
            try reception.append(Array("x".utf8)[...])
            #expect(try FileManager.default.contentsOfDirectory(atPath: staging).count == 1)
            reception.discard()
            _ = try space.receive("never kept")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: staging) == [])
    }

    @Test func `belongs to one person`() throws {
        let space = try TestSpace()
        let staged = try space.store.saveDraft(
            id, of: space.mia.id, values: nil, adding: [try space.receive("x")], at: space.now)
        let file = try #require(staged.first)
        let noah = space.noah.id
        #expect(throws: StoreError.notYours) {
            try space.store.saveDraft(id, of: noah, values: nil, adding: [], at: space.now)
        }
        #expect(throws: StoreError.notYours) {
            try space.store.removeStagedFile(file.id, from: id, of: noah)
        }
        #expect(throws: StoreError.notYours) { try space.store.discardDraft(id, of: noah) }
        #expect(throws: StoreError.notYours) {
            try space.createCase(try space.draft(), from: id, by: space.noah)
        }
        #expect(try space.store.makeReader().draft(id)?.files.count == 1)
        #expect(try space.store.makeReader().drafts(of: noah, limit: 10) == [])
    }

    @Test(arguments: [(0, 5, true), (0, 6, false), (4, 1, true), (4, 2, false), (5, 1, false)])
    func `takes five files`(waiting: Int, coming: Int, isTaken: Bool) throws {
        let space = try TestSpace()
        func files(_ count: Int, _ text: String) throws -> [ReceivedFile] {
            try (0..<count).map { try space.receive("\(text) \($0)") }
        }
        _ = try space.store.saveDraft(
            id, of: space.mia.id, values: nil, adding: try files(waiting, "waits"), at: space.now)
        let more = try files(coming, "comes")
        let save = {
            try space.store.saveDraft(
                id, of: space.mia.id, values: values("B"), adding: more, at: space.now)
        }
        if isTaken {
            #expect(try save().count == waiting + coming)
        } else {
            #expect(throws: StoreError.tooManyFiles) { try save() }
            let draft = try space.store.makeReader().draft(id)
            #expect(draft?.files.count == waiting)
            #expect(draft?.values == CaseFormValues())
        }
    }

    @Test func `takes an upload that a browser repeated once`() throws {
        let space = try TestSpace()
        let save = { (text: String, name: String) in
            try space.store.saveDraft(
                id, of: space.mia.id, values: nil,
                adding: [try space.receive(text, name: name)], at: space.now)
        }
        #expect(try save("x", "a").count == 1)
        #expect(try save("x", "a").count == 1)
        #expect(try save("x", "b").count == 2)
        #expect(try save("y", "a").count == 3)
        #expect(try space.store.verify() == [])
    }

    @Test func `counts against the quota of its person`() throws {
        let space = try TestSpace()
        let other = DraftID()
        _ = try space.store.saveDraft(
            other, of: space.mia.id, values: nil, adding: [try space.receive("x")], at: space.now)
        let nearly = StoreLimit.maximumStagedByteCount - 2
        try space.tamper("UPDATE stagedFile SET byteCount = \(nearly)")
        let save = { (text: String) in
            try space.store.saveDraft(
                id, of: space.mia.id, values: nil, adding: [try space.receive(text)],
                at: space.now)
        }
        #expect(throws: StoreError.quotaExceeded) { try save("xxx") }
        #expect(try save("xx").count == 1)
        #expect(throws: StoreError.quotaExceeded) { try save("x") }
        // Another person has a quota of their own.
        let noah = try space.store.saveDraft(
            DraftID(), of: space.noah.id, values: nil, adding: [try space.receive("x")],
            at: space.now)
        #expect(noah.count == 1)
    }

    @Test func `gives a file up, also twice`() throws {
        let space = try TestSpace()
        let staged = try space.store.saveDraft(
            id, of: space.mia.id, values: nil,
            adding: [try space.receive("x", name: "a"), try space.receive("x", name: "b")],
            at: space.now)
        try space.store.removeStagedFile(staged[0].id, from: id, of: space.mia.id)
        try space.store.removeStagedFile(staged[0].id, from: id, of: space.mia.id)
        #expect(try space.store.makeReader().draft(id)?.files == [staged[1]])
        // Not through another draft.
        let other = DraftID()
        try space.store.removeStagedFile(staged[1].id, from: other, of: space.mia.id)
        #expect(try space.store.makeReader().draft(id)?.files == [staged[1]])
    }

    @Test func `is gone when it is discarded, also twice`() throws {
        let space = try TestSpace()
        _ = try space.store.saveDraft(
            id, of: space.mia.id, values: nil, adding: [try space.receive("x")], at: space.now)
        try space.store.discardDraft(id, of: space.mia.id)
        try space.store.discardDraft(id, of: space.mia.id)
        #expect(try space.store.makeReader().draft(id) == nil)
        #expect(try space.count("stagedFile") == 0)
    }

    @Test func `is listed newest first until it is a case`() throws {
        let space = try TestSpace()
        let ids = (0..<4).map { _ in DraftID() }
        for (index, id) in ids.enumerated() {
            _ = try space.store.saveDraft(
                id, of: space.mia.id, values: values("\(index)"), adding: [],
                at: space.now.addingTimeInterval(Double(index)))
        }
        try space.createCase(try space.draft(), from: ids[2])
        let reader = try space.store.makeReader()
        #expect(
            try reader.drafts(of: space.mia.id, limit: 10).map(\.id) == [ids[3], ids[1], ids[0]])
        #expect(try reader.drafts(of: space.mia.id, limit: 2).map(\.id) == [ids[3], ids[1]])
    }

    @Test func `does not change any more once it is a case`() throws {
        let space = try TestSpace()
        let number = try space.createCase(try space.draft(), from: id)
        let mia = space.mia.id
        let saved = StoreError.alreadySaved(number)
        #expect(throws: saved) {
            try space.store.saveDraft(id, of: mia, values: nil, adding: [], at: space.now)
        }
        #expect(throws: saved) { try space.store.discardDraft(id, of: mia) }
        #expect(throws: saved) {
            try space.store.removeStagedFile(StagedFileID(number: 1), from: id, of: mia)
        }
        let reader = try space.store.makeReader()
        #expect(try reader.draft(id)?.savedAs == number)
        #expect(try reader.case(savedFrom: id) == number)
        #expect(try reader.case(savedFrom: DraftID()) == nil)
    }
}
