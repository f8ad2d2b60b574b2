import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite struct `The workbench` {
    @Test func `shows older conversations page by page, each once`() throws {
        let desk = try TestDesk()
        let ids = try (1...103).map { try desk.addConversation("talk-\($0)") }
        let mia = try desk.browser(as: "mia")
        var shown: [String] = []
        var address = "/workbench"
        for count in [50, 50, 3] {
            let page = mia.get(address)
            let talks = links(page).filter { $0.hasPrefix("/workbench/conversations/") }
            #expect(talks.count == count)
            shown += talks
            let older = links(page).filter { $0.hasPrefix("/workbench?before=") }
            #expect(older.count == (count == 50 ? 1 : 0))
            #expect(links(page).contains("/workbench") || address == "/workbench")
            address = older.first ?? ""
        }
        #expect(Set(shown).count == ids.count)
    }

    @Test(
        arguments: [
            "", "x", "1", "1.", ".1", "-1.1", "1.1.1", "99999999999999999999.1",
            "253402300800000.1",
        ])
    func `begins its list at the beginning for a place that is none`(place: String) throws {
        let desk = try TestDesk()
        let id = try desk.addConversation()
        let page = try desk.browser(as: "mia").get("/workbench?before=\(place)")
        #expect(page.status.code == 200)
        #expect(links(page).contains("/workbench/conversations/\(id)"))
        #expect(!page.text.contains("newest_conversations"))
    }

    @Test func `lists one's own conversations, the newest message first, and opens them`() throws {
        let desk = try TestDesk()
        _ = try desk.addConversation("old")
        _ = try desk.addConversation("others", of: "jonas")
        desk.clock.advance(3_600)
        let new = try desk.addConversation(
            "new", channel: .whatsapp, contact: ConversationContact(name: "Oskar Öst"),
            saying: [(.customer, "My invoice is <wrong>")])
        let mia = try desk.browser(as: "mia")
        let page = mia.get("/workbench")
        #expect(page.status.code == 200)
        let rows = page.text.components(separatedBy: "class=\"conv\"").dropFirst()
        #expect(rows.count == 2)
        #expect(rows.first?.contains("/workbench/conversations/\(new)") == true)
        for text in ["Oskar Öst", "Whatsapp · ", "My invoice is <wrong>", "Hannah Schulz"] {
            #expect(page.shows(text), "\(text)")
        }
        #expect(mia.get("/workbench/conversations/\(new)").status.code == 200)
    }

    @Test func `keeps open cases and drafts in reach`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        _ = mia.post("/cases", .multipart(desk.caseFields(token, draft)))
        let (_, other) = try mia.newCase()
        _ = mia.post(
            "/drafts/\(other)",
            .multipart([("form_token", token), ("draft_id", other), ("title", "Half of it")]))
        let page = mia.get("/workbench")
        #expect(page.shows("No internet since yesterday"))
        #expect(page.shows("Half of it"))
        #expect(page.text.contains("href=\"/cases/new\" id=\"create_case\""))
        #expect(page.shows("No conversations yet."))
        let id = try desk.addConversation()
        #expect(mia.get("/workbench/conversations/\(id)").text.contains("href=\"/workbench\""))
    }

    @Test func `marks what one has not seen, for each person alone`() throws {
        let desk = try TestDesk()
        let id = try desk.addConversation()
        let mia = try desk.browser(as: "mia")
        func mark() -> String? {
            let parts = mia.get("/workbench").text.components(separatedBy: "conv-new\">")
            return parts.dropFirst().first.map { String($0.prefix { $0 != "<" }) }
        }
        #expect(mark() == "new")
        let petra = try desk.browser(as: "petra")
        #expect(petra.get("/workbench/conversations/\(id)").status.code == 200)
        #expect(mark() == "new")
        #expect(!mia.get("/workbench/conversations/\(id)").text.contains("conv-new"))
        #expect(mark() == nil)
        try desk.say([(.customer, "Are you there?"), (.customer, "Hello?")])
        #expect(mark() == "2 new")
    }

    @Test(arguments: ["", "/messages", "/case-types", "/case", "/case?case_type=1"])
    func `shows a conversation to its agent and to those who see everything`(
        part: String
    ) throws {
        let desk = try TestDesk()
        let id = try desk.addConversation(of: "jonas")
        let address = "/workbench/conversations/\(id)\(part)"
        #expect(try desk.browser(as: "jonas").get(address).status.code == 200)
        #expect(try desk.browser(as: "petra").get(address).status.code == 200)
        let mia = try desk.browser(as: "mia")
        let refused = mia.get(address)
        #expect(refused.status.code == 404)
        #expect(!refused.shows("router"))
        let absent = mia.get("/workbench/conversations/999\(part)")
        let same = refused.text.replacing("conversations/\(id)", with: "conversations/999")
        #expect(absent.text == same)
    }

    @Test func `shows what was said, by whom and when, line by line, and nothing of it is markup`()
        throws
    {
        let desk = try TestDesk()
        let id = try desk.addConversation(saying: [
            (.customer, "First line\n\n  second <script>alert(1)</script>"), (.agent, "I see"),
            (.customer, String(repeating: "long ", count: 20_000)),
        ])
        let page = try desk.browser(as: "mia").get("/workbench/conversations/\(id)")
        #expect(page.shows("First line\n\n  second <script>alert(1)</script>"))
        #expect(page.shows(String(repeating: "long ", count: 20_000)))
        #expect(!page.text.contains("<script>"))
        // The desk's clock stands at 11:53 in Berlin; the first message came ten minutes before.
        #expect(page.text.contains(">11:43</time>"))
        #expect(page.text.contains("You "))
        #expect(page.text.contains("id=\"message-2\""))
        #expect(page.text.contains("role=\"log\""))
    }

    @Test func `shows who it is with and their open cases that one may see`() throws {
        let desk = try TestDesk()
        let id = try desk.addConversation()
        let mia = try desk.browser(as: "mia")
        let jonas = try desk.browser(as: "jonas")
        for (browser, title) in [(mia, "Seen by Mia"), (jonas, "Of Jonas alone")] {
            let (token, draft) = try browser.newCase()
            let made = browser.post(
                "/cases",
                .multipart(desk.caseFields(token, draft, ["title": title, "claim": "1"])))
            try #require(made.status.code == 303)
        }
        let page = mia.get("/workbench/conversations/\(id)")
        for text in [
            "h@example.org", "+49 30 5550142", "Seen by Mia", "Internet down · New since ",
        ] {
            #expect(page.shows(text), "\(text)")
        }
        #expect(!page.shows("Of Jonas alone"))
    }

    @Test func `tells a script what is new, from a place on`() throws {
        let desk = try TestDesk()
        let id = try desk.addConversation(
            saying: [(.customer, "One"), (.agent, "Two"), (.customer, "Three")])
        let mia = try desk.browser(as: "mia")
        let address = "/workbench/conversations/\(id)/messages"
        struct Messages: Decodable {
            struct Turn: Decodable {
                let position: Int
                let speaker: String
                let at: String
                let text: String
            }
            let count: Int
            let messages: [Turn]
        }
        for (from, expected) in [
            ("", [0, 1, 2]), ("?from=1", [1, 2]), ("?from=3", []), ("?from=-5", [0, 1, 2]),
            ("?from=x", [0, 1, 2]), ("?from=99999999999999999999", [0, 1, 2]),
        ] {
            let answer = mia.get(address + from, accept: "application/json")
            let news = try JSONDecoder().decode(
                Messages.self, from: Data(answer.response.body))
            #expect(news.count == 3)
            #expect(news.messages.map(\.position) == expected, "\(from)")
        }
        let answer = mia.get(address + "?from=2", accept: "application/json")
        let last = try #require(
            try JSONDecoder().decode(Messages.self, from: Data(answer.response.body)).messages.first
        )
        #expect(last.speaker == "customer")
        #expect(last.text == "Three")
        #expect(last.at == "2026-11-22T10:45:20Z")
    }

    @Test func `counts the news of the list for a script`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        func count() throws -> Int {
            let answer = mia.get("/workbench", accept: "application/json")
            return try JSONDecoder().decode([String: Int].self, from: Data(answer.response.body))[
                "count"] ?? -1
        }
        let empty = try count()
        _ = try desk.addConversation("talk-1", saying: [])
        let one = try count()
        try desk.say([(.customer, "Hello")])
        let more = try count()
        #expect(empty < one && one < more)
        #expect(mia.get("/workbench").text.contains("data-count=\"\(more)\""))
    }
}

