/// The values of a case type as people edit them.
package struct CaseTypeValues: Editable {
    package static let subject = Subject.caseType

    package let name: String
    package let parent: CaseTypeID?
    package let summary: String
    package let keywords: [String]
    /// The ordered statuses; the last is always ``CaseType/completedStatus``.
    package let statuses: [String]
    package let isStrict: Bool
    package let verifiesTasks: Bool

    init(_ type: CaseType) {
        name = type.name
        parent = type.parent
        summary = type.summary
        keywords = type.keywords
        statuses = type.statuses
        isStrict = type.isStrict
        verifiesTasks = type.verifiesTasks
    }

    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = CaseTypeCheck(texts)
        name = check.text(.name)
        parent = check.fields.id(CaseTypeField.parent.rawValue)
        summary = check.text(.description)
        keywords = check.keywords()
        statuses = check.statuses()
        isStrict = check.fields.isTicked(CaseTypeField.isStrict.rawValue)
        verifiesTasks = check.fields.isTicked(CaseTypeField.verifiesTasks.rawValue)
        problems += check.fields.problems
        guard check.fields.problems.isEmpty else { return nil }
    }

    package var texts: FieldTexts {
        var texts = FieldTexts()
        texts[caseType: .name] = name
        texts[caseType: .parent] = parent?.description ?? ""
        texts[caseType: .description] = summary
        texts[caseType: .keywords] = keywords.joined(separator: "\n")
        texts[caseType: .statuses] = statuses.joined(separator: "\n")
        texts[caseType: .isStrict] = isStrict ? FieldTexts.ticked : ""
        texts[caseType: .verifiesTasks] = verifiesTasks ? FieldTexts.ticked : ""
        return texts
    }
}

/// A field of a case type, in the order of its page; the raw value is the control's name.
package enum CaseTypeField: String, CaseIterable, Sendable {
    case name, parent, description, keywords, statuses
    case isStrict = "is_strict"
    case verifiesTasks = "verifies_tasks"
    /// No value of the type, but changed by acts of its own and kept in its history.
    case isEnabled = "is_enabled"

    /// The words beside the control.
    package var label: String {
        switch self {
        case .name: "Name"
        case .parent: "Parent"
        case .description: "Description"
        case .keywords: "Keywords"
        case .statuses: "Statuses"
        case .isStrict: "Strictly follow the status sequence"
        case .verifiesTasks: "Verify task status"
        case .isEnabled: "Enabled"
        }
    }

    /// What its text must keep.
    package var rule: TextRule {
        switch self {
        case .name:
            TextRule(
                label: label, missing: "Enter a name for the case type",
                limit: CaseTypeLimit.maximumNameCharacters)
        case .keywords:
            TextRule(
                label: label, limit: CaseTypeLimit.maximumKeywordCharacters, mayHaveLines: true)
        case .statuses:
            TextRule(
                label: label, missing: "Enter the statuses of the process, one a line",
                limit: CaseTypeLimit.maximumStatusesCharacters, mayHaveLines: true)
        case .description, .parent, .isStrict, .verifiesTasks, .isEnabled:
            TextRule(
                label: label, limit: CaseTypeLimit.maximumSummaryCharacters, mayHaveLines: true)
        }
    }
}

extension FieldTexts {
    /// The text of a ticked box.
    package static let ticked = "1"

    /// The text of a field of a case type.
    package subscript(caseType field: CaseTypeField) -> String {
        get { self[field.rawValue] }
        set { self[field.rawValue] = newValue }
    }
}

/// The limits of a case type, each declared once for page, rules and storage.
package enum CaseTypeLimit {
    /// Characters (Unicode code points) of a name.
    package static let maximumNameCharacters = 128
    /// Characters of a description: some sentences, as what suggestions learn from has to be read at once.
    package static let maximumSummaryCharacters = 2_000
    /// Characters of all keywords together, with what separates them.
    package static let maximumKeywordCharacters = 2_000
    /// Characters of one status: it stands in lists and on the stepper of a case.
    package static let maximumStatusCharacters = 64
    /// Statuses before Completed: more do not fit the stepper of a case.
    package static let maximumStatuses = 20
    /// Characters of all statuses: so many of that length, each with its line end, and Completed.
    package static let maximumStatusesCharacters =
        (maximumStatuses + 1) * (maximumStatusCharacters + 1)
    /// Types from the top of the tree to its lowest leaf: a path must stay readable in a drop-down.
    package static let maximumDepth = 5
}

/// Reads the fields of a case type and collects what is wrong with them.
private struct CaseTypeCheck {
    var fields: FieldCheck

    init(_ texts: FieldTexts) {
        fields = FieldCheck(texts)
    }

    mutating func text(_ field: CaseTypeField) -> String {
        fields.text(field.rawValue, field.rule)
    }

    /// The keywords, one a line or separated by commas, each once.
    mutating func keywords() -> [String] {
        let words = text(.keywords).split { $0 == "\n" || $0 == "," }.map { String($0).trimmed }
        var seen: Set<FoldedText> = []
        return words.filter { !$0.isEmpty && seen.insert(FoldedText($0)).inserted }
    }

    /// The statuses, one a line; Completed stands last wherever it was written.
    mutating func statuses() -> [String] {
        let text = text(.statuses)
        let lines = text.split(whereSeparator: \.isNewline).map { String($0).trimmed }
        let statuses = lines.filter {
            !$0.isEmpty && FoldedText($0) != FoldedText(CaseType.completedStatus)
        }
        check(statuses, isMissing: text.isEmpty)
        return statuses + [CaseType.completedStatus]
    }

    private mutating func check(_ statuses: [String], isMissing: Bool) {
        if statuses.isEmpty && !isMissing {
            refuse("Enter at least one status that comes before Completed")
        }
        if statuses.count > CaseTypeLimit.maximumStatuses {
            refuse(
                "Statuses can have up to \(CaseTypeLimit.maximumStatuses) lines before Completed; "
                    + "there are \(statuses.count)")
        }
        let limit = CaseTypeLimit.maximumStatusCharacters
        if let long = statuses.first(where: { $0.unicodeScalars.count > limit }) {
            let count = long.unicodeScalars.count
            refuse("The status “\(long)” must be \(limit) characters or less; it has \(count)")
        }
        var seen: Set<FoldedText> = []
        if let twice = statuses.first(where: { !seen.insert(FoldedText($0)).inserted }) {
            refuse("The status “\(twice)” stands there twice; take one out")
        }
    }

    private mutating func refuse(_ message: String) {
        fields.refuse(CaseTypeField.statuses.rawValue, message)
    }
}
