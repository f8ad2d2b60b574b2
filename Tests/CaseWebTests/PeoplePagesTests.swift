import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

extension Answer {
    /// Whether a box or radio button of this value is ticked.
    fileprivate func isTicked(_ name: String, _ value: String) -> Bool {
        text.range(
            of: "name=\"\(name)\" value=\"\(value)\" checked", options: .literal) != nil
    }
}

@Suite("The pages of case queues")
struct CaseQueuePagesTests {
    private let desk: TestDesk
    private let browser: Browser
    private let list = "/configuration/case-queues"

    init() throws {
        desk = try TestDesk()
        try desk.give([.caseConfiguration], to: desk.jonas)
        browser = try desk.browser(as: "jonas")
    }

    private func fields(
        _ name: String, _ members: [Employee] = [], key: DraftID = DraftID()
    ) -> [(String, String)] {
        [("creation_key", key.description), ("name", name), ("distribution", "round_robin")]
            + members.map { ("members", $0.id.description) }
    }

    @Test func `make a queue once, with its members, and list it`() throws {
        let key = DraftID()
        let first = try browser.send(list, fields("Back office", [desk.mia, desk.jonas], key: key))
        let second = try browser.send(
            list, fields("Back office", [desk.mia, desk.jonas], key: key))
        #expect(first.status.code == 303 && first.location == second.location)
        let page = browser.get(first.location)
        #expect(page.shows("Case queue “Back office”") && page.shows("Saved."))
        #expect(page.isTicked("members", desk.mia.id.description))
        #expect(!page.isTicked("members", desk.petra.id.description))
        let rows = browser.get(list)
        #expect(rows.shows("Back office") && rows.shows("In turn"))
        #expect(!browser.get(list + "?q=front").shows("Back office"))
        #expect(!browser.get(list + "?distribution=claim").shows("Back office"))
    }

    @Test func `keep what was typed when a field is wrong, and say it all at once`() throws {
        let answer = try browser.send(
            list, [("name", " "), ("distribution", "magic"), ("members", desk.mia.id.description)])
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("name") && answer.hasProblem("distribution"))
        #expect(answer.isTicked("members", desk.mia.id.description))
        let taken = try browser.send(list, fields("FRONT desk", [desk.mia]))
        #expect(
            taken.hasProblem("name") && taken.shows("There is a case queue “FRONT desk” already"))
    }

    @Test func `show two people's names side by side, and lose neither`() throws {
        let address = "\(list)/\(desk.queue.id)"
        let base = try browser.get(address).hidden("base")
        let mine = [("base", base), ("distribution", "claim")]
        _ = try browser.send(address, mine + [("name", "Reception")])
        let answer = try browser.send(address, mine + [("name", "Lobby")])
        #expect(answer.status.code == 409)
        #expect(answer.shows("Reception") && answer.text.contains("value=\"Lobby\""))
    }

    @Test func `name a member whose account is out of use`() throws {
        try desk.openStore().setEmployee(desk.mia.id, isActive: false)
        let page = browser.get("\(list)/\(desk.queue.id)")
        #expect(page.shows("Mia Keller (deactivated)"))
        #expect(page.isTicked("members", desk.mia.id.description))
    }

    @Test func `ask before a queue is deleted, and say why it is not`() throws {
        let address = "\(list)/\(desk.queue.id)/delete"
        #expect(browser.get(address).shows("Delete this case queue?"))
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        #expect(mia.post("/cases", .multipart(desk.caseFields(token, draft))).status.code == 303)
        let kept = try browser.send(address, [])
        #expect(kept.status.code == 409 && kept.shows("it owns 1 case"))
        let made = try browser.send(list, fields("Temporary")).location.prefix { $0 != "?" }
        let gone = try browser.send("\(made)/delete", [])
        #expect(gone.location == list + "?saved=1")
        #expect(browser.get(String(made)).status.code == 404)
        #expect(try browser.send("\(made)/delete", []).status.code == 404)
    }

    @Test func `say what to do first while there is none`() throws {
        try desk.openStore().deleteQueue(
            desk.queue.id, Edit(base: .max, by: nil, at: desk.clock.now))
        #expect(browser.get(list).shows("Make the first case queue"))
    }

    @Test(arguments: ["/configuration/case-queues/99", "/configuration/case-queues/x"])
    func `are 404 for a queue that does not exist`(address: String) throws {
        #expect(browser.get(address).status.code == 404)
    }
}

