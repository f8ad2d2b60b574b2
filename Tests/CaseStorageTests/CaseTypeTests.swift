import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite("Case types in the store")
struct CaseTypeTests {
    private let space: TestSpace

    init() throws {
        space = try TestSpace()
    }

    private func values(
        _ name: String, parent: CaseTypeID? = nil, summary: String = "", statuses: String = "New"
    ) throws -> CaseTypeValues {
        var texts = FieldTexts()
        texts[caseType: .name] = name
        texts[caseType: .parent] = parent?.description ?? ""
        texts[caseType: .description] = summary
        texts[caseType: .statuses] = statuses
        var problems: [FieldProblem] = []
        return try #require(CaseTypeValues(texts, problems: &problems))
    }

    private func edit(_ base: Int64 = 0, by employee: Employee? = nil) -> Edit {
        Edit(base: base, by: (employee ?? space.mia).id, at: space.now)
    }

    @discardableResult
    private func add(
        _ name: String, parent: CaseTypeID? = nil, isEnabled: Bool = false, key: DraftID? = nil
    ) throws -> CaseTypeID {
        try space.store.addCaseType(
            values(name, parent: parent), isEnabled: isEnabled, key: key, edit())
    }

    private func stored(_ id: CaseTypeID) throws -> CaseType? {
        try space.store.makeReader().caseTypes().first { $0.type.id == id }?.type
    }

    /// The problems with which a change was rejected.
    private func rejected(_ change: () throws -> Void) -> [FieldProblem] {
        do {
            try change()
        } catch {
            if case .rejected(let problems) = error as? StoreError { return problems }
            Issue.record(error)
        }
        return []
    }

    @Test func `are stored with all that was said of them`() throws {
        var texts = FieldTexts()
        texts[caseType: .name] = "Deposit"
        texts[caseType: .parent] = space.refund.id.description
        texts[caseType: .description] = "A deposit\nfor a device"
        texts[caseType: .keywords] = "deposit, device"
        texts[caseType: .statuses] = "New\nPaid"
        texts[caseType: .isStrict] = "1"
        texts[caseType: .verifiesTasks] = "1"
        var problems: [FieldProblem] = []
        let wanted = try #require(CaseTypeValues(texts, problems: &problems))
        let id = try space.store.addCaseType(wanted, isEnabled: true, key: nil, edit())
        #expect(try stored(id)?.values == wanted)
        #expect(try stored(id)?.isEnabled == true)
        #expect(try space.store.makeReader().options().types.contains { $0.id == id })
        let history = try space.store.makeReader().changes(of: .caseType, id.number, limit: 9)
        #expect(history.map(\.field) == [Change.creationField])
        #expect(history.first?.employeeName == "Mia")
    }

    @Test func `are made once for each form`() throws {
        let key = DraftID()
        let id = try add("Deposit", key: key)
        #expect(try add("Deposit", key: key) == id)
        #expect(try space.count("caseType") == 3)
    }

    @Test(arguments: ["Refund", "REFUND", " refund ", "Ｒefund"])
    func `have a name that no other has, whatever its case`(name: String) {
        #expect(rejected { try add(name) }.map(\.field) == ["name"])
    }

    @Test func `tell names apart as Unicode folds them`() throws {
        try add("Straßen  Bau")
        #expect(rejected { try add("STRASSEN bau") }.map(\.field) == ["name"])
        try add("Strassenbau")
    }

