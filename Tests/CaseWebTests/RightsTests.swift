import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

/// What each address of the desk needs, claimed here once more and apart from the route table: a route that is added
/// or loosened without a word fails.
@Suite("The rights of every route")
struct RightsTests {
    /// Who may use an address.
    enum Need: Equatable {
        case nothing
        case logIn
        case permission(Permission)
        case administrator
        /// A program's token; no log-in has a part in it.
        case interfaceToken
    }

    static let claims: [String: Need] = {
        var claims: [String: Need] = [
            "GET /health": .nothing, "GET /login": .nothing, "POST /login": .nothing,
            "POST /api/v1/conversations": .interfaceToken,
            "POST /api/v1/conversations/*/messages": .interfaceToken,
        ]
        let anybody = [
            "POST /logout", "GET /password", "POST /password", "GET /", "GET /workbench",
            "GET /cases", "GET /cases/new", "POST /cases", "GET /cases/*", "POST /cases/*/claim",
            "GET /cases/*/attachments/*", "POST /drafts/*", "GET /drafts/*/discard",
            "POST /drafts/*/discard", "POST /drafts/*/attachments",
            "GET /drafts/*/attachments/*", "POST /drafts/*/attachments/*/remove",
            "GET /workbench/conversations/*", "GET /workbench/conversations/*/messages",
            "GET /workbench/conversations/*/case-types", "GET /workbench/conversations/*/case",
            "POST /workbench/conversations/*/customer",
            "GET /customers", "POST /customers", "GET /customers/new", "GET /customers/options",
            "GET /customers/*", "POST /customers/*", "POST /customers/*/choose",
            "POST /customers/*/confirm", "GET /notifications/preview", "POST /cases/*/remind",
            "POST /cases/*/messages/*/retry", "POST /cases/*/messages/*/settle",
            "POST /cases/*/messages/*/cancel",
        ]
        let configuration = [
            "GET /configuration",
            "GET /configuration/case-types", "POST /configuration/case-types",
            "GET /configuration/case-types/new", "GET /configuration/case-types/*",
            "POST /configuration/case-types/*", "POST /configuration/case-types/*/enable",
            "POST /configuration/case-types/*/disable",
            "GET /configuration/case-types/*/delete", "POST /configuration/case-types/*/delete",
            "GET /configuration/case-queues", "POST /configuration/case-queues",
            "GET /configuration/case-queues/new", "GET /configuration/case-queues/*",
            "POST /configuration/case-queues/*", "GET /configuration/case-queues/*/delete",
            "POST /configuration/case-queues/*/delete",
            "GET /configuration/assignment-rules", "POST /configuration/assignment-rules",
            "GET /configuration/assignment-rules/new", "GET /configuration/assignment-rules/*",
            "POST /configuration/assignment-rules/*",
            "POST /configuration/assignment-rules/*/activate",
            "POST /configuration/assignment-rules/*/deactivate",
            "GET /configuration/assignment-rules/*/try",
            "GET /configuration/assignment-rules/*/delete",
            "POST /configuration/assignment-rules/*/delete",
            "GET /configuration/suggestions",
            "GET /configuration/notifications", "GET /configuration/notifications/limits",
            "POST /configuration/notifications/limits", "GET /configuration/notifications/outbox",
            "GET /configuration/notifications/outbox/*",
            "POST /configuration/notifications/outbox/*/retry",
            "POST /configuration/notifications/outbox/*/settle",
            "POST /configuration/notifications/outbox/*/cancel",
            "GET /configuration/notifications/*/*", "POST /configuration/notifications/*/*",
            "POST /configuration/notifications/*/*/preview",
            "POST /configuration/notifications/*/*/test",
        ]
        let administration = [
            "GET /configuration/case-roles", "POST /configuration/case-roles",
            "GET /configuration/case-roles/new", "GET /configuration/case-roles/*",
            "POST /configuration/case-roles/*", "GET /configuration/case-roles/*/delete",
            "POST /configuration/case-roles/*/delete",
            "GET /configuration/employees", "POST /configuration/employees",
            "GET /configuration/employees/new", "GET /configuration/employees/*",
            "POST /configuration/employees/*", "GET /configuration/employees/*/password",
            "POST /configuration/employees/*/password",
            "GET /configuration/employees/*/deactivate",
            "POST /configuration/employees/*/deactivate",
            "POST /configuration/employees/*/activate",
            "POST /configuration/employees/*/sessions/*/end",
            "GET /configuration/tenant", "POST /configuration/tenant",
            "POST /configuration/tenant/sessions/*/end",
            "GET /configuration/tenant/integrations", "POST /configuration/tenant/integrations",
            "GET /configuration/tenant/integrations/new",
            "GET /configuration/tenant/integrations/*",
            "GET /configuration/tenant/integrations/*/revoke",
            "POST /configuration/tenant/integrations/*/revoke",
            "GET /configuration/suggestions/engine", "POST /configuration/suggestions/engine",
            "GET /configuration/notifications/gateways",
            "GET /configuration/notifications/gateways/email",
            "POST /configuration/notifications/gateways/email",
            "GET /configuration/notifications/gateways/sms",
            "POST /configuration/notifications/gateways/sms",
            "GET /configuration/notifications/gateways/*/remove",
            "POST /configuration/notifications/gateways/*/remove",
        ]
        let customers = [
            "GET /customers/*/delete", "POST /customers/*/delete", "GET /customers/import",
            "POST /customers/import", "GET /customers/import/*", "POST /customers/import/*",
            "POST /customers/import/*/cancel", "GET /customers/import/*/refused",
            "GET /customers/export",
        ]
        for route in anybody { claims[route] = .logIn }
        for route in customers { claims[route] = .permission(.customerManagement) }
        for route in configuration { claims[route] = .permission(.caseConfiguration) }
        for route in administration { claims[route] = .administrator }
        return claims
    }()

