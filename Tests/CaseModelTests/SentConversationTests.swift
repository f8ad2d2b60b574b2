import CaseModel
import Foundation
import Testing

/// A sender's conversation with one message, with parts replaced.
private func json(
    id: String = "\"c1\"", channel: String = "\"web\"", customer: String = "{}",
    agent: String = "\"mia\"", startedAt: String = "\"2026-11-22T10:00:00Z\"",
    messages: String? = nil, message: String = message()
) -> Data {
    Data(
        """
        {"id": \(id), "channel": \(channel), "customer": \(customer), "agent": \(agent),
         "started_at": \(startedAt), "messages": \(messages ?? "[\(message)]")}
        """.utf8)
}

private func message(
    speaker: String = "\"customer\"", text: String = "\"Hello\"",
    at: String = "\"2026-11-22T10:00:01Z\"", id: String = "null"
) -> String {
    "{\"id\": \(id), \"speaker\": \(speaker), \"text\": \(text), \"at\": \(at)}"
}

private let now = Date(timeIntervalSince1970: 1_795_344_800)

private func read(_ json: Data) throws -> (NewConversation?, [FieldProblem]) {
    var problems: [FieldProblem] = []
    let new = NewConversation(try SentConversation(json: json), now: now, problems: &problems)
    return (new, problems)
}

/// A JSON string of so many times this.
private func quoted(_ text: String, times: Int) -> String {
    "\"\(String(repeating: text, count: times))\""
}

@Suite struct `A conversation as it was sent` {
    @Test func `is read with everything in it`() throws {
        let customer = """
            {"name": " Ann Öre ", "email": "ann@example.org", "phone": "+49 30 1", "other": [1]}
            """
        let said = message(text: "\"a\\r\\nb\\rc\\ud83d\\ude42 <b>&\"", id: "\"m1\"")
        let (found, problems) = try read(
            json(customer: customer, agent: "\" MIA \"", message: said))
        let new = try #require(found)
        #expect(problems.isEmpty)
        #expect(new.externalID == "c1")
        #expect(new.channel == .web)
        #expect(new.contact.name == "Ann Öre")
        #expect(new.contact.email == "ann@example.org")
        #expect(new.contact.phone == "+49 30 1")
        #expect(new.agent == "mia")
        #expect(new.startedAt == Date(timeIntervalSince1970: 1_795_341_600))
        let only = try #require(new.messages.first)
        #expect(only.externalID == "m1")
        #expect(only.text == "a\nb\nc🙂 <b>&")
        #expect(only.at == Date(timeIntervalSince1970: 1_795_341_601))
    }

    @Test(arguments: [
        ("2026-11-22T10:00:00Z", 1_795_341_600), ("2026-11-22T11:00:00+01:00", 1_795_341_600),
        ("2026-11-22T04:30:00-05:30", 1_795_341_600), ("2026-11-22T10:00:00.5Z", 1_795_341_600.5),
        ("2026-11-22T10:00:00.123+00:00", 1_795_341_600.123),
        // A clock that is a day ahead, to the second.
        ("2026-11-23T10:53:20Z", 1_795_431_200),
    ]) func `has instants with a fraction and any offset`(text: String, seconds: Double) throws {
        let (new, problems) = try read(json(startedAt: "\"\(text)\""))
        #expect(problems.isEmpty)
        let found = try #require(new?.startedAt.timeIntervalSince1970)
        #expect(abs(found - seconds) < 0.001)
    }