@Suite struct `Who a conversation is with` {
    @Test func `is asked when somebody has the e-mail of the new customer already`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let contacts = ["talk-1", "talk-2", "talk-3"].map { ($0, ConversationContact()) }
        let ids = try contacts.map { try desk.addConversation($0, contact: $1) }
        func create(_ id: ConversationID, email: String, seen: String = "") throws -> Answer {
            let page = mia.get("/workbench/conversations/\(id)")
            return mia.post(
                "/workbench/conversations/\(id)/customer",
                .urlEncoded([
                    ("form_token", try page.hidden("form_token")),
                    ("creation_key", try page.hidden("creation_key")), ("similar_seen", seen),
                    ("new_customer_name", "Oskar Öst"), ("new_customer_email", email),
                    ("new_customer_phone", ""), ("action", "create_customer"),
                ]))
        }
        #expect(try create(ids[0], email: "o@example.org").status.code == 303)

        let question = try create(ids[1], email: "O@Example.org")
        #expect(question.status.code == 422)
        #expect(question.shows("Is it one of these?"))
        #expect(try question.control("new_customer_name") == "Oskar Öst")
        let known = try question.hidden("known_customer")
        let taken = mia.post(
            "/workbench/conversations/\(ids[1])/customer",
            .urlEncoded([
                ("form_token", try question.hidden("form_token")), ("known_customer", known),
                ("action", "pick_customer"),
            ]))
        #expect(taken.status.code == 303)

