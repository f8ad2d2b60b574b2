import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `Searching cases` {
    static let texts = [
        "Crème brûlée isn't \"done\" AND never NOT",
        "STRASSE straße 12-34 (blue) *star* col:umn ^up",
        "客服中心 问题 退款",
        "こんにちは ルーター",
        "emoji 😀 family 👨‍👩‍👧 end",
        "invoices and voices and 1002003",
        "Ελλάδα Привет",
    ]

    /// Query and the texts, by index, that must be found.
    static let table: [(String, [Int])] = [
        ("creme", [0]), ("CRÈME brulee", [0]), ("brul", [0]), ("rème", []),
        ("isn't", [0]), ("isn", [0]), ("is", []), ("do", []), ("don", [0]), ("\"done\"", [0]),
        ("done\"", [0]), ("\"", []), ("AND", [0, 5]),
        ("never NOT", [0]), ("done OR nothing", []), ("done NEAR(x y)", []),
        ("straße", [1]), ("12-34", [1]), ("(blue)", [1]), ("*star*", [1]), ("col:umn", [1]),
        ("words:blue", []), ("^up", [1]), ("-blue", [1]), ("blue )", [1]), ("{blue}", [1]),
        ("客服", [2]), ("服中", [2]), ("退款", [2]), ("退 问", [2]), ("退货", []),
        ("ルーター", [3]), ("にちは", [3]),
        ("😀", []), ("emoji 😀", [4]), ("family 👨‍👩‍👧 end", [4]),
        ("invoice", [5]), ("voice", [5]), ("invoice voices", []), ("invoices voice", [5]),
        ("invo voices", []),
        ("100", [5]), ("1002003", [5]), ("002", []),
        ("ελλάδα", [6]), ("ΕΛΛΆΔΑ", [6]), ("прив", [6]),
        ("\u{E000}q1", []), ("\u{E000}c1", []), ("q1", []), ("spending", []),
        ("   ", [0, 1, 2, 3, 4, 5, 6]), ("%", []), ("_", []), ("\\", []), ("'", []), (";--", []),
    ]

    @Test(arguments: table)
    func `finds every word, the last as a beginning`(query: String, wanted: [Int]) throws {
        let space = try TestSpace()
        for text in Self.texts {
            try space.createCase(try space.draft(title: "Something", description: text))
        }
        let reader = try space.store.makeReader()
        for viewer in [space.viewer(space.mia), space.viewer(space.ada)] {
            let page = try reader.cases(CaseQuery(viewer: viewer, text: query))
            #expect(page.cases.map { Int($0.number.number) - 1 }.reversed() == wanted)
        }
        // Somebody who sees none of them finds none of them.
        let stranger = try reader.cases(CaseQuery(viewer: space.viewer(space.noah), text: query))
        #expect(stranger.cases.isEmpty)
    }

    @Test func `finds words of the title as well`() throws {
        let space = try TestSpace()
        try space.createCase(try space.draft(title: "Router", description: "burnt"))
        let reader = try space.store.makeReader()
        let viewer = space.viewer(space.mia)
        for query in ["router", "burnt router", "router burn"] {
            #expect(try reader.cases(CaseQuery(viewer: viewer, text: query)).cases.count == 1)
        }
    }

    @Test(arguments: [63, 64, 65, 66]) func `finds all beginnings, few or many`(count: Int) throws {
        let space = try TestSpace()
        for index in 0..<count {
            try space.createCase(try space.draft(title: "prefix\(1_000 + index)"))
        }
        let query = CaseQuery(viewer: space.viewer(space.mia), text: "prefix", limit: 100)
        #expect(try space.store.makeReader().cases(query).cases.count == count)
    }

    @Test func `bears a text of any length`() throws {
        let space = try TestSpace()
        try space.createCase(try space.draft(title: "a b c"))
        let reader = try space.store.makeReader()
        let many = String(repeating: "a b c ", count: 5_000)
        let query = CaseQuery(viewer: space.viewer(space.mia), text: many)
        #expect(try reader.cases(query).cases.count == 1)
        let long = String(repeating: "x", count: 100_000)
        #expect(
            try reader.cases(CaseQuery(viewer: space.viewer(space.mia), text: long)).cases == [])
    }
}

@Suite struct `Searching customers` {
    static let customers = [
        NewCustomer(name: "Anna Müller", emails: ["anna.mueller@example.org"], phones: []),
        NewCustomer(name: "Annabel Smith", emails: [], phones: ["+49 (30) 123-456"]),
        NewCustomer(name: "张伟 Ltd.", emails: ["zhang@example.com"], phones: ["0086 10 5555"]),
        NewCustomer(name: "O'Brien & Sons", emails: ["bo@sons.ie"], phones: ["112"]),
        NewCustomer(name: "Shop 24 7", emails: [], phones: []),
    ]

    static let table: [(String, [Int])] = [
        ("ann", [0, 1]), ("ANN mull", [0]), ("anna", [0, 1]), ("müller anna", [0]),
        ("mueller", [0]), ("example.org", [0]), ("anna.mueller@example.org", [0]),
        ("+4930123456", [1]), ("030 123 456", [1]), ("0049 30 123456", [1]), ("30/123-456", [1]),
        ("3456", [1]), ("smith 030 123", [1]), ("999", []),
        ("张", [2]), ("伟", [2]), ("张伟", [2]), ("5555", [2]), ("zhang@", [2]),
        ("o'brien", [3]), ("brien sons", [3]), ("112", [3]), ("bo", [3]),
        ("shop 24", [4]), ("24 7", [4]), ("shop 24 7", [4]),
        ("", []), ("  ", []), ("\"", []), ("* OR *", [0]), ("&", []), ("😀", []),
    ]

    @Test(arguments: table)
    func `finds every word as a beginning, and numbers anywhere`(
        query: String, wanted: [Int]
    ) throws {
        let space = try TestSpace()
        let ids = try space.store.addCustomers(Self.customers)
        let reader = try space.store.makeReader()
        let found = try reader.customers(matching: query, limit: 10).map(\.id)
            .filter { $0 != space.customer }
        #expect(found.sorted() == wanted.map { ids[$0] })
    }

    @Test(arguments: [2, 3, 4]) func `gives as many as were asked for`(limit: Int) throws {
        let space = try TestSpace()
        _ = try space.store.addCustomers((0..<3).map { NewCustomer(name: "Zoe \($0)") })
        let found = try space.store.makeReader().customers(matching: "zoe", limit: limit)
        #expect(found.map(\.name) == (0..<min(limit, 3)).map { "Zoe \($0)" })
    }

    @Test func `gives back addresses and numbers as they were entered`() throws {
        let space = try TestSpace()
        let new = NewCustomer(
            name: "Li", emails: ["a@b.c", "d@e.f"], phones: ["+1 (2)", "3"], remark: "x\ny")
        let id = try #require(try space.store.addCustomers([new]).first)
        let reader = try space.store.makeReader()
        let customer = Customer(
            id: id, name: "Li", emails: ["a@b.c", "d@e.f"], phones: ["+1 (2)", "3"],
            remark: "x\ny")
        #expect(try reader.customer(id) == customer)
        #expect(try reader.customer(CustomerID(number: 99)) == nil)
    }

    @Test func `adds all customers of a batch or none`() throws {
        let space = try TestSpace()
        #expect(throws: StoreError.self) {
            try space.store.addCustomers([NewCustomer(name: "Zed"), NewCustomer(name: "")])
        }
        #expect(try space.store.makeReader().customers(matching: "zed", limit: 9) == [])
        #expect(try space.count("customer") == 1)
    }
}
