package import CaseModel

/// Reads a conversation and proposes a case: the best types, a title, a description, each with its source.
///
/// A value that is only read while it serves: requests share one, and a new one takes its place when the types
/// change or a case was learned. Same conversation, same types, same history: same bytes.
package struct SuggestionEngine: Sendable {
    /// The types that may be suggested.
    package let index: TypeIndex
    /// What saved cases have taught.
    package internal(set) var model: LearnedModel

    /// - Parameters:
    ///   - types: the enabled types of the tenant.
    ///   - model: what was learned so far, also of other types; empty on the first day.
    package init(types: [TypeText], model: LearnedModel = LearnedModel()) {
        index = TypeIndex(types)
        self.model = model
        self.model.adopt(index)
    }

    /// Takes the customer's request, the facts and the words for each type out of a conversation.
    package func proposal(for conversation: Conversation) -> CaseProposal {
        let reading = ConversationReading(conversation)
        let mask = SecretMask(reading.turns)
        let writer = DescriptionWriter(reading, mask: mask)
        let title = TitleWriter.title(of: reading, mask: mask, identifier: writer.identifier)
        return CaseProposal(
            types: suggestions(for: reading), title: title, description: writer.description,
            maskedSecrets: mask.kinds.sorted())
    }

    private func suggestions(for reading: ConversationReading) -> [TypeSuggestion] {
        guard !index.types.isEmpty, reading.turns.contains(where: { $0.speaker == .customer })
        else {
            return []
        }
        let query = WeightedWords(reading, weights: index.weights)
        let candidates = candidates(
            own: TypeScorer.scores(query, in: index),
            features: model.caseCount > 0 ? CaseFeatures(reading) : nil)
        let evidence = TypeEvidence(reading, query: query, index: index, model: model)
        // What stands further down is never shown as surer, however its strength comes out.
        var surest = 1.0
        return candidates.compactMap { candidate in
            let places = evidence.places(for: candidate.type)
            guard !places.isEmpty else { return nil }
            surest = min(
                surest,
                Calibration.probability(ofLogOdds: model.choices.corrected(candidate.logOdds)))
            return TypeSuggestion(
                type: index.types[candidate.type].id, probability: surest, evidence: places)
        }
    }

    /// A type that may be suggested: its place in the index, and the logarithm of its odds before
    /// the tenant's own choices are taken into account.
    struct Candidate {
        let type: Int
        let logOdds: Float
    }

    /// The best types of which enough is said, best first, at most ``TypeMixer/maximumCount``.
    func candidates(own: TypeScorer.Scores, features: CaseFeatures?) -> [Candidate] {
        let learned = features.flatMap { model.scores($0, in: index) }
        let mixed = TypeMixer.mix(
            own: own.combined, learned: learned, model: model, index: index)
        let shares = Calibration.shares(mixed)
        let best = TypeMixer.best(mixed, own: own.combined, model: model, index: index)
        let average = learned.map { $0.reduce(0, +) / Float(max(1, $0.count)) }
        return best.compactMap { type in
            let margin = learned.flatMap { scores in average.map { scores[type] - $0 } }
            let strength = Calibration.strength(
                coverage: own.coverage[type], grams: own.grams[type], learnedMargin: margin)
            guard strength >= Calibration.leastStrength else { return nil }
            return Candidate(
                type: type,
                logOdds: Calibration.logOdds(
                    share: shares[type], strength: strength, historyWeight: mixed.historyWeight,
                    typeCount: index.types.count))
        }
    }
}
