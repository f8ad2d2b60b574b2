internal import CaseModel
internal import CaseStorage
internal import Markup

/// The conversations with a customer that a person may see, the one with the newest message first.
struct ConversationsOfCustomer {
    private let visit: AgentVisit
    private let conversations: [ConversationSummary]

    /// Conversations shown.
    private static let maximumShown = 50

    init(_ customer: CustomerID, _ visit: AgentVisit) throws {
        self.visit = visit
        let agent = visit.viewer.seesAllCases ? nil : visit.employee.id
        conversations =
            visit.options.tenant.isCaseEnabled
            ? try visit.reader.conversations(of: agent, with: customer, limit: Self.maximumShown)
            : []
    }

    /// Nothing where there is none.
    var html: HTML {
        guard !conversations.isEmpty else { return .empty }
        let note: HTML = """
            <p class="muted">The newest \(String(Self.maximumShown)) are shown.</p>
            """
        return """
            <section class="card-plain" aria-labelledby="conversations-title">\
            <h2 id="conversations-title">Conversations</h2>
            <div class="table-wrap"><table class="table desk-table list-table">
            <caption class="visually-hidden">The one with the newest message first</caption>
            <thead><tr><th scope="col">Last message</th><th scope="col">Channel</th>\
            <th scope="col">When</th><th scope="col">Case</th></tr></thead>
            <tbody>\(conversations.map(row))</tbody></table></div>
            \(note, if: conversations.count == Self.maximumShown)</section>

            """
    }

    private func row(_ one: ConversationSummary) -> HTML {
        let none: HTML = "<span class=\"muted\">None yet</span>"
        let made = one.openedCase.map { number -> HTML in
            "<a href=\"\(ShowCase.link(number))\">\(number.description)</a>"
        }
        let text = one.lastText.isEmpty ? "Without a word" : one.lastText
        return """
            <tr><th scope="row"><a href="\(ConversationLinks.transcript(one.id))">\(text)</a></th>
            <td data-label="Channel">\(one.channel.label)</td>
            <td data-label="When">\
            \(visit.times.shortElement(one.lastMessageAt, now: visit.now))</td>
            <td data-label="Case">\(made ?? none)</td></tr>

            """
    }
}
