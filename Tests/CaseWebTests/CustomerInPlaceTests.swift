import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite("A new customer in place of the Case Information page")
struct CustomerInPlaceTests {
    /// Presses New customer on a form with these changes.
    private func leave(
        _ browser: Browser, _ desk: TestDesk, _ changes: [String: String] = [:]
    ) throws -> (draft: String, answer: Answer) {
        let (token, draft) = try browser.newCase()
        let fields = desk.caseFields(
            token, draft,
            ["customer": "", "action": "new_customer"].merging(changes) { $1 })
        return (draft, browser.post("/cases", .multipart(fields)))
    }

    @Test(arguments: [2, 201]) func `has its button beside the customer`(count: Int) throws {
        let page = try TestDesk(customerCount: count).browser(as: "mia").get("/cases/new")
        #expect(page.text.contains("value=\"new_customer\" id=\"new_customer\""))
    }

    @Test func `keeps the form, comes back to it, and has chosen the customer`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let (draft, answer) = try leave(mia, desk, ["title": "Typed before"])
        #expect(answer.status.code == 303)
        #expect(answer.location == "/customers/new?draft=\(draft)")
        let page = mia.get(answer.location)
        let back = "/cases/new?draft=\(draft)#customer"
        #expect(page.text.contains("href=\"\(back)\""))
        let made = mia.post(
            "/customers?draft=\(draft)", .urlEncoded(try desk.customerFields(page)))
        #expect(made.status.code == 303)
        #expect(made.location == back)
        let form = mia.get("/cases/new?draft=\(draft)")
        #expect(form.shows("Typed before"))
        let reader = try desk.openStore().makeReader()
        let id = try #require(try reader.customers(matching: "anna weber", limit: 2).first?.id)
        #expect(form.text.contains("value=\"\(id)\" data-email=\"a•••@example.net\""))
        let stored = try reader.draft(try #require(DraftID(draft)))
        #expect(stored?.values[.customer] == id.description)
        #expect(stored?.values[.customerQuery] == "")
    }

    @Test func `is made once although it is sent twice`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let (draft, answer) = try leave(mia, desk)
        let fields = try desk.customerFields(mia.get(answer.location))
        for _ in 0..<2 {
            let made = mia.post("/customers?draft=\(draft)", .urlEncoded(fields))
            #expect(made.location == "/cases/new?draft=\(draft)#customer")
        }
        #expect(try desk.customerCount(named: "anna weber") == 1)
    }

    static let searched: [(String, String)] = [
        ("Anna Weber", "name"), ("anna@example.net", "email_1"), ("+49 40 5550111", "phone_1"),
        ("5550111", "phone_1"), ("24h", "name"), ("24/7", "phone_1"), ("<script>", "name"),
    ]

    @Test(arguments: searched) func `begins with what was searched for in vain`(
        text: String, field: String
    ) throws {
        let desk = try TestDesk(customerCount: 201)
        let mia = try desk.browser(as: "mia")
        let (_, answer) = try leave(mia, desk, ["customer_query": text])
        let page = mia.get(answer.location)
        for name in ["name", "email_1", "phone_1"] {
            let parts = page.text.split(separator: " id=\"\(name)\"")
            let value = try #require(parts.dropFirst().first)
            let start = try #require(value.range(of: "value=\"")).upperBound
            let shown = value[start...].prefix { $0 != "\"" }
            #expect(shown.isEmpty == (name != field))
        }
        #expect(page.shows(text))
    }

    @Test func `can be one who is there already`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let (draft, answer) = try leave(mia, desk)
        let question = mia.post(
            "/customers?draft=\(draft)",
            .urlEncoded(
                try desk.customerFields(mia.get(answer.location), ["phone_1": "030 5550142"])))
        #expect(question.status.code == 422)
        #expect(question.text.contains("action=\"/customers/\(desk.hannah)/choose\""))
        let chosen = mia.post(
            "/customers/\(desk.hannah)/choose",
            .urlEncoded([("form_token", try question.hidden("form_token")), ("draft_id", draft)]))
        #expect(chosen.status.code == 303)
        #expect(chosen.location == "/cases/new?draft=\(draft)#customer")
        let stored = try desk.openStore().makeReader().draft(try #require(DraftID(draft)))
        #expect(stored?.values[.customer] == desk.hannah.description)
        #expect(try desk.customerCount(named: "anna weber") == 0)
    }

    @Test func `is refused for a draft of somebody else`() throws {
        let desk = try TestDesk()
        let (mia, jonas) = (try desk.browser(as: "mia"), try desk.browser(as: "jonas"))
        let (draft, _) = try leave(mia, desk)
        #expect(jonas.get("/customers/new?draft=\(draft)").status.code == 403)
        let fields = try desk.customerFields(jonas.get("/customers/new"))
        #expect(jonas.post("/customers?draft=\(draft)", .urlEncoded(fields)).status.code == 403)
        let token = try #require(fields.first?.1)
        let chosen = jonas.post(
            "/customers/\(desk.hannah)/choose",
            .urlEncoded([("form_token", token), ("draft_id", draft)]))
        #expect(chosen.status.code == 403)
        #expect(try desk.customerCount(named: "anna weber") == 0)
        let stored = try desk.openStore().makeReader().draft(try #require(DraftID(draft)))
        #expect(stored?.values[.customer] == "")
    }

    @Test func `leads to the case when the draft has become one`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let (draft, answer) = try leave(mia, desk)
        let page = mia.get(answer.location)
        let token = try page.hidden("form_token")
        #expect(
            mia.post("/cases", .multipart(desk.caseFields(token, draft))).location == "/cases/1")
        #expect(mia.get("/customers/new?draft=\(draft)").location == "/cases/1")
        let late = mia.post(
            "/customers?draft=\(draft)", .urlEncoded(try desk.customerFields(page)))
        #expect(late.location == "/cases/1")
        let chosen = mia.post(
            "/customers/\(desk.hannah)/choose",
            .urlEncoded([("form_token", token), ("draft_id", draft)]))
        #expect(chosen.location == "/cases/1")
    }

    @Test(arguments: ["x", String(repeating: "a", count: 32)])
    func `answers 404 for a draft that is not there`(draft: String) throws {
        let mia = try TestDesk().browser(as: "mia")
        #expect(mia.get("/customers/new?draft=\(draft)").status.code == 404)
    }

    @Test(arguments: [2, 201]) func `names a customer who was deleted before Save`(
        count: Int
    ) throws {
        let desk = try TestDesk(customerCount: count)
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        try desk.openStore().deleteCustomer(desk.hannah, Edit(base: 0, by: nil, at: desk.clock.now))
        let answer = mia.post("/cases", .multipart(desk.caseFields(token, draft)))
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("customer"))
    }
}
