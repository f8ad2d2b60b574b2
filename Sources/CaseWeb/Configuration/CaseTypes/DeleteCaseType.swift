// GET /configuration/case-types/ID/delete asks once, or says what refers to the type; POST deletes it.
// 303 to the list; 409 with the page when something refers to it by now.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum DeleteCaseType {
    /// GET /configuration/case-types/ID/delete.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.first(as: CaseTypeID.self)
        guard let type = try visit.reader.caseTypes().first(where: { $0.type.id == id })?.type,
            let references = try visit.reader.references(to: id)
        else { throw Refusal.notFound }
        var reasons = references.againstDeleting
        if type.isEnabled { reasons.insert("it is enabled", at: 0) }
        guard reasons.isEmpty else {
            return try refused(visit, id, reasons.joined(separator: ", "))
        }
        return ConfirmPage(
            area: .configuration(.caseTypes), title: "Delete this case type?",
            message:
                "“\(type.name)” goes with its process. No case is of this type. It cannot be brought back.",
            button: "Delete case type", action: "\(CaseTypeLink.one(id))/delete",
            back: CaseTypeLink.one(id)
        ).response(for: visit)
    }

    /// POST /configuration/case-types/ID/delete.
    static func delete(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: CaseTypeID.self)
        do throws(StoreError) {
            try visit.desk.deleteCaseType(
                id, Edit(base: 0, by: visit.employee.id, at: visit.now))
            return .seeOther("\(CaseTypeLink.list)?saved=1")
        } catch {
            guard case .inUse(let reason) = error else { throw error }
            return try refused(visit, id, reason)
        }
    }

    private static func refused(
        _ visit: AgentVisit, _ id: CaseTypeID, _ reason: String
    ) throws -> Response {
        var page = try EditCaseType.page(visit, id)
        page.warning = "The case type was not deleted: \(reason)"
        try page.addReferences(of: id)
        return page.response(.conflict)
    }
}
