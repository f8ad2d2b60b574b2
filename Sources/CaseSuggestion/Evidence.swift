package import CaseModel

/// A place in the conversation that a value was taken from.
package struct Evidence: Hashable, Sendable, Comparable {
    /// The index of the message in the conversation.
    package let message: Int
    /// The words, as offsets in Unicode scalars of the message's text.
    package let range: Range<Int>

    package init(message: Int, range: Range<Int>) {
        self.message = message
        self.range = range
    }

    package static func < (left: Evidence, right: Evidence) -> Bool {
        (left.message, left.range.lowerBound, left.range.upperBound)
            < (right.message, right.range.lowerBound, right.range.upperBound)
    }
}

/// A text that was taken from a conversation, with the places it came from; never without one.
package struct SourcedText: Hashable, Sendable {
    /// The text; secrets are masked, so it may differ from the words at its places.
    package let text: String
    /// Where it came from, in the order of the conversation.
    package let evidence: [Evidence]
}

/// A kind of secret that is left out of title and description.
package enum SecretKind: String, CaseIterable, Sendable, Comparable {
    case cardNumber, password, pin, securityCode, socialSecurityNumber

    /// The words for people.
    package var label: String {
        switch self {
        case .cardNumber: "card number"
        case .password: "password"
        case .pin: "PIN"
        case .securityCode: "security code"
        case .socialSecurityNumber: "social security number"
        }
    }

    package static func < (left: SecretKind, right: SecretKind) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A case type that may fit a conversation.
package struct TypeSuggestion: Hashable, Sendable {
    /// The type, one of those asked about.
    package let type: CaseTypeID
    /// How sure it is, above 0 and below 1: of those at 0.7 to 0.8 about three in four are right.
    package let probability: Double
    /// The customer's words that led to it, in the order of the conversation; never empty.
    package let evidence: [Evidence]
}
