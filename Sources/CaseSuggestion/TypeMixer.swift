/// Adds what the types say of themselves and what saved cases have taught, type by type.
enum TypeMixer {
    /// Above this, more cases of a type do not make its history weigh more; in doublings of the cases.
    static let maximumWeight: Float = 4
    /// How much louder a type's own words are while the others have a history and it has none: the others'
    /// history claims conversations that were never theirs.
    static let newcomerBonus: Float = 0.3
    /// Types that are suggested at most.
    static let maximumCount = 3

    /// One value a type, and by how much saved cases weigh at most.
    struct Mixed: Sendable {
        var scores: [Float]
        var historyWeight: Float
    }

    /// One score a type, of which the order is what matters.
    ///
    /// A type without history is judged by its own words, however much the others have.
    static func mix(
        own: [Float], learned: [Float]?, model: LearnedModel, index: TypeIndex
    ) -> Mixed {
        guard let learned, !index.types.isEmpty else { return Mixed(scores: own, historyWeight: 0) }
        var scores = [Float](repeating: 0, count: own.count)
        var learnedStandard = scores
        TypeScorer.add(own, 1, to: &scores)
        TypeScorer.add(learned, 1, to: &learnedStandard)
        let counts = index.types.map { Float(model.caseCount(of: $0.id)) }
        let mean = counts.reduce(0, +) / Float(counts.count)
        let most = min(maximumWeight, Logarithm.binary(1 + mean))
        // The first cases change little: what the types say of themselves is standardised as history comes.
        let part = min(1, most)
        for type in scores.indices {
            let weight = min(most, Logarithm.binary(1 + counts[type]))
            let missing = most - weight
            let bonus = counts[type] == 0 ? newcomerBonus * missing : 0
            scores[type] = (part * scores[type] + (1 - part) * own[type]) * (1 + missing + bonus)
            scores[type] += learnedStandard[type] * weight
        }
        return Mixed(scores: scores, historyWeight: most)
    }
}

extension TypeMixer {
    /// The best types, best first, at most ``maximumCount``.
    ///
    /// Newcomers among the best by the types' own words keep their place, though not the first: a type that is added today is
    /// found today, however loud the history of the others is.
    static func best(_ mixed: Mixed, own: [Float], model: LearnedModel, index: TypeIndex) -> [Int] {
        var best = highest(mixed.scores)
        guard mixed.historyWeight > 1 else { return best }
        let missing = highest(own).filter {
            model.caseCount(of: index.types[$0].id) == 0 && !best.contains($0)
        }
        let places = best.indices.dropFirst().reversed().filter {
            model.caseCount(of: index.types[best[$0]].id) > 0
        }
        for (place, newcomer) in zip(places, missing) { best[place] = newcomer }
        return best
    }

    /// The places of the highest values, the highest first; equal ones in the order of the types.
    static func highest(_ values: [Float]) -> [Int] {
        var best: [Int] = []
        for place in values.indices {
            let rank = best.firstIndex { values[place] > values[$0] } ?? best.count
            guard rank < maximumCount else { continue }
            best.insert(place, at: rank)
            if best.count > maximumCount { best.removeLast() }
        }
        return best
    }
}
