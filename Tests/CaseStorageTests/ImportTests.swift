import CaseModel
import CustomerFile
import FileAccess
import Foundation
import Testing

@testable import CaseStorage

/// A tenant space into which files are imported.
private struct Desk {
    let space: TestSpace
    var store: TenantStore

    init() throws {
        space = try TestSpace()
        store = space.store
    }

    /// Uploads and starts a file of these lines below the names of the columns.
    func start(
        _ lines: [String], columns: String = "name,email,phone,gender,remark",
        _ existing: ExistingCustomers = .update
    ) throws -> CustomerImportID {
        let text = ([columns] + lines).joined(separator: "\n")
        let sheet = try CustomerSheet(of: BytesInMemory(Array(text.utf8)))
        let file = try space.receive(text, name: "customers.csv")
        let id = try store.addImport(file, sheet, by: space.ada.id, at: space.now)
        try store.startImport(id, SheetColumns(guessedFrom: sheet.columnNames), existing)
        return id
    }

    func found(_ id: CustomerImportID) throws -> CustomerImport {
        try #require(try store.makeReader().customerImport(id))
    }

    func run(_ id: CustomerImportID) throws -> ImportRun {
        try ImportRun(found(id), in: store)
    }

    @discardableResult
    func finish(_ id: CustomerImportID) throws -> CustomerImport {
        let run = try run(id)
        while try run.takeBatch(at: space.now) {}
        return try found(id)
    }

    func receipt(_ id: CustomerImportID, _ outcome: RowOutcome? = nil) throws -> [ReceiptRow] {
        try store.makeReader().receipt(of: id, outcome: outcome, after: 0, limit: 500)
    }

    /// The customers of a name, in the order in which they were made.
    func customers(named name: String) throws -> [CustomerValues] {
        let reader = try store.makeReader()
        return try reader.customers(matching: name, limit: 500).map(\.id).sorted()
            .compactMap { try reader.storedCustomer($0)?.values }
            .filter { $0.name == name }
    }

    static func lines(_ numbers: ClosedRange<Int>) -> [String] {
        numbers.map { "Customer \($0),c\($0)@example.org,+49 40 \(5_000_000 + $0),," }
    }
}

private func counts(
    created: Int = 0, updated: Int = 0, unchanged: Int = 0, refused: Int = 0
) -> ImportCounts {
    var counts = ImportCounts()
    counts[.created] = created
    counts[.updated] = updated
    counts[.unchanged] = unchanged
    counts[.refused] = refused
    return counts
}

struct `Importing customers` {
    private let desk: Desk
    private let batch = ImportRun.batchRowCount

    init() throws { desk = try Desk() }

    @Test func `gives a receipt of every row`() throws {
        let id = try desk.start([
            "Bo,bo@example.org,,male,", ",nobody@example.org,,,", "Ann Öre,ANN@example.org,,,",
            "Cy,no address,,,", "Ann Öre,ann@example.org,,female,likes tea",
        ])
        let done = try desk.finish(id)
        #expect(done.state == .done)
        #expect(done.endedAt == desk.space.now)
        #expect(done.counts == counts(created: 1, updated: 1, unchanged: 1, refused: 2))
        let receipt = try desk.receipt(id)
        #expect(receipt.map(\.number) == [2, 3, 4, 5, 6])
        #expect(receipt.map(\.outcome) == [.created, .refused, .unchanged, .refused, .updated])
        #expect(receipt[1].reason == "Enter the customer’s name")
        #expect(receipt[3].reason.contains("“no address”"))
        #expect(receipt[4].customer == desk.space.customer)
        #expect(try desk.receipt(id, .refused).map(\.number) == [3, 5])
        #expect(try desk.customers(named: "Bo").map(\.gender) == [.male])
    }

    @Test(arguments: [-1, 0, 1])
    func `takes files about as long as batches`(more: Int) throws {
        let count = 2 * batch + more
        let done = try desk.finish(try desk.start(Desk.lines(1...count)))
        #expect(done.state == .done)
        #expect(done.counts == counts(created: count))
        #expect(try desk.space.count("customer") == count + 1)
    }

