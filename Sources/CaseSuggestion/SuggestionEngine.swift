package import CaseModel

/// Reads a conversation and proposes a case: the best types, a title, a description, each with its source.
///
/// A value that is only read while it serves: requests share one, and a new one takes its place when the types
/// change or a case was learned. Same conversation, same types, same history: same bytes.
package struct SuggestionEngine: Sendable {
    /// The types that may be suggested.
    package let index: TypeIndex
    /// What saved cases have taught.
    package private(set) var model: LearnedModel

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

    /// Learns from a saved case which type was chosen; bounded work, meant to run beside the requests.
    package mutating func learn(_ conversation: Conversation, type: CaseTypeID) {
        model.learn(conversation, type: type)
    }

    /// Learns from many saved cases at once, which are read one by one.
    ///
    /// - Parameter isOver: Asked now and then; when it is true, the rest is not learned.
    package mutating func learn(
        _ cases: some Sequence<(conversation: Conversation, type: CaseTypeID)>,
        until isOver: () -> Bool = { false }
    ) {
        model.learn(cases, until: isOver)
    }

    private func suggestions(for reading: ConversationReading) -> [TypeSuggestion] {
        guard !index.types.isEmpty, reading.turns.contains(where: { $0.speaker == .customer })
        else {
            return []
        }
        let query = WeightedWords(reading, weights: index.weights)
        let own = TypeScorer.scores(query, in: index)
        let features = model.caseCount > 0 ? CaseFeatures(reading) : nil
        let learned = features.flatMap { model.scores($0, in: index) }
        let mixed = TypeMixer.mix(
            own: own.combined, learned: learned, model: model, index: index)
        let shares = Calibration.shares(mixed)
        let evidence = TypeEvidence(reading, query: query, index: index, model: model)
        let best = TypeMixer.best(mixed, own: own.combined, model: model, index: index)
        let average = learned.map { $0.reduce(0, +) / Float(max(1, $0.count)) }
        // What stands further down is never shown as surer, however its strength comes out.
        var surest = 1.0
        return best.compactMap { type in
            let margin = learned.flatMap { scores in average.map { scores[type] - $0 } }
            let strength = Calibration.strength(
                coverage: own.coverage[type], grams: own.grams[type], learnedMargin: margin)
            guard strength >= Calibration.leastStrength else { return nil }
            let places = evidence.places(for: type)
            guard !places.isEmpty else { return nil }
            let shown = Calibration.shown(
                shares[type], strength: strength, historyWeight: mixed.historyWeight)
            surest = min(surest, shown)
            return TypeSuggestion(
                type: index.types[type].id, probability: surest, evidence: places)
        }
    }
}
