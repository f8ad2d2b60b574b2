internal import CaseModel
internal import Markup

// The controls of the Case Information page, each in the frame that all fields of the desk have.

extension CaseFormPage {
    /// A labelled control.
    ///
    /// - Parameters:
    ///   - info: What stands below it, such as a count of characters.
    ///   - control: Gets the attributes that tie the control to its texts, with a space before them.
    func field(
        _ field: CaseField, label: String? = nil, isOptional: Bool = false, hint: HTML? = nil,
        info: HTML? = nil, control: (HTML) -> HTML
    ) -> HTML {
        FieldFrame(
            name: field.rawValue, label: label ?? field.label, isOptional: isOptional, hint: hint,
            info: info, problems: messages(field), source: panel?.source(of: field, values[field])
        ).labelled(control)
    }

    /// A drop-down whose first option stands for nothing chosen.
    func select(
        _ field: CaseField, label: String? = nil, isOptional: Bool = false, hint: HTML? = nil,
        empty: String, _ options: OptionList
    ) -> HTML {
        let name = field.rawValue
        return self.field(field, label: label, isOptional: isOptional, hint: hint) { attributes in
            """
            <select class="form-select\(invalid(field))" id="\(name)" name="\(name)"\(attributes)>
            <option value="">\(empty)</option>
            \(options.html(selected: values[field]))</select>
            """
        }
    }

    /// A group of radio buttons.
    func radios(_ field: CaseField, _ choices: [(value: String, label: String)]) -> HTML {
        frame(field).radios(choices, selected: values[field])
    }

    /// The limit of a text; the script turns it into a count.
    func counter(_ field: CaseField, limit: Int) -> HTML {
        FieldFrame.counter(field.rawValue, limit: limit)
    }

    func hasProblem(_ field: CaseField) -> Bool {
        problems.contains { $0.field == field }
    }

    /// The problems of a field, beside it.
    func problemText(_ field: CaseField) -> HTML {
        frame(field).problemText
    }

    /// Ties a control to its hint, problem and count, in that order.
    func describedBy(_ field: CaseField, hint: Bool, info: Bool) -> HTML {
        var frame = frame(field)
        if hint { frame.hint = .empty }
        if info { frame.info = .empty }
        return frame.description
    }

    func invalid(_ field: CaseField) -> HTML {
        frame(field).invalid
    }

    private func frame(_ field: CaseField) -> FieldFrame {
        FieldFrame(name: field.rawValue, label: field.label, problems: messages(field))
    }

    private func messages(_ field: CaseField) -> [String] {
        problems.filter { $0.field == field }.map(\.message)
    }
}
