import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite struct `Integrations of a tenant space` {
    private static let address = "/configuration/tenant/integrations"

    /// Makes one and gives the address of its page.
    private func make(_ name: String, _ petra: Browser) throws -> String {
        let page = petra.get(Self.address + "/new")
        let answer = petra.post(
            Self.address,
            .urlEncoded([
                ("form_token", try page.hidden("form_token")),
                ("creation_key", try page.hidden("creation_key")), ("name", name),
            ]))
        #expect(answer.status.code == 303)
        return String(answer.location.prefix { $0 != "?" })
    }

    /// The token on a page.
    private func token(_ page: Answer) -> String? {
        guard let start = page.text.range(of: "class=\"token\">")?.upperBound else { return nil }
        return String(page.text[start...].prefix { $0 != "<" })
    }

    @Test func `show their token once, and only its hash is stored`() throws {
        let desk = try TestDesk()
        let petra = try desk.browser(as: "petra")
        #expect(petra.get(Self.address).shows("No integrations yet"))
        let link = try make("WhatsApp gateway", petra)
        let token = try #require(self.token(petra.get(link)))
        #expect(token.hasPrefix("casedesk_") && token.utf8.count >= 40)
        #expect(self.token(petra.get(link)) == nil)
        let program = Program(desk: desk, authorization: "Bearer \(token)")
        #expect(program.send(Conversations.whole()).status.code == 201)
        let list = petra.get(Self.address)
        #expect(list.shows("WhatsApp gateway") && list.shows("…" + token.suffix(4)))
        let database = try #require(
            FileManager.default.contents(
                atPath: try desk.openStore().directory + "/casedesk.sqlite"))
        #expect(database.range(of: Data(token.utf8)) == nil)
    }

    @Test func `are made once by a form that is sent twice`() throws {
        let desk = try TestDesk()
        let petra = try desk.browser(as: "petra")
        let page = petra.get(Self.address + "/new")
        let form = Form.urlEncoded([
            ("form_token", try page.hidden("form_token")),
            ("creation_key", try page.hidden("creation_key")), ("name", "Gateway"),
        ])
        let first = petra.post(Self.address, form)
        let second = petra.post(Self.address, form)
        #expect(first.location == second.location)
        // The cookie of the first answer is still the right one.
        #expect(token(petra.get(String(first.location.prefix { $0 != "?" }))) != nil)
        #expect(try desk.openStore().makeReader().integrations().count == 1)
    }

    @Test(arguments: [
        ("", "Enter a name"), (" ", "Enter a name"), ("Gateway", "Another integration"),
        (String(repeating: "x", count: 81), "80 characters or less"),
    ]) func `ask for a name of their own`(name: String, sentence: String) throws {
        let desk = try TestDesk()
        let petra = try desk.browser(as: "petra")
        _ = try make("Gateway", petra)
        let page = petra.get(Self.address + "/new")
        let answer = petra.post(
            Self.address,
            .urlEncoded([
                ("form_token", try page.hidden("form_token")),
                ("creation_key", try page.hidden("creation_key")), ("name", name),
            ]))
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("name"))
        #expect(answer.shows(sentence))
    }

    @Test func `are revoked after a question, and the name is free again`() throws {
        let desk = try TestDesk()
        let petra = try desk.browser(as: "petra")
        let link = try make("Gateway", petra)
        let token = try #require(self.token(petra.get(link)))
        let question = petra.get(link + "/revoke")
        #expect(question.shows("Revoke this token?"))
        let answer = petra.post(
            link + "/revoke", .urlEncoded([("form_token", try question.hidden("form_token"))]))
        #expect(answer.status.code == 303)
        #expect(petra.get(link).shows("Revoked"))
        let program = Program(desk: desk, authorization: "Bearer \(token)")
        #expect(program.send(Conversations.whole()).status.code == 401)
        _ = try make("Gateway", petra)
        #expect(petra.get(Self.address + "/99").status.code == 404)
    }

    @Test(arguments: ["", "/new", "/1", "/1/revoke"])
    func `are an administrator's alone`(path: String) throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        #expect(mia.get(Self.address + path).status.code == 403)
    }
}

@Suite struct `The conversations of a customer` {
    @Test func `stand on the customer's page, each agent's alone`() throws {
        let desk = try TestDesk()
        let program = try desk.program()
        #expect(program.send(Conversations.whole(text: "The blue router")).status.code == 201)
        let address = "/customers/\(desk.hannah.description)"
        #expect(try desk.browser(as: "mia").get(address).shows("The blue router"))
        #expect(try desk.browser(as: "petra").get(address).shows("The blue router"))
        #expect(try !desk.browser(as: "jonas").get(address).shows("The blue router"))
        let other = "/customers/\(desk.oliver.description)"
        #expect(try !desk.browser(as: "mia").get(other).shows("The blue router"))
    }
}
