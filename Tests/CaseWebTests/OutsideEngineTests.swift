import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import CaseWeb

/// An outside engine in process: it answers as a test tells it to, and remembers what it was asked.
final class ScriptedEngine: Sendable {
    typealias Reply = @Sendable (OutsideCall) throws(OutsideCallFault) -> OutsideLine.Answer

    private let state = Mutex<(calls: [OutsideCall], reply: Reply)>(
        ([], { (_) throws(OutsideCallFault) in throw .late }))

    var calls: [OutsideCall] { state.withLock { $0.calls } }

    func answers(_ reply: @escaping Reply) { state.withLock { $0.reply = reply } }

    /// Answers from now on with this proposal.
    func proposes(_ content: String) {
        let object: [String: Any] = ["choices": [["message": ["content": content]]]]
        let body = (try? JSONSerialization.data(withJSONObject: object)).map { Array($0) } ?? []
        answers { (_) throws(OutsideCallFault) in (200, body) }
    }

    func line(maximumCallCount: Int = 4) -> OutsideLine {
        OutsideLine(maximumCallCount: maximumCallCount) { [self] (call) throws(OutsideCallFault) in
            let reply = state.withLock { state in
                state.calls.append(call)
                return state.reply
            }
            return try reply(call)
        }
    }
}

@Suite struct `An outside engine` {
    static let link = "/configuration/suggestions/engine"

    let engine = ScriptedEngine()
    let desk: TestDesk
    let mia: Browser
    let petra: Browser
    let other: CaseTypeID

    init() throws {
        desk = try TestDesk(line: engine.line())
        mia = try desk.browser(as: "mia")
        petra = try desk.browser(as: "petra")
        other = try desk.addType("Router swap")
    }

    private func save(_ changes: [String: String] = [:]) throws -> Answer {
        let page = petra.get(Self.link)
        let right = [
            "engine_enabled": "1", "engine_address": "https://engine.example.org/v1",
            "engine_model": "small-1", "engine_token": "sk-secret",
        ]
        let fields = [
            ("form_token", try page.hidden("form_token")), ("base", try page.hidden("base")),
        ]
        let sent = right.merging(changes) { $1 }.sorted { $0.key < $1.key }
        return petra.post(Self.link, .urlEncoded(fields + sent.map { ($0.key, $0.value) }))
    }

