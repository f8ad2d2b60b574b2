import CaseModel
import Foundation
import Testing

@Suite struct `A report on suggestions` {
    private static let start = Date(timeIntervalSince1970: 1_795_000_000)

    private static func day(_ number: Int) -> Date {
        start.addingTimeInterval(Double(number) * 86_400)
    }

    private static func question(
        type: Int64? = nil, engine: SuggestingEngine? = nil
    ) -> SuggestionReport.Question {
        SuggestionReport.Question(
            bounds: (0...3).map(day), type: type.map { CaseTypeID(number: $0) }, engine: engine)
    }

    private static func outcome(
        day: Double, _ proposed: [(Int64, Int)], chosen: Int64,
        engine: SuggestingEngine = .embedded
    ) -> SuggestionOutcome {
        SuggestionOutcome(
            at: start.addingTimeInterval(day * 86_400),
            proposed: ProposedTypes(
                engine: engine,
                types: proposed.map { ProposedType(CaseTypeID(number: $0.0), percent: $0.1) }),
            chosen: CaseTypeID(number: chosen))
    }

    private static func report(
        _ outcomes: [SuggestionOutcome], to question: SuggestionReport.Question = question()
    ) -> SuggestionReport {
        var report = SuggestionReport(question)
        for outcome in outcomes { report.add(outcome) }
        return report
    }

    private static func counts(_ tally: SuggestionReport.Tally) -> [Int] {
        SuggestionOutcome.Place.allCases.map { tally[$0] }
    }

    static let outcomes = [
        outcome(day: 0, [(1, 90), (2, 5)], chosen: 1),
        outcome(day: 0.5, [(1, 70), (2, 20), (3, 5)], chosen: 2),
        outcome(day: 1, [(1, 70), (2, 20), (3, 5)], chosen: 3),
        outcome(day: 2.9, [(1, 40)], chosen: 4),
        outcome(day: 2.9, [], chosen: 4),
    ]

    @Test(arguments: [
        (Int64(1), SuggestionOutcome.Place.first), (2, .further), (3, .further), (4, .neither),
    ]) func `tells where the choice stood`(chosen: Int64, place: SuggestionOutcome.Place) {
        let outcome = Self.outcome(day: 0, [(1, 70), (2, 20), (3, 5)], chosen: chosen)
        #expect(outcome.place == place)
    }

    @Test func `counts by period, by type and in all`() {
        let report = Self.report(Self.outcomes)
        #expect(Self.counts(report.total) == [1, 2, 2])
        #expect(report.byPeriod.map(Self.counts) == [[1, 1, 0], [0, 1, 0], [0, 0, 2]])
        #expect(report.types.map(\.type.number) == [4, 1, 2, 3])
        #expect(report.types.map { Self.counts($0.tally) }[0] == [0, 0, 2])
        #expect(report.withoutProposal == 1)
    }

    @Test(arguments: [-0.001, 3.0, 400]) func `leaves out what is outside its time`(day: Double) {
        let report = Self.report([Self.outcome(day: day, [(1, 50)], chosen: 1)])
        #expect(report.total.total == 0 && report.byType.isEmpty)
        #expect(report.bins.allSatisfy { $0.shown == 0 })
    }

    @Test func `names the types that are taken for each other, most often first`() {
        let more = Self.outcomes + [Self.outcome(day: 1, [(1, 60)], chosen: 4)]
        let found = Self.report(more).commonConfusions
        #expect(found.map(\.count) == [2, 1, 1])
        #expect(found.map(\.confusion.proposed.number) == [1, 1, 1])
        #expect(found.map(\.confusion.chosen.number) == [4, 2, 3])
    }

    @Test func `of one type counts its cases, and what came of all proposals`() {
        let report = Self.report(Self.outcomes, to: Self.question(type: 2))
        #expect(Self.counts(report.total) == [0, 1, 0])
        #expect(report.byPeriod.map(\.total) == [1, 0, 0])
        #expect(report.commonConfusions.map(\.confusion.chosen.number) == [2])
        #expect(report.types.count == 4)
        #expect(report.bins.map(\.shown).reduce(0, +) == 9)
    }

    @Test func `of one engine counts nothing of the other`() {
        let outside = Self.outcome(day: 0, [(2, 60)], chosen: 2, engine: .outside)
        let report = Self.report(Self.outcomes + [outside], to: Self.question(engine: .outside))
        #expect(Self.counts(report.total) == [1, 0, 0])
        #expect(report.bins.map(\.shown).reduce(0, +) == 1)
    }

    @Test func `says how often proposals of a sureness were right`() {
        let report = Self.report(Self.outcomes)
        #expect(report.bins.map(\.shown) == [3, 0, 2, 0, 1, 0, 0, 2, 0, 1])
        #expect(report.bins.map(\.right) == [1, 0, 1, 0, 0, 0, 0, 0, 0, 1])
        #expect(report.bins[7].meanPercent == 70 && report.bins[7].rightPercent == 0)
        #expect(report.bins[1].rightPercent == nil && report.bins[1].interval == nil)
    }

    @Test(arguments: [(0, 0), (9, 0), (10, 1), (99, 9), (100, 9)])
    func `puts a sureness into the ten percent that it lies in`(percent: Int, bin: Int) {
        let report = Self.report([Self.outcome(day: 0, [(1, percent)], chosen: 1)])
        #expect(report.bins.firstIndex { $0.shown > 0 } == bin)
    }

    /// Python, SciPy 1.17: binomtest(right, shown).proportion_ci(0.95, method="wilson"), times 100.
    @Test(arguments: [
        (8, 10, 49.016, 94.331), (0, 10, 0, 27.753), (10, 10, 72.247, 100),
        (75, 100, 65.695, 82.455),
    ]) func `says within what the share lies`(
        right: Int, shown: Int, low: Double, high: Double
    ) throws {
        let outcomes = (0..<shown).map {
            Self.outcome(day: 0, [(1, 75)], chosen: $0 < right ? 1 : 2)
        }
        let interval = try #require(Self.report(outcomes).bins[7].interval)
        #expect(abs(interval.lowerBound - low) < 0.01)
        #expect(abs(interval.upperBound - high) < 0.01)
    }

    @Test func `has at most three proposals, and surenesses between 0 and 100`() {
        let proposed = ProposedTypes(
            engine: .embedded,
            types: (1...4).map { ProposedType(CaseTypeID(number: $0), percent: 50) })
        #expect(proposed.types.count == 3)
        let type = CaseTypeID(number: 1)
        #expect(ProposedType(type, percent: -1).percent == 0)
        #expect(ProposedType(type, percent: 101).percent == 100)
    }
}
