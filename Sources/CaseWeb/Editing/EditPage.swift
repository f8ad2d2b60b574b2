internal import CaseModel
internal import Foundation
internal import HTTPTypes
internal import Markup

/// A page on which a thing is made or changed: the same object fills it when it is new, wrong, and when
/// somebody else has changed the thing meanwhile.
struct EditPage {
    let visit: AgentVisit
    let area: DeskArea
    /// The heading, such as “Case type Refund”.
    let title: String
    /// Where the form is sent.
    let action: Link
    /// Where Cancel leads.
    let back: Link
    var sections: [EditSection]
    /// What the form is about.
    var origin: Origin
    var texts: FieldTexts
    /// Texts that no control has, as the page's address says them: what kind of thing it is.
    var given = FieldTexts()
    var problems: [FieldProblem] = []
    /// Problems that come with any other, such as a password that has to be typed once more.
    var retyped: [FieldProblem] = []
    var conflicts: [FieldConflict] = []
    /// A message about the whole page, when something other than a field went wrong.
    var warning: String?
    /// Where the message leads to: an id of the page.
    var warningTarget = "save"
    /// What stands beside the heading, such as a state and the buttons of other acts (never inside the form).
    var head: HTML = .empty
    /// Why nothing can be changed just now; then the values stand there without a form.
    var lock: HTML?
    /// What stands above the form, such as why something cannot be changed.
    var above: HTML = .empty
    /// What stands beside Save, such as a button that tries the values out.
    var moreActions: HTML = .empty
    /// What stands below the form, such as the history.
    var below: HTML = .empty
    /// Whether Save leads back into another form, which shows by itself what came of it.
    var isPartOfOther = false

    /// Whether a thing is made or changed.
    enum Origin {
        /// A new thing; the key is the form's name, so that sending it twice makes one thing.
        case new(DraftID)
        /// A stored thing, as it stood after this change of it.
        case stored(base: Int64)
    }

    static let creationKeyName = "creation_key"
    static let baseName = "base"

    /// All fields, in the order of the page.
    var fields: [EditField] { sections.flatMap(\.fields) }

    func response(_ status: HTTPResponse.Status = .ok) -> Response {
        let page = area.page(
            title: title, summary: .errorSummary(summary), content: content, visit)
        return .page(page.html(for: visit), status: status)
    }

    private var summary: [(target: String, message: String)] {
        let names = Set(fields.map(\.name))
        let whole = warning.map { [(target: warningTarget, message: $0)] } ?? []
        let meanwhile = conflicts.map { conflict in
            (
                target: conflict.field,
                message: "\(label(conflict.field)) was changed by somebody else, too: "
                    + "choose one of the two texts, or write a third, and save again"
            )
        }
        let wrong = problems.map { problem in
            (
                target: names.contains(problem.field) ? problem.field : "save",
                message: problem.message
            )
        }
        return whole + meanwhile + wrong
    }

    private func label(_ name: String) -> String {
        fields.first { $0.name == name }?.label ?? name
    }

    private var content: HTML {
        """
        <div class="page-head"><h1>\(title)</h1>\(head)</div>
        \(HTML.savedNotice(visit))\(above)\(lock.map(facts) ?? form)
        \(below)
        """
    }

    /// The values without a form, and why.
    private func facts(_ reason: HTML) -> HTML {
        let values = fields.map { field -> HTML in
            let text = field.readable(texts[field.name])
            let nothing: HTML = "<span class=\"muted\">–</span>"
            let value: HTML = text.isEmpty ? nothing : "\(text)"
            return "<div><dt>\(field.label)</dt><dd>\(value)</dd></div>\n"
        }
        return """
            <section class="card-plain locked" id="save"><p>\(reason)</p>
            <dl class="facts">\(values)</dl></section>
            """
    }

    private var form: HTML {
        """
        <form id="edit-form" class="case-form edit-form" method="post" action="\(action)" \
        novalidate>
        \(visit.tokenField)
        \(originField)
        <div class="form-parts">\(sections.map(part))</div>
        <div class="actions">
        <button class="btn btn-primary" type="submit" id="save">Save</button>
        \(moreActions)<a class="btn btn-outline-secondary" href="\(back)">Cancel</a>
        </div>
        </form>
        """
    }

    private var originField: HTML {
        switch origin {
        case .new(let key):
            "<input type=\"hidden\" name=\"\(Self.creationKeyName)\" value=\"\(key.description)\">"
        case .stored(let base):
            "<input type=\"hidden\" name=\"\(Self.baseName)\" value=\"\(base)\">"
        }
    }

    private func part(_ section: EditSection) -> HTML {
        let controls = section.fields.map(control)
        guard let title = section.title else { return "<div class=\"form-part\">\(controls)</div>" }
        return """
            <section class="form-part" aria-labelledby="part-\(section.id)">\
            <h2 id="part-\(section.id)">\(title)</h2>
            \(controls)</section>
            """
    }

    private func control(_ field: EditField) -> HTML {
        let conflict = conflicts.first { $0.field == field.name }
        return EditControl(
            field: field, text: texts[field.name],
            problems: problems.filter { $0.field == field.name }.map(\.message),
            conflict: conflict.map {
                ConflictNote(field: field, conflict: $0, times: visit.times).html
            }
                ?? .empty
        ).html
    }
}

/// Fields that belong together, under a heading where there are several such groups.
struct EditSection {
    let title: String?
    let fields: [EditField]

    init(_ title: String? = nil, _ fields: [EditField]) {
        self.title = title
        self.fields = fields
    }

    fileprivate var id: String { fields.first?.name ?? "" }
}

/// What stands beside a control whose field somebody else has changed, too: their text, and who they are.
private struct ConflictNote {
    let field: EditField
    let conflict: FieldConflict
    let times: TimeText

    var html: HTML {
        let theirs = conflict.theirs
        let readable = field.readable(theirs.after)
        let empty: HTML = "<span class=\"muted\">(nothing)</span>"
        let text: HTML = readable.isEmpty ? empty : "\(readable)"
        return """
            <div class="conflict" id="\(field.name)-theirs" data-conflict-for="\(field.name)" \
            data-theirs="\(theirs.after)"><p class="conflict-mine">Yours is in the control.</p>
            <p class="conflict-who">Saved by \(theirs.employeeName ?? "the command line"), \
            \(times.element(theirs.at)):</p>
            <div class="conflict-text">\(text)</div></div>
            """
    }
}
