import CaseModel

/// Finds the customer's words that speak for a type.
struct TypeEvidence {
    /// Places that are shown for a type.
    static let maximumCount = 4
    /// Words looked at for each type; what is not among them speaks softly.
    static let maximumTokens = 2_000

    private let reading: ConversationReading
    private let query: WeightedWords
    private let index: TypeIndex
    private let model: LearnedModel
    private let weightOfStem: [WordHash: Float]

    init(
        _ reading: ConversationReading, query: WeightedWords, index: TypeIndex, model: LearnedModel
    ) {
        self.reading = reading
        self.query = query
        self.index = index
        self.model = model
        weightOfStem = Dictionary(
            zip(query.stems, query.weights), uniquingKeysWith: { first, _ in first })
    }

    /// The words that say most for a type, in the order of the conversation; empty when none does.
    func places(for type: Int) -> [Evidence] {
        let byWord = strongest { token, _ in ownValue(token, type) + learnedValue(token, type) }
        if !byWord.isEmpty { return byWord }
        return strongest { token, text in gramValue(token, text, type) }
    }

    private func strongest(_ value: (Token, TokenizedText) -> Float) -> [Evidence] {
        var best: [(value: Float, place: Evidence)] = []
        var seen: Set<WordHash> = []
        var left = Self.maximumTokens
        for turn in reading.turns where turn.speaker == .customer {
            for token in turn.text.tokens.prefix(left) {
                left -= 1
                guard !token.isStopWord, seen.insert(token.word).inserted else { continue }
                let value = value(token, turn.text)
                guard value > 0 else { continue }
                let rank = best.firstIndex { value > $0.value } ?? best.count
                best.insert((value, Evidence(message: turn.index, range: token.range)), at: rank)
                if best.count > Self.maximumCount { best.removeLast() }
            }
        }
        let least = (best.first?.value ?? 0) * Self.leastShare
        return best.filter { $0.value >= least }.map(\.place).sorted()
    }

    /// The share of the strongest word's value that a word must have.
    private static let leastShare: Float = 0.15

    private func ownValue(_ token: Token, _ type: Int) -> Float {
        guard let weight = weightOfStem[token.stem], let postings = index.words[token.stem] else {
            return 0
        }
        return postings.first { $0.type == type }.map { $0.weight * weight } ?? 0
    }

    /// How much more the word speaks for the type than for the types on average.
    private func learnedValue(_ token: Token, _ type: Int) -> Float {
        guard model.caseCount > 0, let slot = model.slots[index.types[type].id],
            let row = model.table.row(of: CaseFeatures.word(token))
        else { return 0 }
        guard row < model.weights.rowCount, slot / 8 < model.weights.blockCount else { return 0 }
        return max(0, model.weights[row, slot / 8][slot % 8])
    }

    private func gramValue(_ token: Token, _ text: TokenizedText, _ type: Int) -> Float {
        var value: Float = 0
        CharacterGrams.forEach(of: text.letters[token.letters], salt: 0) { gram in
            value += index.grams[gram]?.first { $0.type == type }?.weight ?? 0
        }
        return value
    }
}