    @Test(arguments: 0...3)
    func `goes on after a killed process where it was`(batches: Int) throws {
        let count = 2 * batch + 7
        var desk = desk
        let id = try desk.start(Desk.lines(1...count))
        let killed = try desk.run(id)
        for _ in 0..<batches { _ = try killed.takeBatch(at: desk.space.now) }
        desk.store.close()
        desk.store = try #require(try desk.space.data.openTenant(desk.store.name))
        defer { desk.store.close() }
        #expect(desk.store.takeWaitingImports())
        for waiting in try desk.store.makeReader().runningImports() {
            try desk.finish(waiting.id)
        }
        #expect(try desk.found(id).state == .done)
        #expect(try desk.found(id).counts == counts(created: count))
        #expect(try desk.receipt(id).map(\.number) == Array(2...count + 1))
        #expect(try desk.space.count("customer") == count + 1)
    }

    @Test func `takes no row twice when two runs are at it`() throws {
        let id = try desk.start(Desk.lines(1...2 * batch + 7))
        let one = try desk.run(id)
        let other = try desk.run(id)
        #expect(try one.takeBatch(at: desk.space.now))
        #expect(try !other.takeBatch(at: desk.space.now))
        #expect(try desk.found(id).counts.total == batch)
        try desk.finish(id)
        #expect(try desk.found(id).counts == counts(created: 2 * batch + 7))
    }

    @Test func `stops where it was cancelled`() throws {
        let id = try desk.start(Desk.lines(1...batch + 1))
        let run = try desk.run(id)
        #expect(try run.takeBatch(at: desk.space.now))
        try desk.store.cancelImport(id, at: desk.space.now)
        #expect(try !run.takeBatch(at: desk.space.now))
        #expect(try desk.found(id).state == .cancelled)
        #expect(try desk.found(id).counts == counts(created: batch))
        #expect(try desk.store.makeReader().runningImports().isEmpty)
        try desk.store.startImport(id, SheetColumns([.name]), .keep)
        #expect(try desk.found(id).state == .cancelled)
    }

    @Test func `of the same file again changes nothing`() throws {
        let lines = Desk.lines(1...20) + ["Zoë,z@example.org,030 5551234|112,female,=1"]
        try desk.finish(try desk.start(lines))
        let again = try desk.finish(try desk.start(lines))
        #expect(again.counts == counts(unchanged: 21))
    }

    @Test func `wakes whoever takes imports in`() throws {
        #expect(desk.store.takeWaitingImports())
        #expect(!desk.store.takeWaitingImports())
        let id = try desk.start(["Bo,,,,"])
        #expect(desk.store.takeWaitingImports())
        #expect(try desk.store.makeReader().runningImports().map(\.id) == [id])
    }

    @Test func `lets others write between its batches`() throws {
        let id = try desk.start(Desk.lines(1...batch + 1))
        let run = try desk.run(id)
        _ = try run.takeBatch(at: desk.space.now)
        try desk.space.createCase(try desk.space.draft())
        #expect(try !run.takeBatch(at: desk.space.now))
    }

    @Test func `names no one who is unknown`() throws {
        let unknown = CustomerImportID(number: 99)
        #expect(throws: StoreError.unknown("import")) {
            try desk.store.cancelImport(unknown, at: desk.space.now)
        }
        #expect(throws: StoreError.unknown("import")) {
            try desk.store.startImport(unknown, SheetColumns([.name]), .keep)
        }
        #expect(try desk.store.makeReader().customerImport(unknown) == nil)
    }
}

struct `Rows of customers who are there` {
    private let desk: Desk

    init() throws { desk = try Desk() }

