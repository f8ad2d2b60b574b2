/// How sure the desk is of a case type, in a word: people read words faster than numbers.
///
/// The probability is calibrated, so a word says how often it is right: of types called very likely at least
/// three in four are.
enum Sureness: String, CaseIterable {
    case veryLikely = "very likely"
    case likely
    case possible
    case unlikely

    /// The least probability that deserves the word.
    var leastProbability: Double {
        switch self {
        case .veryLikely: 0.75
        case .likely: 0.5
        case .possible: 0.25
        case .unlikely: 0
        }
    }

    init(_ probability: Double) {
        self = Self.allCases.first { probability >= $0.leastProbability } ?? .unlikely
    }
}
