// GET /drafts/DRAFT/discard asks once; POST gives the draft and its files up. 303 to the workbench.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum DiscardDraft {
    /// GET /drafts/DRAFT/discard.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        guard let draft = try visit.reader.draft(path.draft()),
            draft.employee == visit.employee.id, draft.savedAs == nil
        else { throw Refusal.notFound }
        let title = KeepDraft.title(of: draft)
        let keep = ConversationLinks.form(of: draft.id, draft.values)
        let content: HTML = """
            <div class="page-head"><h1>Discard this draft?</h1></div>
            <section class="card-plain"><p>“\(title)”, saved \
            \(visit.times.element(draft.savedAt)), \
            with \(draft.files.count) \(draft.files.count == 1 ? "file" : "files"). \
            It cannot be brought back.</p>
            <form class="page-actions" method="post" action="\(link(draft.id))">\(visit.tokenField)
            <button class="btn btn-danger" type="submit" id="discard">Discard draft</button>
            <a class="btn btn-outline-secondary" href="\(keep)">Keep and open it</a></form></section>
            """
        return .page(
            Page(
                title: "Discard this draft?", section: .workbench, width: .narrow, content: content
            )
            .html(for: visit))
    }

    /// POST /drafts/DRAFT/discard.
    static func discard(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try visit.desk.discardDraft(path.draft(), of: visit.employee.id)
        return .seeOther("/workbench")
    }

    /// The address that asks whether to give a draft up.
    static func link(_ id: DraftID) -> Link { "/drafts/\(id.description)/discard" }
}
