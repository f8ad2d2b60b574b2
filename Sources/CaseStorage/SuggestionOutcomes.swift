package import CaseModel
internal import Foundation
internal import GRDB

// What was proposed for a case, noted in the transaction that saves it, and counted when somebody asks how good
// the proposals are.

extension Database {
    /// Notes what was proposed for a case that was made of a conversation.
    func record(
        _ proposed: ProposedTypes, for number: CaseNumber, chosen: CaseTypeID, at: Int64
    ) throws {
        let columns = (0..<ProposedTypes.maximumCount).flatMap { place -> [Int64?] in
            guard proposed.types.indices.contains(place) else { return [nil, nil] }
            let one = proposed.types[place]
            return [one.type.number, Int64(one.percent)]
        }
        try run(
            """
            INSERT INTO suggestionOutcome (
                caseNumber, at, engine, chosen, first, firstPercent, second, secondPercent, third,
                thirdPercent)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [number.number, at, proposed.engine.rawValue, chosen.number]
                + StatementArguments(columns))
    }
}

/// How good the proposals of a time were.
package struct SuggestionReportResult: Sendable {
    package let report: SuggestionReport
    /// Whether there were more cases than may be counted at once; the oldest were not.
    package let isCut: Bool
    /// Whether the outside engine has ever proposed anything.
    package let knowsOutside: Bool
    /// Whether any case was ever made of a conversation.
    package let isEmptyEver: Bool
}

extension StoreReader {
    /// Outcomes that are counted for one page at most, the newest: the cases of 26 weeks with 500 a day, and a bound
    /// for the time that the page takes.
    package static let maximumOutcomeCount = 100_000

    /// Counts what came of the proposals of a time; one row after another, none is kept.
    package func suggestionReport(
        _ question: SuggestionReport.Question, limit: Int = maximumOutcomeCount
    ) throws(StoreError) -> SuggestionReportResult {
        try snapshot { db in
            var report = SuggestionReport(question)
            var count = 0
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT at, engine, chosen, first, firstPercent, second, secondPercent, third,
                            thirdPercent
                        FROM suggestionOutcome WHERE at >= ? AND at < ? ORDER BY at DESC LIMIT ?
                        """),
                arguments: [
                    question.bounds.first?.milliseconds ?? 0,
                    question.bounds.last?.milliseconds ?? 0, limit + 1,
                ])
            while let row = try rows.next() {
                count += 1
                if count > limit { break }
                report.add(try SuggestionOutcome(row))
            }
            return SuggestionReportResult(
                report: report, isCut: count > limit, knowsOutside: try db.knowsOutsideOutcome(),
                isEmptyEver: try db.number("SELECT 1 FROM suggestionOutcome LIMIT 1") == nil)
        }
    }
}

extension Database {
    fileprivate func knowsOutsideOutcome() throws -> Bool {
        try number(
            "SELECT 1 FROM suggestionOutcome WHERE engine = 'outside' LIMIT 1") != nil
    }
}

extension SuggestionOutcome {
    /// Columns by their position, as by name each would be searched for in each row.
    fileprivate init(_ row: Row) throws(StoreError) {
        var types: [ProposedType] = []
        for position in [3, 5, 7] {
            guard let type: Int64 = row[position], let percent: Int64 = row[position + 1] else {
                break
            }
            types.append(ProposedType(CaseTypeID(number: type), percent: Int(percent)))
        }
        let name: String = row[1]
        guard let engine = SuggestingEngine(rawValue: name) else {
            throw .corrupt("engine is '\(name)'")
        }
        self.init(
            at: Date(milliseconds: row[0]),
            proposed: ProposedTypes(engine: engine, types: types),
            chosen: CaseTypeID(number: row[2]))
    }
}
