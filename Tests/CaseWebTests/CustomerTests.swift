import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

extension TestDesk {
    /// The fields of a customer that is right, in the order of the page, with changes.
    func customerFields(
        _ page: Answer, _ changes: [String: String] = [:]
    ) throws -> [(String, String)] {
        let origin = page.text.contains("name=\"creation_key\"") ? "creation_key" : "base"
        let fields = [
            ("form_token", try page.hidden("form_token")), (origin, try page.hidden(origin)),
            ("name", "Anna Weber"), ("gender", ""), ("remark", ""), ("email_1", "anna@example.net"),
            ("email_2", ""), ("email_3", ""), ("email_preferred", "1"),
            ("phone_1", "+49 40 5550111"), ("phone_2", ""), ("phone_3", ""),
            ("phone_preferred", "1"),
        ]
        let changed = fields.map { ($0.0, changes[$0.0] ?? $0.1) }
        let added = changes.filter { change in !fields.contains { $0.0 == change.key } }
        return changed + added.map { ($0.key, $0.value) }
    }

    /// How many customers there are of a name.
    func customerCount(named name: String) throws -> Int {
        try openStore().makeReader().customers(matching: name, limit: 50).count
    }
}

@Suite("Customer Center")
struct CustomerTests {
    @Test func `lists customers with their preferred addresses and leads to them`() throws {
        let desk = try TestDesk()
        let list = try desk.browser(as: "mia").get("/customers")
        #expect(list.status.code == 200)
        #expect(list.text.contains("<a href=\"/customers/\(desk.hannah)\">Hannah Schulz</a>"))
        #expect(list.shows("h@example.org"))
        #expect(list.shows("+49 30 5550142"))
        #expect(list.text.contains("href=\"/customers/new\""))
    }

    @Test func `offers import, export and delete only to those who may`() throws {
        let desk = try TestDesk()
        for (login, isAllowed) in [("mia", false), ("petra", true)] {
            let browser = try desk.browser(as: login)
            let list = browser.get("/customers")
            #expect(list.text.contains("href=\"/customers/import\"") == isAllowed)
            #expect(list.text.contains("href=\"/customers/export\"") == isAllowed)
            let address = "/customers/\(desk.oliver)"
            #expect(browser.get(address).text.contains("id=\"delete\"") == isAllowed)
            #expect(browser.get(address + "/delete").status.code == (isAllowed ? 200 : 403))
            let token = try browser.get(address).hidden("form_token")
            let answer = browser.post(
                address + "/delete", .urlEncoded([("form_token", token)]))
            #expect(answer.status.code == (isAllowed ? 303 : 403))
            #expect(try desk.customerCount(named: "oliver") == (isAllowed ? 0 : 1))
        }
    }

    static let searches: [(String, Bool, Bool)] = [
        ("hannah", true, false), ("HAN", true, false), ("smith", false, true),
        ("example.org", true, false), ("030%205550142", true, false), ("0142", true, false),
        ("nobody", false, false), ("%22%20OR%20*", true, false),
    ]

    @Test(arguments: searches) func `searches name, e-mail and phone`(
        text: String, findsHannah: Bool, findsOliver: Bool
    ) throws {
        let list = try TestDesk().browser(as: "mia").get("/customers?q=\(text)")
        #expect(list.status.code == 200)
        #expect(list.shows("Hannah Schulz") == findsHannah)
        #expect(list.shows("Oliver Smith") == findsOliver)
        #expect(list.shows("Nothing fits") == !(findsHannah || findsOliver))
        #expect(list.text.contains("data-live=\"found\""))
        #expect(list.text.contains("<div id=\"found\""))
    }