    /// A desk with another tenant space, and a browser for each kind of person.
    private struct People {
        let desk: TestDesk
        let stranger: Browser
        let agent: Browser
        let administrator: Browser
        /// An administrator of the other tenant space who brings the log-in along.
        let foreigner: Browser

        init() throws {
            desk = try TestDesk()
            _ = try desk.addTenant("other", administrator: "olga")
            stranger = desk.browser()
            agent = try desk.browser(as: "mia")
            administrator = try desk.browser(as: "petra")
            foreigner = desk.browser()
            foreigner.takeCookies(of: try desk.browser(as: "olga", in: "other"))
        }

        /// An agent whose case roles give everything but this, or nothing but this.
        func agent(_ permissions: Set<Permission>) throws -> Browser {
            try desk.give(permissions, to: desk.jonas)
            return try desk.browser(as: "jonas")
        }
    }

    /// A request as a person's own page would send it.
    private static func ask(_ route: Route, _ browser: Browser) throws -> Answer {
        let address = RouteTableTests.address(route)
        guard route.method == .post else { return browser.get(address) }
        let page = browser.get("/password")
        let isKnown = page.status.code == 200
        let token = isKnown ? try page.hidden("form_token") : String(repeating: "0", count: 128)
        return browser.post(address, .multipart([("form_token", token), ("draft_id", "x")]))
    }

    private static func needsPerson(_ route: Route) -> Bool {
        ![.nothing, .interfaceToken].contains(claims[route.claim])
    }

    private static func isRefused(_ answer: Answer) -> Bool {
        answer.status.code == 403 && answer.shows(Refusal.notAllowed.title)
    }

    /// Whether the answer leads a stranger to the log-in, or says that there is none.
    private static func isUnknown(_ answer: Answer) -> Bool {
        answer.status.code == 303 && answer.location.hasPrefix("/login?next=")
            || answer.status.code == 403 && answer.shows(Refusal.loggedOut.title)
    }

    @Test func `are claimed for every route and no other`() {
        #expect(Set(Route.all.map(\.claim)) == Set(Self.claims.keys))
        #expect(Set(Route.all.map(\.claim)).count == Route.all.count)
    }

    @Test(arguments: Route.all)
    func `are checked for strangers, agents, roles, administrators and other tenant spaces`(
        route: Route
    ) throws {
        let need = try #require(Self.claims[route.claim])
        guard need != .nothing else { return }
        let people = try People()
        guard need != .interfaceToken else {
            for person in [people.stranger, people.foreigner, people.agent, people.administrator] {
                #expect(try Self.ask(route, person).status.code == 401)
            }
            return
        }
        for outsider in [people.stranger, people.foreigner] {
            #expect(Self.isUnknown(try Self.ask(route, outsider)))
        }
        #expect(try Self.isRefused(Self.ask(route, people.agent)) == (need != .logIn))
        switch need {
        case .nothing, .logIn, .interfaceToken: break
        case .permission(let permission):
            let others = Set(Permission.allCases).subtracting([permission])
            #expect(try Self.isRefused(Self.ask(route, people.agent(others))))
            let fresh = try People()
            let answer = try Self.ask(route, fresh.agent([permission]))
            #expect(!Self.isRefused(answer) && answer.status.code < 500)
        case .administrator:
            let all = try people.agent(Set(Permission.allCases))
            #expect(try Self.isRefused(Self.ask(route, all)))
        }
        let answer = try Self.ask(route, people.administrator)
        #expect(!Self.isRefused(answer) && answer.status.code < 500, "\(answer.text)")
        #expect(people.desk.log.all.isEmpty)
    }

