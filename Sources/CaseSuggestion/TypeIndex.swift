package import CaseModel

/// The case types of a tenant, ready to be compared: built when the types change, then only read.
///
/// At most ``ReadingLimit/maximumTypeCount`` types, in the order given; a type without any word is kept and
/// never suggested from its text.
package struct TypeIndex: Sendable {
    /// The types, in the order given.
    package let types: [TypeText]

    /// A type that holds a word, and how much the word says for it.
    struct Posting: Sendable {
        let type: Int
        let weight: Float
    }

    /// The types of each stem, of each n-gram and of each pair of stems.
    private(set) var words: [WordHash: [Posting]] = [:]
    private(set) var grams: [WordHash: [Posting]] = [:]
    private(set) var pairs: [WordHash: [Posting]] = [:]
    /// The share of a type's name that each stem carries.
    private(set) var coverage: [WordHash: [Posting]] = [:]
    let weights: ScoringWeights

    package init(_ types: [TypeText], weights: ScoringWeights = .standard) {
        self.types = Array(types.prefix(ReadingLimit.maximumTypeCount))
        self.weights = weights
        let texts = self.types.map { TypeWords($0, weights: weights) }
        indexWords(texts)
        indexGrams(texts)
        indexPairs(texts)
    }

    /// The place of a type in ``types``.
    package func position(of id: CaseTypeID) -> Int? {
        types.firstIndex { $0.id == id }
    }

    /// BM25's weights, with the length measured in weighted words.
    private mutating func indexWords(_ texts: [TypeWords]) {
        let count = Float(texts.count)
        var holders = WeightedBag()
        for text in texts {
            for stem in text.own.keys { holders.add(stem, 1) }
            for stem in text.neighbours.keys { holders.add(stem, weights.neighbour) }
        }
        var rarity: [WordHash: Float] = [:]
        for (stem, held) in zip(holders.keys, holders.sums) {
            rarity[stem] = Logarithm.natural(1 + (count - held + 0.5) / (held + 0.5))
        }
        let lengths = texts.map { $0.own.sums.reduce(0, +) }
        let meanLength = max(1, lengths.reduce(0, +) / max(1, count))
        for (type, text) in texts.enumerated() {
            let penalty =
                weights.saturation
                * (1 - weights.lengthPenalty + weights.lengthPenalty * lengths[type] / meanLength)
            var whole: Float = 0
            for stem in text.name { whole += rarity[stem] ?? 0 }
            for bag in [text.own, text.neighbours] {
                for (stem, weight) in zip(bag.keys, bag.sums) {
                    let value =
                        (rarity[stem] ?? 0) * weight * (weights.saturation + 1) / (weight + penalty)
                    words[stem, default: []].append(Posting(type: type, weight: value))
                }
            }
            for stem in text.name {
                let share = (rarity[stem] ?? 0) / max(whole, .leastNormalMagnitude)
                coverage[stem, default: []].append(Posting(type: type, weight: share))
                for neighbour in Thesaurus.neighbours(of: stem)
                where !text.name.contains(neighbour) {
                    coverage[neighbour, default: []].append(
                        Posting(type: type, weight: share * 0.4))
                }
            }
        }
    }

    /// Cosine weights: logarithm of the count, rarity among the types, length one.
    private mutating func indexGrams(_ texts: [TypeWords]) {
        var holders = WeightedBag()
        for text in texts { for gram in text.grams.keys { holders.add(gram, 1) } }
        var rarity: [WordHash: Float] = [:]
        for (gram, held) in zip(holders.keys, holders.sums) {
            rarity[gram] = Logarithm.natural((Float(texts.count) + 1) / (held + 0.5))
        }
        for (type, text) in texts.enumerated() {
            let values = zip(text.grams.keys, text.grams.damped).map { (rarity[$0] ?? 0) * $1 }
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            for (gram, value) in zip(text.grams.keys, values) where length > 0 {
                let rare = rarity[gram] ?? 0
                grams[gram, default: []].append(
                    Posting(type: type, weight: rare * value / length))
            }
        }
    }

    private mutating func indexPairs(_ texts: [TypeWords]) {
        for (type, text) in texts.enumerated() {
            for pair in text.pairs {
                pairs[pair, default: []].append(Posting(type: type, weight: 1))
            }
        }
    }
}

/// The words of one type, with their weights.
struct TypeWords: Sendable {
    /// Stems of the name, each once.
    private(set) var name: [WordHash] = []
    private(set) var own = WeightedBag()
    private(set) var neighbours = WeightedBag()
    private(set) var grams = WeightedBag()
    private(set) var pairs: [WordHash] = []

    init(_ type: TypeText, weights: ScoringWeights) {
        var left = ReadingLimit.maximumTypeScalarCount
        let parts =
            [(type.name, weights.name)] + type.keywords.map { ($0, weights.keyword) }
            + [(type.summary, weights.summary)]
        var expandable: [(WordHash, Float)] = []
        for (number, (text, weight)) in parts.enumerated() where left > 0 {
            let read = TokenizedText(text, limit: left)
            left -= read.scalars.count
            var before: WordHash?
            let isSummary = number == parts.count - 1
            for token in Self.meaningful(read.tokens) {
                own.add(token.stem, weight)
                if number == 0, !name.contains(token.stem) { name.append(token.stem) }
                if !isSummary { expandable.append((token.stem, weight)) }
                CharacterGrams.forEach(of: read.letters[token.letters], salt: 0) {
                    grams.add($0, weight)
                }
                if let before { pairs.append(WeightedWords.pair(before, token.stem)) }
                before = token.stem
            }
        }
        let known = Set(own.keys)
        for (stem, weight) in expandable {
            for neighbour in Thesaurus.neighbours(of: stem) where !known.contains(neighbour) {
                neighbours.add(neighbour, weight * weights.neighbour)
            }
        }
    }

    /// Without stop words; a text of nothing else is taken as it is.
    private static func meaningful(_ tokens: [Token]) -> [Token] {
        let left = tokens.filter { !$0.isStopWord }
        return left.isEmpty ? tokens : left
    }
}
