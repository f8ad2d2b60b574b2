import CaseModel
import Foundation
import Testing

@testable import CaseStorage

extension TestSpace {
    /// Values of a customer in whom nothing is wrong, with changes.
    func customerValues(_ changes: [CustomerField: String] = [:]) throws -> CustomerValues {
        var texts = FieldTexts()
        texts[.name] = "Hannah Schulz"
        for (field, text) in changes { texts[field] = text }
        var problems: [FieldProblem] = []
        return try #require(CustomerValues(texts, problems: &problems), "\(problems)")
    }

    func edit(base: Int64 = 0, by employee: Employee? = nil, later seconds: Double = 0) -> Edit {
        Edit(base: base, by: (employee ?? mia).id, at: now + seconds)
    }

    /// Makes a customer and gives its identifier.
    func addCustomer(_ changes: [CustomerField: String] = [:]) throws -> CustomerID {
        try store.createCustomer(try customerValues(changes), key: nil, edit())
    }

    /// The names of the customers that a search finds.
    func found(_ text: String) throws -> [String] {
        try store.makeReader().customers(matching: text, limit: 50).map(\.name)
    }
}

@Suite struct `A customer` {
    @Test func `is stored with everything`() throws {
        let space = try TestSpace()
        let values = try space.customerValues([
            .gender: "female", .email2: "h@example.org", .email3: "hs@example.com",
            .emailPreferred: "3", .phone1: "+49 30 5550142", .phone3: "112", .remark: "x\ny",
        ])
        let id = try space.store.createCustomer(values, key: nil, space.edit())
        let stored = try #require(try space.store.makeReader().storedCustomer(id))
        #expect(stored.values == values)
        #expect(stored.createdAt == space.now)
        #expect(stored.updatedAt == space.now)
        #expect(stored.customer.emails == ["hs@example.com", "h@example.org"])
        #expect(stored.customer.phones == ["+49 30 5550142", "112"])
        #expect(try space.store.verify() == [])
    }

    @Test func `is made once of one form, at whatever moment it comes`() throws {
        let space = try TestSpace()
        let values = try space.customerValues()
        let key = DraftID()
        let edit = space.edit()
        let store = space.store
        let made = onThreads(8) { _ in try store.createCustomer(values, key: key, edit) }
        let ids = try made.map { try $0.get() }
        #expect(Set(ids).count == 1)
        #expect(try space.found("hannah").count == 1)
    }

