// The Case Information page: GET /cases/new shows it (?draft= a kept one), POST /cases sends it.
// 303 to the case, or back to the page after one of its other buttons; 422 with the same page when a field is
// wrong; 403, 413 or 503 with the same page when it cannot be stored. No answer loses what was typed.

internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import HTTPTypes

enum CreateCase {
    /// GET /cases/new.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        guard let id = DraftID(visit.query["draft"]) else {
            return .page(visit.visit.blankForms.html(for: visit, draftID: DraftID()))
        }
        guard let draft = try visit.reader.draft(id) else {
            return .page(CaseFormPage(visit: visit, draftID: id).html())
        }
        guard draft.employee == visit.employee.id else { throw Refusal.draftOfSomebodyElse }
        if let number = draft.savedAs { return .seeOther(ShowCase.link(number)) }
        let page = try page(visit, showing: draft)
        guard page.panel == nil else {
            return .seeOther(ConversationLinks.form(of: id, draft.values))
        }
        return .page(page.html())
    }

    /// POST /cases.
    static func send(_ visit: AgentVisit, _ path: PathValues, _ form: CaseForm) throws -> Response {
        switch form.action {
        case .save: try save(visit, form)
        case .upload: try KeepDraft.attach(visit, form, to: form.draftID)
        case .saveDraft, .findCustomer, .newCustomer, .autosave, .remove, .preview, .chooseType,
            .clear, .take:
            try KeepDraft.save(visit, form, as: form.draftID)
        }
    }

    private static func save(_ visit: AgentVisit, _ form: CaseForm) throws -> Response {
        var problems = form.problems
        let customer = try customer(of: form.values, visit)
        let context = CaseDraftContext(
            options: visit.options, customer: customer, creator: visit.employee, now: visit.now,
            conversation: try conversation(of: form.values, visit))
        let draft = CaseDraft(form.values, in: context, problems: &problems)
        guard let draft, problems.isEmpty, form.storageFault == nil else {
            // Sent again after it was saved, it may be wrong by now: a deadline can have passed.
            if let number = try visit.reader.case(savedFrom: form.draftID) {
                return .seeOther(ShowCase.link(number))
            }
            let isCutOff = problems.contains { $0.field == .conversation }
            return try keep(
                visit, isCutOff ? form.withoutConversation : form, problems: problems)
        }
        do throws(StoreError) {
            let creation = try visit.desk.createCase(
                draft, from: form.draftID, by: visit.employee.id, adding: form.files,
                proposed: try visit.proposedTypes(for: draft, form.values),
                optionsVersion: visit.options.version, at: visit.now)
            if draft.conversation != nil { visit.visit.suggestions.learnSavedCases() }
            switch creation {
            case .created(let number), .alreadySaved(let number):
                return .seeOther(ShowCase.link(number))
            }
        } catch .optionsChanged {
            let problem = Problem(
                .caseType,
                "The options of this page have just been changed. Look through it and save again")
            return try keep(visit, form, problems: [problem])
        } catch .tooManyFiles {
            return try keep(visit, form, problems: [tooManyFiles])
        } catch .unknown(let what) {
            // The options hold all that a case refers to but its customer.
            guard try visit.reader.customer(draft.customer) == nil else {
                return try unstored(visit, form, .unknown(what))
            }
            return try keep(visit, form, problems: [customerGone])
        } catch {
            return try unstored(visit, form, error)
        }
    }
}

// MARK: - The page again

extension CreateCase {
    static let tooManyFiles = Problem(
        .attachments,
        "You can attach up to \(CaseLimit.maximumAttachments) files to a case; "
            + "remove one before you add another")

    private static let customerGone = Problem(
        .customer, "This customer has just been deleted. Select another one, or make a new one")

    /// Stores what was sent as a draft and shows the page with its problems.
    static func keep(
        _ visit: AgentVisit, _ form: CaseForm, problems: [Problem]
    ) throws -> Response {
        if let fault = form.storageFault { return try unstored(visit, form, fault) }
        var problems = problems
        let kept: StoredDraft?
        do throws(StoreError) {
            kept = try KeepDraft.store(visit, form, in: form.draftID, problems: &problems)
        } catch {
            return try unstored(visit, form, error)
        }
        let status: HTTPResponse.Status = form.isTooLarge ? .contentTooLarge : .unprocessableContent
        var page = try page(visit, showing: form.values, of: form.draftID)
        page.files = kept?.files ?? []
        page.savedAt = visit.now
        page.problems = inPageOrder(problems)
        return .page(page.html(), status: status)
    }

