internal import CaseModel
internal import CaseStorage
internal import Markup

/// The conversations of a person, the one with the newest message first.
struct ConversationList {
    let conversations: [ConversationSummary]
    /// How many messages of each the person has seen; a conversation that was never opened is absent.
    let seen: [ConversationID: Int]
    /// The one that is open.
    var current: ConversationID?
    let visit: AgentVisit

    /// Conversations of the list; older ones are found through their case or customer.
    private static let maximumCount = 50

    init(_ visit: AgentVisit, current: ConversationID? = nil) throws {
        conversations = try visit.reader.conversations(
            of: visit.employee.id, limit: Self.maximumCount)
        seen = try visit.reader.seenMessageCounts(
            of: visit.employee.id, in: conversations.map(\.id))
        self.current = current
        self.visit = visit
    }

    /// Grows with each message, so it tells whether a page is out of date.
    var newest: Int64 {
        conversations.reduce(0) { $0 + Int64($1.messageCount) + 1 }
    }

    var html: HTML {
        """
        <nav class="pane pane-list" id="conversations" aria-labelledby="conversations-heading">
        <div class="pane-head"><h2 id="conversations-heading">Conversations</h2>\(count)</div>
        \(conversations.isEmpty ? empty : list)\(home)</nav>

        """
    }

    private var count: HTML {
        let number = conversations.filter { news(of: $0) != nil }.count
        guard number > 0 else { return .empty }
        return "<span class=\"muted\">\(number) with news</span>"
    }

    private var list: HTML {
        "<ul class=\"conv-list\">\(conversations.map(row))</ul>"
    }

    private var empty: HTML {
        """
        <p class="pane-empty">No conversations yet. They stand here as soon as one of your channels \
        brings one.</p>
        """
    }

    private var home: HTML {
        guard current != nil else { return .empty }
        return "<p class=\"pane-foot\"><a href=\"/workbench\">Open cases and drafts</a></p>"
    }

    private func row(_ one: ConversationSummary) -> HTML {
        let isCurrent: HTML = " aria-current=\"true\""
        let time = visit.times.briefElement(one.lastMessageAt, now: visit.now)
        return """
            <li><a class="conv" href="\(ConversationLinks.transcript(one.id))"\
            \(isCurrent, if: one.id == current)><span class="conv-head">\
            <span class="conv-who">\(one.whoName)</span></span>
            <span class="conv-meta">\(mark(of: one))\(one.channel.label) · \(time)\(made(of: one))</span>
            <span class="conv-last">\(one.lastText)</span></a></li>

            """
    }

    private func mark(of one: ConversationSummary) -> HTML {
        news(of: one).map { "<span class=\"conv-new\">\($0)</span> " } ?? .empty
    }

    /// What the person has not seen of a conversation; nothing of the one they are looking at.
    private func news(of one: ConversationSummary) -> String? {
        guard one.id != current else { return nil }
        guard let seen = seen[one.id] else { return "new" }
        let count = one.messageCount - seen
        return count > 0 ? "\(count) new" : nil
    }

    private func made(of one: ConversationSummary) -> HTML {
        one.openedCase.map { " · case \($0.description)" } ?? .empty
    }
}
