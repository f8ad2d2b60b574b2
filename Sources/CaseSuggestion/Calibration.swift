/// Turns scores into probabilities: of those shown as 70 to 80 % sure about three in four are right.
///
/// A softmax over the tenant's types. How steep it is depends on how much history there is; the numbers were fitted
/// on public sets of conversations with 0, 1, 2, 5, 10 and 50 saved cases a type.
enum Calibration {
    /// How shares become what is shown, at a weight of the history (``TypeMixer/Mixed/historyWeight``).
    private struct Curve {
        let historyWeight: Float
        /// The steepness of the softmax.
        let steepness: Float
        /// Below 1: a conversation often has two types, so more than one share may be right.
        let exponent: Float
    }

    /// Between two of them it is halfway in proportion; beyond the last nothing changes.
    private static let curves = [
        Curve(historyWeight: 0, steepness: 0.54, exponent: 0.68),
        Curve(historyWeight: 1, steepness: 0.56, exponent: 0.75),
        Curve(historyWeight: 1.58, steepness: 0.46, exponent: 0.8),
        Curve(historyWeight: 2.58, steepness: 0.384, exponent: 0.8),
        Curve(historyWeight: 3.46, steepness: 0.368, exponent: 0.8),
        Curve(historyWeight: 4, steepness: 0.36, exponent: 0.8),
    ]

    private static func curve(at weight: Float) -> Curve {
        guard let next = curves.firstIndex(where: { $0.historyWeight >= weight }), next > 0 else {
            return weight > 0 ? curves[curves.count - 1] : curves[0]
        }
        let (low, high) = (curves[next - 1], curves[next])
        let part = (weight - low.historyWeight) / (high.historyWeight - low.historyWeight)
        return Curve(
            historyWeight: weight,
            steepness: low.steepness + part * (high.steepness - low.steepness),
            exponent: low.exponent + part * (high.exponent - low.exponent))
    }

    /// Nothing is ever certain, in either direction.
    static let bounds: ClosedRange<Float> = 0.01...0.99

    /// The share of each type, in the order of the scores; together 1.
    static func shares(_ mixed: TypeMixer.Mixed) -> [Float] {
        guard let highest = mixed.scores.max() else { return [] }
        let slope = curve(at: mixed.historyWeight).steepness
        let values = mixed.scores.map { Logarithm.exponential(slope * ($0 - highest)) }
        let total = values.reduce(0, +)
        return values.map { $0 / total }
    }

    /// What is shown of a type: its share, held back by how little there is for it.
    static func shown(_ share: Float, strength: Float, historyWeight: Float) -> Double {
        let exponent = curve(at: historyWeight).exponent
        let product = max(bounds.lowerBound, share * strength)
        let lifted = Logarithm.exponential(exponent * Logarithm.natural(product))
        return Double(min(bounds.upperBound, max(bounds.lowerBound, lifted)))
    }

    /// How much there is for a type besides being better than the others, between 0 and 1.
    ///
    /// Scores are relative: something is always first, also when a conversation is about nothing the tenant
    /// has a type for. What its name shares with the conversation, or how far what was learned lies above
    /// the average of all types, says whether it is about the type at all.
    static func strength(coverage: Float, grams: Float, learnedMargin: Float?) -> Float {
        let own = max(coverage / sufficientCoverage, (grams - leastGrams) / sufficientGrams)
        let learned = learnedMargin.map { ($0 - leastMargin) / sufficientMargin } ?? 0
        return min(1, max(own, learned, 0))
    }

    /// A type with less is not suggested: none of these fits.
    static let leastStrength: Float = 0.08

    /// The share of a type's name that is as good as all of it.
    private static let sufficientCoverage: Float = 0.5
    /// Likeness of the letters that says nothing, and what more of it is as good as a word.
    private static let leastGrams: Float = 0.4
    private static let sufficientGrams: Float = 1.5
    /// The learned distance from the average that says nothing, and what more of it is as good as a name.
    private static let leastMargin: Float = 0.8
    private static let sufficientMargin: Float = 2
}