    @Test func `add addresses and never take anything away`() throws {
        let row = "Ann Öre,ann2@example.org|ANN@EXAMPLE.ORG,0049 30 123456,,"
        #expect(try desk.finish(try desk.start([row])).counts == counts(updated: 1))
        let ann = try #require(try desk.customers(named: "Ann Öre").first)
        #expect(ann.emails.places == ["ann@example.org", "ann2@example.org"])
        #expect(ann.phones.places == ["+49 30 123456"])
    }

    @Test func `keep what a row leaves empty`() throws {
        try desk.finish(
            try desk.start(["Ann Öre,ann@example.org,,female,likes tea"]))
        try desk.finish(try desk.start(["Ann Ore,ann@example.org,,,"]))
        let ann = try #require(try desk.customers(named: "Ann Ore").first)
        #expect(ann.gender == .female)
        #expect(ann.remark == "likes tea")
        #expect(ann.phones.places == ["+49 30 123456"])
    }

    @Test func `are found by a number however it is written`() throws {
        let done = try desk.finish(try desk.start(["Ann Öre,,030 / 123 456,,new"]))
        // Six digits without their country say too little to be sure.
        #expect(done.counts.total == 1)
        let id = try desk.start(["Ann Öre,,0049 (0)30 123456,,newer"])
        #expect(try desk.finish(id).counts[.updated] == 1)
    }

    @Test func `are left alone when the person wants that`() throws {
        let id = try desk.start(["Other,ann@example.org,,,"], .keep)
        #expect(try desk.finish(id).counts == counts(unchanged: 1))
        #expect(try desk.customers(named: "Other").isEmpty)
    }

    @Test func `are refused when their addresses belong to several`() throws {
        _ = try desk.store.addCustomers([NewCustomer(name: "Bo", emails: ["bo@example.org"])])
        let id = try desk.start(["Ann,ann@example.org|bo@example.org,,,"])
        #expect(try desk.finish(id).counts == counts(refused: 1))
        let reason = try #require(try desk.receipt(id).first?.reason)
        #expect(reason.contains("“Ann Öre”") && reason.contains("“Bo”"))
    }

    @Test func `are told by the address that one of them alone has`() throws {
        _ = try desk.store.addCustomers([
            NewCustomer(name: "Bo", emails: ["bo@example.org"], phones: ["+49 30 123456"])
        ])
        let shared = try desk.start(["Bo,,+49 30 123456,,"])
        #expect(try desk.finish(shared).counts == counts(refused: 1))
        let own = try desk.start(["Bo,bo@example.org,+49 30 123456,,met"])
        #expect(try desk.finish(own).counts == counts(updated: 1))
        #expect(try desk.customers(named: "Bo").map(\.remark) == ["met"])
    }

    @Test func `are not replaced by another row of the same file`() throws {
        let id = try desk.start([
            "Bo,,+49 40 7654321,,", "Cy,cy@example.org,+49 40 7654321,,",
            "BÓ,bo@example.org,+49 40 7654321,,",
        ])
        #expect(try desk.finish(id).counts == counts(created: 1, updated: 1, refused: 1))
        let reason = try #require(try desk.receipt(id, .refused).first?.reason)
        #expect(reason.contains("row 2") && reason.contains("“Bo”"))
        #expect(try desk.customers(named: "Cy").isEmpty)
    }

    @Test func `are refused when there is no room for their addresses`() throws {
        let three = ["Ann Öre,a1@example.org|a2@example.org|ann@example.org,,,"]
        #expect(try desk.finish(try desk.start(three)).counts == counts(updated: 1))
        let id = try desk.start(["Ann Öre,ann@example.org|a3@example.org,,,"])
        #expect(try desk.finish(id).counts == counts(refused: 1))
        #expect(try desk.receipt(id).first?.reason.contains("more than 3") == true)
    }

    @Test func `have their change in the history, by whoever brought the file`() throws {
        try desk.finish(try desk.start(["Ann Öre,ann@example.org,,female,"]))
        let changes = try desk.store.makeReader().changes(
            of: .customer, desk.space.customer.number, limit: 5)
        #expect(changes.map(\.field) == ["gender"])
        #expect(changes.first?.employeeName == "Ada")
    }
}
