internal import CaseModel
internal import Markup

/// The control of one field, with its value, its problems, and what somebody else saved into it meanwhile.
struct EditControl {
    let field: EditField
    let text: String
    let problems: [String]
    /// What stands beside the control when somebody else has changed the field, too.
    var conflict: HTML = .empty

    var html: HTML {
        switch field.kind {
        case .line(let limit): line(type: "text", limit: limit)
        case .email(let limit): line(type: "email", limit: limit)
        case .number: number
        case .lines(let limit, let rows): lines(limit: limit, rows: rows)
        case .select(let choices, let empty): select(choices, empty: empty)
        case .radios(let choices):
            "\(frame.radios(choices.map { ($0.value, $0.label) }, selected: text))\(conflict)"
        case .box: box
        case .boxes(let choices): boxes(choices)
        case .password: password
        case .hidden: "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(text)\">\n"
        }
    }

    private var frame: FieldFrame {
        FieldFrame(
            name: field.name, label: field.label, isOptional: field.isOptional,
            hint: field.hint.isEmpty ? nil : "\(field.hint)", problems: problems)
    }

    private func line(type: HTML, limit: Int?) -> HTML {
        counted(limit) { frame, attributes in
            """
            <input type="\(type)" class="form-control\(frame.invalid)" id="\(frame.name)" \
            name="\(frame.name)" value="\(text)" autocomplete="off"\(attributes)>\(conflict)
            """
        }
    }

    private func lines(limit: Int?, rows: Int) -> HTML {
        // A parser drops one newline right behind the tag (HTML, 13.2.6.4.7), so there is one to drop.
        counted(limit) { frame, attributes in
            """
            <textarea class="form-control lines\(frame.invalid)" id="\(frame.name)" name="\(frame.name)" \
            rows="\(rows)"\(attributes)>
            \(text)</textarea>\(conflict)
            """
        }
    }

    private func counted(_ limit: Int?, _ control: (FieldFrame, HTML) -> HTML) -> HTML {
        var frame = frame
        frame.info = limit.map { FieldFrame.counter(field.name, limit: $0) }
        return frame.labelled { control(frame, $0) }
    }

    private var number: HTML {
        frame.labelled { attributes in
            """
            <input type="text" inputmode="numeric" class="form-control short\(frame.invalid)" \
            id="\(field.name)" name="\(field.name)" value="\(text)" autocomplete="off"\(attributes)>\
            \(conflict)
            """
        }
    }

    private var password: HTML {
        frame.labelled { attributes in
            """
            <input type="password" class="form-control\(frame.invalid)" id="\(field.name)" \
            name="\(field.name)" autocomplete="new-password"\(attributes)>
            """
        }
    }

    private func select(_ choices: [EditField.Choice], empty: String?) -> HTML {
        let none: HTML = empty.map { "<option value=\"\">\($0)</option>\n" } ?? .empty
        let options = OptionList(
            choices, value: \.value,
            label: { String(repeating: "\u{2003}", count: $0.depth) + $0.label })
        // A value that is not offered any more stays what is chosen until the person chooses another.
        let isLost = !text.isEmpty && !options.contains(text)
        let lost: HTML = "<option value=\"\(text)\" selected>\(field.readable(text))</option>\n"
        return frame.labelled { attributes in
            """
            <select class="form-select\(frame.invalid)" id="\(field.name)" \
            name="\(field.name)"\(attributes)>
            \(none)\(lost, if: isLost)\(options.html(selected: text))</select>\(conflict)
            """
        }
    }

    private func boxes(_ choices: [EditField.Choice]) -> HTML {
        let ticked = text.split { $0 == "\n" }.map(String.init)
        // As with a drop-down: a value that is not offered any more stays until it is taken out.
        let lost = ticked.filter { value in !choices.contains { $0.value == value } }
        let kept = lost.map { EditField.Choice(value: $0, label: field.readable($0)) }
        return CheckBoxGroup(
            frame: frame, choices: choices + kept, ticked: Set(ticked), conflict: conflict
        ).html
    }

    private var box: HTML {
        let checked: HTML = " checked"
        let faulty: HTML = " field-error"
        return """
            <div class="field check\(faulty, if: frame.isWrong)" id="\(field.name)-field">\
            <input type="checkbox" id="\(field.name)" name="\(field.name)" \
            value="\(FieldTexts.ticked)"\(checked, if: !text.isEmpty)\(frame.description)>
            <label for="\(field.name)">\(field.label)</label>
            \(frame.hintText)\(frame.problemText)\(conflict)</div>

            """
    }
}

/// Check boxes that are one field; where they are many they scroll, and the script puts a filter above them.
struct CheckBoxGroup {
    let frame: FieldFrame
    let choices: [EditField.Choice]
    let ticked: Set<String>
    let conflict: HTML

    /// Boxes that are seen without scrolling, and that need no filter.
    private static let maximumOpenCount = 16

    var html: HTML {
        let scrolls: HTML = " data-filter=\"\(frame.label)\""
        let boxes = choices.enumerated().map { box($1, isFirst: $0 == 0) }
        let none: HTML = """
            <p class="muted" id="\(frame.name)" tabindex="-1">There is nothing to choose from yet</p>
            """
        return frame.grouped(
            kind: " boxes-field",
            """
            <div class="boxes"\(scrolls, if: choices.count > Self.maximumOpenCount)>\
            \(boxes)\(none, if: choices.isEmpty)</div>\(conflict)
            """)
    }

    /// The first one carries the field's id, so that the summary leads to it.
    private func box(_ choice: EditField.Choice, isFirst: Bool) -> HTML {
        let id = isFirst ? frame.name : "\(frame.name)-\(choice.value)"
        let checked: HTML = " checked"
        let detail: HTML = " <span class=\"muted\">\(choice.detail)</span>"
        let implied: HTML = " data-implies=\"\(choice.implies)\""
        return """
            <label><input type="checkbox" id="\(id)" name="\(frame.name)" value="\(choice.value)"\
            \(checked, if: ticked.contains(choice.value))\(implied, if: !choice.implies.isEmpty)> <span>\(choice.label)\
            \(detail, if: !choice.detail.isEmpty)</span></label>

            """
    }
}
