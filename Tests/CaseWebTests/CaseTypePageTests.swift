import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite("The pages of case types")
struct CaseTypePageTests {
    private let desk: TestDesk
    private let petra: Browser

    private static let list = "/configuration/case-types"

    init() throws {
        desk = try TestDesk()
        petra = try desk.browser(as: "petra")
    }

    /// The fields of a new case type as its page sends them, with changes.
    private func fields(_ page: Answer, _ changes: [String: String]) throws -> [(String, String)] {
        let isNew = page.text.contains("name=\"creation_key\"")
        let hidden = isNew ? "creation_key" : "base"
        let texts = ["name": "Deposit", "statuses": "New\r\nPaid"]
            .merging(changes) { _, new in new }
        return try [
            ("form_token", page.hidden("form_token")), (hidden, page.hidden(hidden)),
        ] + texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Sends the form of the page at `address`.
    private func send(
        _ browser: Browser? = nil, from address: String, to target: String,
        _ changes: [String: String] = [:]
    ) throws -> Answer {
        let browser = browser ?? petra
        return browser.post(target, .urlEncoded(try fields(browser.get(address), changes)))
    }

    private func create(_ changes: [String: String] = [:]) throws -> Answer {
        try send(from: Self.list + "/new", to: Self.list, changes)
    }

    /// Makes a disabled case type and returns its address.
    private func made(_ changes: [String: String] = [:]) throws -> String {
        let answer = try create(changes)
        try #require(answer.status.code == 303, "\(answer.text)")
        return String(answer.location.prefix { $0 != "?" })
    }

    private func act(_ address: String) throws -> Answer {
        let token = try petra.get(Self.list + "/new").hidden("form_token")
        return petra.post(address, .urlEncoded([("form_token", token)]))
    }

    @Test func `make a type and show it with its history`() throws {
        let answer = try create([
            "parent": desk.type.id.description, "description": "Money\r\nback", "keywords": "a, b",
            "is_strict": "1",
        ])
        #expect(answer.status.code == 303 && answer.location.hasSuffix("?saved=1"))
        let page = petra.get(answer.location)
        #expect(page.shows("Internet down › Deposit") && page.text.contains("id=\"notice\""))
        #expect(page.text.contains("New\nPaid\nCompleted</textarea>"))
        #expect(page.text.contains("Money\nback</textarea>"))
        #expect(page.text.contains("name=\"is_strict\" value=\"1\" checked"))
        #expect(!page.text.contains("name=\"verifies_tasks\" value=\"1\" checked"))
        #expect(page.shows("Petra Vogel") && page.shows("made it"))
    }

    @Test func `make a type once, however often the form is sent`() throws {
        let form = Form.urlEncoded(try fields(petra.get(Self.list + "/new"), [:]))
        let first = petra.post(Self.list, form)
        #expect(petra.post(Self.list, form).location == first.location)
        #expect(try desk.openStore().makeReader().caseTypes().count == 2)
    }

    @Test func `name every problem at once and keep everything typed`() throws {
        let answer = try create([
            "name": "INTERNET  down", "parent": "99", "description": "Kept <text>",
            "statuses": "New\r\nnew", "verifies_tasks": "1",
        ])
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("statuses"))
        #expect(answer.text.contains("value=\"INTERNET  down\""))
        #expect(answer.shows("Kept <text>") && answer.text.contains("New\nnew</textarea>"))
        #expect(answer.text.contains("name=\"verifies_tasks\" value=\"1\" checked"))
        let stored = try create(["name": "INTERNET  down", "parent": "99"])
        #expect(stored.status.code == 422)
        #expect(stored.hasProblem("name") && stored.hasProblem("parent"))
    }

