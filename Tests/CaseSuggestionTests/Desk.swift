import CaseModel
import CaseSuggestion

/// A small desk for tests: an online shop with ten types.
enum Desk {
    static let types: [TypeText] = [
        type(1, "Cancel order", "The customer wants to cancel an order before it is sent."),
        type(2, "Return item", "Goods are sent back for a refund or an exchange."),
        type(3, "Late delivery", "A parcel has not arrived in time."),
        type(4, "Damaged goods", "The item arrived broken."),
        type(5, "Change delivery address", ""),
        type(6, "Card payment declined", "", ["visa", "mastercard"]),
        type(7, "Reset password", "The customer cannot log in."),
        type(8, "Invoice copy", "A receipt or invoice is needed again."),
        type(9, "Close account", ""),
        type(10, "Gift card balance", ""),
    ]

    static func type(
        _ number: Int64, _ name: String, _ summary: String = "", _ keywords: [String] = []
    ) -> TypeText {
        TypeText(
            id: CaseTypeID(number: number), name: name, summary: summary, keywords: keywords)
    }

    /// A conversation from lines that begin with `c:` or `a:`.
    static func conversation(_ lines: String...) -> Conversation {
        Conversation(messages: lines.map(message))
    }

    static func message(_ line: String) -> Message {
        let text = String(line.dropFirst(2)).trimmingPrefix { $0 == " " }
        return Message(speaker: line.hasPrefix("a:") ? .agent : .customer, text: String(text))
    }

    /// The words at a place.
    static func words(_ evidence: Evidence, in conversation: Conversation) -> String? {
        guard conversation.messages.indices.contains(evidence.message) else { return nil }
        let scalars = Array(conversation.messages[evidence.message].text.unicodeScalars)
        guard evidence.range.lowerBound >= 0, evidence.range.upperBound <= scalars.count else {
            return nil
        }
        return String(String.UnicodeScalarView(scalars[evidence.range]))
    }
}

extension SuggestionEngine {
    /// Learns a case of a conversation of its own.
    mutating func learn(_ conversation: Conversation, type: CaseTypeID) {
        learn(.of(conversation, type: type, number: Int64(model.caseCount)))
    }
}

extension CaseLesson {
    /// A case of a conversation of its own.
    static func of(_ conversation: Conversation, type: CaseTypeID, number: Int64) -> CaseLesson {
        CaseLesson(
            number: CaseNumber(number: number + 1), source: ConversationID(number: number + 1),
            conversation: conversation, type: type)
    }
}
