import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite("Logging in")
struct LogInTests {
    @Test func `opens the workbench and names the person`() throws {
        let desk = try TestDesk()
        let browser = desk.browser()
        let answer = try browser.logIn("Mia", TestDesk.password)
        #expect(answer.status.code == 303)
        #expect(answer.location == "/workbench")
        #expect(browser.get("/workbench").shows("Mia Keller"))
        let cookie = answer.response.headerFields[values: .setCookie].first ?? ""
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
    }

    @Test func `goes on to the page that was asked for, but never to another site`() throws {
        let desk = try TestDesk()
        for (next, expected) in [
            ("/cases?q=a", "/cases?q=a"), ("//evil.example/", "/workbench"),
            ("https://evil.example/", "/workbench"), ("/\\evil.example", "/workbench"),
            ("", "/workbench"),
        ] {
            let browser = desk.browser()
            let token = try browser.get("/login").hidden("form_token")
            let answer = browser.post(
                "/login",
                .urlEncoded([
                    ("form_token", token), ("login", "mia"), ("password", TestDesk.password),
                    ("next", next),
                ]))
            #expect(answer.location == expected)
        }
    }

    @Test(arguments: [("mia", "wrong"), ("nobody", TestDesk.password), ("", ""), ("mia", "")])
    func `says the same for a wrong password and an unknown name`(login: String, password: String)
        throws
    {
        let desk = try TestDesk()
        let answer = try desk.browser().logIn(login, password)
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("login"))
        #expect(answer.shows("these two do not fit"))
        #expect(!answer.text.contains("correct horse"))
    }

    @Test func `keeps the name that was typed, escaped`() throws {
        let answer = try TestDesk().browser().logIn("<b>\"mia", "x")
        #expect(answer.shows("<b>\"mia"))
        #expect(!answer.text.contains("<b>"))
    }

    @Test func `takes no account that is out of use`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "jonas")
        try desk.openStore().setEmployee(desk.jonas.id, isActive: false)
        #expect(try desk.browser().logIn("jonas", TestDesk.password).status.code == 422)
        #expect(browser.get("/cases").status.code == 303)
    }

    @Test func `slows down after five failures, for that account from that address`() throws {
        let desk = try TestDesk()
        for _ in 0..<5 {
            #expect(try desk.browser().logIn("mia", "wrong").status.code == 422)
        }
        let slowed = try desk.browser().logIn("mia", TestDesk.password)
        #expect(slowed.status.code == 429)
        #expect(slowed.response.headerFields[.retryAfter] == "2")
        #expect(try desk.browser().logIn("jonas", TestDesk.password).status.code == 303)
        desk.clock.advance(3)
        #expect(try desk.browser().logIn("mia", TestDesk.password).status.code == 303)
        #expect(try desk.browser().logIn("mia", "wrong").status.code == 422)
    }

    @Test func `gives the browser a new name each time`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let first = browser.cookies[SessionCookie.name] ?? ""
        _ = try browser.logIn("mia", TestDesk.password)
        let second = browser.cookies[SessionCookie.name] ?? ""
        #expect(first != second && second.count == 64)
        let store = try desk.openStore().makeReader()
        #expect(try store.session(SessionCookie.key(of: first))?.endedAt != nil)
    }

    @Test func `ends after an hour without a request, and after twelve hours in any case`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        desk.clock.advance(SessionCookie.idleLimit - 1)
        #expect(browser.get("/cases").status.code == 200)
        try desk.openStore().checkHealth()  // waits until the request before is noted
        desk.clock.advance(SessionCookie.idleLimit)
        #expect(browser.get("/cases").status.code == 303)

        let other = try desk.browser(as: "mia")
        for _ in 0..<13 {
            desk.clock.advance(SessionCookie.idleLimit - 60)
            _ = other.get("/cases")
            try desk.openStore().checkHealth()
        }
        #expect(other.get("/cases").status.code == 303)
    }

    @Test func `is over after log-out`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let cookies = browser.cookies
        let token = try browser.get("/cases").hidden("form_token")
        #expect(browser.post("/logout", .urlEncoded([("form_token", token)])).location == "/login")
        #expect(browser.cookies[SessionCookie.name] == nil)
        #expect(cookies[SessionCookie.name] != nil)
        #expect(browser.get("/cases").status.code == 303)
    }
}
