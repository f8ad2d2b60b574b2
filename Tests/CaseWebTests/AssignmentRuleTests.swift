import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@Suite("Assignment rules")
struct AssignmentRuleTests {
    let desk: TestDesk
    let browser: Browser

    init() throws {
        desk = try TestDesk()
        browser = try desk.browser(as: "petra")
    }

    private var queue: String { "queue-\(desk.queue.id)" }

    /// The fields of a rule that is right, with changes.
    private func fields(_ page: Answer, _ changes: [String: String] = [:]) throws -> Form {
        let isNew = page.text.contains("creation_key")
        let hidden = isNew ? "creation_key" : "base"
        let right = [
            "name": "Standard", "default_owner": queue, "item_1_attribute": "title",
            "item_1_condition": "includes", "item_1_value": "internet",
            "item_1_owner": "agent-\(desk.mia.id)",
        ].merging(changes) { $1 }
        let first = [
            ("form_token", try page.hidden("form_token")), (hidden, try page.hidden(hidden)),
        ]
        return .urlEncoded(first + right.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    @discardableResult
    private func make(_ changes: [String: String] = [:]) throws -> String {
        let page = browser.get("/configuration/assignment-rules/new")
        let answer = browser.post("/configuration/assignment-rules", try fields(page, changes))
        #expect(answer.status.code == 303)
        return String(answer.location.prefix { $0 != "?" })
    }

    private func act(_ link: String, _ verb: String) throws -> Answer {
        let token = try browser.get(link).hidden("form_token")
        return browser.post("\(link)/\(verb)", .urlEncoded([("form_token", token)]))
    }

    /// Saves a case with Auto by rule and gives the address of its page, or the answer's status.
    private func save(
        _ browser: Browser, title: String = "No internet since yesterday"
    ) throws -> Answer {
        let (token, draft) = try browser.newCase()
        let changes = [
            "assignment_mode": "auto", "owner_queue": "", "owner_type": "", "title": title,
        ]
        return browser.post("/cases", .multipart(desk.caseFields(token, draft, changes)))
    }

    @Test func `begin with an empty list that says what they are for`() {
        let page = browser.get("/configuration/assignment-rules")
        #expect(page.status.code == 200)
        #expect(page.shows("No assignment rules yet"))
    }

    @Test func `are made, listed, and shown as they were written`() throws {
        let link = try make([
            "item_3_attribute": "type", "item_3_condition": "equals",
            "item_3_value": "internet DOWN", "item_3_owner": queue,
        ])
        let list = browser.get("/configuration/assignment-rules")
        #expect(list.shows("Standard") && list.shows("Title includes “internet” → Mia Keller"))
        #expect(list.shows("No rule is active"))
        let page = browser.get(link)
        #expect(
            page.text.contains("id=\"item_2_value\" name=\"item_2_value\" value=\"Internet down\""))
        #expect(page.text.contains("id=\"item_3_value\" name=\"item_3_value\" value=\"\""))
        #expect(page.shows("made it"))
    }

    @Test func `come back with everything typed and all problems at once`() throws {
        let page = browser.get("/configuration/assignment-rules/new")
        let answer = browser.post(
            "/configuration/assignment-rules",
            try fields(
                page,
                [
                    "name": "", "default_owner": "", "item_1_condition": "before",
                    "item_4_attribute": "priority", "item_4_condition": "equals",
                    "item_4_value": "<urgent>", "item_4_owner": "agent-99",
                ]))
        #expect(answer.status.code == 422)
        for field in ["name", "default_owner", "item_1_condition", "item_4_value"] {
            #expect(answer.hasProblem(field), "\(field)")
        }
        #expect(answer.shows("<urgent>") && answer.shows("internet"))
    }

    @Test func `name what is not there beside its field`() throws {
        try make()
        let page = browser.get("/configuration/assignment-rules/new")
        let answer = browser.post(
            "/configuration/assignment-rules",
            try fields(
                page,
                [
                    "name": "STANDARD", "item_1_owner": "agent-99", "item_2_attribute": "type",
                    "item_2_condition": "equals", "item_2_value": "Nothing", "item_2_owner": queue,
                ]))
        #expect(answer.status.code == 422)
        for field in ["name", "item_1_owner", "item_2_value"] {
            #expect(answer.hasProblem(field), "\(field)")
        }
    }

    @Test func `are changed, and two who change the same field see both texts`() throws {
        let link = try make()
        let page = browser.get(link)
        let first = try fields(page, ["item_1_value": "router"])
        #expect(browser.post(link, first).status.code == 303)
        let second = browser.post(link, try fields(page, ["item_1_value": "modem"]))
        #expect(second.status.code == 409)
        #expect(second.shows("router") && second.shows("modem"))
        #expect(browser.get(link).shows("Value of item 1"))
    }

    @Test func `are active one at a time, and the page says which would be switched off`() throws {
        let first = try make()
        let second = try make(["name": "Second"])
        #expect(try act(first, "activate").status.code == 303)
        #expect(browser.get(second).shows("“Standard” is active now"))
        #expect(try act(second, "activate").status.code == 303)
        let list = browser.get("/configuration/assignment-rules")
        #expect(list.text.components(separatedBy: ">Active</span>").count == 2)
        #expect(list.shows("decides on cases with Auto by rule"))
        #expect(try act(second, "deactivate").status.code == 303)
        #expect(browser.get("/configuration/assignment-rules").shows("No rule is active"))
    }

    @Test func `are deleted after a question, and not while active`() throws {
        let link = try make()
        _ = try act(link, "activate")
        #expect(browser.get("\(link)/delete").status.code == 409)
        #expect(try act(link, "delete").status.code == 409)
        _ = try act(link, "deactivate")
        #expect(browser.get("\(link)/delete").shows("Delete this assignment rule?"))
        #expect(try act(link, "delete").status.code == 303)
        #expect(browser.get(link).status.code == 404)
    }

    @Test func `are for those who may configure`() throws {
        let link = try make()
        let mia = try desk.browser(as: "mia")
        for address in [
            "/configuration/assignment-rules", link, "\(link)/try", "\(link)/delete",
            "/configuration/assignment-rules/new",
        ] {
            #expect(mia.get(address).status.code == 403, "\(address)")
        }
        let token = try mia.get("/cases/new").hidden("form_token")
        for verb in ["", "/activate", "/deactivate", "/delete"] {
            let answer = mia.post(link + verb, .urlEncoded([("form_token", token)]))
            #expect(answer.status.code == 403, "\(verb)")
        }
    }

    @Test(arguments: ["", "/try", "/delete"])
    func `are not there under another number`(verb: String) {
        #expect(browser.get("/configuration/assignment-rules/99\(verb)").status.code == 404)
    }

    @Test func `refuse Auto while none is active, beside Assignment Mode`() throws {
        let mia = try desk.browser(as: "mia")
        #expect(mia.get("/cases/new").shows("No assignment rule is active"))
        let answer = try save(mia)
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("assignment_mode"))
        #expect(answer.shows("No assignment rule is active, so nobody would get the case"))
    }