@Suite("The pages of case roles")
struct CaseRolePagesTests {
    private let desk: TestDesk
    private let petra: Browser
    private let list = "/configuration/case-roles"

    init() throws {
        desk = try TestDesk()
        petra = try desk.browser(as: "petra")
    }

    private func add(_ name: String, _ permissions: [String], _ employees: Employee...) throws
        -> Answer
    {
        try petra.send(
            list,
            [("creation_key", DraftID().description), ("name", name)]
                + permissions.map { ("permissions", $0) }
                + employees.map { ("employees", $0.id.description) })
    }

    @Test func `give a right at once to somebody who is logged in, and take it back`() throws {
        let mia = try desk.browser(as: "mia")
        #expect(mia.get("/configuration/case-queues").status.code == 403)
        let role = try add("Set-up", ["case_configuration"], desk.mia)
        #expect(role.status.code == 303)
        #expect(mia.get("/configuration/case-queues").status.code == 200)
        #expect(mia.get(list).status.code == 403)
        let address = String(role.location.prefix { $0 != "?" })
        #expect(petra.get("\(address)/delete").shows("1 employee"))
        #expect(try petra.send("\(address)/delete", []).status.code == 303)
        #expect(mia.get("/configuration/case-queues").status.code == 403)
    }

    @Test func `tick Query All with an operation, and open every case with it`() throws {
        let jonas = try desk.browser(as: "jonas")
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        let made = mia.post("/cases", .multipart(desk.caseFields(token, draft)))
        #expect(jonas.get(made.location).status.code == 404)
        let role = try add("Lead", ["close"], desk.jonas)
        #expect(petra.get(role.location).isTicked("permissions", "query_all"))
        #expect(petra.get(role.location).isTicked("permissions", "close"))
        #expect(!petra.get(role.location).isTicked("permissions", "report"))
        #expect(jonas.get(made.location).status.code == 200)
    }

    @Test func `say which box implies which`() {
        let page = petra.get(list + "/new").text
        #expect(page.contains("value=\"close\" data-implies=\"query_all\""))
        #expect(!page.contains("value=\"report\" data-implies"))
    }

    @Test func `name the people with the way to their pages, and say what is wrong`() throws {
        let role = try add("Lead", ["report"], desk.mia)
        let page = petra.get(role.location)
        #expect(page.text.contains("href=\"/configuration/employees/\(desk.mia.id)\""))
        #expect(petra.get("/configuration/employees/\(desk.mia.id)").shows("Lead"))
        let answer = try petra.send(list, [("name", "")])
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("name") && answer.hasProblem("permissions"))
        #expect(try add("LEAD", ["report"]).hasProblem("name"))
        #expect(petra.get(list + "?permission=close").shows("Nothing fits"))
    }
}

@Suite("The pages of employees")
struct EmployeePagesTests {
    private let desk: TestDesk
    private let petra: Browser
    private let list = "/configuration/employees"

    init() throws {
        desk = try TestDesk()
        petra = try desk.browser(as: "petra")
    }

