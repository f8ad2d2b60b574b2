/// What a person has typed and chosen on the Case Information page, right or wrong.
///
/// Values stand here as they were sent, so that a page can be shown again, and a draft stored,
/// without losing a letter. ``CaseDraft`` is what they become once they are checked.
package struct CaseFormValues: Equatable, Sendable, Codable {
    /// Text by field; a field that was left empty may be absent.
    private var texts: [String: String]

    /// Starts from an empty form, or from texts as they were stored.
    package init(_ texts: [CaseField: String] = [:]) {
        self.texts = Dictionary(minimumCapacity: CaseField.allCases.count)
        for (field, text) in texts { self.texts[field.rawValue] = text }
    }

    /// The form as a new page shows it: medium priority, manual assignment to a queue.
    package static let initial = CaseFormValues([
        .priority: Priority.medium.rawValue,
        .assignmentMode: AssignmentMode.manual.rawValue,
        .ownerType: OwnerType.queue.rawValue,
    ])

    /// The text of a field; empty when nothing was sent.
    package subscript(field: CaseField) -> String {
        get { texts[field.rawValue] ?? "" }
        set { texts[field.rawValue] = newValue.isEmpty ? nil : newValue }
    }

    /// Whether a check box was ticked.
    package func isTicked(_ field: CaseField) -> Bool { !self[field].isEmpty }

    /// Whether nothing differs from a page that was just opened.
    package var isUntouched: Bool { self == .initial || texts.isEmpty }

    package init(from decoder: any Decoder) throws {
        texts = try decoder.singleValueContainer().decode([String: String].self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(texts)
    }
}
