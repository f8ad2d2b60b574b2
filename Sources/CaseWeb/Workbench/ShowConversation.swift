// GET /workbench/conversations/ID: the workbench with a conversation: what was said, the customer, and the button
// Create case. 404 for a conversation that is not for this person.
// GET /workbench/conversations/ID/messages?from=N: how many messages there are, and those from a place on, as JSON.

internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Markup

enum ShowConversation {
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let stored = try visit.conversation(path.first(as: ConversationID.self))
        let view = try ConversationView(stored, visit)
        return .page(view.page(title: stored.summary.whoName, form: nil).html(for: visit))
    }

    /// Messages in one answer: whoever is farther behind loads the page.
    private static let maximumMessages = 200

    static func messages(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.first(as: ConversationID.self)
        guard let summary = try visit.reader.conversationSummary(id),
            visit.viewer.maySee(conversationOf: summary.agent)
        else { throw Refusal.conversationNotFound }
        let from = max(0, Int(visit.query["from"]) ?? 0)
        let newer = try visit.reader.messages(of: id, from: from).prefix(maximumMessages)
        return .json(Messages(count: summary.messageCount, messages: newer.map(Turn.init)))
    }

    private struct Messages: Encodable {
        let count: Int
        let messages: [Turn]
    }

    private struct Turn: Encodable {
        let position: Int
        let speaker: Speaker
        let at: String
        let text: String

        init(_ message: TranscriptMessage) {
            position = message.position
            speaker = message.speaker
            at = message.at.formatted(.iso8601)
            text = message.text
        }
    }
}

/// A conversation with everything that stands around it on the workbench.
struct ConversationView {
    let stored: StoredConversation
    let visit: AgentVisit
    let list: ConversationList
    var customer: ConversationCustomer
    /// The drafts of this person that were begun from it and are not a case yet.
    let drafts: [StoredDraft]

    /// Drafts that are looked through for those of a conversation: more than anybody keeps waiting.
    private static let maximumDrafts = 100

    init(_ stored: StoredConversation, _ visit: AgentVisit) throws {
        self.stored = stored
        self.visit = visit
        list = try ConversationList(visit, current: stored.id)
        customer = try ConversationCustomer(of: stored.summary, visit)
        let id = stored.id.description
        drafts = try visit.reader.drafts(of: visit.employee.id, limit: Self.maximumDrafts)
            .filter { $0.values[.conversation] == id }
        visit.noteSeen(stored, seen: list.seen[stored.id])
    }

    /// The page.
    ///
    /// - Parameter form: The Case Information panel, when it is open.
    func page(title: String, form: HTML?, marks: [Int: [MarkedText.Mark]] = [:]) -> Page {
        let kind = form == nil ? "bench bench-talk" : "bench bench-case"
        let content: HTML = """
            <div class="\(kind)" data-follow="\(ConversationLinks.transcript(stored.id))/messages" \
            data-count="\(stored.messages.count)">
            \(list.html)\(talk(marks, isPanelOpen: form != nil))\
            \(customer.html(isPanelOpen: form != nil))\(form.map(panel) ?? .empty)</div>
            """
        return Page(title: title, section: .workbench, width: .full, content: content)
    }

    private func panel(_ form: HTML) -> HTML {
        """
        <section class="pane pane-case" id="case-panel" aria-labelledby="panel-heading">
        \(form)</section>

        """
    }

    private func talk(_ marks: [Int: [MarkedText.Mark]], isPanelOpen: Bool) -> HTML {
        let summary = stored.summary
        let began = visit.times.briefElement(summary.startedAt, now: visit.now)
        let transcript = Transcript(stored: stored, marks: marks, visit: visit)
        return """
            <section class="pane pane-talk" id="transcript" tabindex="0" \
            aria-labelledby="talk-heading">
            <div class="pane-head"><a class="to-list" href="/workbench">Conversations</a>
            <div class="talk-title"><h1 id="talk-heading">\(summary.whoName)</h1>
            <span class="muted">\(summary.channel.label), since \(began)\(made)</span></div>\
            \(isPanelOpen ? .empty : button)</div>
            \(kept(isPanelOpen))<details class="fold" open><summary>\(size)</summary>
            \(transcript.html)</details>
            <p class="pane-foot talk-end"><a href="\(ConversationLinks.transcript(stored.id))" \
            id="reload">Look for new messages</a></p></section>

            """
    }

    private var size: String {
        let count = stored.messages.count
        return count == 1 ? "What was said: 1 message" : "What was said: \(count) messages"
    }

    private var button: HTML {
        """
        <a class="btn btn-primary" id="create_case" aria-keyshortcuts="Alt+C" \
        href="\(ConversationLinks.types(stored.id, draft: nil))">Create case\
        <kbd class="key" aria-hidden="true">Alt + C</kbd></a>
        """
    }

    private var made: HTML {
        guard let number = stored.summary.openedCase else { return .empty }
        return " · <a href=\"\(ShowCase.link(number))\">case \(number.description)</a>"
    }

    /// The way back to what was begun and not saved.
    private func kept(_ isPanelOpen: Bool) -> HTML {
        guard !isPanelOpen, let draft = drafts.first else { return .empty }
        let link = ConversationLinks.panel(stored.id, draft: draft.id)
        return """
            <p class="notice talk-draft">You began a case here: \
            <a href="\(link)">\(KeepDraft.title(of: draft))</a></p>

            """
    }
}