    @Test(arguments: [
        [UInt8(ascii: "a"), 0, UInt8(ascii: "b")], [UInt8(ascii: "a"), 0xFF, UInt8(ascii: "b")],
        [UInt8(ascii: "a"), 0x1B, UInt8(ascii: "b")],
    ])
    func `show bytes that are no text beside their field, with what was typed`(
        bytes: [UInt8]
    ) throws {
        let sent = try fields(petra.get(Self.list + "/new"), [:]).map { name, text in
            (name, name == "name" ? bytes : Array(text.utf8))
        }
        let answer = petra.post(Self.list, .raw(sent))
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("name") && answer.text.contains("value=\"a\u{FFFD}b\""))
        #expect(answer.text.contains("New\nPaid</textarea>"))
        #expect(try desk.openStore().makeReader().caseTypes().count == 1)
    }

    @Test func `refuse a field that is sent twice`() throws {
        let sent = try fields(petra.get(Self.list + "/new"), [:]) + [("name", "Twice")]
        #expect(petra.post(Self.list, .urlEncoded(sent)).status.code == 400)
    }

    @Test func `change a disabled type, and say what was changed`() throws {
        let address = try made()
        let answer = try send(from: address, to: address, ["name": "Pledge"])
        #expect(answer.location == address + "?saved=1")
        let page = petra.get(address)
        #expect(page.shows("changed <") == false && page.text.contains("<strong>Name</strong>"))
        #expect(page.shows("“Deposit”") && page.shows("“Pledge”"))
    }

    @Test func `show both texts side by side when two people changed one field`() throws {
        let address = try made(["description": "First"])
        let mine = try fields(
            petra.get(address),
            ["description": "Mine <1>", "statuses": "Mine", "keywords": "mine"])
        _ = try send(from: address, to: address, ["description": "Theirs <2>", "name": "Pledge"])
        let answer = petra.post(address, .urlEncoded(mine))
        #expect(answer.status.code == 409)
        #expect(answer.text.contains("Mine &lt;1&gt;</textarea>"))
        #expect(answer.text.contains("data-theirs=\"Theirs &lt;2&gt;\""))
        #expect(answer.shows("Saved by Petra Vogel"))
        // What only the other person changed is taken over, what only this one changed stays.
        #expect(answer.text.contains("value=\"Pledge\""))
        #expect(answer.text.contains(">\nmine</textarea>"))
        #expect(answer.text.contains("<a href=\"#description\">"))
        // The next Save stores what is in the controls.
        let base = try answer.hidden("base")
        let again = try fields(
            petra.get(address),
            ["name": "Pledge", "description": "A third", "statuses": "Mine", "keywords": "mine"]
        ).map { ($0.0, $0.0 == "base" ? base : $0.1) }
        #expect(petra.post(address, .urlEncoded(again)).status.code == 303)
        let page = petra.get(address)
        #expect(page.text.contains("A third</textarea>") && page.shows("Pledge"))
        #expect(page.shows("Theirs <2>"))
    }

    @Test func `show an enabled type without a form, and keep what is sent for it`() throws {
        let address = try made(["is_enabled": "1"])
        let page = petra.get(address)
        #expect(!page.text.contains("edit-form") && page.text.contains("id=\"disable\""))
        #expect(page.shows("cannot be changed or deleted while it is enabled"))
        let token = try page.hidden("form_token")
        let answer = petra.post(
            address,
            .urlEncoded([
                ("form_token", token), ("base", "99"), ("name", "Typed"), ("statuses", "New"),
            ]))
        #expect(answer.status.code == 409 && answer.text.contains("value=\"Typed\""))
        #expect(petra.get(address).shows("Deposit"))
    }

    @Test func `enable and disable, and offer only enabled types`() throws {
        let address = try made()
        let mia = try desk.browser(as: "mia")
        #expect(!mia.get("/cases/new").shows("Deposit"))
        #expect(try act(address + "/enable").location == address + "?saved=1")
        #expect(mia.get("/cases/new").shows("Deposit"))
        #expect(petra.get(address).text.contains("<strong>Enabled</strong>"))
        #expect(try act(address + "/disable").status.code == 303)
        #expect(!mia.get("/cases/new").shows("Deposit"))
    }

    @Test func `show the path of a type that has a parent`() throws {
        _ = try made(["is_enabled": "1", "parent": desk.type.id.description])
        let page = try desk.browser(as: "mia").get("/cases/new")
        #expect(page.shows("Internet down › Deposit"))
    }

    @Test func `say what keeps a type from being disabled, with the way there`() throws {
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        let made = mia.post("/cases", .multipart(desk.caseFields(token, draft)))
        try #require(made.status.code == 303)
        _ = try create(["is_enabled": "1", "parent": desk.type.id.description])
        let answer = try act("\(Self.list)/\(desk.type.id)/disable")
        #expect(answer.status.code == 409)
        #expect(answer.shows("1 open case is of this type, 1 enabled type stands below it"))
        #expect(answer.text.contains("href=\"/cases?type=\(desk.type.id)\""))
        #expect(answer.shows("Deposit") && answer.text.contains("href=\"\(Self.list)/2\""))
    }

    @Test func `ask once before a type is deleted`() throws {
        let address = try made()
        #expect(petra.get(address + "/delete").shows("It cannot be brought back"))
        #expect(petra.get(address).status.code == 200)
        #expect(try act(address + "/delete").location == Self.list + "?saved=1")
        #expect(petra.get(address).status.code == 404)
        #expect(petra.get(address + "/delete").status.code == 404)
    }

    @Test func `do not delete a type that is enabled or referred to`() throws {
        let top = try made()
        let number = String(top.drop { !$0.isNumber })
        _ = try made(["name": "Low", "parent": number])
        for answer in [petra.get(top + "/delete"), try act(top + "/delete")] {
            #expect(answer.status.code == 409)
            #expect(answer.shows("1 type stands below it"))
        }
        let enabled = "\(Self.list)/\(desk.type.id)/delete"
        #expect(petra.get(enabled).status.code == 409)
        #expect(try act(enabled).status.code == 409)
    }

    @Test func `fill a new page like another type, and below one`() throws {
        let address = try made(["description": "To copy", "is_strict": "1"])
        let number = String(address.drop { !$0.isNumber })
        let copy = petra.get(Self.list + "/new?copy=\(number)")
        #expect(copy.text.contains("value=\"Copy of Deposit\"") && copy.shows("To copy"))
        #expect(copy.text.contains("name=\"is_strict\" value=\"1\" checked"))
        let below = petra.get(Self.list + "/new?parent=\(number)")
        #expect(below.text.contains("<option value=\"\(number)\" selected>"))
        #expect(petra.get(Self.list + "/new?copy=99&parent=x").status.code == 200)
    }

    @Test func `list types as a tree, and what fits a search or filter`() throws {
        _ = try made(["parent": desk.type.id.description, "description": "For a device"])
        let all = petra.get(Self.list)
        #expect(all.shows("Showing 2 of 2 case types") && all.text.contains("tree-1"))
        for (query, found) in [
            ("q=deposit", ["Deposit"]), ("q=DEVICE", ["Deposit"]), ("q=nothing", []),
            ("state=enabled", ["Internet down"]), ("state=disabled", ["Deposit"]),
            ("state=disabled&q=down", ["Deposit"]), ("sort=-name", ["Deposit", "Internet down"]),
        ] {
            let page = petra.get(Self.list + "?" + query)
            for name in ["Deposit", "Internet down"] {
                #expect(page.text.contains(">\(name)</a>") == found.contains(name), "\(query)")
            }
        }
        #expect(petra.get(Self.list + "?q=zzz").shows("Nothing fits"))
        #expect(petra.get(Self.list + "?sort=-open").text.contains("aria-sort=\"descending\""))
    }

    @Test(arguments: [
        "", "/case-types", "/case-types/new", "/case-types/1", "/case-types/1/delete",
    ])
    func `are for those with the right alone`(path: String) throws {
        let answer = try desk.browser(as: "mia").get("/configuration" + path)
        #expect(answer.status.code == 403 && answer.shows("You may not do this"))
        #expect(!answer.shows("Internet down"))
    }

    @Test(arguments: ["", "/1", "/1/enable", "/1/disable", "/1/delete"])
    func `take nothing from somebody without the right`(path: String) throws {
        let mia = try desk.browser(as: "mia")
        let (token, _) = try mia.newCase()
        let fields = [("form_token", token), ("name", "Mine"), ("statuses", "New"), ("base", "99")]
        #expect(mia.post(Self.list + path, .urlEncoded(fields)).status.code == 403)
        let types = try desk.openStore().makeReader().caseTypes().map(\.type)
        #expect(types == [desk.type])
    }

    @Test(arguments: ["/99", "/x", "/99/delete", "/0"])
    func `are not there for a type that is not`(path: String) {
        #expect(petra.get(Self.list + path).status.code == 404)
    }

    @Test func `lead from the first page of Configuration Center`() throws {
        let page = petra.get("/configuration")
        #expect(page.shows("1 of 1 case type enabled"))
        #expect(page.text.contains("href=\"\(Self.list)\""))
        let mia = try desk.browser(as: "mia")
        #expect(!mia.get("/workbench").text.contains("href=\"/configuration\""))
        // The blank form is written once for all, but not for those with more in their bar.
        #expect(petra.get("/cases/new").text.contains("href=\"/configuration\""))
        #expect(!mia.get("/cases/new").text.contains("href=\"/configuration\""))
    }
}
