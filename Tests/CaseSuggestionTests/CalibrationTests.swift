import CaseModel
import Testing

@testable import CaseSuggestion

@Suite("How sure a suggestion is")
struct CalibrationTests {
    @Test(arguments: [0, 1, 2.5, 4] as [Float])
    func `shares add up to one and keep the order of the scores`(history: Float) {
        let scores: [Float] = [3, -1, 0.5, 2.9, -4]
        let shares = Calibration.shares(.init(scores: scores, historyWeight: history))
        #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
        for (left, right) in [(0, 3), (3, 2), (2, 1), (1, 4)] {
            #expect(shares[left] > shares[right])
        }
    }

    @Test func `no scores have no shares`() {
        #expect(Calibration.shares(.init(scores: [], historyWeight: 0)).isEmpty)
    }

    @Test(
        arguments: [(0, 1), (1, 0), (1, 1), (0.5, 0.5), (.infinity, 1)] as [(Float, Float)])
    func `what is shown is never certain`(share: Float, strength: Float) {
        for typeCount in [0, 1, 4, 2_000] {
            let logOdds = Calibration.logOdds(
                share: share, strength: strength, historyWeight: 0, typeCount: typeCount)
            let shown = Calibration.probability(ofLogOdds: logOdds)
            #expect(shown >= 0.0099 && shown <= 0.9901)
        }
    }

    /// 1 / (1 + e^-x), from tables.
    @Test(
        arguments: [(0, 0.5), (1, 0.731_06), (-2, 0.119_20), (90, 0.99), (-90, 0.01)]
            as [(Float, Double)])
    func `the probability is what the logarithm of odds stands for`(
        logOdds: Float, probability: Double
    ) {
        #expect(abs(Calibration.probability(ofLogOdds: logOdds) - probability) < 1e-4)
    }

    @Test func `less behind a type makes it less sure`() {
        let logOdds = [1, 0.5, 0.1].map { strength in
            Calibration.logOdds(
                share: 0.9, strength: strength, historyWeight: 4, typeCount: 10)
        }
        #expect(logOdds[0] > logOdds[1] && logOdds[1] > logOdds[2])
    }

    /// Of n values with mean 0 and deviation 1 of which all but one are equal, that one is the root of n - 1.
    @Test(arguments: [4, 8, 20, 39])
    func `a type that stands out alone does so among few as among many, to a third`(count: Int) {
        func distance(_ count: Int) -> Float {
            let best = Float(count - 1).squareRoot()
            let others = Array(repeating: -1 / best, count: count - 1)
            let shares = Calibration.shares(.init(scores: [best] + others, historyWeight: 0))
            return Logarithm.natural(shares[0] / shares[1])
        }
        #expect(distance(count) >= distance(40) && distance(count) <= distance(40) * 4 / 3)
    }

    @Test func `a type whose name is said is strong, one of which nothing is said has nothing`() {
        #expect(Calibration.strength(coverage: 1, grams: 2, learnedMargin: nil) == 1)
        #expect(Calibration.strength(coverage: 0, grams: 0, learnedMargin: nil) == 0)
        #expect(Calibration.strength(coverage: 0, grams: 0, learnedMargin: 5) == 1)
        #expect(Calibration.strength(coverage: 0, grams: 0, learnedMargin: -5) == 0)
    }
}

@Suite("What a desk's own choices say of how sure to be")
struct ChoiceRecordTests {
    private let chosen = CaseTypeID(number: 1)
    private let other = CaseTypeID(number: 2)

    /// Suggestions, each of a case of its own: the logarithm of their odds, and whether they were chosen.
    private func record(_ suggestions: [(Float, Bool)]) -> ChoiceRecord {
        var record = ChoiceRecord()
        for (number, (logOdds, wasChosen)) in suggestions.enumerated() {
            record.note(
                [(type: chosen, logOdds: logOdds)],
                for: ConversationID(number: Int64(number + 1)),
                chosen: wasChosen ? chosen : other)
        }
        return record
    }

    @Test func `before the first choice nothing is corrected`() {
        for logOdds in [-4, 0, 2.5] as [Float] {
            #expect(ChoiceRecord().corrected(logOdds) == logOdds)
        }
    }

