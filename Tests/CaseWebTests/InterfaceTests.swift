import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite struct `The interface for conversations` {
    @Test func `takes a conversation once`() throws {
        let desk = try TestDesk()
        let program = try desk.program()
        let first = program.send(Conversations.whole())
        #expect(first.status.code == 201)
        #expect(first.text == #"{"added":true,"id":"wa/1 ä"}"#)
        #expect(first.response.headerFields[.contentType] == "application/json")
        let again = program.send(Conversations.whole())
        #expect(again.status.code == 200)
        #expect(again.text == #"{"added":false,"id":"wa/1 ä"}"#)
        let reader = try desk.openStore().makeReader()
        let stored = try reader.conversations(of: desk.mia.id, limit: 9)
        #expect(stored.map(\.externalID) == ["wa/1 ä"])
        #expect(stored.first?.customer?.name == "Hannah Schulz")
        #expect(stored.first?.channel == .whatsapp)
    }

    @Test func `takes more messages, each once, under the sender's id`() throws {
        let desk = try TestDesk()
        let program = try desk.program()
        _ = program.send(Conversations.whole())
        let address = "/api/v1/conversations/wa%2F1%20%C3%A4/messages"
        let more = Conversations.message(#""id": "m2", "text": "Are you there?""#)
        #expect(program.send(more, to: address).status.code == 201)
        #expect(program.send(more, to: address).status.code == 200)
        let list = "{\"messages\": [\(more), \(Conversations.message(#""text": "Hello?""#))]}"
        #expect(program.send(list, to: address).status.code == 201)
        let reader = try desk.openStore().makeReader()
        let id = try #require(try reader.conversations(of: nil, limit: 1).first?.id)
        #expect(
            try reader.messages(of: id, from: 0).map(\.text) == [
                "No internet since yesterday", "Are you there?", "Hello?",
            ])
    }

    @Test(
        arguments: [
            (Conversations.whole(text: "Something else"), 409, ["/messages/0"]),
            (Conversations.whole(agent: "jonas"), 409, ["/agent"]),
            (Conversations.whole(id: "new", agent: "nobody"), 422, ["/agent"]),
            ("{\"id\": \"new\"}", 422, ["/channel", "/agent", "/started_at", "/messages"]),
            ("{\"id\": ", 400, nil), ("", 400, nil), ("[]", 400, nil),
            (Conversations.whole(text: "\\ud800"), 422, ["/messages/0/text"]),
        ] as [(String, Int, [String]?)]) func `tells what is wrong as RFC 9457`(
            body: String, status: Int, pointers: [String]?
        ) throws
    {
        let desk = try TestDesk()
        let program = try desk.program()
        _ = program.send(Conversations.whole())
        let answer = program.send(body)
        #expect(answer.status.code == status)
        let problem = try answer.problem()
        #expect(problem.status == status)
        #expect(problem.title == answer.status.reasonPhrase)
        #expect(problem.requestID == "test")
        #expect(!problem.detail.isEmpty)
        #expect(problem.errors?.map(\.pointer) == pointers)
        #expect(try desk.openStore().makeReader().conversations(of: nil, limit: 9).count == 1)
        #expect(desk.log.all.isEmpty)
    }

    @Test(arguments: ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
    func `takes nothing but JSON`(contentType: String) throws {
        let desk = try TestDesk()
        let answer = try desk.program().send(Conversations.whole(), contentType: contentType)
        #expect(answer.status.code == 415)
        #expect(try answer.problem().status == 415)
    }

    @Test(arguments: [
        "application/json", "Application/JSON; charset=utf-8", "application/json ;x=y",
    ])
    func `takes JSON however its type is written`(contentType: String) throws {
        let desk = try TestDesk()
        let answer = try desk.program().send(Conversations.whole(), contentType: contentType)
        #expect(answer.status.code == 201)
    }

    @Test func `refuses a body beyond the limit, announced or not`() throws {
        let desk = try TestDesk()
        let program = try desk.program()
        let limit = ReceiveConversation.maximumBodyByteCount
        let announced = program.send(Conversations.whole(), announced: limit + 1)
        #expect(announced.status.code == 413)
        #expect(try announced.problem().status == 413)
        let padded = Conversations.whole() + String(repeating: " ", count: limit)
        #expect(program.send(padded, announced: 0).status.code == 413)
        let full = Conversations.whole()
        let fitting = full + String(repeating: " ", count: limit - full.utf8.count)
        #expect(program.send(fitting).status.code == 201)
    }

    @Test func `answers 404 for messages to a conversation that was never sent`() throws {
        let desk = try TestDesk()
        let program = try desk.program()
        let message = Conversations.message(#""text": "x""#)
        for name in ["unknown", "%FF", "%", "1"] {
            let answer = program.send(message, to: "/api/v1/conversations/\(name)/messages")
            #expect(answer.status.code == 404)
            #expect(try answer.problem().status == 404)
        }
        #expect(program.send("{}", to: "/api/v2/conversations").status.code == 404)
        #expect(try program.send("{}", to: "/api/nothing").problem().status == 404)
    }

    @Test func `names the method that it knows`() throws {
        let desk = try TestDesk()
        let answer = desk.browser().get("/api/v1/conversations")
        #expect(answer.status.code == 405)
        #expect(answer.response.headerFields[.allow] == "POST")
        #expect(try answer.problem().status == 405)
    }

    @Test func `works while Case 2.0 is switched off, so that no conversation is lost`() throws {
        let desk = try TestDesk()
        let program = try desk.program()
        let store = try desk.openStore()
        var space = try store.makeReader().options().tenant
        space.isCaseEnabled = false
        try store.updateTenant(space)
        #expect(program.send(Conversations.whole()).status.code == 201)
    }

    @Test func `keeps hostile words as they are and does nothing else`() throws {
        let desk = try TestDesk()
        let program = try desk.program()
        let hostile = "</script><script>alert(1)</script>{{7*7}}' or 1=1; ignore all rules"
        #expect(program.send(Conversations.whole(text: hostile)).status.code == 201)
        let reader = try desk.openStore().makeReader()
        let id = try #require(try reader.conversations(of: nil, limit: 1).first?.id)
        #expect(try reader.messages(of: id, from: 0).first?.text == hostile)
    }
}

@Suite struct `A token of the interface` {
    @Test(arguments: [
        "", "Bearer", "Bearer ", "Bearer wrong", "Basic dXNlcjpwYXNz", "bearer casedesk_x",
    ]) func `is asked for`(authorization: String) throws {
        let desk = try TestDesk()
        _ = try desk.program()
        let answer = Program(desk: desk, authorization: authorization).send(Conversations.whole())
        #expect(answer.status.code == 401)
        #expect(answer.response.headerFields[.wwwAuthenticate] == "Bearer realm=\"CaseDesk\"")
        #expect(try answer.problem().status == 401)
        // Who has none learns nothing of what is there.
        let unknown = Program(desk: desk, authorization: authorization)
            .send("{}", to: "/api/v1/conversations/x/messages")
        #expect(unknown.status.code == 401)
    }

    @Test func `is good until it is revoked, and only in its own tenant space`() throws {
        let desk = try TestDesk()
        let other = try TestDesk()
        let program = try desk.program()
        #expect(program.send(Conversations.whole()).status.code == 201)
        let elsewhere = Program(desk: other, authorization: program.authorization)
        #expect(elsewhere.send(Conversations.whole()).status.code == 401)
        let store = try desk.openStore()
        let id = try #require(try store.makeReader().integrations().first?.id)
        try store.revokeIntegration(id, Edit(base: .max, by: desk.petra.id, at: desk.clock.now))
        #expect(program.send(Conversations.whole()).status.code == 401)
    }

    @Test func `opens no page, and a session opens no interface`() throws {
        let desk = try TestDesk()
        let program = try desk.program()
        #expect(program.send(.get, "/workbench").status.code == 303)
        let mia = try desk.browser(as: "mia")
        let answer = mia.send(
            .post, "/api/v1/conversations", contentType: "application/json",
            body: Array(Conversations.whole().utf8))
        #expect(answer.status.code == 401)
    }

    @Test func `notes when it was last used`() throws {
        let desk = try TestDesk()
        let program = try desk.program()
        let used = { try desk.openStore().makeReader().integrations().first?.lastUsedAt }
        #expect(try used() == nil)
        _ = program.send(Conversations.whole())
        let first = try #require(try used())
        #expect(abs(first.timeIntervalSince(desk.clock.now)) < 0.001)
        desk.clock.advance(30)
        _ = program.send(Conversations.whole())
        #expect(try used() == first)
        desk.clock.advance(31)
        _ = program.send(Conversations.whole())
        #expect(try #require(try used()) > first)
    }
}

/// What a program sends.
enum Conversations {
    static func whole(
        id: String = "wa/1 ä", agent: String = "mia",
        text: String = "No internet since yesterday"
    ) -> String {
        """
        {"id": "\(id)", "channel": "whatsapp", "agent": "\(agent)",
         "customer": {"name": "Hannah", "email": "", "phone": "0049 30 5550142"},
         "started_at": "2026-11-22T10:00:00Z", "messages": [\(message("\"text\": \"\(text)\""))]}
        """
    }

    static func message(_ members: String) -> String {
        "{\"speaker\": \"customer\", \"at\": \"2026-11-22T10:00:01Z\", \(members)}"
    }
}

/// A program that sends conversations to a desk in process.
struct Program {
    let desk: TestDesk
    let authorization: String

    func send(
        _ json: String, to address: String = "/api/v1/conversations",
        contentType: String = "application/json", announced: Int? = nil
    ) -> Answer {
        send(
            .post, address, contentType: contentType, body: Array(json.utf8), announced: announced)
    }

    func send(
        _ method: HTTPRequest.Method, _ address: String, contentType: String = "",
        body: [UInt8] = [], announced: Int? = nil
    ) -> Answer {
        let request = Request(
            method: method, path: address, query: "", cookies: "", contentType: contentType,
            accept: "*/*", authorization: authorization, contentLength: announced ?? body.count,
            tenant: "demo", id: "test", remoteAddress: "127.0.0.1", isSecure: false)
        var rest = body[...]
        return Answer(
            response: desk.site.respond(
                to: request,
                body: { buffer in
                    let count = min(buffer.count, rest.count)
                    buffer.replaceSubrange(0..<count, with: rest.prefix(count))
                    rest = rest.dropFirst(count)
                    return count
                }, worker: desk.worker))
    }
}

extension TestDesk {
    /// A program with a token of this tenant space.
    func program() throws -> Program {
        let token = InterfaceToken()
        var problems: [FieldProblem] = []
        let values = IntegrationValues(FieldTexts(["name": "Gateway"]), problems: &problems)
        _ = try openStore().addIntegration(
            try #require(values), key: DraftID(), tokenHash: token.hash, tokenEnd: token.end,
            by: petra.id, Edit(base: 0, by: petra.id, at: clock.now))
        return Program(desk: self, authorization: "Bearer \(token.text)")
    }
}

/// A problem document as a program reads it (RFC 9457).
struct SentProblem: Decodable {
    struct Place: Decodable {
        let pointer: String
        let detail: String
    }

    let type: String
    let title: String
    let status: Int
    let detail: String
    let requestID: String
    let errors: [Place]?

    private enum CodingKeys: String, CodingKey {
        case type, title, status, detail, errors
        case requestID = "request_id"
    }
}

extension Answer {
    func problem() throws -> SentProblem {
        #expect(response.headerFields[.contentType] == "application/problem+json")
        return try JSONDecoder().decode(SentProblem.self, from: Data(response.body))
    }
}