    @Test(arguments: ["", "name", "-name", "created", "-created", "updated", "-updated"])
    func `pages in every order without losing or repeating anybody`(sort: String) throws {
        let desk = try TestDesk(customerCount: 120)
        let mia = try desk.browser(as: "mia")
        var address = "/customers?sort=\(sort)"
        var seen: [String] = []
        for _ in 0..<3 {
            let list = mia.get(address)
            let links = list.text.split(separator: "<th scope=\"row\"><a href=\"").dropFirst()
            seen += links.map { String($0.prefix { $0 != "\"" }) }
            guard let next = list.text.split(separator: "rel=\"next\" href=\"").dropFirst().first
            else { break }
            address = String(next.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
        }
        #expect(seen.count == 120)
        #expect(Set(seen).count == 120)
    }

    @Test func `says what to do first when there is nobody`() throws {
        let desk = try TestDesk()
        let store = try desk.openStore()
        try store.deleteCustomer(desk.hannah, Edit(base: 0, by: nil, at: desk.clock.now))
        try store.deleteCustomer(desk.oliver, Edit(base: 0, by: nil, at: desk.clock.now))
        #expect(try desk.browser(as: "mia").get("/customers").shows("No customers yet"))
    }

    @Test func `works while Case 2.0 is switched off`() throws {
        let desk = try TestDesk()
        let store = try desk.openStore()
        var space = try store.makeReader().options().tenant
        space.isCaseEnabled = false
        try store.updateTenant(space)
        let mia = try desk.browser(as: "mia")
        for address in ["/customers", "/customers/new", "/customers/\(desk.hannah)"] {
            #expect(mia.get(address).status.code == 200)
        }
    }

    @Test func `makes a customer once, however often it is sent`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let fields = try desk.customerFields(mia.get("/customers/new"))
        let answers = (0..<3).map { _ in mia.post("/customers", .urlEncoded(fields)) }
        #expect(answers.map(\.status.code) == [303, 303, 303])
        #expect(Set(answers.map(\.location)).count == 1)
        #expect(try desk.customerCount(named: "anna weber") == 1)
        let page = mia.get(answers[0].location)
        #expect(page.status.code == 200)
        #expect(page.shows("Anna Weber"))
        #expect(page.shows("Saved."))
    }

    @Test func `keeps what was typed when it is wrong, with all problems at once`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let answer = mia.post(
            "/customers",
            .urlEncoded(
                try desk.customerFields(
                    mia.get("/customers/new"),
                    ["name": "", "email_1": "<nobody>", "phone_2": "call me", "remark": "Kept"])))
        #expect(answer.status.code == 422)
        for field in ["name", "email_1", "phone_2"] { #expect(answer.hasProblem(field)) }
        for text in ["<nobody>", "call me", "Kept"] { #expect(answer.shows(text)) }
    }

    @Test func `asks once whether it is somebody who is there already`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let fields = try desk.customerFields(
            mia.get("/customers/new"), ["email_1": "H@EXAMPLE.org", "remark": "Kept"])
        let question = mia.post("/customers", .urlEncoded(fields))
        #expect(question.status.code == 422)
        #expect(question.shows("Is it one of these?"))
        #expect(question.text.contains("href=\"/customers/\(desk.hannah)\""))
        #expect(question.shows("Kept"))
        #expect(try desk.customerCount(named: "anna weber") == 0)
        let seen = try question.hidden("similar_seen")
        #expect(seen == desk.hannah.description)
        let again = try desk.customerFields(
            question, ["email_1": "H@EXAMPLE.org", "similar_seen": seen])
        // Somebody else again is another question.
        _ = try desk.openStore().addCustomers([
            NewCustomer(name: "Third", phones: ["040 5550111"])
        ])
        let second = mia.post("/customers", .urlEncoded(again))
        #expect(second.status.code == 422)
        #expect(second.shows("Third"))
        let last = try desk.customerFields(
            second,
            ["email_1": "H@EXAMPLE.org", "similar_seen": try second.hidden("similar_seen")])
        let answers = (0..<2).map { _ in mia.post("/customers", .urlEncoded(last)) }
        #expect(answers.map(\.status.code) == [303, 303])
        #expect(try desk.customerCount(named: "anna weber") == 1)
    }

