// GET /workbench/conversations/ID/case: the workbench with the Case Information panel, filled in from the
// conversation. ?case_type= chooses the type; ?draft= opens a draft that is kept, with its type changed when both
// are there. 303 to the case that the draft became; 403 for somebody else's draft; 404 for somebody else's
// conversation.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum OpenCasePanel {
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let stored = try visit.conversation(path.first(as: ConversationID.self))
        let asked = CaseTypeID(visit.query["case_type"])
        let type = visit.options.types.first { $0.id == asked }?.id
        let id = DraftID(visit.query["draft"])
        if let id, let draft = try visit.reader.draft(id) {
            return try page(visit, showing: draft, in: stored, type: type)
        }
        let panel = try CasePanel(stored, readCount: nil, visit)
        var page = CaseFormPage(
            visit: visit, draftID: id ?? DraftID(), values: panel.values(type: type))
        page.customer = panel.view.customer.customer
        try page.tell()
        page.panel = panel
        return .page(page.html())
    }

    private static func page(
        _ visit: AgentVisit, showing draft: StoredDraft, in stored: StoredConversation,
        type: CaseTypeID?
    ) throws -> Response {
        guard draft.employee == visit.employee.id else { throw Refusal.draftOfSomebodyElse }
        if let number = draft.savedAs { return .seeOther(ShowCase.link(number)) }
        guard draft.values[.conversation] == stored.id.description else {
            return .seeOther(ConversationLinks.form(of: draft.id, draft.values))
        }
        var page = try CreateCase.page(visit, showing: draft)
        if let type { page.values[.caseType] = type.description }
        try page.tell()
        return .page(page.html())
    }
}