        let again = try create(ids[2], email: "o@example.org")
        let seen = try again.hidden("similar_seen")
        #expect(seen == known)
        #expect(try create(ids[2], email: "o@example.org", seen: seen).status.code == 303)
        let found = try desk.openStore().makeReader().customers(matching: "Oskar", limit: 9)
        #expect(found.count == 2)
    }

    @Test func `is asked when nobody knows, with what the channel told`() throws {
        let desk = try TestDesk()
        let id = try desk.addConversation(
            contact: ConversationContact(
                name: "Oskar \"Öst\"", email: "o@example.org", phone: "0301"))
        let page = try desk.browser(as: "mia").get("/workbench/conversations/\(id)")
        #expect(page.shows("Nobody knows yet who this is. The channel told:"))
        #expect(try page.control("new_customer_name") == "Oskar \"Öst\"")
        #expect(try page.control("new_customer_email") == "o@example.org")
        #expect(try page.control("new_customer_phone") == "0301")
        let silent = try desk.addConversation("silent", contact: ConversationContact())
        let other = try desk.browser(as: "mia").get("/workbench/conversations/\(silent)")
        #expect(other.shows("The channel told nothing of the customer."))
        #expect(other.shows("Unknown customer"))
    }

    @Test func `is said by choosing a customer`() throws {
        let desk = try TestDesk()
        let id = try desk.addConversation(contact: ConversationContact(name: "Somebody"))
        let mia = try desk.browser(as: "mia")
        let token = try mia.get("/workbench/conversations/\(id)").hidden("form_token")
        let answer = mia.post(
            "/workbench/conversations/\(id)/customer",
            .urlEncoded([
                ("form_token", token), ("known_customer", desk.oliver.description),
                ("action", "pick_customer"),
            ]))
        #expect(answer.status.code == 303)
        #expect(answer.location == "/workbench/conversations/\(id)")
        #expect(mia.get(answer.location).text.contains("<h1 id=\"talk-heading\">Oliver Smith</h1>"))
    }

    @Test func `is said once by making a customer, however often it is sent`() throws {
        let desk = try TestDesk()
        let id = try desk.addConversation(contact: ConversationContact(name: "Somebody"))
        let mia = try desk.browser(as: "mia")
        let page = mia.get("/workbench/conversations/\(id)")
        let form = Form.urlEncoded([
            ("form_token", try page.hidden("form_token")),
            ("creation_key", try page.hidden("creation_key")), ("new_customer_name", "Oskar Öst"),
            ("new_customer_email", "o@example.org"), ("new_customer_phone", ""),
            ("action", "create_customer"),
        ])
        for _ in 1...2 {
            let answer = mia.post("/workbench/conversations/\(id)/customer", form)
            #expect(answer.status.code == 303, "\(answer.text)")
        }
        #expect(mia.get("/workbench/conversations/\(id)").shows("o@example.org"))
        let found = try desk.openStore().makeReader().customers(matching: "Oskar", limit: 9)
        #expect(found.map(\.name) == ["Oskar Öst"])
    }

    @Test(arguments: [
        ("pick_customer", "known_customer", "999"), ("pick_customer", "known_customer", ""),
        ("create_customer", "new_customer_name", ""),
        ("create_customer", "new_customer_name", String(repeating: "x", count: 81)),
        ("create_customer", "new_customer_email", "no address"),
        ("create_customer", "new_customer_phone", "call me"),
    ])
    func `that is wrong is shown beside the field, and nothing is lost`(
        action: String, field: String, value: String
    ) throws {
        let desk = try TestDesk()
        let id = try desk.addConversation(contact: ConversationContact(name: "Somebody"))
        let mia = try desk.browser(as: "mia")
        let token = try mia.get("/workbench/conversations/\(id)").hidden("form_token")
        var values = [
            "new_customer_name": "Oskar Öst", "new_customer_email": "o@example.org",
            "new_customer_phone": "+49 30 1234567", "action": action,
        ]
        values[field] = value
        let answer = mia.post(
            "/workbench/conversations/\(id)/customer",
            .urlEncoded([("form_token", token)] + values.map { ($0.key, $0.value) }))
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem(field))
        if action == "create_customer" {
            for name in values.keys where name != "action" {
                #expect(try answer.control(name) == values[name], "\(name)")
            }
        }
        #expect(mia.get("/workbench/conversations/\(id)").shows("Nobody knows yet who this is."))
    }

    @Test func `is refused for a conversation of somebody else`() throws {
        let desk = try TestDesk()
        let id = try desk.addConversation(of: "jonas", contact: ConversationContact())
        let mia = try desk.browser(as: "mia")
        let answer = mia.post(
            "/workbench/conversations/\(id)/customer",
            .urlEncoded([
                ("form_token", try mia.newCase().token),
                ("known_customer", desk.oliver.description), ("action", "pick_customer"),
            ]))
        #expect(answer.status.code == 404)
        #expect(try desk.openStore().makeReader().conversation(id)?.summary.customer == nil)
    }
}

/// Where the links of a page lead, in their order.
private func links(_ page: Answer) -> [String] {
    page.text.matches(of: /href="([^"]*)"/).map { String($0.1) }
}
