// What keeps a form that is not saved as a case yet.
// POST /drafts/DRAFT stores the texts, …/attachments adds files, …/attachments/ID/remove takes one out.
// A button of the page gets 303 back to the page (422 with it when a file was
// refused); the page's script asks for JSON and gets 200, or the same faults as {"error"}.

internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import HTTPTypes
internal import Markup

enum KeepDraft {
    /// POST /drafts/DRAFT.
    static func save(_ visit: AgentVisit, _ path: PathValues, _ form: CaseForm) throws -> Response {
        try save(visit, form, as: path.draft())
    }

    static func save(_ visit: AgentVisit, _ form: CaseForm, as id: DraftID) throws -> Response {
        if visit.request.wantsJSON {
            return try script(visit, form, id) { _ in
                Saved(saved: visit.times.clock(visit.now))
            }
        }
        switch form.action {
        case .newCustomer: return try back(visit, form, id, to: CreateCustomer.link(for: id))
        case .findCustomer: return try back(visit, form, id, to: CreateCustomer.draftLink(id))
        case .preview: return try back(visit, form, id, to: told(of: id))
        case .chooseType:
            let conversation = ConversationID(form.values[.conversation])
            let types = conversation.map { ConversationLinks.types($0, draft: id) }
            return try back(visit, form, id, to: types ?? page(of: id))
        case .clear(let field):
            return try back(visit, form.with(field, ""), id, to: link(to: field, of: id))
        case .take(let field):
            let text = try CasePanel(of: form.values, visit)?.text(of: field)
            let taken = text.map { form.with(field, $0) } ?? form
            return try back(visit, taken, id, to: link(to: field, of: id))
        default: return try back(visit, form, id, to: page(of: id))
        }
    }

    /// POST /drafts/DRAFT/attachments.
    static func attach(
        _ visit: AgentVisit, _ path: PathValues, _ form: CaseForm
    ) throws -> Response {
        try attach(visit, form, to: path.draft())
    }

    static func attach(_ visit: AgentVisit, _ form: CaseForm, to id: DraftID) throws -> Response {
        guard visit.request.wantsJSON else {
            return try back(visit, form, id, to: filesLink(id))
        }
        return try script(visit, form, id) { draft in
            let sent = form.files.last
            let file = draft?.files.last { $0.name == sent?.name && $0.content == sent?.content }
            return file.map { Attached(attachment: StagedFileView($0, of: id)) }
        }
    }

    /// POST /drafts/DRAFT/attachments/ID/remove.
    static func remove(
        _ visit: AgentVisit, _ path: PathValues, _ form: CaseForm
    ) throws -> Response {
        let id = try path.draft()
        let file = try path.second(as: StagedFileID.self)
        try visit.desk.removeStagedFile(file, from: id, of: visit.employee.id)
        if visit.request.wantsJSON { return .json(Removed(removed: true)) }
        return try back(visit, form, id, to: filesLink(id))
    }

    /// What a draft is called in lists.
    static func title(of draft: StoredDraft) -> String {
        draft.values[.title].isEmpty ? "Without a title" : draft.values[.title]
    }

    /// A form of somebody who has to do something else first, such as to log in again: its text and files are kept
    /// for the same person, who goes on with it then.
    ///
    /// - Parameter step: The page of what has to be done first.
    static func forLater(
        _ visit: Visit, _ employee: Employee, _ path: PathValues, _ form: CaseForm,
        before step: Link
    ) throws -> Response {
        let id = (try? path.draft()) ?? form.draftID
        do throws(StoreError) {
            try store(form, in: id, of: employee.id, visit)
        } catch {
            // A case is no draft any more; the page behind the log-in leads to it.
            guard case .alreadySaved = error else { throw error }
        }
        let first: Link = "\(step)?next=\(page(of: id).address)"
        return visit.request.wantsJSON
            ? .json(LogInAgain(login: first.address, kept: true), status: .unauthorized)
            : .seeOther(first)
    }

    /// A form that was open when somebody switched Case 2.0 off: it is kept, and the page says so.
    static func whileSwitchedOff(
        _ visit: AgentVisit, _ path: PathValues, _ form: CaseForm
    ) throws -> Response {
        let refusal = Refusal.casesSwitchedOff(for: visit.viewer)
        let id = (try? path.draft()) ?? form.draftID
        var problems = form.problems
        let kept: StoredDraft?
        do throws(StoreError) {
            kept =
                form.isTrusted && form.storageFault == nil
                ? try store(visit, form, in: id, problems: &problems) : nil
        } catch {
            // Also a draft that is a case by now: what was typed since stays on the page.
            kept = nil
        }
        if visit.request.wantsJSON { return .json(ScriptError(refusal), status: refusal.status) }
        return CreateCase.refused(visit, form, refusal, kept: kept, problems: problems)
    }
}

