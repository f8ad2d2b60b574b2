import CaseModel
import Markup
import Testing

@testable import CaseWeb

@Suite("A list")
struct ListPageTests {
    private struct Row: Equatable {
        let id: Int64
        let name: String
        var size: Int64 = 0
    }

    private func request(_ query: String, filters: [ListFilter] = []) -> ListRequest {
        ListRequest(
            Query(query), path: "/things", sortable: ["name", "size"], filters: filters)
    }

    private func slice(
        _ rows: [Row], _ request: ListRequest, order: ListOrder<Row> = .text(\.name)
    ) -> ListSlice<Row> {
        ListSlice(of: rows, id: \.id, order: order, request: request, totalCount: rows.count)
    }

    /// The query of a link to a page of the list.
    private func query(_ address: String) -> String {
        String(address.drop { $0 != "?" }.dropFirst())
    }

    @Test(arguments: [0, 1, 49, 50, 51, 100, 101, 230], ["name", "-name"])
    func `is paged without losing or repeating a row`(count: Int, sort: String) throws {
        // Every name stands there three times, so that only the identifiers tell the rows apart.
        let rows = (0..<count).map { Row(id: Int64($0), name: "Name \($0 / 3)") }
        var seen: [Int64] = []
        var page = request("sort=\(sort)")
        var pages: [ListSlice<Row>] = []
        while true {
            let slice = slice(rows.shuffled(), page)
            pages.append(slice)
            seen += slice.rows.map(\.id)
            guard let next = slice.next else { break }
            page = request(query(page.link(after: next).address))
        }
        let ascending = rows.map(\.id)
        #expect(seen == (sort == "name" ? ascending : ascending.reversed()))
        #expect(pages.allSatisfy { $0.fittingCount == count })
        #expect(pages.first?.previous == nil)
        for (earlier, later) in zip(pages, pages.dropFirst()) {
            let key = try #require(later.previous)
            let back = slice(rows, request(query(page.link(before: key).address)))
            #expect(back.rows == earlier.rows)
        }
    }

    @Test func `stays where it is when rows come and go`() throws {
        let rows = (0..<120).map { Row(id: Int64($0), name: "Name \($0)") }
        let first = slice(rows, request(""))
        let next = try #require(first.next)
        let changed = [Row(id: 999, name: "Aaa")] + rows.filter { ![0, 49, 60].contains($0.id) }
        let second = slice(changed, request(query(request("").link(after: next).address)))
        #expect(second.rows.map(\.id) == Array(50..<60) + Array(61..<101))
    }

    @Test func `sorts letters whatever their case, and digits by number`() {
        let rows = ["b", "A10", "a9", "Ä1", "a"].enumerated().map {
            Row(id: Int64($0.offset), name: $0.element)
        }
        #expect(slice(rows, request("")).rows.map(\.name) == ["a", "Ä1", "a9", "A10", "b"])
        let sized = [Row(id: 1, name: "", size: 10), Row(id: 2, name: "", size: 9)]
        let sorted = slice(sized, request("sort=size"), order: .number(\.size))
        #expect(sorted.rows.map(\.size) == [9, 10])
    }

    @Test(arguments: [
        ("", "", false), ("sort=name", "name", false), ("sort=-size", "size", true),
        ("sort=secret", "", false), ("sort=--name", "", false), ("sort=-", "", false),
    ])
    func `sorts by its own columns only`(query: String, sort: String, isDescending: Bool) {
        let request = request(query)
        #expect(request.sort == sort)
        #expect(request.isDescending == isDescending)
    }

    @Test(arguments: [
        "", ".", "x.name", "1", "9223372036854775808.x",
        "1." + String(repeating: "x", count: 1_001),
    ])
    func `begins at its beginning when a key is none`(key: String) {
        #expect(ListKey(key) == nil)
    }

    @Test(arguments: ["", "a.b", "& =?#", "ä\u{1F600}", "\n"])
    func `takes any value through an address and back`(value: String) {
        let key = ListKey(id: 7, value: value)
        let address = request("q=x%26y&sort=-name").link(after: key).address
        let again = request(query(address))
        #expect(again.text == "x&y" && again.sortText == "-name")
        guard case .after(let read) = again.position else {
            Issue.record("\(address)")
            return
        }
        #expect(read == key)
    }

    @Test func `turns the order of a column that it is sorted by`() {
        #expect(request("").link(sortedBy: "name").address == "/things?sort=name")
        #expect(request("sort=name").link(sortedBy: "name").address == "/things?sort=-name")
        #expect(request("sort=-name").link(sortedBy: "name").address == "/things?sort=name")
        #expect(request("sort=size&q=a").link(sortedBy: "name").address == "/things?q=a&sort=name")
    }

    @Test func `filters by what it offers only`() {
        let filters = [
            ListFilter(
                name: "state", label: "State",
                choices: [EditField.Choice(value: "on", label: "On")])
        ]
        #expect(request("state=on", filters: filters)["state"] == "on")
        #expect(!request("state=on", filters: filters).wantsAll)
        #expect(request("state=off", filters: filters).wantsAll)
        #expect(request("other=on", filters: filters)["other"] == "")
    }

    @Test(arguments: [
        ("q=zoe", true), ("q=LEF", true), ("q=zoe+lef", true), ("q=lef+zoe+", true),
        ("q=zoe+x", false), ("q=", true), ("q=%20", true),
    ])
    func `finds words in any order, whatever their case and accents`(query: String, isFound: Bool) {
        #expect(request(query).matches(["Zoë", "Lefèvre"]) == isFound)
    }
}
