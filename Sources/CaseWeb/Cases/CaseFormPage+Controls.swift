internal import CaseModel
internal import Markup

// What every control of the Case Information page has in common: a visible label, a hint, the problem
// beside it, and the attributes that tie them together for those who hear the page.

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
        let name = field.rawValue
        let optional: HTML = " <span class=\"optional\">(optional)</span>"
        let faulty: HTML = " field-error"
        let hintText: HTML =
            hint.map { "<div class=\"hint\" id=\"\(name)-hint\">\($0)</div>" } ?? .empty
        return """
            <div class="field\(faulty, if: hasProblem(field))" id="\(name)-field">
            <label class="form-label" for="\(name)">\(label ?? field.label)\
            \(optional, if: isOptional)</label>
            \(problemText(field))\(control(describedBy(field, hint: hint != nil, info: info != nil)))
            \(hintText)\(info ?? .empty)</div>

            """
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

    /// A group of radio buttons; the first one carries the field's id, so that the summary leads to it.
    func radios(_ field: CaseField, _ choices: [(value: String, label: String)]) -> HTML {
        let name = field.rawValue
        let checked: HTML = " checked"
        let buttons = choices.enumerated().map { index, choice -> HTML in
            let id = index == 0 ? name : "\(name)-\(choice.value)"
            return """
                <label><input type="radio" id="\(id)" name="\(name)" value="\(choice.value)"\
                \(checked, if: values[field] == choice.value)> \(choice.label)</label>
                """
        }
        return """
            <fieldset class="field seg-field"\(describedBy(field, hint: false, info: false))>
            <legend class="form-label">\(field.label)</legend>\(problemText(field))
            <div class="seg">\(buttons)</div></fieldset>

            """
    }

    /// The limit of a text; the script turns it into a count.
    func counter(_ field: CaseField, limit: Int) -> HTML {
        let name = field.rawValue
        return """
            <div class="field-info"><span id="\(name)-info" data-count-for="\(name)" \
            data-limit="\(limit)">You can enter up to \(groupedDigits(limit)) characters</span></div>
            """
    }

    func hasProblem(_ field: CaseField) -> Bool {
        problems.contains { $0.field == field }
    }

    /// The problems of a field, beside it.
    func problemText(_ field: CaseField) -> HTML {
        let messages = problems.filter { $0.field == field }.map(\.message)
        guard !messages.isEmpty else { return .empty }
        let lines = messages.map { message -> HTML in "<span>\(message)</span> " }
        return """
            <p class="field-problem" id="\(field.rawValue)-error">\
            <span class="visually-hidden">Error:</span> \(lines)</p>

            """
    }

    /// Ties a control to its hint, problem and count, in that order.
    func describedBy(_ field: CaseField, hint: Bool, info: Bool) -> HTML {
        let name = field.rawValue
        let isWrong = hasProblem(field)
        let names =
            (hint ? ["\(name)-hint"] : []) + (isWrong ? ["\(name)-error"] : [])
            + (info ? ["\(name)-info"] : [])
        let description: HTML =
            names.isEmpty ? .empty : " aria-describedby=\"\(names.joined(separator: " "))\""
        let wrong: HTML = " aria-invalid=\"true\""
        return "\(description)\(wrong, if: isWrong)"
    }

    func invalid(_ field: CaseField) -> HTML {
        hasProblem(field) ? " is-invalid" : .empty
    }
}
