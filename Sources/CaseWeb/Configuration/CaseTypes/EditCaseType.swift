// GET /configuration/case-types/ID: a case type with its history; only a disabled one can be changed.
// POST changes it: 303, 422 or 409 with the page again.
// POST .../enable and .../disable: 303, or 409 with the page and what stands against it.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum EditCaseType {
    /// GET /configuration/case-types/ID.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try page(visit, path.first(as: CaseTypeID.self)).response()
    }

    /// POST /configuration/case-types/ID.
    static func save(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: CaseTypeID.self)
        var page = try page(visit, id)
        page.lock = nil
        return try page.save(form) { (values: CaseTypeValues, edit) throws(StoreError) in
            try visit.desk.updateCaseType(id, to: values, edit)
            return CaseTypeLink.one(id)
        }
    }

    /// POST /configuration/case-types/ID/enable.
    static func enable(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try set(visit, path.first(as: CaseTypeID.self), isEnabled: true)
    }

    /// POST /configuration/case-types/ID/disable.
    static func disable(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try set(visit, path.first(as: CaseTypeID.self), isEnabled: false)
    }

    private static func set(
        _ visit: AgentVisit, _ id: CaseTypeID, isEnabled: Bool
    ) throws -> Response {
        let edit = Edit(base: 0, by: visit.employee.id, at: visit.now)
        do throws(StoreError) {
            try visit.desk.setCaseType(id, isEnabled: isEnabled, edit)
            return .seeOther("\(CaseTypeLink.one(id))?saved=1")
        } catch {
            guard case .inUse(let reason) = error else { throw error }
            var page = try page(visit, id)
            let act = isEnabled ? "enabled" : "disabled"
            page.warning = "The case type was not \(act): \(reason)"
            try page.addReferences(of: id)
            return page.response(.conflict)
        }
    }

    /// The page of a type as it is stored.
    static func page(_ visit: AgentVisit, _ id: CaseTypeID) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .caseType, id.number)
        let types = try visit.reader.caseTypes().map(\.type)
        guard let type = types.first(where: { $0.id == id }) else { throw Refusal.notFound }
        let tree = CaseTypeTree(types)
        let fields = CaseTypeFields(tree: tree, id: id)
        return EditPage(
            visit: visit, area: .configuration(.caseTypes), title: tree.node(id)?.path ?? type.name,
            action: CaseTypeLink.one(id), back: CaseTypeLink.list, sections: fields.sections,
            origin: .stored(base: base), texts: type.values.texts, head: head(type, visit),
            lock: type.isEnabled ? locked : nil,
            below: try HistorySection(of: .caseType, id.number, fields: fields.history, visit).html)
    }

    private static let locked: HTML = """
        Agents choose this case type for new cases, so it cannot be changed or deleted while it is enabled. \
        Disable it first, or make a copy.
        """

    /// The state, and what can be done besides changing the fields.
    private static func head(_ type: CaseType, _ visit: AgentVisit) -> HTML {
        let link = CaseTypeLink.one(type.id)
        let turn =
            type.isEnabled
            ? ActButton(label: "Disable", action: "\(link)/disable", id: "disable")
            : ActButton(label: "Enable", action: "\(link)/enable", id: "enable")
        let delete: HTML =
            "<a class=\"btn btn-danger\" href=\"\(link)/delete\" id=\"delete\">Delete</a>"
        return """
            \(OnOff.mark(type.isEnabled, type.isEnabled ? "Enabled" : "Disabled"))\
            <div class="page-actions">\(turn.html(for: visit))
            <a class="btn btn-outline-secondary" href="\(CaseTypeLink.new)?copy=\(type.id.description)" \
            id="copy">Copy</a>
            <a class="btn btn-outline-secondary" href="\(CaseTypeLink.new)?parent=\(type.id.description)" \
            id="add_below">Add a type below</a>\(delete, if: !type.isEnabled)</div>
            """
    }
}

extension EditPage {
    /// Says what refers to a case type, where there is anything.
    mutating func addReferences(of id: CaseTypeID) throws {
        above = try CaseTypeReferenceList(visit, id).html
        if above != .empty { warningTarget = CaseTypeReferenceList.htmlID }
    }
}

/// What refers to a case type, each with the way there.
private struct CaseTypeReferenceList {
    static let htmlID = "references"
    let id: CaseTypeID
    let references: CaseTypeReferences?

    /// Types below that are named; of more, the list of types tells.
    private static let maximumNamed = 10

    init(_ visit: AgentVisit, _ id: CaseTypeID) throws {
        self.id = id
        references = try visit.reader.references(to: id)
    }

    var html: HTML {
        guard let references else { return .empty }
        let cases: Link = "/cases?type=\(id.description)"
        let (count, open) = (references.caseCount, references.openCaseCount)
        let words =
            count == open
            ? "\(counted(open, "open case"))"
            : "\(counted(count, "case")), \(groupedDigits(open)) of them open"
        let all: HTML = "<li><a href=\"\(cases)\">\(words)</a> of this type</li>\n"
        let rules: HTML = """
            <li><a href="/configuration/assignment-rules">\(counted(references.rules.count, "assignment rule"))\
            </a>: \(references.rules.joined(separator: ", "))</li>
            """
        let children = references.children.prefix(Self.maximumNamed).map { child -> HTML in
            """
            <li><a href="\(CaseTypeLink.one(child.id))">\(child.name)</a> stands below it\
            \(child.isEnabled ? ", enabled" : ", disabled")</li>
            """
        }
        let items: HTML = "\(all, if: count > 0)\(children)\(rules, if: !references.rules.isEmpty)"
        guard items != .empty else { return .empty }
        return """
            <section class="card-plain" id="\(Self.htmlID)" tabindex="-1" \
            aria-labelledby="references-title">\
            <h2 id="references-title">What refers to it</h2><ul>\(items)</ul></section>

            """
    }
}