    @Test func `decide on a case, and its page says why`() throws {
        _ = try act(try make(), "activate")
        let mia = try desk.browser(as: "mia")
        #expect(mia.get("/cases/new").shows("Auto lets the rule “Standard” decide"))
        let page = mia.get(try save(mia).location)
        #expect(page.text.contains("<details class=\"card-plain why-owner\""))
        #expect(page.shows("Title includes “internet”"))
        #expect(page.shows("Auto by rule “Standard”, item 1: Title includes “internet”"))
        let other = mia.get(try save(mia, title: "Slow").location)
        #expect(other.shows("Does not fit") && other.shows("waits to be claimed"))
    }

    @Test func `refuse a case when they were changed between the page and Save`() throws {
        let link = try make()
        _ = try act(link, "activate")
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        _ = try act(link, "deactivate")
        let changes = ["assignment_mode": "auto", "owner_queue": "", "owner_type": ""]
        let answer = mia.post("/cases", .multipart(desk.caseFields(token, draft, changes)))
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("assignment_mode"))
    }
}

@Suite("What if a rule decided")
struct TryRuleTests {
    let desk: TestDesk
    let browser: Browser

    init() throws {
        desk = try TestDesk()
        browser = try desk.browser(as: "petra")
    }

    private func rule() throws -> String {
        let store = try desk.openStore()
        let id = try store.addRule(
            AssignmentRuleValues(
                name: "New <one>", defaultOwner: .queue(desk.queue.id),
                items: [
                    .init(.title, .includes, "router", owner: .agent(desk.jonas.id))
                ]), key: nil, Edit(base: 0, by: desk.petra.id, at: desk.clock.now))
        return "/configuration/assignment-rules/\(id)/try"
    }

    private func save(_ titles: [String]) throws {
        let mia = try desk.browser(as: "mia")
        for title in titles {
            let (token, draft) = try mia.newCase()
            let form = Form.multipart(desk.caseFields(token, draft, ["title": title]))
            #expect(mia.post("/cases", form).status.code == 303)
        }
    }

