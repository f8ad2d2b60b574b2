import CaseModel
import CaseStorage
import Foundation
import Testing

extension TestDesk {
    /// What a customer with a broken line says; the second sentence of the third message is the request.
    static let brokenLine: [(Speaker, String)] = [
        (.customer, "Hello, good morning"),
        (.agent, "Good morning, how can I help you?"),
        (.customer, "The internet is down since yesterday evening, my router shows a red light."),
        (.agent, "May I have the serial number?"),
        (.customer, "It is RX-20993-B."),
    ]

    /// A conversation with one message a minute, the first ten minutes before the desk's clock stands.
    func addConversation(
        _ name: String = "talk-1", of agent: String = "mia", channel: Source = .web,
        contact: ConversationContact = ConversationContact(
            name: "Hannah Schulz", email: "h@example.org"),
        saying messages: [(Speaker, String)] = TestDesk.brokenLine
    ) throws -> ConversationID {
        let start = clock.now.addingTimeInterval(-600)
        let new = NewConversation(
            externalID: name, channel: channel, contact: contact, agent: agent, startedAt: start,
            messages: messages.enumerated().map { index, message in
                NewMessage(
                    speaker: message.0, text: message.1,
                    at: start.addingTimeInterval(60 * Double(index)))
            })
        switch try openStore().addConversation(new, at: clock.now) {
        case .added(let id), .known(let id, _): return id
        case .contradicted: throw StoreError.unknown("conversation")
        }
    }

    /// More is said in a conversation.
    func say(_ messages: [(Speaker, String)], in name: String = "talk-1") throws {
        let now = clock.now
        _ = try openStore().addMessages(
            messages.map { NewMessage(speaker: $0.0, text: $0.1, at: now) }, to: name)
    }

    /// A type besides "Internet down".
    @discardableResult
    func addType(_ name: String, summary: String = "") throws -> CaseTypeID {
        try openStore().addCaseType(
            name: name, summary: summary, keywords: "", statuses: ["New"], isEnabled: true
        ).id
    }
}

extension Browser {
    /// The fields of the panel that a page shows, as a browser without script would send them.
    func panelFields(_ page: Answer, _ changes: [String: String] = [:]) throws -> [(String, String)]
    {
        var fields = [("form_token", try page.hidden("form_token"))]
        fields.append(("draft_id", try page.hidden("draft_id")))
        for name in [
            "conversation", "messages_read",
            "case_type", "title", "description", "deadline", "priority", "source", "customer",
            "assignment_mode", "owner_type", "owner_queue", "owner_agent", "claim",
        ] {
            let value = try changes[name] ?? page.control(name)
            if !value.isEmpty || name != "claim" { fields.append((name, value)) }
        }
        let known = Set(fields.map(\.0))
        return fields + changes.filter { !known.contains($0.key) }.map { ($0.key, $0.value) }
    }
}

extension Answer {
    /// What a control of the page holds, read as a browser reads it.
    func control(_ name: String) throws -> String {
        let place = try #require(
            text.range(of: "id=\"\(name)\""), "no control \(name) in \(text)")
        let tag = text[..<place.lowerBound].lastIndex(of: "<") ?? text.startIndex
        let element = text[tag...]
        if element.hasPrefix("<select") {
            let options = element.prefix(upTo: element.range(of: "</select>")?.lowerBound ?? tag)
            let chosen = options.components(separatedBy: "<option value=\"").first {
                $0.prefix { $0 != ">" }.hasSuffix(" selected")
            }
            return chosen.map { String($0.prefix { $0 != "\"" }) } ?? ""
        }
        if element.hasPrefix("<textarea") {
            let start = element.firstIndex(of: ">") ?? tag
            let end = element.range(of: "</textarea>")?.lowerBound ?? tag
            return Self.plain(String(element[element.index(start, offsetBy: 2)..<end]))
        }
        let input = element.prefix { $0 != ">" }
        if input.contains("type=\"checkbox\"") || input.contains("type=\"radio\"") {
            let group = text.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst()
            let checked = group.first { $0.prefix { $0 != ">" }.contains(" checked") }
            return checked.map { String($0.prefix { $0 != "\"" }) } ?? ""
        }
        guard let value = input.range(of: "value=\"") else { return "" }
        return Self.plain(String(input[value.upperBound...].prefix { $0 != "\"" }))
    }

    private static func plain(_ escaped: String) -> String {
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")]
        let text = entities.reduce(escaped) { $0.replacing($1.0, with: $1.1) }
        return text.replacing("&amp;", with: "&")
    }
}
