// GET /workbench: what waits for this person: their conversations, their open cases, those of their queues, and
// unsaved drafts. A script that asks for JSON is told how many conversations there are and when the last message came.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum Workbench {
    /// Rows of each list; the rest is in the list of cases.
    private static let maximumCases = 25
    private static let maximumDrafts = 10

    /// GET /.
    static func enter(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        .seeOther("/workbench")
    }

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        if visit.request.wantsJSON { return try news(visit) }
        let list = try ConversationList(visit)
        let cases = try visit.reader.openCases(of: visit.viewer, limit: maximumCases)
        let drafts = try visit.reader.drafts(of: visit.employee.id, limit: maximumDrafts)
        let content: HTML = """
            <div class="bench bench-home" data-follow="\(list.link)" data-count="\(list.newest)">
            \(list.html)<section class="pane pane-home" aria-labelledby="home-heading">
            <div class="page-head"><h1 id="home-heading">Workbench</h1><div class="page-actions">
            <a class="btn btn-primary" href="/cases/new" id="create_case">Create case</a></div></div>
            \(try FirstRunGuide.onWorkbench(visit))\(DraftList(drafts: drafts, visit: visit).html)
            \(open(cases, visit))</section></div>
            """
        return .page(
            Page(title: "Workbench", section: .workbench, width: .full, content: content)
                .html(for: visit))
    }

    /// What changes when a message comes.
    private static func news(_ visit: AgentVisit) throws -> Response {
        .json(News(count: try ConversationList(visit).newest))
    }

    private struct News: Encodable {
        let count: Int64
    }

    private static func open(_ cases: [CaseSummary], _ visit: AgentVisit) -> HTML {
        guard !cases.isEmpty else {
            return """
                <div class="empty"><h2>Nothing waits for you</h2>
                <p>Open cases that you own, or that wait in a queue of yours, stand here.</p>
                <a class="btn btn-outline-secondary" href="/cases">Look through all cases</a></div>
                """
        }
        let table = CaseTable(
            caption: "Open cases of yours and of your queues", cases: cases, visit: visit)
        return "\(table.html)<p><a href=\"/cases\">All cases</a></p>"
    }
}

/// The forms that were begun and are not saved as a case.
private struct DraftList {
    let drafts: [StoredDraft]
    let visit: AgentVisit

    var html: HTML {
        guard !drafts.isEmpty else { return .empty }
        return """
            <section class="card-plain" aria-labelledby="drafts-heading">
            <h2 id="drafts-heading">Unsaved drafts</h2>
            <ul class="draft-list">\(drafts.map(row))</ul></section>
            """
    }

    private func row(_ draft: StoredDraft) -> HTML {
        let link = ConversationLinks.form(of: draft.id, draft.values)
        let title = KeepDraft.title(of: draft)
        let files = draft.files.count
        let count = files == 0 ? "" : files == 1 ? ", 1 file" : ", \(files) files"
        return """
            <li><a class="draft-title" href="\(link)">\(title)</a>
            <span class="muted">saved \(visit.times.element(draft.savedAt))\(count)</span>
            <a href="\(DiscardDraft.link(draft.id))">Discard\
            <span class="visually-hidden"> the draft \(title)</span></a></li>

            """
    }
}