    @Test func `shows what would have happened beside what did, and changes nothing`() throws {
        try save(["Broken router", "Bill", "Router again"])
        let page = browser.get(try rule())
        #expect(page.status.code == 200)
        #expect(page.shows("New <one>"))
        #expect(page.text.contains("<strong>2</strong> would have gone to somebody else"))
        #expect(page.text.components(separatedBy: "class=\"trial-differs\"").count == 3)
        #expect(page.text.contains("<svg class=\"load-chart\""))
        #expect(page.text.contains("id=\"load-table\""))
        #expect(!page.text.contains("style="))
        #expect(browser.get("/cases/1").shows("Given to the queue by Mia Keller"))
    }

    @Test func `leaves out what would be the same`() throws {
        try save(["Broken router", "Bill"])
        let page = browser.get("\(try rule())?show=different")
        #expect(page.shows("Broken router") && !page.shows("Bill</a>"))
        #expect(page.shows("showing 1 of 1"))
    }

    @Test func `shows one page after the other`() throws {
        try save((1...51).map { "Case of page \($0)" })
        let link = try rule()
        let first = browser.get(link)
        #expect(first.shows("showing 50 of 51"))
        #expect(first.text.contains(">Case of page 51</a>"))
        #expect(!first.text.contains(">Case of page 1</a>"))
        let second = browser.get("\(link)?show=&before=2")
        #expect(second.text.contains(">Case of page 1</a>") && second.shows("showing 1 of 51"))
    }

    @Test func `says so when there is nothing to try it on`() throws {
        #expect(browser.get(try rule()).shows("No cases to try it on"))
    }

    @Test func `keeps titles from those who may not see every case`() throws {
        try save(["Secret router"])
        let store = try desk.openStore()
        _ = try store.addCaseRole(
            CaseRoleValues(
                name: "Configuration", permissions: [.caseConfiguration],
                employees: [desk.jonas.id]), key: DraftID(),
            Edit(base: 0, by: desk.petra.id, at: desk.clock.now))
        let page = try desk.browser(as: "jonas").get(try rule())
        #expect(page.status.code == 200)
        #expect(!page.shows("Secret router") && page.shows("Case 1"))
    }
}

@Suite("Claiming a case on its page")
struct ClaimCaseTests {
    private func claim(_ browser: Browser, _ number: Int) throws -> Answer {
        let token = try browser.get("/cases/new").hidden("form_token")
        return browser.post("/cases/\(number)/claim", .urlEncoded([("form_token", token)]))
    }

    private func desk(otherMember: Bool = false) throws -> TestDesk {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "petra")
        let (token, draft) = try browser.newCase()
        let form = Form.multipart(desk.caseFields(token, draft))
        #expect(browser.post("/cases", form).status.code == 303)
        if otherMember {
            try desk.openStore().updateQueue(
                desk.queue.id,
                CaseQueueValues(
                    name: "Front desk", distribution: .claim,
                    members: [desk.mia.id, desk.jonas.id]),
                Edit(base: .max, by: desk.petra.id, at: desk.clock.now))
        }
        return desk
    }

    @Test func `is offered to members of the queue and makes them the owner`() throws {
        let desk = try desk()
        let mia = try desk.browser(as: "mia")
        #expect(mia.get("/cases/1").text.contains("action=\"/cases/1/claim\""))
        let answer = try claim(mia, 1)
        #expect(answer.status.code == 303 && answer.location == "/cases/1")
        let page = mia.get("/cases/1")
        #expect(page.shows("Claimed by Mia Keller from Front desk"))
        #expect(!page.text.contains("/claim\""))
        #expect(mia.get("/cases?owner=me&state=processing&q=internet").shows("No internet"))
        #expect(try claim(mia, 1).status.code == 303)
    }

    @Test func `tells the second who has the case`() throws {
        let desk = try desk(otherMember: true)
        let (mia, jonas) = (try desk.browser(as: "mia"), try desk.browser(as: "jonas"))
        #expect(try claim(mia, 1).status.code == 303)
        let answer = try claim(jonas, 1)
        #expect(answer.status.code == 409)
        #expect(answer.shows("Mia Keller has case 1 already"))
    }

    @Test func `is not for others, and tells strangers nothing`() throws {
        let desk = try desk()
        let petra = try desk.browser(as: "petra")
        #expect(!petra.get("/cases/1").text.contains("/claim\""))
        #expect(try claim(petra, 1).status.code == 403)
        let jonas = try desk.browser(as: "jonas")
        #expect(try claim(jonas, 1).status.code == 404)
        #expect(try claim(jonas, 99).status.code == 404)
        _ = try claim(try desk.browser(as: "mia"), 1)
        #expect(try claim(jonas, 1).status.code == 404)
    }
}