// MARK: - Storing

extension KeepDraft {
    /// Stores texts and files of a form; what cannot be stored for the person's own reasons becomes a problem.
    ///
    /// - Returns: The draft as it is now.
    static func store(
        _ visit: AgentVisit, _ form: CaseForm, in id: DraftID, problems: inout [Problem]
    ) throws(StoreError) -> StoredDraft? {
        switch try store(form, in: id, of: visit.employee.id, visit.visit) {
        case .everything: break
        case .noRoomInCase: problems.append(CreateCase.tooManyFiles)
        case .noRoomInDrafts:
            problems.append(
                Problem(
                    .attachments,
                    "Your unsaved drafts hold too many files. Save or discard one, then attach again"
                ))
        }
        return try visit.reader.draft(id)
    }

    /// How much of a form was stored; its texts always are.
    private enum Stored {
        case everything
        case noRoomInCase
        case noRoomInDrafts
    }

    /// Stores the texts, and of the files as many as there is room for, in their order.
    @discardableResult
    private static func store(
        _ form: CaseForm, in id: DraftID, of employee: EmployeeID, _ visit: Visit
    ) throws(StoreError) -> Stored {
        // An upload by the script carries no texts, and must not empty the stored ones.
        let values = form.values == CaseFormValues() ? nil : form.values
        func add(_ values: CaseFormValues?, _ files: [ReceivedFile]) throws(StoreError) -> Stored {
            do throws(StoreError) {
                _ = try visit.desk.saveDraft(
                    id, of: employee, values: values, adding: files, at: visit.now)
                return .everything
            } catch {
                if error == .tooManyFiles { return .noRoomInCase }
                if error == .quotaExceeded { return .noRoomInDrafts }
                throw error
            }
        }
        let stored = try add(values, form.files)
        if stored == .everything { return stored }
        _ = try add(values, [])
        for file in form.files where try add(nil, [file]) != .everything { break }
        return stored
    }

    /// The draft's page; a draft that came from a conversation is led on to the workbench from there.
    private static func page(of id: DraftID) -> Link { "/cases/new?draft=\(id.description)" }

    private static func link(to field: CaseField, of id: DraftID) -> Link {
        "\(page(of: id))#\(field.rawValue)"
    }

    private static func told(of id: DraftID) -> Link { "\(page(of: id))#notify-field" }

    private static func filesLink(_ id: DraftID) -> Link { "\(page(of: id))#attachments-field" }

    /// Answers a button of the page.
    private static func back(
        _ visit: AgentVisit, _ form: CaseForm, _ id: DraftID, to next: Link
    ) throws -> Response {
        if form.storageFault != nil { return try CreateCase.keep(visit, form, problems: []) }
        var problems = form.problems
        do throws(StoreError) {
            _ = try store(visit, form, in: id, problems: &problems)
        } catch .alreadySaved(let number) {
            return .seeOther(ShowCase.link(number))
        } catch {
            return try CreateCase.unstored(visit, form, error)
        }
        guard problems.isEmpty else {
            return try CreateCase.keep(visit, form.withoutFiles, problems: problems)
        }
        return .seeOther(next)
    }

    /// Answers the page's script.
    private static func script(
        _ visit: AgentVisit, _ form: CaseForm, _ id: DraftID,
        _ result: (StoredDraft?) -> (some Encodable)?
    ) throws -> Response {
        if let fault = form.storageFault { throw fault }
        var problems = form.problems
        do throws(StoreError) {
            let draft = try store(visit, form, in: id, problems: &problems)
            if let problem = problems.first(where: { $0.field == .attachments }) {
                return .json(ScriptError(error: problem.message), status: .unprocessableContent)
            }
            return .json(result(draft))
        } catch {
            guard case .alreadySaved(let number) = error else { throw error }
            return .json(AlreadySaved(case: ShowCase.link(number).address), status: .conflict)
        }
    }

    private struct Saved: Encodable {
        let saved: String
    }

    private struct Attached: Encodable {
        let attachment: StagedFileView
    }

    private struct Removed: Encodable {
        let removed: Bool
    }

    private struct AlreadySaved: Encodable {
        let `case`: String
    }

    private struct LogInAgain: Encodable {
        let login: String
        let kept: Bool
    }
}
