package import Foundation

/// What reads a conversation and proposes case types for it.
package enum SuggestingEngine: String, CaseIterable, Sendable {
    /// The desk's own, in process.
    case embedded
    /// A chat endpoint that the host has set up.
    case outside
}

/// A case type as it was proposed.
package struct ProposedType: Equatable, Sendable {
    package let type: CaseTypeID
    /// How sure it was said to be, 0 to 100.
    package let percent: Int

    package init(_ type: CaseTypeID, percent: Int) {
        self.type = type
        self.percent = min(max(percent, 0), 100)
    }
}

/// The case types that were proposed for a conversation.
package struct ProposedTypes: Equatable, Sendable {
    /// Types that are proposed at once.
    package static let maximumCount = 3

    package let engine: SuggestingEngine
    /// Best first, at most ``maximumCount``; empty when none fits.
    package let types: [ProposedType]

    package init(engine: SuggestingEngine, types: [ProposedType]) {
        self.engine = engine
        self.types = Array(types.prefix(Self.maximumCount))
    }
}

/// What came of a proposal: the type with which the agent saved the case.
package struct SuggestionOutcome: Equatable, Sendable {
    /// Where the type that was chosen stood among those that were proposed.
    package enum Place: CaseIterable, Sendable {
        case first
        /// Second or third.
        case further
        /// Not among them, also when none was proposed.
        case neither
    }

    /// When the case was saved.
    package let at: Date
    package let proposed: ProposedTypes
    package let chosen: CaseTypeID

    package init(at: Date, proposed: ProposedTypes, chosen: CaseTypeID) {
        self.at = at
        self.proposed = proposed
        self.chosen = chosen
    }

    package var place: Place {
        switch proposed.types.firstIndex(where: { $0.type == chosen }) {
        case 0: .first
        case .some: .further
        case nil: .neither
        }
    }
}