    @Test func `is changed with its search entry, its history and its time`() throws {
        let space = try TestSpace()
        let id = try space.addCustomer([.email1: "h@example.org", .phone1: "030 5550142"])
        let reader = try space.store.makeReader()
        let base = try reader.latestChange(of: .customer, id.number)
        try space.store.updateCustomer(
            id,
            to: try space.customerValues([.name: "Hanna Schultz", .email1: "hanna@example.com"]),
            space.edit(base: base, later: 60))
        for query in ["hannah", "schulz", "h@example.org", "5550142", "0142"] {
            #expect(try space.found(query) == [], "\(query)")
        }
        for query in ["hanna schultz", "hanna@example.com", "example.com"] {
            #expect(try space.found(query) == ["Hanna Schultz"], "\(query)")
        }
        let stored = try #require(try reader.storedCustomer(id))
        #expect(stored.createdAt == space.now)
        #expect(stored.updatedAt == space.now + 60)
        let changes = try reader.changes(of: .customer, id.number, limit: 10)
        #expect(
            changes.map(\.field).sorted() == ["", "email_1", "name", "phone_1"])
        #expect(try space.store.verify() == [])
    }

    @Test func `keeps its time when nothing is different`() throws {
        let space = try TestSpace()
        let id = try space.addCustomer()
        let reader = try space.store.makeReader()
        let base = try reader.latestChange(of: .customer, id.number)
        try space.store.updateCustomer(
            id, to: try space.customerValues(), space.edit(base: base, later: 60))
        #expect(try reader.storedCustomer(id)?.updatedAt == space.now)
        #expect(try reader.latestChange(of: .customer, id.number) == base)
    }

    @Test func `keeps the changes of two people to different fields`() throws {
        let space = try TestSpace()
        let id = try space.addCustomer([.email1: "a@x.org", .email2: "b@x.org"])
        let reader = try space.store.makeReader()
        let base = try reader.latestChange(of: .customer, id.number)
        try space.store.updateCustomer(
            id, to: try space.customerValues([.email2: "b@x.org"]), space.edit(base: base))
        try space.store.updateCustomer(
            id, to: try space.customerValues([.email1: "a@x.org", .email2: "c@x.org"]),
            space.edit(base: base, by: space.noah))
        #expect(try reader.storedCustomer(id)?.values.emails.places == ["", "c@x.org"])
        #expect(try space.store.verify() == [])
    }

    @Test func `refuses a field that two people changed differently`() throws {
        let space = try TestSpace()
        let id = try space.addCustomer()
        let reader = try space.store.makeReader()
        let base = try reader.latestChange(of: .customer, id.number)
        try space.store.updateCustomer(
            id, to: try space.customerValues([.name: "Anna"]), space.edit(base: base))
        let values = try space.customerValues([.name: "Berta", .remark: "new"])
        let error = #expect(throws: StoreError.self) {
            try space.store.updateCustomer(
                id, to: values, space.edit(base: base, by: space.noah))
        }
        guard case .editedMeanwhile(let conflict) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(conflict.fields.map(\.field) == ["name"])
        #expect(conflict.fields.map(\.theirs.after) == ["Anna"])
        #expect(try reader.storedCustomer(id)?.values.remark == "")
        #expect(try space.found("anna") == ["Anna"])
        #expect(try space.found("berta") == [])
    }

    @Test func `goes with all that is known of it`() throws {
        let space = try TestSpace()
        let id = try space.addCustomer([.email1: "h@example.org", .phone1: "030 5550142"])
        try space.store.deleteCustomer(id, space.edit())
        let reader = try space.store.makeReader()
        #expect(try reader.storedCustomer(id) == nil)
        #expect(try space.found("hannah") == [])
        // Who deleted it stays known; what it was does not.
        let changes = try reader.changes(of: .customer, id.number, limit: 10)
        #expect(changes.map(\.field) == ["deleted"])
        #expect(changes.map(\.before) == [""])
        let values = try space.customerValues([.email1: "h@example.org"])
        #expect(try reader.customers(sharingAddressWith: values, limit: 10) == [])
        #expect(try space.store.verify() == [])
        #expect(throws: StoreError.unknown("customer")) {
            try space.store.deleteCustomer(id, space.edit())
        }
    }

    @Test func `stays while a case is about it`() throws {
        let space = try TestSpace()
        try space.createCase(try space.draft())
        #expect(throws: StoreError.inUse("1 case is about them")) {
            try space.store.deleteCustomer(space.customer, space.edit())
        }
        try space.createCase(try space.draft())
        #expect(throws: StoreError.inUse("2 cases are about them")) {
            try space.store.deleteCustomer(space.customer, space.edit())
        }
        #expect(try space.store.makeReader().storedCustomer(space.customer) != nil)
        #expect(try space.store.verify() == [])
    }

    @Test func `is not changed once it is gone`() throws {
        let space = try TestSpace()
        let id = try space.addCustomer()
        try space.store.deleteCustomer(id, space.edit())
        let values = try space.customerValues()
        #expect(throws: StoreError.unknown("customer")) {
            try space.store.updateCustomer(id, to: values, space.edit())
        }
    }
}

@Suite struct `Finding customers by address` {
    static let table: [(CustomerField, String, Bool)] = [
        (.email1, "ANN@example.org", true), (.email3, "ann@Example.ORG", true),
        (.email1, "ann@example.com", false), (.email1, "an@example.org", false),
        (.phone1, "+4930/123456", true), (.phone2, "0049 30 123456", true),
        (.phone1, "030 123 456", true), (.phone1, "+43 30 123456", false),
        (.phone1, "123456", false), (.phone1, "+49 30 123457", false),
    ]

