internal import CaseModel
internal import Markup

/// What every control of a form has around it: a visible label, a hint, the problems beside it, and the
/// attributes that tie them together for those who hear the page.
struct FieldFrame {
    /// The control's name, and with it the ids of everything that belongs to it.
    let name: String
    let label: String
    var isOptional = false
    var hint: HTML?
    /// What stands below the control, such as a count of characters.
    var info: HTML?
    /// Sentences that say how to correct the field.
    var problems: [String] = []
    /// Where the value was taken from, when it was filled in for the person.
    var source: FieldSource?

    /// A labelled control.
    ///
    /// - Parameter control: Gets the attributes that tie the control to its texts, with a space before them.
    func labelled(_ control: (HTML) -> HTML) -> HTML {
        let faulty: HTML = " field-error"
        return """
            <div class="field\(faulty, if: isWrong)" id="\(name)-field">
            <label class="form-label" for="\(name)">\(label)\(optionalMark)</label>
            \(problemText)\(control(description))
            \(hintText)\(info ?? .empty)\(sourceText)</div>

            """
    }

    /// A group of controls under one legend.
    ///
    /// - Parameter kind: More classes of the group, with a space before them.
    func grouped(kind: HTML = .empty, _ controls: HTML) -> HTML {
        """
        <fieldset class="field\(kind)"\(description)>
        <legend class="form-label">\(label)\(optionalMark)</legend>\(hintText)\(problemText)
        \(controls)</fieldset>

        """
    }

    /// Radio buttons in a row; the first one carries the field's id, so that the summary leads to it.
    func radios(_ choices: [(value: String, label: String)], selected: String) -> HTML {
        let checked: HTML = " checked"
        let buttons = choices.enumerated().map { index, choice -> HTML in
            let id = index == 0 ? name : "\(name)-\(choice.value)"
            return """
                <label><input type="radio" id="\(id)" name="\(name)" value="\(choice.value)"\
                \(checked, if: choice.value == selected)> \(choice.label)</label>
                """
        }
        return grouped(kind: " seg-field", "<div class=\"seg\">\(buttons)</div>")
    }

    /// The limit of a text; the script turns it into a count.
    static func counter(_ name: String, limit: Int) -> HTML {
        """
        <div class="field-info"><span id="\(name)-info" data-count-for="\(name)" \
        data-limit="\(limit)">You can enter up to \(groupedDigits(limit)) characters</span></div>
        """
    }

    var isWrong: Bool { !problems.isEmpty }

    /// The class of a control that is to be corrected.
    var invalid: HTML { isWrong ? " is-invalid" : .empty }

    /// The problems, beside the control.
    var problemText: HTML {
        guard isWrong else { return .empty }
        let lines = problems.map { message -> HTML in "<span>\(message)</span> " }
        return """
            <p class="field-problem" id="\(name)-error">\
            <span class="visually-hidden">Error:</span> \(lines)</p>

            """
    }

    /// Ties a control to its hint, problems and count, in that order.
    var description: HTML {
        let names =
            (hint != nil ? ["\(name)-hint"] : []) + (isWrong ? ["\(name)-error"] : [])
            + (info != nil ? ["\(name)-info"] : []) + (hasSourceWords ? ["\(name)-from"] : [])
        let described: HTML =
            names.isEmpty ? .empty : " aria-describedby=\"\(names.joined(separator: " "))\""
        let wrong: HTML = " aria-invalid=\"true\""
        return "\(described)\(wrong, if: isWrong)"
    }

    private var hasSourceWords: Bool { source.map { $0.words != .empty } ?? false }

    private var sourceText: HTML {
        guard let source else { return .empty }
        let words: HTML = "<span class=\"from-words\" id=\"\(name)-from\">\(source.words)</span>"
        let text: HTML = source.text.map { " data-text=\"\($0)\"" } ?? .empty
        return """
            <div class="from" data-from="\(name)"\(text)>\(words, if: hasSourceWords)\
            \(source.acts)</div>
            """
    }

    private var optionalMark: HTML {
        isOptional ? " <span class=\"optional\">(optional)</span>" : .empty
    }

    var hintText: HTML {
        hint.map { "<div class=\"hint\" id=\"\(name)-hint\">\($0)</div>" } ?? .empty
    }
}
