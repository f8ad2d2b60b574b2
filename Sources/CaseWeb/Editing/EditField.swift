internal import CaseModel

/// A field of an edit form, declared once: its control, its hint, and how its values read in a conflict and in
/// the history.
struct EditField: Sendable {
    /// The control's name and id, and the field's name in ``FieldTexts``.
    let name: String
    /// The words beside the control, as the problems of the model use them.
    let label: String
    let kind: Kind
    /// One short sentence below the control; empty for none.
    var hint = ""
    var isOptional = false
    /// What a value reads like that is none of the choices, such as the name of somebody who was switched off;
    /// `nil` when nothing is known of it either.
    var spelling: (@Sendable (String) -> String?)?

    /// The control of a field.
    enum Kind: Sendable {
        /// One line of at most so many characters (Unicode code points).
        case line(limit: Int?)
        case email(limit: Int?)
        /// A number in decimal; the model checks its range.
        case number
        /// Several lines, of which `rows` are seen at once; a count is shown where there is a limit that people
        /// can come near.
        case lines(limit: Int?, rows: Int)
        /// A drop-down; `empty` is the option that stands for nothing, where nothing may be chosen.
        case select([Choice], empty: String?)
        case radios([Choice])
        /// A check box; its value is ``FieldTexts/ticked`` or empty.
        case box
        /// Check boxes; the value has the ticked ones, one a line.
        case boxes([Choice])
        /// A password: never kept in history and never shown again.
        case password
        case hidden
    }

    /// One of the values that a field can take.
    struct Choice: Sendable {
        let value: String
        let label: String
        /// What stands beside the label in a group of boxes, such as a log-in or what a right means.
        var detail = ""
        /// How deep it stands in a tree, 0 for the top.
        var depth = 0
        /// The value of a box that is always ticked with this one, as the model has it; empty for none.
        var implies = ""
    }

    /// Whether a form may send several values under this name.
    var isRepeatable: Bool {
        if case .boxes = kind { true } else { false }
    }

    /// A value as people read it.
    func readable(_ text: String) -> String {
        switch kind {
        case .box: return text.isEmpty ? "No" : "Yes"
        case .password: return text.isEmpty ? "" : "(not shown)"
        case .select(let choices, _), .radios(let choices): return name(of: text, among: choices)
        case .boxes(let choices):
            let values = text.split { $0 == "\n" }
            return values.map { name(of: String($0), among: choices) }.joined(separator: ", ")
        case .line, .email, .number, .lines, .hidden: return spelling?(text) ?? text
        }
    }

    private func name(of value: String, among choices: [Choice]) -> String {
        choices.first { $0.value == value }?.label ?? spelling?(value) ?? value
    }
}