    @Test(arguments: table) func `knows it however it is written`(
        field: CustomerField, text: String, isFound: Bool
    ) throws {
        let space = try TestSpace()
        let values = try space.customerValues([field: text])
        let reader = try space.store.makeReader()
        let found = try reader.customers(sharingAddressWith: values, limit: 10).map(\.id)
        #expect(found == (isFound ? [space.customer] : []))
        #expect(
            try reader.customers(sharingAddressWith: values, except: space.customer, limit: 10)
                == [])
    }

    @Test func `finds everybody who shares an address, each once`() throws {
        let space = try TestSpace()
        let one = try space.addCustomer([.email1: "team@x.org", .phone1: "+49 40 5550142"])
        let two = try space.addCustomer([.email2: "TEAM@x.org"])
        let values = try space.customerValues([.email1: "team@x.org", .phone1: "040 5550142"])
        let reader = try space.store.makeReader()
        for limit in 1...3 {
            let found = try reader.customers(sharingAddressWith: values, limit: limit)
            #expect(found.map(\.id) == Array([one, two].prefix(limit)))
        }
    }
}

@Suite struct `The customers of the drop-down` {
    @Test(arguments: [199, 200, 201, 202])
    func `make a new version only while they stand there`(count: Int) throws {
        let space = try TestSpace()
        _ = try space.store.addCustomers((1..<count).map { NewCustomer(name: "Customer \($0)") })
        let reader = try space.store.makeReader()
        func isNew(_ change: () throws -> Void) throws -> Bool {
            let version = try reader.options().version
            try change()
            return try reader.options().version > version
        }
        let isListed = count <= CaseOptions.maximumListedCustomers
        let changed = try isNew {
            try space.store.updateCustomer(
                space.customer, to: try space.customerValues(), space.edit())
        }
        #expect(changed == isListed)
        if isListed {
            let names = try reader.options().customers?.map(\.name)
            #expect(names?.contains("Hannah Schulz") == true)
        }
        var added: CustomerID?
        #expect(try isNew { added = try space.addCustomer() } == isListed)
        #expect(
            try reader.options().customers?.count
                == (count < CaseOptions.maximumListedCustomers ? count + 1 : nil))
        let made = try #require(added)
        // When it goes again, the list is there again if it was before.
        #expect(try isNew { try space.store.deleteCustomer(made, space.edit()) } == isListed)
        #expect(try reader.options().customers?.count == (isListed ? count : nil))
    }

    @Test func `do not refuse a case while others are brought in`() throws {
        let space = try TestSpace()
        _ = try space.store.addCustomers((0..<300).map { NewCustomer(name: "Customer \($0)") })
        let draft = try space.draft()
        let version = try space.store.makeReader().options().version
        _ = try space.store.addCustomers((0..<300).map { NewCustomer(name: "More \($0)") })
        let creation = try space.store.createCase(
            draft, from: DraftID(), by: space.mia.id, adding: [], optionsVersion: version,
            at: space.now)
        guard case .created = creation else {
            Issue.record("\(creation)")
            return
        }
    }

    @Test(arguments: [1, 300]) func `are refused for a case once they are gone`(count: Int) throws {
        let space = try TestSpace()
        _ = try space.store.addCustomers((0..<count).map { NewCustomer(name: "Customer \($0)") })
        let draft = try space.draft()
        let version = try space.store.makeReader().options().version
        try space.store.deleteCustomer(space.customer, space.edit())
        #expect(throws: StoreError.self) {
            try space.store.createCase(
                draft, from: DraftID(), by: space.mia.id, adding: [], optionsVersion: version,
                at: space.now)
        }
        #expect(try space.count("caseRecord") == 0)
    }
}
