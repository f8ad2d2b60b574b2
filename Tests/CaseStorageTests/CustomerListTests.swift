import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `The list of customers` {
    /// A space with customers of these names besides the fixture's; each was changed an hour after the one before.
    static func space(_ names: [String]) throws -> TestSpace {
        let space = try TestSpace()
        try space.store.deleteCustomer(space.customer, space.edit())
        for (index, name) in names.enumerated() {
            _ = try space.store.addCustomers(
                [NewCustomer(name: name)], at: space.now + Double(index) * 3_600)
        }
        return space
    }

    /// All pages of a query, read forwards from the first page, then backwards from the last.
    static func pages(
        _ query: CustomerQuery, _ space: TestSpace
    ) throws -> (forwards: [[String]], backwards: [[String]]) {
        let reader = try space.store.makeReader()
        var query = query
        var page = try reader.customers(query)
        #expect(page.previous == nil)
        var forwards = [page.customers.map(\.values.name)]
        while let next = page.next, forwards.count < 50 {
            query.position = .after(next)
            page = try reader.customers(query)
            forwards.append(page.customers.map(\.values.name))
        }
        var backwards = [page.customers.map(\.values.name)]
        while let previous = page.previous, backwards.count < 50 {
            query.position = .before(previous)
            page = try reader.customers(query)
            #expect(page.next != nil)
            backwards.insert(page.customers.map(\.values.name), at: 0)
        }
        return (forwards, backwards)
    }

    static let names = ["Öre", "anna", "Zoe", "Anna", "Bo", "ANNA", "Émile"]

    /// The order that each sorting gives, ascending.
    static let orders: [(CustomerOrder, [String])] = [
        (.name, ["anna", "Anna", "ANNA", "Bo", "Émile", "Öre", "Zoe"]),
        (.created, names), (.updated, names),
    ]

    @Test(arguments: orders, ["", "@"])
    func `pages through everything in its order, in both directions`(
        order: (CustomerOrder, [String]), search: String
    ) throws {
        let space = try Self.space([])
        let email = search.isEmpty ? [] : ["x@example.org"]
        for (index, name) in Self.names.enumerated() {
            _ = try space.store.addCustomers(
                [NewCustomer(name: name, emails: email)], at: space.now + Double(index) * 3_600)
        }
        for limit in 1...8 {
            for isDescending in [false, true] {
                let query = CustomerQuery(
                    text: search.isEmpty ? "" : "example", order: order.0,
                    isDescending: isDescending, limit: limit)
                let pages = try Self.pages(query, space)
                let wanted = isDescending ? order.1.reversed() : order.1
                #expect(pages.forwards.flatMap(\.self) == wanted)
                #expect(pages.forwards.dropLast().allSatisfy { $0.count == limit })
                #expect(pages.backwards.flatMap(\.self) == wanted)
            }
        }
    }

    @Test func `pages through those with one name and one time`() throws {
        let space = try Self.space([])
        _ = try space.store.addCustomers(
            (0..<7).map { NewCustomer(name: "Anna", remark: "\($0)") }, at: space.now)
        for order in CustomerOrder.allCases {
            let query = CustomerQuery(order: order, limit: 3)
            let pages = try Self.pages(query, space)
            #expect(pages.forwards.map(\.count) == [3, 3, 1])
            #expect(pages.backwards.flatMap(\.self).count == 7)
        }
    }

    @Test func `goes on where it was when the customer of the place is gone`() throws {
        let space = try Self.space(["A", "B", "C", "D"])
        let reader = try space.store.makeReader()
        let first = try reader.customers(CustomerQuery(limit: 2))
        let place = try #require(first.next)
        try space.store.deleteCustomer(place.id, space.edit())
        let second = try reader.customers(CustomerQuery(position: .after(place), limit: 2))
        #expect(second.customers.map(\.values.name) == ["C", "D"])
        #expect(second.previous != nil)
    }

    @Test func `moves a customer who was changed to the end of the last changed`() throws {
        let space = try Self.space(["A", "B", "C"])
        let reader = try space.store.makeReader()
        let first = try #require(try reader.customers(CustomerQuery()).customers.first)
        try space.store.updateCustomer(
            first.id, to: try space.customerValues([.name: "Z"]), space.edit(later: 86_400))
        let names = try reader.customers(CustomerQuery(order: .updated)).customers
            .map(\.values.name)
        #expect(names == ["B", "C", "Z"])
    }

    @Test func `counts what a search finds, and says when it looked at the newest only`() throws {
        let space = try Self.space([])
        let limit = CustomerPage.maximumFitting
        _ = try space.store.addCustomers((0..<limit).map { NewCustomer(name: "Anna \($0)") })
        let reader = try space.store.makeReader()
        let query = CustomerQuery(text: "anna", order: .created, limit: 1)
        var page = try reader.customers(query)
        #expect(page.fittingCount == limit)
        #expect(!page.isCut)
        _ = try space.store.addCustomers([NewCustomer(name: "Anna the newest")])
        page = try reader.customers(query)
        #expect(page.isCut)
        // The oldest of all is not among the newest.
        #expect(page.customers.map(\.values.name) == ["Anna 1"])
        #expect(try reader.customers(CustomerQuery(text: "nobody")).fittingCount == 0)
        #expect(try reader.customers(CustomerQuery(text: "&")).customers == [])
    }
}

@Suite struct `The beginnings of words of customers` {
    /// Words of more beginnings than are looked up one by one, at each length around those with an index.
    @Test(arguments: 1...12) func `find all words, few or many`(length: Int) throws {
        let space = try TestSpace()
        let word = "zwxvutsrqpon"
        let names = (100..<200).map { "\(word)\($0)" } + [String(word.prefix(length))]
        _ = try space.store.addCustomers(names.map { NewCustomer(name: $0) } + [.init(name: "Zo")])
        let reader = try space.store.makeReader()
        let query = CustomerQuery(text: String(word.prefix(length)), limit: 500)
        let found = Set(try reader.customers(query).customers.map(\.values.name))
        #expect(found == Set(names + (length == 1 ? ["Zo"] : [])))
    }

    @Test(arguments: ["ж", "ß", "日", "ö"])
    func `count letters of any script`(letter: String) throws {
        let space = try TestSpace()
        try space.store.deleteCustomer(space.customer, space.edit())
        let word = String(repeating: letter, count: 8)
        _ = try space.store.addCustomers([NewCustomer(name: word + "x")])
        for length in 1...8 where letter != "日" {
            #expect(try space.found(String(word.prefix(length))).count == 1)
        }
        #expect(try space.found(word + "y") == [])
    }
}
