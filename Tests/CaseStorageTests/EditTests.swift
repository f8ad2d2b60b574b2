import CaseModel
import Foundation
import GRDB
import Testing

@testable import CaseStorage

/// A thing with two fields, to edit.
private struct Note: Editable {
    static let subject = Subject.caseQueue
    let texts: FieldTexts

    init(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        self.texts = texts
    }

    init(head: String, body: String) {
        texts = FieldTexts(["head": head, "body": body])
    }
}

@Suite("Editing a thing")
struct EditTests {
    let space: TestSpace
    private let first = Note(head: "Head", body: "Body")

    init() throws {
        space = try TestSpace()
    }

    /// Merges into what is stored, as a form does that was made when `base` was the newest change.
    private func edit(
        _ mine: Note, over stored: Note, base: Int64, by employee: Employee? = nil
    ) throws -> Note? {
        let edit = Edit(base: base, by: (employee ?? space.mia).id, at: space.now)
        return try space.store.writer.write { db in try db.merge(mine, into: stored, id: 7, edit) }
    }

    private func history() throws -> [Change] {
        try space.store.makeReader().changes(of: .caseQueue, 7, limit: 100)
    }

    @Test func `stores what changed, and who changed it from what to what`() throws {
        let merged = try edit(Note(head: "New", body: "Body"), over: first, base: 0)
        #expect(merged == Note(head: "New", body: "Body"))
        let change = try #require(try history().first)
        #expect(try history().count == 1)
        #expect(change.field == "head" && change.before == "Head" && change.after == "New")
        #expect(change.employeeName == "Mia" && change.at == space.now)
    }

    @Test func `notes nothing when nothing changed`() throws {
        #expect(try edit(first, over: first, base: 0) == nil)
        #expect(try history().isEmpty)
    }

    @Test func `keeps both changes of two people to different fields`() throws {
        let theirs = try #require(
            try edit(Note(head: "Head", body: "Theirs"), over: first, base: 0, by: space.noah))
        let merged = try edit(Note(head: "Mine", body: "Body"), over: theirs, base: 0)
        #expect(merged == Note(head: "Mine", body: "Theirs"))
        #expect(Set(try history().map(\.field)) == ["head", "body"])
    }

    @Test func `shows both texts when two people changed the same field`() throws {
        let theirs = try #require(
            try edit(Note(head: "Head", body: "Theirs"), over: first, base: 0, by: space.noah))
        let mine = Note(head: "Mine too", body: "Mine")
        let error = #expect(throws: StoreError.self) { try edit(mine, over: theirs, base: 0) }
        guard case .editedMeanwhile(let conflict) = error else {
            Issue.record("it was \(String(describing: error))")
            return
        }
        #expect(conflict.merged == mine.texts)
        #expect(conflict.fields.map(\.field) == ["body"])
        let field = try #require(conflict.fields.first)
        #expect(field.mine == "Mine")
        #expect(field.theirs.after == "Theirs" && field.theirs.employeeName == "Noah")
        #expect(try history().count == 1)
        // The person has seen it now, and decides.
        #expect(try edit(mine, over: theirs, base: conflict.base) == mine)
    }

    @Test func `takes the others' changes over beside a conflict`() throws {
        let theirs = try #require(
            try edit(Note(head: "Theirs", body: "Theirs"), over: first, base: 0, by: space.noah))
        let mine = Note(head: "Head", body: "Mine")
        let error = #expect(throws: StoreError.self) { try edit(mine, over: theirs, base: 0) }
        guard case .editedMeanwhile(let conflict) = error else {
            Issue.record("it was \(String(describing: error))")
            return
        }
        #expect(conflict.merged == Note(head: "Theirs", body: "Mine").texts)
    }

    @Test func `takes the same change of two people for one`() throws {
        let theirs = try #require(try edit(Note(head: "Same", body: "Body"), over: first, base: 0))
        #expect(try edit(Note(head: "Same", body: "Body"), over: theirs, base: 0) == nil)
    }

    @Test func `takes a field back that others changed to and fro as they left it`() throws {
        let there = try #require(try edit(Note(head: "There", body: "Body"), over: first, base: 0))
        let back = try #require(
            try edit(first, over: there, base: try history().first?.id ?? 0, by: space.noah))
        #expect(
            try edit(Note(head: "Head", body: "Mine"), over: back, base: 0)
                == Note(head: "Head", body: "Mine"))
    }

    @Test func `finds the thing that a form has made before`() throws {
        let key = DraftID()
        let edit = Edit(base: 0, by: nil, at: space.now)
        func made(by key: DraftID, _ subject: Subject) throws -> Int64? {
            try space.store.writer.write { db in try db.creation(key, of: subject) }
        }
        #expect(try made(by: key, .caseQueue) == nil)
        try space.store.writer.write { db in
            try db.recordCreation(of: .caseQueue, 7, key: key, edit)
        }
        #expect(try made(by: key, .caseQueue) == 7)
        #expect(try made(by: key, .customer) == nil)
        #expect(try made(by: DraftID(), .caseQueue) == nil)
        #expect(try history().map(\.field) == [Change.creationField])
        #expect(try history().first?.employeeName == nil)
    }
}