    @Test(arguments: Route.all.filter { $0.method == .get && needsPerson($0) })
    func `wait until a password that somebody else set is changed`(route: Route) throws {
        let desk = try TestDesk()
        let browser = try desk.browserWithTemporaryPassword()
        let answer = browser.get(RouteTableTests.address(route))
        if route.pattern == "/password" {
            #expect(answer.status.code == 200)
        } else {
            #expect(answer.status.code == 303 && answer.location.hasPrefix("/password?next="))
        }
    }

    @Test(arguments: Route.all.filter { $0.method == .post && needsPerson($0) })
    func `wait with every form, too`(route: Route) throws {
        let desk = try TestDesk()
        let browser = try desk.browserWithTemporaryPassword()
        let answer = try Self.ask(route, browser)
        switch route.pattern {
        case "/logout": #expect(answer.location == "/login")
        case "/password": #expect(answer.status.code == 422)
        default: #expect(answer.status.code == 303 && answer.location.hasPrefix("/password"))
        }
    }

    @Test func `make nothing of one tenant space reachable from another`() throws {
        let desk = try TestDesk()
        let other = try desk.addTenant("other", administrator: "olga")
        let edit = Edit(base: .max, by: nil, at: desk.clock.now)
        // More of each thing than the first tenant space has, so that the last number is only there.
        var ids: [String: String] = [:]
        for index in 1...5 {
            let person = try other.addEmployee(
                login: "p\(index)", name: "P", email: "", phone: "", role: .agent,
                passwordHash: "x")
            let queue = try other.addQueue(name: "Q\(index)", members: [person.id])
            let role = try other.addCaseRole(
                CaseRoleValues(name: "R\(index)", permissions: [.close], employees: [person.id]),
                key: DraftID(), edit)
            ids["employees"] = person.id.description
            ids["case-queues"] = queue.id.description
            ids["case-roles"] = role.description
        }
        let petra = try desk.browser(as: "petra")
        let olga = try desk.browser(as: "olga", in: "other")
        for (kind, id) in ids {
            let address = "/configuration/\(kind)/\(id)"
            #expect(olga.get(address).status.code == 200)
            #expect(petra.get(address).status.code == 404)
            #expect(try petra.send(address, [("name", "x"), ("base", "0")]).status.code == 404)
        }
        for (address, field) in [
            ("/configuration/case-queues", "members"), ("/configuration/case-roles", "employees"),
        ] {
            let answer = try petra.send(
                address,
                [
                    ("name", "New"), ("distribution", "claim"), ("permissions", "close"),
                    (field, ids["employees"] ?? ""),
                ])
            #expect(answer.status.code == 422 && answer.text.contains("id=\"\(field)-error\""))
        }
    }

    @Test func `keep a session and a token inside their tenant space`() throws {
        let desk = try TestDesk()
        let other = try desk.addTenant("other", administrator: "petra")
        let here = try desk.browser(as: "petra")
        let there = try desk.browser(as: "petra", in: "other")
        let foreignToken = try there.get("/password").hidden("form_token")
        let form = Form.urlEncoded([("form_token", foreignToken), ("name", "Taken over")])
        #expect(here.post("/configuration/tenant", form).status.code == 403)
        #expect(try other.makeReader().tenantValues().name == "Other company")
        let thief = desk.browser(in: "other")
        thief.takeCookies(of: here)
        #expect(thief.get("/configuration/tenant").location.hasPrefix("/login"))
        let key = try #require(
            try there.get("/configuration/tenant").status.code == 200
                ? other.makeReader().liveSessions(
                    startedAfter: .distantPast, seenAfter: .distantPast, limit: 9
                ).first?.name : nil)
        #expect(try here.send("/configuration/tenant/sessions/\(key)/end", []).status.code == 404)
        #expect(there.get("/configuration/tenant").status.code == 200)
    }
}

extension Route: CustomTestStringConvertible {
    /// What ``RightsTests/claims`` calls it.
    var claim: String { "\(method.rawValue) \(pattern)" }

    package var testDescription: String { claim }
}

extension TestDesk {
    /// A browser of somebody who has logged in with a password that an administrator set.
    func browserWithTemporaryPassword() throws -> Browser {
        let store = try openStore()
        let hash = try #require(
            try store.makeReader().credentials(login: "jonas")?.passwordHash)
        try store.setPassword(of: jonas.id, hash: hash, mustChange: true)
        return try browser(as: "jonas")
    }
}
