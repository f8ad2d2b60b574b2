/// Compares what a conversation says with the texts of the types.
enum TypeScorer {
    /// The comparison by the types' own words, one value a type.
    struct Scores: Sendable {
        /// Words, n-grams, pairs and coverage, each standardised over the types and added.
        var combined: [Float]
        /// Words alone, before they are standardised: 0 says that no word is shared.
        var words: [Float]
        /// The share of the type's name that is said, counted by rarity; a neighbour in the thesaurus counts less.
        var coverage: [Float]
        /// The likeness of the n-grams: the cosine over those that types have, times their rarity.
        var grams: [Float]
    }

    static func scores(_ query: WeightedWords, in index: TypeIndex) -> Scores {
        let count = index.types.count
        var words = [Float](repeating: 0, count: count)
        var coverage = words
        for (stem, weight) in zip(query.stems, query.weights) {
            for posting in index.words[stem] ?? [] {
                words[posting.type] += weight * posting.weight
            }
            let presence = min(1, weight)
            for posting in index.coverage[stem] ?? [] {
                coverage[posting.type] += presence * posting.weight
            }
        }
        var grams = [Float](repeating: 0, count: count)
        var length: Float = 0
        for (gram, weight) in zip(query.grams, query.gramWeights) {
            guard let postings = index.grams[gram] else { continue }
            length += weight * weight
            for posting in postings { grams[posting.type] += weight * posting.weight }
        }
        var pairs = [Float](repeating: 0, count: count)
        for (pair, weight) in zip(query.pairs, query.pairWeights) {
            for posting in index.pairs[pair] ?? [] {
                pairs[posting.type] += weight * posting.weight
            }
        }
        if length > 0 { for type in grams.indices { grams[type] /= length.squareRoot() } }
        var combined = [Float](repeating: 0, count: count)
        add(words, 1, to: &combined)
        add(grams, index.weights.grams, to: &combined)
        add(pairs, index.weights.pairs, to: &combined)
        add(coverage, index.weights.coverage, to: &combined)
        return Scores(combined: combined, words: words, coverage: coverage, grams: grams)
    }

    /// Adds values after standardising them to mean 0 and deviation 1; equal values add nothing.
    static func add(_ values: [Float], _ weight: Float, to sums: inout [Float]) {
        let count = Float(max(1, values.count))
        let mean = values.reduce(0, +) / count
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        guard deviation > 1e-6, weight != 0 else { return }
        for index in values.indices { sums[index] += weight * (values[index] - mean) / deviation }
    }
}