    @Test func `changes a customer and keeps who changed what`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let address = "/customers/\(desk.hannah)"
        let answer = mia.post(
            address, .urlEncoded(try desk.customerFields(mia.get(address), ["gender": "female"])))
        #expect(answer.status.code == 303)
        #expect(answer.location == address + "?saved=1")
        let page = mia.get(answer.location)
        for text in ["Anna Weber", "Mia Keller", "anna@example.net", "Female"] {
            #expect(page.shows(text))
        }
        #expect(try desk.customerCount(named: "hannah") == 0)
        #expect(try desk.openStore().verify() == [])
    }

    @Test func `keeps both when two people change different fields`() throws {
        let desk = try TestDesk()
        let (mia, jonas) = (try desk.browser(as: "mia"), try desk.browser(as: "jonas"))
        let address = "/customers/\(desk.hannah)"
        let original = [
            "name": "Hannah Schulz", "email_1": "h@example.org", "phone_1": "+49 30 5550142",
        ]
        let (first, second) = (mia.get(address), jonas.get(address))
        let one = try desk.customerFields(first, original.merging(["remark": "Mia’s"]) { $1 })
        let two = try desk.customerFields(second, original.merging(["phone_2": "112"]) { $1 })
        #expect(mia.post(address, .urlEncoded(one)).status.code == 303)
        #expect(jonas.post(address, .urlEncoded(two)).status.code == 303)
        let values = try desk.openStore().makeReader().storedCustomer(desk.hannah)?.values
        #expect(values?.remark == "Mia’s")
        #expect(values?.phones.places == ["+49 30 5550142", "112"])
    }

    @Test func `shows both texts when two people change one field`() throws {
        let desk = try TestDesk()
        let (mia, jonas) = (try desk.browser(as: "mia"), try desk.browser(as: "jonas"))
        let address = "/customers/\(desk.hannah)"
        let (first, second) = (mia.get(address), jonas.get(address))
        let one = try desk.customerFields(first, ["name": "By Mia"])
        let two = try desk.customerFields(second, ["name": "By Jonas"])
        #expect(mia.post(address, .urlEncoded(one)).status.code == 303)
        let conflict = jonas.post(address, .urlEncoded(two))
        #expect(conflict.status.code == 409)
        #expect(conflict.shows("By Mia"))
        #expect(conflict.shows("By Jonas"))
        let again = try desk.customerFields(conflict, ["name": "By Jonas"])
        #expect(jonas.post(address, .urlEncoded(again)).status.code == 303)
        #expect(
            try desk.openStore().makeReader().customer(desk.hannah)?.name == "By Jonas")
    }

    @Test func `keeps a customer with cases, and says why`() throws {
        let desk = try TestDesk()
        let petra = try desk.browser(as: "petra")
        let (token, draft) = try petra.newCase()
        _ = petra.post("/cases", .multipart(desk.caseFields(token, draft)))
        let answer = petra.post(
            "/customers/\(desk.hannah)/delete", .urlEncoded([("form_token", token)]))
        #expect(answer.status.code == 409)
        #expect(answer.shows("1 case is about them"))
        #expect(try desk.customerCount(named: "hannah") == 1)
    }

    @Test(arguments: ["/customers/99", "/customers/0", "/customers/x", "/customers/99/delete"])
    func `answers 404 for nobody`(address: String) throws {
        #expect(try TestDesk().browser(as: "petra").get(address).status.code == 404)
    }

    @Test func `shows the customer's cases that this person may see`() throws {
        let desk = try TestDesk()
        let petra = try desk.browser(as: "petra")
        for (title, claim) in [("For the queue", ""), ("Kept by Petra", "1")] {
            let (token, draft) = try petra.newCase()
            let changes = claim.isEmpty ? ["title": title] : ["title": title, "claim": claim]
            let answer = petra.post(
                "/cases", .multipart(desk.caseFields(token, draft, changes)))
            #expect(answer.status.code == 303)
        }
        let address = "/customers/\(desk.hannah)"
        for (login, titles) in [
            ("petra", ["For the queue", "Kept by Petra"]), ("mia", ["For the queue"]),
            ("jonas", []),
        ] {
            let page = try desk.browser(as: login).get(address)
            for title in ["For the queue", "Kept by Petra"] {
                #expect(page.shows(title) == titles.contains(title), "\(login) \(title)")
            }
            #expect(page.shows("There are none that you may see.") == titles.isEmpty)
        }
        #expect(petra.get("/cases/1").text.contains("<a href=\"\(address)\">Hannah Schulz</a>"))
    }
}
