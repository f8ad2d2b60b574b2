import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite("A small form that is refused")
struct RefusedFormTests {
    private let desk: TestDesk
    private let petra: Browser

    init() throws {
        desk = try TestDesk()
        petra = try desk.browser(as: "petra")
    }

    private static let summary = "First line\n<b>second</b> & third"

    private func form(token: String) -> Form {
        .urlEncoded([
            ("form_token", token), ("creation_key", DraftID().description), ("name", "Refund"),
            ("summary", Self.summary),
        ])
    }

    @Test func `gives back what was typed when its token is wrong`() throws {
        let answer = petra.post(
            "/configuration/case-types", form(token: String(repeating: "0", count: 128)))
        #expect(answer.status.code == 403)
        #expect(answer.shows(Refusal.wrongToken.title))
        #expect(answer.shows(Self.summary) && answer.shows("Refund"))
        #expect(!answer.shows("creation_key"))
    }

    @Test func `gives back what was typed when its session is over`() throws {
        let token = try petra.get("/configuration/case-types/new").hidden("form_token")
        petra.forgetCookies()
        let answer = petra.post("/configuration/case-types", form(token: token))
        #expect(answer.status.code == 403)
        #expect(answer.shows(Refusal.loggedOut.title) && answer.shows(Self.summary))
        #expect(try desk.openStore().makeReader().options().types.map(\.name) == ["Internet down"])
    }

    @Test func `shows no password`() throws {
        let answer = petra.post(
            "/password",
            .urlEncoded([("form_token", "x"), ("new_password", "correct horse battery")]))
        #expect(answer.status.code == 403)
        #expect(!answer.shows("correct horse battery"))
    }
}