    /// The likeliest line as SciPy's minimiser (BFGS) finds it for the same prior and weight.
    private struct Line {
        let suggestions: [(Float, Bool)]
        let shift: Double
        let slope: Double
    }

    private static let lines: [Line] = {
        var modest: [(Float, Bool)] = []
        for number in 0..<40 {
            modest.append((0.5, number % 10 != 0))
            modest.append((-1, number % 10 == 0 && number < 30))
        }
        return [
            Line(suggestions: modest, shift: 0.180_23, slope: 1.269_07),
            Line(
                suggestions: (0..<30).map { (2, $0 % 2 == 1) }, shift: -0.779_06, slope: 0.750_70),
            Line(
                suggestions: [(2, true), (0, false), (-2, false)], shift: -0.070_19,
                slope: 1.011_24),
            Line(
                suggestions: Array(repeating: (1, true), count: 10), shift: 0.307_24,
                slope: 1.049_16),
        ]
    }()

    @Test(arguments: lines.indices)
    func `the line is the likeliest one`(number: Int) {
        let line = Self.lines[number]
        let record = record(line.suggestions)
        #expect(abs(Double(record.shift) - line.shift) < 1e-3)
        #expect(abs(Double(record.slope) - line.slope) < 1e-3)
    }

    @Test func `a surer type stays the surer one, whatever was chosen`() {
        let record = record((0..<600).map { ($0 % 2 == 0 ? 4 : -4, $0 % 2 == 1) })
        #expect(record.corrected(1) > record.corrected(0))
    }

    @Test(arguments: [1_499, 1_500, 1_501, 4_000])
    func `the newest are kept, in bounded memory`(count: Int) {
        let never = record(Array(repeating: (2, false), count: count))
        #expect(never.count == min(count, ChoiceRecord.maximumCount))
        #expect(never.byteCount <= 64 * 1_024)
        var changed = never
        for number in 0..<ChoiceRecord.maximumCount {
            changed.note(
                [(type: chosen, logOdds: 2)],
                for: ConversationID(number: Int64(10_000 + number)), chosen: chosen)
        }
        // What a desk that changed says then is what a new desk says that was always so.
        let always = record(Array(repeating: (2, true), count: ChoiceRecord.maximumCount))
        #expect(abs(changed.shift - always.shift) < 1e-2)
        #expect(abs(changed.slope - always.slope) < 1e-2)
    }

    @Test func `odds that are no number do no harm`() {
        let record = record([(.nan, true), (.infinity, false), (1, true)])
        #expect(record.corrected(1).isFinite)
    }
}

@Suite("Choosing the best types")
struct MixingTests {
    @Test(
        arguments: [
            ([], []), ([1], [0]), ([1, 2], [1, 0]), ([1, 1, 1, 1], [0, 1, 2]),
            ([0, 5, 3, 4, 5], [1, 4, 3]), ([-1, -3, -2, -9], [0, 2, 1]),
        ] as [([Float], [Int])])
    func `takes the highest three, equal ones in the order of the types`(
        values: [Float], best: [Int]
    ) {
        #expect(TypeMixer.highest(values) == best)
    }

    @Test func `without history the types' own words decide alone`() {
        let index = TypeIndex(Desk.types)
        let own = index.types.indices.map { Float($0) }
        let mixed = TypeMixer.mix(own: own, learned: nil, model: LearnedModel(), index: index)
        #expect(mixed.scores == own)
        #expect(mixed.historyWeight == 0)
    }

    @Test func `standardised values have mean 0 and deviation 1, equal ones add nothing`() {
        var sums: [Float] = [0, 0, 0, 0]
        TypeScorer.add([1, 3, 5, 7], 1, to: &sums)
        #expect(abs(sums.reduce(0, +)) < 1e-5)
        #expect(abs(sums.reduce(0) { $0 + $1 * $1 } / 4 - 1) < 1e-5)
        var unchanged: [Float] = [1, 2]
        TypeScorer.add([3, 3], 5, to: &unchanged)
        #expect(unchanged == [1, 2])
    }
}
