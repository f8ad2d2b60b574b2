import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite("Changing one's password")
struct ChangePasswordTests {
    private let desk: TestDesk
    private static let new = "seven green bicycles"

    init() throws { desk = try TestDesk() }

    private func fields(
        _ current: String = TestDesk.password, _ new: String = new, again: String? = nil,
        next: String = ""
    ) -> [(String, String)] {
        [
            ("next", next), ("current_password", current), ("new_password", new),
            ("new_password_again", again ?? new),
        ]
    }

    @Test func `is behind the name in the bar, and the new one logs in`() throws {
        let mia = try desk.browser(as: "mia")
        #expect(mia.get("/workbench").text.contains("href=\"/password\""))
        let answer = try mia.send("/password", fields())
        #expect(answer.location == "/password?saved=1")
        #expect(mia.get(answer.location).shows("Saved."))
        #expect(try desk.browser().logIn("mia", TestDesk.password).status.code == 422)
        #expect(try desk.browser().logIn("mia", Self.new).status.code == 303)
    }

    @Test func `ends the person's other sessions and keeps this one`() throws {
        let here = try desk.browser(as: "mia")
        let elsewhere = try desk.browser(as: "mia")
        _ = try here.send("/password", fields())
        #expect(here.get("/workbench").status.code == 200)
        #expect(elsewhere.get("/workbench").status.code == 303)
    }

    @Test(arguments: [
        ("wrong", new, new, ["current_password"]),
        (TestDesk.password, "too short", "too short", ["new_password"]),
        (TestDesk.password, "elevenchars", "elevenchars", ["new_password"]),
        (TestDesk.password, "mia keller 2026", "mia keller 2026", ["new_password"]),
        (TestDesk.password, "Test-Telecom-1", "Test-Telecom-1", ["new_password"]),
        (TestDesk.password, TestDesk.password, TestDesk.password, ["new_password"]),
        (TestDesk.password, new, "another one here", ["new_password_again"]),
        ("", "", "x", ["current_password", "new_password", "new_password_again"]),
    ])
    func `says everything that is wrong at once, and shows no password`(
        current: String, new: String, again: String, wrong: [String]
    ) throws {
        let mia = try desk.browser(as: "mia")
        let answer = try mia.send("/password", fields(current, new, again: again))
        #expect(answer.status.code == 422)
        for name in ["current_password", "new_password", "new_password_again"] {
            #expect(answer.hasProblem(name) == wrong.contains(name), "\(name)")
        }
        #expect(!answer.text.contains("value=\"\(new)\"") || new.isEmpty)
        #expect(try desk.browser().logIn("mia", TestDesk.password).status.code == 303)
    }

    @Test func `slows down who guesses the current one`() throws {
        let mia = try desk.browser(as: "mia")
        for _ in 0..<5 {
            #expect(try mia.send("/password", fields("wrong")).status.code == 422)
        }
        let slowed = try mia.send("/password", fields())
        #expect(slowed.status.code == 429)
        #expect(slowed.response.headerFields[.retryAfter] == "2")
    }

    @Test func `comes first after a log-in with a temporary one, and leads on`() throws {
        let jonas = try desk.browserWithTemporaryPassword()
        let sent = jonas.get("/cases?q=router")
        #expect(sent.location == "/password?next=%2Fcases%3Fq%3Drouter")
        let page = jonas.get(sent.location)
        #expect(page.shows("Choose your own password"))
        #expect(!page.text.contains("href=\"/workbench\""))
        let next = try page.hidden("next")
        let token = try page.hidden("form_token")
        let answer = jonas.post(
            "/password", .urlEncoded([("form_token", token)] + fields(next: next)))
        #expect(answer.location == "/cases?q=router")
        #expect(jonas.get(answer.location).status.code == 200)
    }

    @Test(arguments: ["//evil.example/", "https://evil.example/", ""])
    func `never leads to another site`(next: String) throws {
        let jonas = try desk.browserWithTemporaryPassword()
        #expect(try jonas.send("/password", fields(next: next)).location == "/workbench")
    }

    @Test func `keeps a case that is sent before it`() throws {
        let jonas = try desk.browser(as: "jonas")
        let (token, draft) = try jonas.newCase()
        let hash = try #require(
            try desk.openStore().makeReader().credentials(login: "jonas")?.passwordHash)
        // The flag alone, as when it is set on a session that goes on.
        try desk.openStore().setPassword(
            of: desk.jonas.id, hash: hash, mustChange: true,
            keeping: SessionCookie.key(of: jonas.cookies[SessionCookie.name] ?? ""))
        let answer = jonas.post(
            "/cases", .multipart(desk.caseFields(token, draft, ["title": "Typed already"])))
        let page = "/cases/new?draft=\(draft)"
        let encoded = page.replacing("/", with: "%2F").replacing("?", with: "%3F")
            .replacing("=", with: "%3D")
        #expect(answer.location == "/password?next=\(encoded)")
        _ = try jonas.send("/password", fields())
        #expect(jonas.get(page).shows("Typed already"))
    }

    @Test func `of a session that the administrator ended keeps the case as well`() throws {
        let jonas = try desk.browser(as: "jonas")
        let (token, draft) = try jonas.newCase()
        let petra = try desk.browser(as: "petra")
        let id = desk.jonas.id.description
        let set = try petra.send(
            "/configuration/employees/\(id)/password",
            [("password", Self.new), ("password_again", Self.new)])
        #expect(set.location == "/configuration/employees/\(id)?saved=1")
        let answer = jonas.post(
            "/cases", .multipart(desk.caseFields(token, draft, ["title": "Typed already"])))
        #expect(answer.location.hasPrefix("/login?next="))
        #expect(try jonas.logIn("jonas", Self.new).status.code == 303)
        #expect(jonas.get("/workbench").location.hasPrefix("/password"))
        let changed = try jonas.send(
            "/password", fields(Self.new, "nine yellow submarines"))
        #expect(changed.location == "/workbench")
        #expect(jonas.get("/workbench").shows("Typed already"))
    }
}
