internal import CaseModel
internal import Markup

/// The fields of a case type's page.
struct CaseTypeFields {
    /// Every type, as the tree that parents are chosen from.
    let tree: CaseTypeTree
    /// The type itself, which cannot stand below itself; `nil` for a new one.
    let id: CaseTypeID?

    var sections: [EditSection] {
        [
            EditSection("What it is", [name, parent, description, keywords]),
            EditSection(processTitle, process),
        ]
    }

    private let processTitle = "How cases go on"
    private var process: [EditField] { [statuses, isStrict, verifiesTasks] }

    /// The same, with more fields at their end.
    func sections(with more: [EditField]) -> [EditSection] {
        sections.dropLast() + [EditSection(processTitle, process + more)]
    }

    /// The fields, and what else its history tells of.
    var history: [EditField] { sections.flatMap(\.fields) + [isEnabled] }

    private var name: EditField {
        field(.name, .line(limit: CaseTypeLimit.maximumNameCharacters))
    }

    private var parent: EditField {
        let offered = tree.nodes.filter { node in
            id.map { !tree.isWithin(node.type.id, of: $0) } ?? true
        }
        let choices = offered.map { node in
            EditField.Choice(
                value: node.type.id.description, label: label(of: node.type), depth: node.depth)
        }
        return field(
            .parent, .select(choices, empty: "None, at the top"),
            "Agents then see both names, such as “Billing › Refund”", isOptional: true)
    }

    private func label(of type: CaseType) -> String {
        type.isEnabled ? type.name : "\(type.name) (disabled)"
    }

    private var description: EditField {
        field(
            .description, .lines(limit: CaseTypeLimit.maximumSummaryCharacters, rows: 3),
            "One sentence on what such a case is about makes the suggestions much better",
            isOptional: true)
    }

    private var keywords: EditField {
        field(
            .keywords, .lines(limit: CaseTypeLimit.maximumKeywordCharacters, rows: 3),
            "Words that customers use for it, one a line or separated by commas", isOptional: true)
    }

    private var statuses: EditField {
        field(
            .statuses, .lines(limit: nil, rows: 6),
            "One a line, in their order; up to \(CaseTypeLimit.maximumStatuses). Completed always ends them"
        )
    }

    private var isStrict: EditField {
        field(.isStrict, .box, "A case can then only go to the next status")
    }

    private var verifiesTasks: EditField {
        field(
            .verifiesTasks, .box, "A case can then be closed only when all its tasks are completed")
    }

    /// Offered on the page of a new type; an existing one is enabled by a button.
    var isEnabled: EditField {
        field(.isEnabled, .box, "Agents can choose it for new cases at once")
    }

    private func field(
        _ field: CaseTypeField, _ kind: EditField.Kind, _ hint: String = "",
        isOptional: Bool = false
    ) -> EditField {
        EditField(
            name: field.rawValue, label: field.label, kind: kind, hint: hint,
            isOptional: isOptional)
    }
}

/// The addresses of case types.
enum CaseTypeLink {
    static let list: Link = "/configuration/case-types"
    static let new: Link = "/configuration/case-types/new"

    static func one(_ id: CaseTypeID) -> Link { "\(list)/\(id.description)" }
}
