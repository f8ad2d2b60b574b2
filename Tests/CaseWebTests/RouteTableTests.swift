import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite("Every route of the desk")
struct RouteTableTests {
    private static let all = Route.all

    /// An address that fits a pattern: a draft's name or a number for each variable part.
    static func address(_ route: Route) -> String {
        let draft = String(repeating: "a", count: 32)
        var isFirst = true
        return "/"
            + route.pattern.split(separator: "/").map { segment -> String in
                guard segment == "*" else { return String(segment) }
                defer { isFirst = false }
                return route.pattern.hasPrefix("/drafts") && isFirst ? draft : "1"
            }.joined(separator: "/")
    }

    @Test(arguments: all)
    func `begins with a name, by which it is found`(_ route: Route) {
        #expect(!route.pattern.hasPrefix("/*"))
        #expect(
            Route.beginning(with: route.pattern.split(separator: "/").first).contains {
                $0.pattern == route.pattern && $0.method == route.method
            })
    }

    private static let posts = all.filter { $0.method == .post && !isInterface($0) }.map(address)
    private static let pages = all.filter { $0.method == .get && !isOpen($0) }.map(address)

    private static func isOpen(_ route: Route) -> Bool {
        switch route.handler {
        case .open, .probe: true
        case .openForm, .page, .form, .caseForm, .fileForm, .interface: false
        }
    }

    private static func isInterface(_ route: Route) -> Bool {
        if case .interface = route.handler { true } else { false }
    }

    @Test func `is open to strangers only for log-in and health`() {
        #expect(Self.all.filter(Self.isOpen).map(\.pattern) == ["/health", "/login"])
    }

    @Test(arguments: posts)
    func `refuses a post without its token, from anybody`(address: String) throws {
        let desk = try TestDesk()
        let stranger = desk.browser()
        let agent = try desk.browser(as: "mia")
        for form in [
            Form.urlEncoded([("title", "x")]), .multipart([("title", "x")]),
            .multipart([("form_token", ""), ("title", "x")]),
            .multipart([("title", "x"), ("form_token", "0")]), .multipart([]),
        ] where form.body.count > 60 || form.contentType.hasPrefix("application") {
            #expect(stranger.post(address, form).status.code == 403)
            #expect(agent.post(address, form).status.code == 403)
        }
        #expect(try desk.openStore().makeReader().drafts(of: desk.mia.id, limit: 9).isEmpty)
        #expect(desk.log.all.isEmpty)
    }

    @Test(arguments: posts.filter { $0 != "/login" })
    func `takes a token only as the first field, and only one's own`(address: String) throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let token = try mia.newCase().token
        let late = Form.multipart([("title", "x"), ("form_token", token)])
        #expect(mia.post(address, late).status.code == 403)
        let other = try desk.browser(as: "jonas")
        #expect(other.post(address, .multipart([("form_token", token)])).status.code == 403)
    }

    @Test(arguments: pages)
    func `sends a stranger to the log-in page and back`(address: String) throws {
        let desk = try TestDesk()
        let answer = desk.browser().get(address)
        #expect(answer.status.code == 303)
        let encoded = address.replacing("/", with: "%2F")
        #expect(answer.location == "/login?next=\(encoded)")
        #expect(desk.browser().get(address, accept: "application/json").status.code == 401)
    }

    @Test(arguments: all.map { ($0.method, Self.address($0)) })
    func `says which methods it knows`(method: HTTPRequest.Method, address: String) throws {
        let desk = try TestDesk()
        let answer = desk.browser().send(.delete, address, contentType: nil, body: [])
        #expect(answer.status.code == 405)
        #expect(answer.response.headerFields[.allow]?.contains(method.rawValue) == true)
    }

    @Test(arguments: ["/nothing", "/cases/1/2/3", "/..", "//", "/cases/", "/%2e%2e/etc", "/drafts"])
    func `answers 404 with a page elsewhere`(address: String) throws {
        let desk = try TestDesk()
        let answer = try desk.browser(as: "mia").get(address)
        #expect(answer.status.code == 404)
        #expect(answer.text.contains("<h1>There is nothing at this address</h1>"))
        #expect(answer.text.contains("<code>test</code>"))
    }

    @Test(arguments: all.filter { $0.needsCases }.map(Self.address))
    func `says so when Case 2.0 is switched off`(address: String) throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let store = try desk.openStore()
        var space = try store.makeReader().options().tenant
        space.isCaseEnabled = false
        try store.updateTenant(space)
        let isPost = Self.posts.contains(address) && !Self.pages.contains(address)
        let answer =
            isPost ? mia.post(address, .multipart([("form_token", "x")])) : mia.get(address)
        #expect(answer.status.code == 403)
        #expect(answer.shows("Case 2.0 is switched off for this tenant space"))
    }

    @Test(arguments: pages + ["/login", "/nothing"])
    func `carries the headers that keep a page to itself`(address: String) throws {
        let desk = try TestDesk()
        for answer in [desk.browser().get(address), try desk.browser(as: "mia").get(address)] {
            let fields = answer.response.headerFields
            #expect(fields[.xContentTypeOptions] == "nosniff")
            #expect(fields[.referrerPolicy] == "same-origin")
            #expect(fields[.xRequestID] == "test")
            let policy = fields[.contentSecurityPolicy] ?? ""
            #expect(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe-inline"))
        }
    }

    @Test func `answers another tenant space's name with 404`() throws {
        let desk = try TestDesk()
        for name in ["other", "", "../demo", "DEMO"] {
            let request = Request(
                method: .get, path: "/login", query: "", cookies: "", contentType: "", accept: "",
                contentLength: 0,
                tenant: name, id: "test", remoteAddress: "", isSecure: false)
            let answer = desk.site.respond(to: request, body: { _ in 0 }, worker: desk.worker)
            #expect(answer.status.code == 404)
        }
    }
}
