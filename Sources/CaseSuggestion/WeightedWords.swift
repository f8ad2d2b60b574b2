import CaseModel

/// What a conversation says, as words with weights: the request loudest, the agent quietly.
struct WeightedWords: Sendable {
    /// Stems in the order they first occur, without stop words and bare numbers, each once.
    private(set) var stems: [WordHash] = []
    /// The weight of each: damped by a logarithm, so that a word said a thousand times is said a lot.
    private(set) var weights: [Float] = []
    /// The n-grams of the words, in the order they first occur, and their damped weights.
    private(set) var grams: [WordHash] = []
    private(set) var gramWeights: [Float] = []
    /// Pairs of neighbouring stems, in the order they first occur, and their damped weights.
    private(set) var pairs: [WordHash] = []
    private(set) var pairWeights: [Float] = []

    init(_ reading: ConversationReading, weights scoring: ScoringWeights) {
        var words = WeightedBag()
        var grams = WeightedBag()
        var pairs = WeightedBag()
        let lead = Set(reading.lead)
        for (position, turn) in reading.turns.enumerated() {
            let isLead = lead.contains(position)
            let weight: Float =
                switch turn.speaker {
                case .customer: isLead ? scoring.leadTurn : scoring.customerTurn
                case .agent: scoring.agentTurn
                }
            var before: WordHash?
            for token in turn.text.tokens where !token.isStopWord && !token.hasDigit {
                words.add(token.stem, weight)
                if let before { pairs.add(Self.pair(before, token.stem), weight) }
                before = token.stem
                guard turn.speaker == .customer else { continue }
                CharacterGrams.forEach(of: turn.text.letters[token.letters], salt: 0) {
                    grams.add($0, weight)
                }
            }
        }
        (stems, weights) = (words.keys, words.damped)
        (self.grams, gramWeights) = (grams.keys, grams.damped)
        (self.pairs, pairWeights) = (pairs.keys, pairs.damped)
    }

    /// Two stems that stand together, in this order.
    static func pair(_ first: WordHash, _ second: WordHash) -> WordHash {
        var hash = first.salted(1)
        hash.add(second)
        return hash
    }
}

/// Weights added up by key, kept in the order the keys first occur: the sums do not depend on a hash seed.
struct WeightedBag: Sendable {
    private(set) var keys: [WordHash] = []
    private(set) var sums: [Float] = []
    private var positions: [WordHash: Int] = [:]

    mutating func add(_ key: WordHash, _ weight: Float) {
        if let position = positions[key] {
            sums[position] += weight
        } else {
            positions[key] = keys.count
            keys.append(key)
            sums.append(weight)
        }
    }

    /// The logarithm of one plus each sum.
    var damped: [Float] { sums.map { Logarithm.natural(1 + $0) } }
}
