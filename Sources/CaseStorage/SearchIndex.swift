internal import CaseModel
internal import GRDB

/// The full-text search of cases and customers, in the words of SQLite's FTS5.
///
/// It is the one part of the store whose SQL another engine would not understand. Both indexes hold
/// no text of their own (`content=''`) and only say which row has which word (`detail=none`), the
/// smallest and fastest form; a row is found when it has every word of the query.
///
/// Beside the words of its text, a case is indexed under *marks*: words for its creator, owner, type
/// and state that begin with a character no text can have. So a search that an agent is allowed only
/// a few hits of is one intersection inside the index, and costs no more the more cases there are.
/// Whoever changes an owner, type, state or text must take the old entry out with FTS5's `delete`
/// command and put the new one in, in the same transaction.
enum SearchIndex {
    /// The virtual tables, part of version 1 of the schema.
    static let version1 = """
        CREATE VIRTUAL TABLE caseText USING fts5 (
            words, content = '', detail = none,
            tokenize = "unicode61 remove_diacritics 2"
        );
        CREATE VIRTUAL TABLE caseWord USING fts5vocab (caseText, instance);
        CREATE VIRTUAL TABLE customerText USING fts5 (
            words, content = '', detail = none,
            prefix = '\(indexedBeginnings.map(String.init).joined(separator: " "))',
            tokenize = "unicode61 remove_diacritics 2"
        );
        CREATE VIRTUAL TABLE customerWord USING fts5vocab (customerText, instance);

        """

    /// The character before a mark: of the private use area, where FTS5 takes it for a letter.
    private static let markCharacter: Unicode.Scalar = "\u{E000}"

    /// Words under which a case is found beside those of its text.
    enum Mark {
        case creator(EmployeeID)
        case agent(EmployeeID)
        case queue(CaseQueueID)
        case type(CaseTypeID)
        case state(CaseState)

        /// The word itself.
        var word: String {
            let name =
                switch self {
                case .creator(let employee): "c\(employee)"
                case .agent(let employee): "a\(employee)"
                case .queue(let queue): "q\(queue)"
                case .type(let type): "t\(type)"
                case .state(let state): "s\(state.rawValue)"
                }
            return String(markCharacter) + name
        }
    }

    /// What is given to the index for a case.
    static func words(title: String, description: String, marks: [Mark]) -> String {
        var words = marks.map(\.word).joined(separator: " ")
        words.append(" ")
        words.append(spaced(title))
        words.append("\n")
        words.append(spaced(description))
        return words
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// A text with spaces around each ideograph and kana, which are words of their own, and
    /// without marks.
    static func spaced(_ text: String) -> String {
        // Nearly every text is below U+2E80, whose UTF-8 begins with a byte below E2 BA.
        let bytes = text.utf8Span.span
        var highest: UInt8 = 0
        for index in bytes.indices { highest = max(highest, bytes[index]) }
        guard highest >= 0xE2 else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == markCharacter {
                result.append(" ")
            } else if isIdeograph(scalar) {
                result.append(" ")
                result.append(scalar)
                result.append(" ")
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether words are not divided by spaces where this character stands (Unicode blocks).
    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