    /// Shows the page again when nothing could be stored: the texts are in the page, and nowhere else.
    static func unstored(
        _ visit: AgentVisit, _ form: CaseForm, _ fault: StoreError
    ) throws -> Response {
        guard let refusal = Refusal(fault) else { throw fault }
        let id = fault == .notYours ? DraftID() : form.draftID
        var page = try page(visit, showing: form.values, of: id)
        page.files = try waitingFiles(visit, id)
        page.warning = refusal.title + ". " + refusal.advice + lostFiles(form.files.map(\.name))
        var response = Response.page(page.html(), status: refusal.status)
        response.headerFields[.retryAfter] = refusal.retryAfter.map(String.init)
        return response
    }

    /// Shows the page again when its token was wrong.
    ///
    /// Nothing was stored; the person checks and saves.
    static func outOfDate(_ visit: AgentVisit, _ form: CaseForm) -> Response {
        let refusal = Refusal.wrongToken
        if visit.request.wantsJSON {
            return .json(ScriptError(refusal), status: refusal.status)
        }
        var page = CaseFormPage(visit: visit, draftID: DraftID(), values: form.values)
        page.customer = try? customer(of: form.values, visit)
        try? page.tell()
        page.panel = try? CasePanel(of: form.values, visit)
        page.warning =
            "This page was out of date, so nothing was stored. Check it and save again"
            + lostFiles(form.unreadFileNames)
        return .page(page.html(), status: refusal.status)
    }

    /// Shows the page again when nothing of the kind can be done at all.
    ///
    /// - Parameter kept: The draft in which the form was kept; `nil` when it could not be.
    static func refused(
        _ visit: AgentVisit, _ form: CaseForm, _ refusal: Refusal, kept: StoredDraft?,
        problems: [Problem]
    ) -> Response {
        var page = CaseFormPage(
            visit: visit, draftID: kept?.id ?? form.draftID, values: form.values)
        page.customer = try? customer(of: form.values, visit)
        try? page.tell()
        page.panel = try? CasePanel(of: form.values, visit)
        page.files = kept?.files ?? []
        page.savedAt = kept?.savedAt
        page.problems = inPageOrder(problems)
        let files = form.files.map(\.name) + form.unreadFileNames
        page.warning =
            refusal.title + ". "
            + (kept == nil
                ? "Nothing was stored; keep this page open" + lostFiles(files)
                : "What you typed is kept as a draft; save it when an administrator has switched "
                    + "Case 2.0 on again")
        return .page(page.html(), status: refusal.status)
    }

    private static func lostFiles(_ names: [String]) -> String {
        names.isEmpty ? "" : ". Attach these files again: " + names.joined(separator: ", ")
    }

    /// The page with a draft as it is stored.
    static func page(_ visit: AgentVisit, showing draft: StoredDraft) throws -> CaseFormPage {
        let values = draft.values.isUntouched ? .initial : draft.values
        var page = try page(visit, showing: values, of: draft.id)
        page.files = draft.files
        page.savedAt = draft.savedAt
        return page
    }

    private static func page(
        _ visit: AgentVisit, showing values: CaseFormValues, of id: DraftID
    ) throws -> CaseFormPage {
        var page = CaseFormPage(visit: visit, draftID: id, values: values)
        page.customer = try customer(of: values, visit)
        try page.tell()
        page.panel = try CasePanel(of: values, visit)
        if visit.choices.customers == nil, !values[.customerQuery].isEmpty {
            page.foundCustomers = try FindCustomers.matching(values[.customerQuery], visit)
        }
        return page
    }

    private static func waitingFiles(_ visit: AgentVisit, _ id: DraftID) throws -> [StagedFile] {
        guard let draft = try visit.reader.draft(id), draft.employee == visit.employee.id else {
            return []
        }
        return draft.files
    }

    private static func customer(
        of values: CaseFormValues, _ visit: AgentVisit
    ) throws -> Customer? {
        guard let id = CustomerID(values[.customer]) else { return nil }
        return try visit.options.customers?.first { $0.id == id } ?? visit.reader.customer(id)
    }

    /// The conversation that the form was begun from, when the person may see it.
    private static func conversation(
        of values: CaseFormValues, _ visit: AgentVisit
    ) throws -> ConversationID? {
        guard let id = ConversationID(values[.conversation]),
            let summary = try visit.reader.conversationSummary(id),
            visit.viewer.maySee(conversationOf: summary.agent)
        else { return nil }
        return id
    }

    private static func inPageOrder(_ problems: [Problem]) -> [Problem] {
        CaseField.allCases.flatMap { field in problems.filter { $0.field == field } }
    }
}
