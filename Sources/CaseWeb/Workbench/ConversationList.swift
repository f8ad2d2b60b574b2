internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Markup

/// The conversations of a person, the one with the newest message first, some at a time.
struct ConversationList {
    let conversations: [ConversationSummary]
    /// Where the list goes on; nil at its end.
    private let next: ConversationPlace?
    /// Where it begins; nil at its beginning.
    private let begin: ConversationPlace?
    /// How many messages of each the person has seen; a conversation that was never opened is absent.
    let seen: [ConversationID: Int]
    /// The one that is open.
    var current: ConversationID?
    let visit: AgentVisit

    /// Conversations of one page of the list: more than anybody talks in at a time.
    private static let maximumCount = 50

    init(_ visit: AgentVisit, current: ConversationID? = nil) throws {
        begin = Self.place(visit.query[Self.placeName])
        let found = try visit.reader.conversations(
            of: visit.employee.id, before: begin, limit: Self.maximumCount + 1)
        conversations = Array(found.prefix(Self.maximumCount))
        next =
            found.count > Self.maximumCount ? conversations.last.map(ConversationPlace.init) : nil
        seen = try visit.reader.seenMessageCounts(
            of: visit.employee.id, in: conversations.map(\.id))
        self.current = current
        self.visit = visit
    }

    /// Grows with each message, so it tells whether a page is out of date.
    var newest: Int64 {
        conversations.reduce(0) { $0 + Int64($1.messageCount) + 1 }
    }

    /// The address of the list itself.
    var link: Link { begin.map(ConversationLinks.older) ?? "/workbench" }

    var html: HTML {
        """
        <nav class="pane pane-list" id="conversations" aria-labelledby="conversations-heading">
        <div class="pane-head"><h2 id="conversations-heading">Conversations</h2>\(count)</div>
        \(conversations.isEmpty ? empty : list)\(pages)\(home)</nav>

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
        guard begin == nil else { return "<p class=\"pane-empty\">No older conversations.</p>" }
        return """
            <p class="pane-empty">No conversations yet. They stand here as soon as one of your channels \
            brings one.</p>
            """
    }

    /// The ways to the rest of the list.
    private var pages: HTML {
        let newest: HTML =
            "<a href=\"/workbench\" id=\"newest_conversations\">Newest conversations</a> "
        let older = next.map { place -> HTML in
            """
            <a rel="next" href="\(ConversationLinks.older(than: place))" \
            id="older_conversations">Older conversations</a>
            """
        }
        guard begin != nil || older != nil else { return .empty }
        return "<p class=\"pane-foot\">\(newest, if: begin != nil)\(older ?? .empty)</p>"
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

// MARK: - Places

extension ConversationList {
    /// The name of the place in an address.
    static let placeName = "before"

    /// A place as it stands in an address: milliseconds since 1970, a full stop, the conversation.
    static func text(of place: ConversationPlace) -> String {
        let milliseconds = (place.lastMessageAt.timeIntervalSince1970 * 1000).rounded()
        return "\(Int64(milliseconds)).\(place.id.description)"
    }

    /// - Returns: nil for what is no place: the list begins at its beginning then.
    private static func place(_ text: String) -> ConversationPlace? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let milliseconds = Int64(parts[0]),
            instants.contains(milliseconds), let id = ConversationID(parts[1])
        else { return nil }
        let instant = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return ConversationPlace(lastMessageAt: instant, id: id)
    }

    /// Milliseconds that a message can have come at: the years up to 9999.
    private static let instants: ClosedRange<Int64> = 0...253_402_300_799_999
}