    private func fields(_ changes: [String: String] = [:]) -> [(String, String)] {
        let right = [
            "login": "Lea.Lang", "name": "Lea Lang", "email": "lea@example.org",
            "phone": "+49 30 555", "time_zone": "Asia/Tokyo", "role": "agent",
            "password": "seven green bicycles", "password_again": "seven green bicycles",
        ].merging(changes) { $1 }
        return right.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    @Test func `make an account that has to change its password`() throws {
        let answer = try petra.send(list, fields())
        #expect(answer.status.code == 303)
        let page = petra.get(answer.location)
        #expect(page.shows("lea.lang") && page.shows("To be changed after the next log-in"))
        #expect(!page.text.contains("seven green"))
        let lea = desk.browser()
        #expect(try lea.logIn("lea.lang", "seven green bicycles").status.code == 303)
        #expect(lea.get("/workbench").location.hasPrefix("/password"))
    }

    @Test func `say everything that is wrong at once and keep what was typed`() throws {
        let answer = try petra.send(
            list,
            fields([
                "login": "no spaces please", "name": "", "email": "nowhere", "phone": "call me",
                "time_zone": "Moon/Base", "role": "king", "password": "short",
                "password_again": "shirt",
            ]))
        #expect(answer.status.code == 422)
        for field in [
            "login", "name", "email", "phone", "time_zone", "role", "password", "password_again",
        ] { #expect(answer.hasProblem(field), "\(field)") }
        #expect(answer.shows("nowhere") && answer.shows("no spaces please"))
        #expect(!answer.text.contains("short") && !answer.text.contains("shirt"))
    }

    @Test(arguments: ["Lea.Lang 2026", "Test-Telecom-2026", "lealanglealang"])
    func `refuse a password that is a name`(password: String) throws {
        let answer = try petra.send(
            list, fields(["password": password, "password_again": password]))
        #expect(answer.status.code == 422 && answer.hasProblem("password"))
    }

    @Test func `refuse a login that is taken, and never change one`() throws {
        #expect(try petra.send(list, fields(["login": "MIA"])).hasProblem("login"))
        let address = "\(list)/\(desk.mia.id)"
        let base = try petra.get(address).hidden("base")
        _ = try petra.send(
            address, [("base", base), ("login", "other"), ("name", "Mia K."), ("role", "agent")])
        #expect(petra.get(address).shows("Mia K."))
        #expect(try desk.browser().logIn("mia", TestDesk.password).status.code == 303)
    }

    @Test func `search, filter and sort`() throws {
        #expect(petra.get(list + "?q=keller").shows("Mia Keller"))
        #expect(!petra.get(list + "?q=keller").shows("Jonas Brandt"))
        #expect(!petra.get(list + "?role=administrator").shows("Mia Keller"))
        try desk.openStore().setEmployee(desk.jonas.id, isActive: false)
        #expect(petra.get(list + "?state=deactivated").shows("Jonas Brandt"))
        #expect(!petra.get(list + "?state=active").shows("Jonas Brandt"))
        let names = petra.get(list + "?sort=-name").text
        let order = ["Petra Vogel</a>", "Mia Keller</a>", "Jonas Brandt</a>"].map {
            names.range(of: $0)?.lowerBound
        }
        #expect(order[0]! < order[1]! && order[1]! < order[2]!)
    }

    @Test func `deactivate after asking, and say what happens to the cases`() throws {
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        let own = desk.caseFields(token, draft, ["claim": "1"])
        #expect(mia.post("/cases", .multipart(own)).status.code == 303)
        let address = "\(list)/\(desk.mia.id)"
        let question = petra.get(address + "/deactivate")
        #expect(question.shows("1 open case"))
        #expect(
            question.text.contains("/cases?owner=agent-\(desk.mia.id)&amp;state=processing"))
        #expect(try petra.send(address + "/deactivate", []).location == address + "?saved=1")
        #expect(mia.get("/workbench").location.hasPrefix("/login"))
        #expect(petra.get(address).shows("Deactivated"))
        let cases = petra.get("/cases?owner=agent-\(desk.mia.id)&state=processing")
        #expect(cases.shows("No internet since yesterday"))
        #expect(cases.text.contains("selected>Mia Keller (deactivated)</option>"))
        #expect(try petra.send(address + "/activate", []).status.code == 303)
        #expect(try desk.browser().logIn("mia", TestDesk.password).status.code == 303)
    }

    @Test func `leave one's own account and the last administrator alone`() throws {
        let own = "\(list)/\(desk.petra.id)"
        #expect(!petra.get(own).text.contains("id=\"deactivate\""))
        #expect(try petra.send(own + "/deactivate", []).status.code == 409)
        #expect(petra.get(own + "/password").status.code == 409)
        let base = try petra.get(own).hidden("base")
        let demoted = try petra.send(
            own, [("base", base), ("name", "Petra Vogel"), ("role", "agent")])
        #expect(demoted.status.code == 422 && demoted.hasProblem("role"))
        #expect(petra.get(list).status.code == 200)
    }

    @Test func `show the person's sessions and end one`() throws {
        let mia = try desk.browser(as: "mia")
        let address = "\(list)/\(desk.mia.id)"
        let page = petra.get(address)
        let key = try #require(
            try desk.openStore().makeReader().liveSessions(
                of: desk.mia.id, startedAfter: .distantPast, seenAfter: .distantPast, limit: 9
            ).first?.name)
        #expect(page.text.contains("\(address)/sessions/\(key)/end"))
        let foreign = "\(list)/\(desk.jonas.id)/sessions/\(key)/end"
        #expect(try petra.send(foreign, []).status.code == 404)
        let answer = try petra.send("\(address)/sessions/\(key)/end", [])
        #expect(answer.location == address + "?saved=1#sessions")
        #expect(mia.get("/workbench").status.code == 303)
        #expect(try petra.send("\(address)/sessions/\(key)/end", []).status.code == 404)
    }

