import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite("Seeing cases")
struct ListTests {
    /// Saves cases one after another with these changes to the form.
    private func save(_ browser: Browser, _ desk: TestDesk, _ changes: [String: String]) throws {
        let (token, draft) = try browser.newCase()
        let answer = browser.post("/cases", .multipart(desk.caseFields(token, draft, changes)))
        try #require(answer.status.code == 303, "\(answer.text)")
    }

    @Test func `says what to do first when there is nothing`() throws {
        let browser = try TestDesk().browser(as: "mia")
        #expect(browser.get("/cases").shows("No cases yet"))
        #expect(browser.get("/workbench").shows("Nothing waits for you"))
        #expect(browser.get("/cases?q=x").shows("No case fits"))
    }

    @Test func `shows a person their own cases, their queues' and those they made`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let jonas = try desk.browser(as: "jonas")
        let petra = try desk.browser(as: "petra")
        try save(jonas, desk, ["title": "Made by Jonas for the queue"])
        try save(jonas, desk, ["title": "Kept by Jonas", "claim": "1"])
        try save(petra, desk, ["title": "Kept by Petra", "claim": "1"])
        for (browser, titles) in [
            (mia, ["Made by Jonas for the queue"]),
            (jonas, ["Made by Jonas for the queue", "Kept by Jonas"]),
            (petra, ["Made by Jonas for the queue", "Kept by Jonas", "Kept by Petra"]),
        ] {
            let list = browser.get("/cases")
            for (number, title) in zip(
                1...,
                [
                    "Made by Jonas for the queue", "Kept by Jonas", "Kept by Petra",
                ])
            {
                #expect(list.shows(title) == titles.contains(title))
                let status = browser.get("/cases/\(number)").status.code
                #expect(status == (titles.contains(title) ? 200 : 404))
            }
        }
    }

    @Test func `filters and searches`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        try save(mia, desk, ["title": "Router broken", "description": "smoke"])
        try save(mia, desk, ["title": "Invoice wrong", "description": "Too high", "claim": "1"])
        for (query, found) in [
            ("owner=me", ["Invoice wrong"]), ("owner=my_queues", ["Router broken"]),
            ("owner=queue-\(desk.queue.id)", ["Router broken"]),
            ("owner=agent-\(desk.mia.id)", ["Invoice wrong"]), ("state=pending", ["Router broken"]),
            ("type=\(desk.type.id)", ["Router broken", "Invoice wrong"]), ("type=99", []),
            ("q=router", ["Router broken"]), ("q=smok", ["Router broken"]), ("q=%22", []),
            ("q=invoice&state=pending", []),
            ("owner=nonsense", ["Router broken", "Invoice wrong"]),
        ] {
            let page = mia.get("/cases?" + query)
            #expect(page.status.code == 200)
            for title in ["Router broken", "Invoice wrong"] {
                #expect(page.shows(title) == found.contains(title), "\(query): \(title)")
            }
        }
    }

    @Test(arguments: [25, 26, 51])
    func `turns pages without losing or repeating a case`(count: Int) throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        for index in 1...count { try save(mia, desk, ["title": "Case no. \(index) of many"]) }
        var seen: [Int] = []
        var address = "/cases"
        while true {
            let page = mia.get(address)
            seen += (1...count).reversed().filter { page.shows("Case no. \($0) of many") }
            guard let next = page.text.range(of: "rel=\"next\" href=\"") else { break }
            address = String(page.text[next.upperBound...].prefix { $0 != "\"" })
                .replacing("&amp;", with: "&")
        }
        #expect(seen == Array((1...count).reversed()))
    }

    @Test func `lists unsaved drafts on the workbench and gives them up when asked`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        let fields = desk.caseFields(
            token, draft, ["title": "Half a case", "action": "save_draft"])
        #expect(mia.post("/cases", .multipart(fields)).location == "/cases/new?draft=\(draft)")
        #expect(mia.get("/workbench").shows("Half a case"))
        #expect(mia.get("/drafts/\(draft)/discard").shows("Half a case"))
        let discard = Form.urlEncoded([("form_token", token)])
        #expect(mia.post("/drafts/\(draft)/discard", discard).location == "/workbench")
        #expect(!mia.get("/workbench").shows("Half a case"))
    }

    @Test func `finds a customer among many, without a page that holds them all`() throws {
        let desk = try TestDesk(customerCount: 201)
        let mia = try desk.browser(as: "mia")
        let page = mia.get("/cases/new")
        #expect(page.text.contains("name=\"customer_query\"") && !page.shows("Hannah Schulz"))
        let (token, draft) = (try page.hidden("form_token"), try page.hidden("draft_id"))
        let fields = desk.caseFields(
            token, draft,
            ["customer": "", "customer_query": "schul", "action": "find_customer"])
        let answer = mia.post("/cases", .multipart(fields))
        #expect(answer.location == "/cases/new?draft=\(draft)#customer")
        let found = mia.get("/cases/new?draft=\(draft)")
        #expect(found.shows("Hannah Schulz") && !found.shows("Oliver Smith"))
        #expect(found.shows("No internet since yesterday"))
        #expect(
            mia.post("/cases", .multipart(desk.caseFields(token, draft))).location == "/cases/1")
        let options = mia.get("/customers/options?q=h%40example", accept: "application/json")
        #expect(
            options.text.contains("\"name\":\"Hannah Schulz\"")
                && options.text.contains("h•••@example.org"))
    }

    @Test func `lists up to 200 customers`() throws {
        let page = try TestDesk(customerCount: 200).browser(as: "mia").get("/cases/new")
        #expect(page.shows("Hannah Schulz") && !page.text.contains("customer_query"))
    }

    @Test func `answers health`() throws {
        let desk = try TestDesk()
        let answer = desk.browser().get("/health")
        #expect(answer.status.code == 200 && answer.text == "ok\n")
    }
}
