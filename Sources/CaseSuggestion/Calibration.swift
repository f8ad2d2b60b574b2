/// Turns scores into probabilities: of those shown as 70 to 80 % sure about three in four are right.
///
/// A type is the right one when the conversation is about it at all, which what is behind it tells, and when it is it
/// rather than another: the logarithm of those odds is a line in what a softmax over the tenant's types says. The numbers
/// were fitted on public sets of conversations, with all of their types and with 4 to 25 of them, with 0 to 20 saved
/// cases a type, and with some conversations that none of the types fits.
/// What one tenant's choices say beside that is ``ChoiceRecord``'s.
enum Calibration {
    /// How a share becomes odds, at a weight of the history (``TypeMixer/Mixed/historyWeight``).
    private struct Curve {
        let historyWeight: Float
        /// The logarithm of the odds where a type is as likely as all others together.
        ///
        /// Above 0 on the first day: a conversation often has two types, so more than one may be right.
        let intercept: Float
        let slope: Float
    }

    /// Between two of them it is halfway in proportion; beyond the last nothing changes.
    private static let curves = [
        Curve(historyWeight: 0, intercept: 0.42, slope: 0.85),
        Curve(historyWeight: 1, intercept: 0.45, slope: 0.89),
        Curve(historyWeight: 2.58, intercept: -0.02, slope: 0.57),
        Curve(historyWeight: 4, intercept: -0.05, slope: 0.44),
    ]

    /// How steep the softmax is.
    private static let steepness: Float = 0.5
    /// How soon little behind a type is enough: the power of the strength.
    private static let strengthExponent: Float = 0.7
    /// What more types say for each of the best, for each e-fold above ``middleTypeCount``.
    private static let typeCountSlope: Float = 0.18
    private static let middleTypeCount: Float = 25
    /// Types from which on more of them change nothing.
    private static let manyTypes: Float = 40
    /// Nearer to 1 a share, or a probability, says nothing more.
    private static let highest: Float = 1 - 1e-6

    /// Nothing is ever certain, in either direction.
    static let bounds: ClosedRange<Float> = 0.01...0.99

    /// The share of each type, in the order of the scores; together 1.
    static func shares(_ mixed: TypeMixer.Mixed) -> [Float] {
        guard let highest = mixed.scores.max() else { return [] }
        let slope = steepness * spread(ofTypes: mixed.scores.count)
        let values = mixed.scores.map { Logarithm.exponential(slope * ($0 - highest)) }
        let total = values.reduce(0, +)
        return values.map { $0 / total }
    }

    /// What standardising has taken from a score where there are few types.
    ///
    /// Of n values with mean 0 and deviation 1 none is above the root of n - 1: the best of four types cannot
    /// stand out as the best of forty does, however clear it is.
    private static func spread(ofTypes count: Int) -> Float {
        let count = max(2, min(manyTypes, Float(count)))
        return ((manyTypes - 1) / (count - 1)).squareRoot()
    }

    /// The logarithm of the odds that a type is the right one.
    ///
    /// - Parameters:
    ///   - share: Its share, from 0 to 1.
    ///   - strength: How much there is behind it, from ``leastStrength`` to 1.
    ///   - historyWeight: ``TypeMixer/Mixed/historyWeight``.
    static func logOdds(
        share: Float, strength: Float, historyWeight: Float, typeCount: Int
    ) -> Float {
        let curve = curve(at: historyWeight)
        let types = Logarithm.natural(min(manyTypes, Float(max(1, typeCount))) / middleTypeCount)
        let rather =
            curve.intercept + curve.slope * logOdds(of: share) + typeCountSlope * types
        let atAll = Logarithm.exponential(
            strengthExponent * Logarithm.natural(min(1, max(leastStrength, strength))))
        return logOdds(of: atAll / (1 + Logarithm.exponential(-rather)))
    }

    private static func logOdds(of probability: Float) -> Float {
        let probability = min(highest, max(1 - highest, probability))
        return Logarithm.natural(probability / (1 - probability))
    }

    /// The probability that the logarithm of odds stands for, within ``bounds``.
    static func probability(ofLogOdds logOdds: Float) -> Double {
        let probability = 1 / (1 + Logarithm.exponential(-logOdds))
        return Double(min(bounds.upperBound, max(bounds.lowerBound, probability)))
    }

    private static func curve(at weight: Float) -> Curve {
        guard let next = curves.firstIndex(where: { $0.historyWeight >= weight }), next > 0 else {
            return weight > 0 ? curves[curves.count - 1] : curves[0]
        }
        let (low, high) = (curves[next - 1], curves[next])
        let part = (weight - low.historyWeight) / (high.historyWeight - low.historyWeight)
        return Curve(
            historyWeight: weight,
            intercept: low.intercept + part * (high.intercept - low.intercept),
            slope: low.slope + part * (high.slope - low.slope))
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