    @Test func `show times in the person's zone and deadlines in the tenant space's`() throws {
        let zone = try #require(TimeZoneName("Asia/Tokyo"))
        try desk.openStore().updateEmployee(
            desk.mia.id, EmployeeValues(name: "Mia Keller", timeZone: zone, role: .agent),
            Edit(base: .max, by: nil, at: desk.clock.now))
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        let answer = mia.post(
            "/cases",
            .multipart(desk.caseFields(token, draft, ["deadline": "2026-11-23T09:00"])))
        // 10:53 UTC is 19:53 in Tokyo; the deadline stays what was entered.
        let page = mia.get(answer.location)
        #expect(page.shows("22 Nov 2026, 19:53"))
        #expect(page.shows("23 Nov 2026, 09:00") && page.shows("Europe/Berlin, UTC+01:00"))
        let list = mia.get("/cases")
        #expect(list.shows("22 Nov, 19:53") && list.shows("23 Nov, 09:00"))
        #expect(list.shows("(Europe/Berlin)"))
        #expect(try desk.browser(as: "petra").get(answer.location).shows("22 Nov 2026, 11:53"))
    }
}

@Suite("The page of the tenant space")
struct TenantPageTests {
    private let desk: TestDesk
    private let petra: Browser
    private let address = "/configuration/tenant"

    init() throws {
        desk = try TestDesk(webServerLimit: WebServerLimit(nginx: "client_max_body_size 72m;"))
        petra = try desk.browser(as: "petra")
    }

    private func save(_ changes: [String: String]) throws -> Answer {
        let base = try petra.get(address).hidden("base")
        let fields = ["name": "Test Telecom", "time_zone": "Europe/Berlin", "case_enabled": "1"]
            .merging(changes) { $1 }.filter { !$0.value.isEmpty }
        return try petra.send(address, [("base", base)] + fields.map { ($0.key, $0.value) })
    }

    @Test func `shows the limits and what nginx lets through`() throws {
        let page = petra.get(address)
        #expect(page.shows("5 at most") && page.shows("5.0 MB at most"))
        #expect(page.shows("32.0 MB at most") && page.shows("72.0 MB"))
        let other = try TestDesk()
        #expect(try other.browser(as: "petra").get(address).shows("--nginx FILE"))
    }