    @Test(arguments: [
        (json(id: "\"\""), ["/id"]), (json(id: "null"), ["/id"]), (json(id: "1"), ["/id"]),
        (json(id: "\"\\ud800\""), ["/id"]),
        (json(id: "\"\\udc00x\""), ["/id"]), (json(id: "\"a\u{0}b\""), ["/id"]),
        (json(message: message(text: "\"\\ud83dx\"")), ["/messages/0/text"]),
        (json(id: "\"a\\nb\""), ["/id"]), (json(id: quoted("x", times: 201)), ["/id"]),
        (json(id: quoted("é", times: 101)), ["/id"]),
        (json(channel: "\"fax\""), ["/channel"]), (json(channel: "\"WEB\""), ["/channel"]),
        (json(customer: "[]"), ["/customer"]), (json(customer: "\"Ann\""), ["/customer"]),
        (
            json(customer: "{\"name\": 1, \"email\": \"a\\nb\"}"),
            ["/customer/name", "/customer/email"]
        ),
        (json(customer: "{\"phone\": \(quoted("1", times: 501))}"), ["/customer/phone"]),
        (json(agent: "\" \""), ["/agent"]), (json(agent: "{}"), ["/agent"]),
        (json(startedAt: "\"yesterday\""), ["/started_at"]),
        (json(startedAt: "1795341600"), ["/started_at"]),
        (json(startedAt: "\"2026-02-30T10:00:00Z\""), ["/started_at"]),
        (json(startedAt: "\"1969-12-31T23:59:59Z\""), ["/started_at"]),
        (json(startedAt: "\"2026-11-23T10:53:21Z\""), ["/started_at"]),
        (json(messages: "null"), ["/messages"]), (json(messages: "{}"), ["/messages"]),
        (json(messages: "[1, null]"), ["/messages/0", "/messages/1"]),
        (json(message: message(speaker: "\"bot\"")), ["/messages/0/speaker"]),
        (json(message: message(text: "null")), ["/messages/0/text"]),
        (json(message: message(text: "\"a\\u0000b\"")), ["/messages/0/text"]),
        (json(message: message(text: "\"\\u0085\"")), ["/messages/0/text"]),
        (json(message: message(at: "\"\"")), ["/messages/0/at"]),
        (json(message: message(id: "\"\"")), ["/messages/0/id"]),
        (json(message: message(text: quoted("x", times: 1_000_001))), ["/messages/0/text"]),
        (
            json(
                messages:
                    "[\(message(text: "\"a\"", id: "\"m\"")), \(message(text: "\"b\"", id: "\"m\""))]"
            ),
            ["/messages/1/id"]
        ),
        (
            Data("{}".utf8),
            ["/id", "/channel", "/agent", "/started_at", "/messages"]
        ),
    ]) func `tells every problem with its place`(json: Data, pointers: [String]) throws {
        let (new, problems) = try read(json)
        #expect(new == nil)
        #expect(problems.map(\.field) == pointers)
        #expect(problems.allSatisfy { !$0.message.isEmpty })
    }

    @Test(arguments: [
        "", "x", "{", "[]", "1", "\"text\"", "null", "{\"id\": }",
        "{} {}",
        String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
    ]) func `is refused when it is no JSON object`(text: String) {
        #expect(throws: SentConversationFault.self) {
            try SentConversation(json: Data(text.utf8))
        }
        #expect(throws: SentConversationFault.self) { try SentAddition(json: Data(text.utf8)) }
    }

    @Test func `is refused when its bytes are not UTF-8`() {
        let bytes = json().map { $0 == UInt8(ascii: "H") ? 0xFF : $0 }
        #expect(throws: SentConversationFault.self) { try SentConversation(json: Data(bytes)) }
    }

    @Test(arguments: [(4_999, true), (5_000, true), (5_001, false), (20_000, false)])
    func `takes up to 5,000 messages`(count: Int, isTaken: Bool) throws {
        let all = (0..<count).map { message(text: "\"\($0)\"") }.joined(separator: ",")
        let (new, problems) = try read(json(messages: "[\(all)]"))
        #expect((new != nil) == isTaken)
        #expect(problems == (isTaken ? [] : [ConversationLimit.tooManyMessages]))
    }

    @Test func `takes a million characters, one word a thousand times, and any markup`() throws {
        let long = String(repeating: "x", count: 1_000_000)
        let word = String(repeating: "refund ", count: 1_000)
        let markup = "</script><img src=x onerror=alert(1)>{{7*7}} ' or 1=1 --"
        for text in [long, word, markup] {
            let (new, problems) = try read(json(message: message(text: "\"\(text)\"")))
            #expect(problems.isEmpty)
            #expect(new?.messages.first?.text == text)
        }
        let five = (0..<5).map { _ in message(text: "\"\(long)\"") }.joined(separator: ",")
        #expect(try read(json(messages: "[\(five)]")).1 == [ConversationLimit.tooMuchText])
    }

    @Test func `keeps a message once that it names twice`() throws {
        let twice = [message(id: "\"m\""), message(id: "\"m\"")].joined(separator: ",")
        #expect(try read(json(messages: "[\(twice)]")).0?.messages.count == 1)
    }

    @Test func `tells a hundred problems at most`() throws {
        let wrong = (0..<1_000).map { _ in "1" }.joined(separator: ",")
        #expect(try read(json(messages: "[\(wrong)]")).1.count == 100)
    }
}

@Suite struct `Messages as they were sent` {
    @Test func `come alone or in a list`() throws {
        var problems: [FieldProblem] = []
        let alone = try SentAddition(json: Data(message().utf8))
        #expect(alone.messages(now: now, problems: &problems).map(\.text) == ["Hello"])
        let list = try SentAddition(json: Data("{\"messages\": [\(message()), \(message())]}".utf8))
        #expect(list.messages(now: now, problems: &problems).count == 2)
        #expect(problems.isEmpty)
    }

    @Test func `have their problems where they stand`() throws {
        var problems: [FieldProblem] = []
        let alone = try SentAddition(json: Data("{\"text\": 1}".utf8))
        #expect(alone.messages(now: now, problems: &problems).isEmpty)
        #expect(problems.map(\.field) == ["/speaker", "/text", "/at"])
        problems = []
        let list = try SentAddition(
            json: Data("{\"messages\": [\(message()), {\"text\": \"x\"}]}".utf8))
        _ = list.messages(now: now, problems: &problems)
        #expect(problems.map(\.field) == ["/messages/1/speaker", "/messages/1/at"])
    }
}

@Suite struct `An instant that a program writes` {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T23:59:59Z", 951_868_799),
        ("2100-03-01T00:00:00Z", 4_107_542_400), ("1969-12-31T23:59:59Z", -1),
        ("2026-11-22t10:00:00z", 1_795_341_600), ("2026-11-22T10:00:00-00:00", 1_795_341_600),
        ("2026-11-22T23:59:60+23:59", 1_795_305_660),
    ]) func `is what the calendar says`(text: String, seconds: Double) {
        #expect(InternetInstant.date(of: text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [
        "", "2026-11-22", "2026-11-22T10:00Z", "2026-11-22 10:00:00Z", "2026-11-22T10:00:00",
        "2026-11-22T10:00:00+0100", "2026-11-22T10:00:00.Z", "2026-11-22T24:00:00Z",
        "2026-11-22T10:60:00Z", "2026-11-22T10:00:61Z", "2026-02-29T10:00:00Z",
        "2100-02-29T10:00:00Z", "2026-13-01T10:00:00Z", "2026-00-01T10:00:00Z",
        "2026-11-31T10:00:00Z", "2026-11-22T10:00:00Zx", "+2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00.\(String(repeating: "0", count: 40))Z", "٢٠٢٦-11-22T10:00:00Z",
    ]) func `is nothing else`(text: String) {
        #expect(InternetInstant.date(of: text) == nil)
    }
}
