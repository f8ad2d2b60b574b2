/// The text of a template: literal text with variables in braces; a brace itself is written twice.
///
/// What exists names only variables that its kind may have, so nothing can be wrong when it is sent.
package struct TemplateText: Equatable, Sendable {
    /// A piece of the text.
    package enum Part: Equatable, Sendable {
        case literal(String)
        case variable(TemplateVariable)
    }

    /// In the order of the text; no two literals follow each other.
    package let parts: [Part]
    /// The text as it was written.
    package let source: String

    /// Variables that one text may name: each can stand for as much as a title, and a message has to stay short.
    package static let maximumVariableCount = 40

    /// Where something stands in a text, both from 1 on and counted in characters (Unicode code points).
    package struct Place: Equatable, Sendable {
        package let line: Int
        package let column: Int

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    /// Why a text is no template; the place is that of the brace.
    package enum Fault: Error, Equatable, Sendable {
        /// No variable has this name.
        case unknownVariable(String, Place)
        /// Templates of this kind do not have the variable.
        case notForThisKind(TemplateVariable, Place)
        /// A brace is opened and not closed in its line.
        case unclosedBrace(Place)
        /// A brace is closed that was not opened.
        case strayBrace(Place)
        /// More than ``TemplateText/maximumVariableCount`` variables.
        case tooManyVariables
    }

    /// Reads a text, once from its beginning to its end.
    ///
    /// - Parameter allowed: The variables that it may name.
    package init(_ source: String, allowing allowed: [TemplateVariable]) throws(Fault) {
        var reader = TemplateReader(source, allowed)
        parts = try reader.parts()
        self.source = source
    }

    /// Reads the text of a kind's template.
    package init(_ source: String, for kind: NotificationKind) throws(Fault) {
        try self.init(source, allowing: TemplateVariable.allowed(for: kind))
    }

    /// The text with its variables filled in; what is filled in is not looked at again.
    package func rendered(_ values: TemplateValues) -> String {
        parts.map { part in
            switch part {
            case .literal(let text): text
            case .variable(let variable): values[variable]
            }
        }.joined()
    }

    /// The variables that it names, each once and in the order of the list.
    package var variables: [TemplateVariable] {
        TemplateVariable.allCases.filter { parts.contains(.variable($0)) }
    }
}

extension TemplateText.Fault {
    /// What to do about it, as the rest of a sentence that begins with the field's label.
    package func sentence(allowing allowed: [TemplateVariable]) -> String {
        switch self {
        case .unknownVariable(let name, let place):
            "names {\(name)}\(place.words), which does not exist; choose one of "
                + allowed.map { "{\($0.rawValue)}" }.joined(separator: ", ")
        case .notForThisKind(let variable, let place):
            "names {\(variable.rawValue)}\(place.words), which is not for this notification; "
                + "take it out"
        case .unclosedBrace(let place):
            "has a brace\(place.words) that is not closed; close it, or write {{ for the brace itself"
        case .strayBrace(let place):
            "has a closing brace\(place.words) without an opening one; write }} for the brace itself"
        case .tooManyVariables:
            "names more than \(TemplateText.maximumVariableCount) variables; take some out"
        }
    }
}

extension TemplateText.Place {
    fileprivate var words: String { " in line \(line) at character \(column)" }
}

/// Goes through a text once.
private struct TemplateReader {
    private let scalars: String.UnicodeScalarView
    private let allowed: [TemplateVariable]
    private var index: String.Index
    private var line = 1
    private var column = 1
    private var literal = String.UnicodeScalarView()
    private var found: [TemplateText.Part] = []
    private var variableCount = 0

    init(_ source: String, _ allowed: [TemplateVariable]) {
        scalars = source.unicodeScalars
        self.allowed = allowed
        index = scalars.startIndex
    }

    mutating func parts() throws(TemplateText.Fault) -> [TemplateText.Part] {
        while let scalar = next() {
            switch scalar {
            case "{" where peek == "{", "}" where peek == "}":
                _ = next()
                literal.append(scalar)
            case "{": try takeVariable(at: placeBefore)
            case "}": throw .strayBrace(placeBefore)
            default: literal.append(scalar)
            }
        }
        endLiteral()
        return found
    }

    /// The place of the character that was taken last, which is no line break.
    private var placeBefore: TemplateText.Place {
        TemplateText.Place(line: line, column: column - 1)
    }

    private var peek: Unicode.Scalar? { index < scalars.endIndex ? scalars[index] : nil }

    private mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek else { return nil }
        index = scalars.index(after: index)
        (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        return scalar
    }

    private mutating func takeVariable(
        at place: TemplateText.Place
    ) throws(TemplateText.Fault) {
        var name = String.UnicodeScalarView()
        while true {
            guard let scalar = next(), scalar != "\n", scalar != "{" else {
                throw .unclosedBrace(place)
            }
            if scalar == "}" { break }
            name.append(scalar)
        }
        guard let variable = TemplateVariable(rawValue: String(name)) else {
            throw .unknownVariable(String(name), place)
        }
        guard allowed.contains(variable) else { throw .notForThisKind(variable, place) }
        variableCount += 1
        guard variableCount <= TemplateText.maximumVariableCount else { throw .tooManyVariables }
        endLiteral()
        found.append(.variable(variable))
    }

    private mutating func endLiteral() {
        guard !literal.isEmpty else { return }
        found.append(.literal(String(literal)))
        literal = String.UnicodeScalarView()
    }
}