    private func setUp() throws { #expect(try save().status.code == 303) }

    /// What the engine says of the broken line: the other type, and a title of its own.
    private var proposal: String {
        """
        {"types": [{"id": \(other), "sureness": 0.83, "quotes": [{"message": 2, "text": "a red light"}]}],
         "title": {"text": "Router <b> shows red", "quotes": [{"message": 2, "text": "red light"}]},
         "description": null}
        """
    }

    private func choice(_ id: ConversationID) -> Answer {
        mia.get("/workbench/conversations/\(id)/case-types")
    }

    @Test func `is off until an administrator sets it up`() throws {
        engine.proposes(proposal)
        let page = choice(try desk.addConversation())
        #expect(engine.calls.isEmpty)
        #expect(!page.text.contains("id=\"type-whose\""))
        #expect(petra.get("/configuration/suggestions").shows("CaseDesk’s own engine"))
    }

    @Test func `proposes, and every page says so`() throws {
        try setUp()
        engine.proposes(proposal)
        let id = try desk.addConversation()
        let page = choice(id)
        #expect(page.shows("Proposed by the outside engine, small-1 at engine.example.org."))
        #expect(page.text.contains("data-pick=\"1\" data-type=\"\(other)\""))
        #expect(!page.text.contains("data-pick=\"2\""))
        #expect(page.shows("very likely, 83 %"))
        let panel = mia.get("/workbench/conversations/\(id)/case?case_type=\(other)")
        #expect(panel.shows("Proposed by the outside engine, small-1 at engine.example.org."))
        #expect(try panel.control("title") == "Router <b> shows red")
        #expect(panel.shows("Router <b> shows red"))
        #expect(try panel.control("description").isEmpty)
        #expect(petra.get("/configuration/suggestions").shows("small-1 at engine.example.org"))
    }

    @Test func `gets its token and model, and is asked once for what was said so far`() throws {
        try setUp()
        engine.proposes(proposal)
        let id = try desk.addConversation()
        for _ in 0..<3 { _ = choice(id) }
        _ = mia.get("/workbench/conversations/\(id)/case?case_type=\(other)")
        let call = try #require(engine.calls.first)
        #expect(engine.calls.count == 1)
        #expect(call.address == "https://engine.example.org/v1/chat/completions")
        #expect(call.token == "sk-secret" && call.timeoutMilliseconds == 3_000)
        #expect(String(decoding: call.body, as: UTF8.self).contains("\"model\":\"small-1\""))
        try desk.say([(.customer, "It is red again.")])
        _ = choice(id)
        #expect(engine.calls.count == 2)
        try desk.addType("Added since")
        _ = choice(id)
        #expect(engine.calls.count == 3)
    }

    @Test func `is noted with the case that comes of its proposal`() throws {
        try setUp()
        engine.proposes(proposal)
        let id = try desk.addConversation()
        _ = choice(id)
        let page = mia.get("/workbench/conversations/\(id)/case?case_type=\(other)")
        let fields = try mia.panelFields(
            page, ["customer": desk.hannah.description, "description": "Red."])
        #expect(mia.post("/cases", .multipart(fields)).status.code == 303)
        let now = desk.clock.now
        let question = SuggestionReport.Question(
            bounds: [now.addingTimeInterval(-60), now.addingTimeInterval(60)], engine: .outside)
        let report = try desk.openStore().makeReader().suggestionReport(question).report
        #expect(report.total.first == 1 && report.bins[8].right == 1)
        #expect(petra.get("/configuration/suggestions").text.contains("id=\"engine\""))
    }

    @Test func `keeps its title when more is said, and offers no other engine's`() throws {
        try setUp()
        engine.proposes(proposal)
        let id = try desk.addConversation()
        _ = choice(id)
        let page = mia.get("/workbench/conversations/\(id)/case?case_type=\(other)")
        var fields = try mia.panelFields(page)
        fields.append(("action", "save_draft"))
        let kept = mia.post("/cases", .multipart(fields))
        try desk.say([(.customer, "And my invoice of May is wrong, too.")])
        let again = mia.get(mia.get(kept.location).location)
        #expect(try again.control("title") == "Router <b> shows red")
        #expect(!again.text.contains("id=\"title-offer\""))
        #expect(again.text.contains("clear_title"))
    }

    /// Replies that are none, and what the page says of each.
    static let failures: [(reply: ScriptedEngine.Reply, words: String)] = [
        ({ (_) throws(OutsideCallFault) in throw .late }, "did not answer within 3 seconds"),
        ({ (_) throws(OutsideCallFault) in throw .tooLong }, "answered at too great a length"),
        (
            { (_) throws(OutsideCallFault) in throw .failed("no route <host>") },
            "could not be reached"
        ),
        ({ (_) throws(OutsideCallFault) in (401, []) }, "did not accept the token"),
        ({ (_) throws(OutsideCallFault) in (404, []) }, "is not at the address that is set"),
        ({ (_) throws(OutsideCallFault) in (429, []) }, "has been asked too often"),
        ({ (_) throws(OutsideCallFault) in (302, []) }, "answered with the status 302"),
        ({ (_) throws(OutsideCallFault) in (500, []) }, "answered with the status 500"),
        ({ (_) throws(OutsideCallFault) in (200, []) }, "gave no answer that can be read"),
        (
            { (_) throws(OutsideCallFault) in
                (200, Array(#"{"choices":[{"message":{"content":"Sure!"}}]}"#.utf8))
            }, "did not answer in the form that was asked for"
        ),
    ]

    @Test(arguments: 0..<10) func `that fails leaves the desk's own proposal`(index: Int) throws {
        try setUp()
        engine.answers(Self.failures[index].reply)
        let id = try desk.addConversation()
        let page = choice(id)
        #expect(page.status.code == 200)
        #expect(
            page.shows(
                "Proposed by CaseDesk’s own engine: the outside engine "
                    + "\(Self.failures[index].words)."))
        #expect(page.text.contains("data-pick=\"1\" data-type=\"\(desk.type.id)\""))
        let panel = mia.get("/workbench/conversations/\(id)/case?case_type=\(desk.type.id)")
        #expect(panel.shows("Proposed by CaseDesk’s own engine"))
        #expect(try !panel.control("title").isEmpty)
        // A reload waits for nobody.
        _ = choice(id)
        #expect(engine.calls.count == 1)
        #expect(petra.get(Self.link).shows(Self.failures[index].words))
        #expect(!desk.log.all.isEmpty)
        #expect(desk.log.all.allSatisfy { !$0.contains("sk-secret") && !$0.contains("red light") })
    }

    @Test func `is not asked for a minute after three failures, and then once more`() throws {
        try setUp()
        for number in 1...3 { _ = choice(try desk.addConversation("talk-\(number)")) }
        #expect(engine.calls.count == 3)
        let id = try desk.addConversation("talk-4")
        // 2026-11-22 10:53:20 UTC in Berlin, a minute later.
        let words = "is not asked for a while, after 3 failures, until 11:54."
        #expect(choice(id).shows(words))
        #expect(engine.calls.count == 3)
        #expect(petra.get(Self.link).text.contains("id=\"engine-pause\""))
        desk.clock.advance(61)
        _ = choice(id)
        #expect(engine.calls.count == 4)
        _ = choice(try desk.addConversation("talk-5"))
        #expect(engine.calls.count == 4)
        desk.clock.advance(61)
        engine.proposes(proposal)
        #expect(choice(try desk.addConversation("talk-6")).shows("Proposed by the outside engine"))
        engine.answers { (_) throws(OutsideCallFault) in throw .late }
        for number in 7...8 { _ = choice(try desk.addConversation("talk-\(number)")) }
        #expect(engine.calls.count == 7)
    }

    @Test func `is asked again as soon as its settings are changed`() throws {
        try setUp()
        for number in 1...3 { _ = choice(try desk.addConversation("talk-\(number)")) }
        engine.proposes(proposal)
        #expect(try save(["engine_model": "large-2"]).status.code == 303)
        let page = choice(try desk.addConversation("talk-1"))
        #expect(page.shows("Proposed by the outside engine, large-2 at engine.example.org."))
    }

    @Test func `lets others be answered at once while it is slow`() throws {
        let slow = ScriptedEngine()
        let desk = try TestDesk(line: slow.line(maximumCallCount: 1))
        var values: [FieldProblem] = []
        let texts = FieldTexts([
            "engine_enabled": "1", "engine_address": "https://engine.example.org/v1",
            "engine_model": "m",
        ])
        let set = try #require(OutsideEngineValues(texts, problems: &values))
        try desk.openStore().updateOutsideEngine(
            set, Edit(base: .max, by: desk.petra.id, at: desk.clock.now))
        let (asked, goesOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        slow.answers { (_) throws(OutsideCallFault) in
            asked.signal()
            goesOn.wait()
            throw .late
        }
        let first = try desk.addConversation("talk-1")
        let second = try desk.addConversation("talk-2")
        let mia = try desk.browser(as: "mia")
        let done = DispatchSemaphore(value: 0)
        let request = Request(
            method: .get, path: "/workbench/conversations/\(first)/case-types", query: "",
            cookies: mia.cookies.map { "\($0)=\($1)" }.joined(separator: "; "), contentType: "",
            accept: "text/html", contentLength: 0, tenant: "demo", id: "slow",
            remoteAddress: "127.0.0.1", isSecure: false)
        let site = desk.site
        Thread {
            _ = site.respond(to: request, body: { _ in 0 }, worker: SiteWorker())
            done.signal()
        }.start()
        asked.wait()
        let page = mia.get("/workbench/conversations/\(second)/case-types")
        #expect(page.shows("the outside engine is busy with other conversations."))
        #expect(slow.calls.count == 1)
        goesOn.signal()
        done.wait()
        let panel = mia.get("/workbench/conversations/\(second)/case")
        #expect(panel.shows("Proposed by CaseDesk’s own engine."))
    }

    @Test func `never shows its token again`() throws {
        try setUp()
        let page = petra.get(Self.link)
        #expect(!page.text.contains("sk-secret"))
        #expect(page.shows("A token is stored and is never shown."))
        #expect(page.text.contains("(not shown)"))
        let stored = { try desk.openStore().makeReader().outsideEngine().token }
        #expect(try stored() == "sk-secret")
        #expect(try save(["engine_token": ""]).status.code == 303)
        #expect(try stored() == "sk-secret")
        #expect(try save(["engine_token": "sk-other"]).status.code == 303)
        #expect(try stored() == "sk-other")
        #expect(
            try save(["engine_token": "", "engine_forget_token": "1"]).status.code == 303)
        #expect(try stored().isEmpty)
        #expect(!petra.get(Self.link).text.contains("engine_forget_token"))
    }

    @Test func `is not set up with what is wrong, and what was typed stays`() throws {
        let answer = try save(["engine_address": "http://engine.example.org", "engine_model": ""])
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("engine_address") && answer.hasProblem("engine_model"))
        #expect(answer.text.contains("value=\"http://engine.example.org\""))
        #expect(!answer.text.contains("sk-secret"))
        #expect(try !desk.openStore().makeReader().outsideEngine().values.isEnabled)
    }

    @Test func `is not asked by a program without a line to the outside`() throws {
        let desk = try TestDesk()
        let petra = try desk.browser(as: "petra")
        let page = petra.get(Self.link)
        let fields = [
            ("form_token", try page.hidden("form_token")), ("base", try page.hidden("base")),
            ("engine_enabled", "1"), ("engine_address", "https://e.example/v1"),
            ("engine_model", "m"),
        ]
        #expect(petra.post(Self.link, .urlEncoded(fields)).status.code == 303)
        #expect(petra.get(Self.link).shows("The host of this desk lets no outside engine be asked"))
        let id = try desk.addConversation(of: "petra")
        #expect(petra.get("/workbench/conversations/\(id)/case-types").status.code == 200)
    }
}