    @Test func `change only while they are disabled`() throws {
        let id = try add("Deposit", isEnabled: true)
        #expect(throws: StoreError.self) {
            try space.store.updateCaseType(id, to: values("Other"), edit(99))
        }
        #expect(try stored(id)?.name == "Deposit")
        try space.store.setCaseType(id, isEnabled: false, edit())
        try space.store.updateCaseType(id, to: values("Other"), edit(99))
        #expect(try stored(id)?.name == "Other")
        let fields = try space.store.makeReader().changes(of: .caseType, id.number, limit: 9)
        #expect(fields.map(\.field) == ["name", "is_enabled", ""])
    }

    @Test func `show both texts when two people changed one field`() throws {
        let id = try add("Deposit")
        let base = try space.store.makeReader().latestChange(of: .caseType, id.number)
        try space.store.updateCaseType(
            id, to: values("Deposit", summary: "Theirs"), edit(base, by: space.noah))
        let mine = try values("Mine", summary: "Mine")
        let error = #expect(throws: StoreError.self) {
            try space.store.updateCaseType(id, to: mine, edit(base))
        }
        guard case .editedMeanwhile(let conflict) = error else {
            Issue.record("it was \(String(describing: error))")
            return
        }
        #expect(conflict.fields.map(\.field) == ["description"])
        #expect(conflict.merged == mine.texts)
        #expect(try stored(id)?.name == "Deposit")
        try space.store.updateCaseType(id, to: mine, edit(conflict.base))
        #expect(try stored(id)?.values == mine)
    }

    @Test func `are not disabled while an open case is of them`() throws {
        let number = try space.createCase(space.draft())
        #expect(throws: StoreError.inUse("1 open case is of this type")) {
            try space.store.setCaseType(space.refund.id, isEnabled: false)
        }
        try space.tamper("UPDATE caseRecord SET state = 'completed' WHERE number = \(number)")
        try space.store.setCaseType(space.refund.id, isEnabled: false)
        #expect(throws: StoreError.inUse("1 case is of this type")) {
            try space.store.deleteCaseType(space.refund.id, edit())
        }
    }

    @Test func `are not disabled above an enabled one, nor enabled below a disabled one`() throws {
        let child = try add("Deposit", parent: space.refund.id, isEnabled: true)
        #expect(throws: StoreError.inUse("1 enabled type stands below it")) {
            try space.store.setCaseType(space.refund.id, isEnabled: false)
        }
        try space.store.setCaseType(child, isEnabled: false)
        try space.store.setCaseType(space.refund.id, isEnabled: false)
        #expect(throws: StoreError.self) { try space.store.setCaseType(child, isEnabled: true) }
        #expect(
            rejected { try add("Other", parent: space.refund.id, isEnabled: true) }.map(\.field)
                == ["parent"])
        #expect(try stored(child)?.isEnabled == false)
    }

    @Test func `keep the process that a case was made with`() throws {
        let number = try space.createCase(space.draft())
        try space.tamper("UPDATE caseRecord SET state = 'completed' WHERE number = \(number)")
        try space.store.setCaseType(space.refund.id, isEnabled: false)
        let base = try space.store.makeReader().latestChange(of: .caseType, space.refund.id.number)
        try space.store.updateCaseType(
            space.refund.id, to: values("Refund", statuses: "Another"), edit(base))
        let details = try space.store.makeReader().caseDetails(number)
        #expect(details?.case.statuses == ["New", "Checked", "Completed"])
        #expect(try stored(space.refund.id)?.statuses == ["Another", "Completed"])
    }

    @Test func `stand below no type that stands below them`() throws {
        let top = try add("Top")
        let middle = try add("Middle", parent: top)
        let low = try add("Low", parent: middle)
        for parent in [top, middle, low] {
            let problems = rejected {
                try space.store.updateCaseType(top, to: values("Top", parent: parent), edit(99))
            }
            #expect(problems.map(\.field) == ["parent"])
        }
        #expect(rejected { try add("Lost", parent: CaseTypeID(number: 99)) }.count == 1)
        #expect(try stored(top)?.parent == nil)
    }

    @Test func `stand at most five levels deep, with all that is below them`() throws {
        var last: CaseTypeID?
        for level in 1...5 { last = try add("Level \(level)", parent: last) }
        #expect(rejected { try add("Level 6", parent: last) }.map(\.field) == ["parent"])
        let levels = try (1...5).map { level in
            try #require(
                try space.store.makeReader().caseTypes().first { $0.type.name == "Level \(level)" }
            ).type.id
        }
        let top = try add("Above")
        let problems = rejected {
            let level1 = try values("Level 1", parent: top)
            try space.store.updateCaseType(levels[0], to: level1, edit(99))
        }
        #expect(problems.map(\.field) == ["parent"])
        let level2 = try values("Level 2", parent: top)
        try space.store.updateCaseType(levels[1], to: level2, edit(99))
        #expect(try stored(levels[1])?.parent == top)
    }

    @Test func `are deleted only when disabled and nothing refers to them`() throws {
        let top = try add("Top")
        let low = try add("Low", parent: top)
        #expect(throws: StoreError.inUse("1 type stands below it")) {
            try space.store.deleteCaseType(top, edit())
        }
        #expect(throws: StoreError.self) {
            try space.store.deleteCaseType(space.outage.id, edit())
        }
        try space.store.deleteCaseType(low, edit())
        try space.store.deleteCaseType(top, edit())
        try space.store.deleteCaseType(top, edit())
        #expect(try space.store.makeReader().caseTypes().map(\.type.name) == ["Outage", "Refund"])
        let history = try space.store.makeReader().changes(of: .caseType, top.number, limit: 9)
        #expect(history.first?.before == "Top" && history.first?.employeeName == "Mia")
    }

    @Test func `are counted with their open cases`() throws {
        try space.createCase(space.draft())
        let number = try space.createCase(space.draft())
        try space.tamper("UPDATE caseRecord SET state = 'completed' WHERE number = \(number)")
        let types = try space.store.makeReader().caseTypes()
        #expect(types.map(\.openCaseCount) == [0, 1])
        let references = try space.store.makeReader().references(to: space.refund.id)
        #expect(references?.caseCount == 2 && references?.openCaseCount == 1)
        #expect(try space.store.makeReader().references(to: CaseTypeID(number: 99)) == nil)
    }
}
