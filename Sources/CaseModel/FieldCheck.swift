/// What a text field of a form asks.
package struct TextRule: Sendable {
    /// The words beside the control, which begin the sentences.
    package let label: String
    /// What to do when it is empty; `nil` when it may be.
    package let missing: String?
    /// Characters (Unicode code points).
    package let limit: Int
    package let mayHaveLines: Bool

    package init(label: String, missing: String? = nil, limit: Int, mayHaveLines: Bool = false) {
        self.label = label
        self.missing = missing
        self.limit = limit
        self.mayHaveLines = mayHaveLines
    }

    /// The sentence that says what to do about a text; `nil` when it keeps the rule.
    package func problem(with text: String) -> String? {
        if let missing, text.unicodeScalars.allSatisfy(\.properties.isWhitespace) { return missing }
        // A text has no more characters than bytes, so nearly every one need not be counted.
        let count = text.utf8.count > limit ? text.unicodeScalars.count : 0
        if count > limit {
            return "\(label) must be \(groupedDigits(limit)) characters or less; "
                + "it has \(groupedDigits(count))"
        }
        if !mayHaveLines && text.utf8.contains(UInt8(ascii: "\n")) {
            return "\(label) must be one line; take the line breaks out"
        }
        return nil
    }
}

/// Reads the fields of a thing one after another and collects what is wrong with them.
///
/// Each method returns what its field says, or names the field's problem and returns something that nobody uses.
package struct FieldCheck {
    package let texts: FieldTexts
    package private(set) var problems: [FieldProblem] = []

    package init(_ texts: FieldTexts) {
        self.texts = texts
    }

    /// Names a problem that only the thing itself knows of.
    package mutating func refuse(_ field: String, _ message: String) {
        problems.append(FieldProblem(field, message))
    }

    /// A text, without white space at its ends.
    package mutating func text(_ field: String, _ rule: TextRule) -> String {
        let text = texts[field].trimmed
        if let problem = rule.problem(with: text) { refuse(field, problem) }
        return text
    }

    /// Whether a box is ticked.
    package func isTicked(_ field: String) -> Bool { !texts[field].isEmpty }

    /// One of a closed list.
    ///
    /// - Parameter missing: What to do when nothing of the list was chosen.
    package mutating func choice<Choice: RawRepresentable<String>>(
        _ field: String, missing: String
    ) -> Choice? {
        let choice = Choice(rawValue: texts[field])
        if choice == nil { refuse(field, missing) }
        return choice
    }

    /// The thing that was chosen; whether it exists is found out when the values are stored.
    ///
    /// - Parameter missing: What to do when none was; `nil` when none may be.
    package mutating func id<ID: RowIdentifier>(_ field: String, missing: String? = nil) -> ID? {
        let id = ID(texts[field])
        if id == nil, let message = missing ?? unreadable(field) { refuse(field, message) }
        return id
    }

    /// The things that were chosen, each once and in the order of their numbers.
    package mutating func ids<ID: RowIdentifier>(_ field: String) -> [ID] {
        let lines = texts.lines(field)
        let ids = lines.compactMap { ID($0) }
        if ids.count < lines.count { refuse(field, Self.notOnTheList) }
        return Set(ids).sorted()
    }

    private static let notOnTheList = "Choose from the list; what was sent is not on it"

    private func unreadable(_ field: String) -> String? {
        texts[field].isEmpty ? nil : Self.notOnTheList
    }
}

extension String {
    /// The text without white space at its ends.
    package var trimmed: String {
        let scalars = unicodeScalars
        let isText = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: isText),
            let last = scalars.lastIndex(where: isText)
        else { return "" }
        return String(scalars[first...last])
    }
}