    @Test func `changes name and zone, with history`() throws {
        #expect(try save(["name": "Renamed", "time_zone": "Asia/Kolkata"]).status.code == 303)
        let page = petra.get(address)
        #expect(page.shows("Renamed – CaseDesk"))
        #expect(page.shows("“Test Telecom”") && page.shows("“Asia/Kolkata”"))
        #expect(
            try desk.openStore().makeReader().options().tenant.timeZone.identifier == "Asia/Kolkata"
        )
        let wrong = try save(["name": " ", "time_zone": "Nowhere/At_all"])
        #expect(wrong.status.code == 422)
        #expect(wrong.hasProblem("name") && wrong.hasProblem("time_zone"))
    }

    @Test func `lists who is logged in and marks one's own session`() throws {
        let mia = try desk.browser(as: "mia")
        let page = petra.get(address)
        #expect(page.shows("Mia Keller") && page.shows("This is your session"))
        let key = try #require(
            try desk.openStore().makeReader().liveSessions(
                of: desk.mia.id, startedAfter: .distantPast, seenAfter: .distantPast, limit: 9
            ).first?.name)
        #expect(
            try petra.send("\(address)/sessions/\(key)/end", []).location
                == address + "?saved=1#sessions")
        #expect(mia.get("/workbench").status.code == 303)
        #expect(petra.get(address).status.code == 200)
    }

    @Test func `leaves sessions out that are over by themselves`() throws {
        _ = try desk.browser(as: "mia")
        desk.clock.advance(SessionCookie.idleLimit)
        let later = try desk.browser(as: "petra")
        #expect(!later.get(address).shows("Mia Keller"))
    }

    @Test func `switches Case 2.0 off, and keeps what somebody is just typing`() throws {
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        #expect(try save(["case_enabled": ""]).status.code == 303)
        let typed = desk.caseFields(token, draft, ["title": "Typed before the switch"])
        let answer = mia.post(
            "/cases", .multipart(typed, files: [("light.png", SampleFile.png)]))
        #expect(answer.status.code == 403)
        #expect(answer.shows("Case 2.0 is switched off for this tenant space"))
        #expect(answer.shows("Typed before the switch") && answer.shows("light.png"))
        #expect(answer.shows("kept as a draft"))
        let script = mia.post(
            "/drafts/\(draft)", .multipart(typed), accept: "application/json")
        #expect(script.status.code == 403)
        #expect(script.text.contains("\"error\":\"case 2.0 is switched off"))
        #expect(mia.get("/workbench").status.code == 403)
        #expect(try save(["case_enabled": "1"]).status.code == 303)
        let page = mia.get("/cases/new?draft=\(draft)")
        #expect(page.shows("Typed before the switch") && page.shows("light.png"))
        #expect(mia.post("/cases", .multipart(typed)).status.code == 303)
    }

    @Test func `stores nothing of a form without its token while Case 2.0 is off`() throws {
        let mia = try desk.browser(as: "mia")
        _ = try save(["case_enabled": ""])
        let answer = mia.post(
            "/cases", .multipart([("form_token", "x"), ("title", "Not trusted")]))
        #expect(answer.status.code == 403 && answer.shows("Not trusted"))
        #expect(answer.shows("Nothing was stored"))
        #expect(try desk.openStore().makeReader().drafts(of: desk.mia.id, limit: 9).isEmpty)
    }

    @Test func `leads an administrator to the switch, and nobody else`() throws {
        _ = try save(["case_enabled": ""])
        #expect(petra.get("/workbench").text.contains("href=\"/configuration/tenant\""))
        let mia = try desk.browser(as: "mia")
        #expect(!mia.get("/workbench").text.contains("href=\"/configuration/tenant\""))
    }
}
