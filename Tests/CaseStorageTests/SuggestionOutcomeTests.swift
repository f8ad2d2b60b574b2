import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `What was proposed for a case` {
    let space: TestSpace

    init() throws {
        space = try TestSpace()
    }

    private func proposed(
        _ types: [(CaseType, Int)], by engine: SuggestingEngine = .embedded
    ) -> ProposedTypes {
        ProposedTypes(
            engine: engine, types: types.map { ProposedType($0.0.id, percent: $0.1) })
    }

    @discardableResult
    private func save(
        _ type: CaseType, proposed: ProposedTypes?, from id: DraftID = DraftID(),
        minutesLater: Double = 0
    ) throws -> CaseCreation {
        try space.store.createCase(
            try space.draft(type: type), from: id, by: space.mia.id, adding: [],
            proposed: proposed, optionsVersion: try space.store.makeReader().options().version,
            at: space.now.addingTimeInterval(60 * minutesLater))
    }

    private func report(
        hours: Double = 1, limit: Int = StoreReader.maximumOutcomeCount
    ) throws -> SuggestionReportResult {
        let bounds = [space.now, space.now.addingTimeInterval(3_600 * hours)]
        return try space.store.makeReader().suggestionReport(
            SuggestionReport.Question(bounds: bounds), limit: limit)
    }

    @Test func `is noted with the case and counted`() throws {
        let (refund, outage) = (space.refund, space.outage)
        try save(refund, proposed: proposed([(refund, 81), (outage, 9)]))
        try save(outage, proposed: proposed([(refund, 66), (outage, 30)]))
        try save(outage, proposed: proposed([(refund, 40)]))
        try save(outage, proposed: proposed([], by: .outside))
        let result = try report()
        #expect(result.report.total.first == 1 && result.report.total.further == 1)
        #expect(result.report.total.neither == 2 && result.report.withoutProposal == 1)
        #expect(result.report.bins.map(\.shown) == [1, 0, 0, 1, 1, 0, 1, 0, 1, 0])
        let pairs = result.report.commonConfusions
        #expect(pairs.map(\.count) == [2])
        #expect(pairs.first?.confusion == .init(proposed: refund.id, chosen: outage.id))
        #expect(result.knowsOutside && !result.isEmptyEver && !result.isCut)
        #expect(try space.store.verify().isEmpty)
    }

    @Test func `is not noted without a conversation`() throws {
        try save(space.refund, proposed: nil)
        #expect(try space.count("suggestionOutcome") == 0)
        #expect(try report().isEmptyEver)
    }

    @Test func `is noted once for a form that is sent twice`() throws {
        let id = DraftID()
        let types = proposed([(space.refund, 81)])
        let first = CaseNumber(number: 1)
        #expect(try save(space.refund, proposed: types, from: id) == .created(first))
        #expect(try save(space.outage, proposed: types, from: id) == .alreadySaved(first))
        #expect(try report().report.total.total == 1)
    }

    @Test func `is not noted when the case is not stored`() throws {
        let stale = try space.store.makeReader().options().version - 1
        #expect(throws: StoreError.optionsChanged) {
            try space.store.createCase(
                try space.draft(), from: DraftID(), by: space.mia.id, adding: [],
                proposed: proposed([(space.refund, 81)]), optionsVersion: stale, at: space.now)
        }
        #expect(try space.count("suggestionOutcome") == 0)
    }

    @Test func `counts of more cases than the limit the newest`() throws {
        for minute in 0..<5 {
            let type = minute < 2 ? space.outage : space.refund
            try save(
                type, proposed: proposed([(space.refund, 81)]), minutesLater: Double(minute))
        }
        #expect(try !report(limit: 5).isCut)
        let result = try report(limit: 3)
        #expect(result.isCut && result.report.total.first == 3)
        #expect(result.report.total.total == 3)
    }

    @Test func `lets a type that was only proposed be deleted`() throws {
        let (refund, outage) = (space.refund, space.outage)
        try save(refund, proposed: proposed([(outage, 60), (refund, 30)]))
        try space.store.setCaseType(outage.id, isEnabled: false, space.edit())
        try space.store.deleteCaseType(outage.id, space.edit())
        let pairs = try report().report.commonConfusions
        #expect(pairs.first?.confusion.proposed == outage.id)
        #expect(try space.store.verify().isEmpty)
    }
}
