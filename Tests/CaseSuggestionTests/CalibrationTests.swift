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
        let shown = Calibration.shown(share, strength: strength, historyWeight: 0)
        #expect(shown >= 0.0099 && shown <= 0.9901)
    }

    @Test func `less behind a type makes it less sure`() {
        let full = Calibration.shown(0.9, strength: 1, historyWeight: 4)
        let half = Calibration.shown(0.9, strength: 0.5, historyWeight: 4)
        let little = Calibration.shown(0.9, strength: 0.1, historyWeight: 4)
        #expect(full > half && half > little)
    }

    @Test func `a type whose name is said is strong, one of which nothing is said has nothing`() {
        #expect(Calibration.strength(coverage: 1, grams: 2, learnedMargin: nil) == 1)
        #expect(Calibration.strength(coverage: 0, grams: 0, learnedMargin: nil) == 0)
        #expect(Calibration.strength(coverage: 0, grams: 0, learnedMargin: 5) == 1)
        #expect(Calibration.strength(coverage: 0, grams: 0, learnedMargin: -5) == 0)
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
