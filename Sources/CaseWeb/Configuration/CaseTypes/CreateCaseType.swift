// GET /configuration/case-types/new: the page of a new case type; ?copy= fills it like another one, ?parent= puts it
// below one. POST /configuration/case-types makes it: 303 to the type, 422 with the page again.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum CreateCaseType {
    /// GET /configuration/case-types/new.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let types = try visit.reader.caseTypes().map(\.type)
        var page = newPage(visit, types)
        page.texts = texts(visit.query, types)
        return page.response()
    }

    /// POST /configuration/case-types.
    static func create(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let types = try visit.reader.caseTypes().map(\.type)
        let isEnabled = !form[CaseTypeField.isEnabled.rawValue].isEmpty
        return try newPage(visit, types).create(form) {
            (values: CaseTypeValues, key, edit) throws(StoreError) in
            let id = try visit.desk.addCaseType(values, isEnabled: isEnabled, key: key, edit)
            return CaseTypeLink.one(id)
        }
    }

    private static func newPage(_ visit: AgentVisit, _ types: [CaseType]) -> EditPage {
        let fields = CaseTypeFields(tree: CaseTypeTree(types), id: nil)
        return EditPage(
            visit: visit, area: .configuration(.caseTypes), title: "New case type",
            action: CaseTypeLink.list, back: CaseTypeLink.list,
            sections: fields.sections(with: [fields.isEnabled]), origin: .new(DraftID()),
            texts: FieldTexts())
    }

    /// What a new page is filled with.
    private static func texts(_ query: Query, _ types: [CaseType]) -> FieldTexts {
        let copied = CaseTypeID(query["copy"]).flatMap { id in types.first { $0.id == id } }
        var texts = copied?.values.texts ?? FieldTexts()
        if let copied {
            let name = "Copy of \(copied.name)"
            let fits = name.unicodeScalars.count <= CaseTypeLimit.maximumNameCharacters
            texts[caseType: .name] = fits ? name : ""
        } else {
            texts[caseType: .parent] = CaseTypeID(query["parent"])?.description ?? ""
            texts[caseType: .statuses] = "New\nIn progress"
        }
        texts[caseType: .isEnabled] = FieldTexts.ticked
        return texts
    }
}
