package import CaseModel
internal import GRDB

// Lists of cases. Their cost does not grow with the number of cases: numbers are found first, each
// from an index that has them in the order of the page, and only the page's rows are read.

extension StoreReader {
    /// A page of the cases that the viewer may see and the query asks for.
    package func cases(_ query: CaseQuery) throws(StoreError) -> CasePage {
        let limit = StoreReader.bounded(query.limit)
        return try snapshot { db in
            guard let scan = try CaseScan(query, in: db) else {
                return CasePage(cases: [], hasOlder: false, hasNewer: false)
            }
            switch query.position {
            case .first:
                let numbers = try scan.older(than: .max, limit: limit + 1)
                return CasePage(
                    cases: try db.summaries(of: numbers.prefix(limit)),
                    hasOlder: numbers.count > limit, hasNewer: false)
            case .olderThan(let place):
                let numbers = try scan.older(than: place.number, limit: limit + 1)
                return CasePage(
                    cases: try db.summaries(of: numbers.prefix(limit)),
                    hasOlder: numbers.count > limit,
                    hasNewer: try !scan.newer(than: place.number - 1, limit: 1).isEmpty)
            case .newerThan(let place):
                let numbers = try scan.newer(than: place.number, limit: limit + 1)
                return CasePage(
                    cases: try db.summaries(of: numbers.prefix(limit).reversed()),
                    hasOlder: try !scan.older(than: place.number + 1, limit: 1).isEmpty,
                    hasNewer: numbers.count > limit)
            }
        }
    }

    /// The cases that wait for a person: own ones and those of own queues that are not completed.
    package func openCases(of viewer: Viewer, limit: Int) throws(StoreError) -> [CaseSummary] {
        let limit = StoreReader.bounded(limit)
        let slices =
            CaseSlice.slices(for: viewer, owner: .me)
            + CaseSlice.slices(for: viewer, owner: .myQueues)
        return try snapshot { db in
            let scan = CaseScan(
                slices: slices, states: [.pending, .processing], type: nil, database: db)
            return try db.summaries(of: scan.older(than: .max, limit: limit)[...])
        }
    }
}

/// Finds the numbers of the cases of a list, in a transaction of the caller's.
struct CaseScan {
    private let slices: [CaseSlice]
    /// `nil` for all states in a slice that is not divided by state.
    private let states: [CaseState?]
    private let type: CaseTypeID?
    private let pattern: String?
    private let db: Database

    init(slices: [CaseSlice], states: [CaseState?], type: CaseTypeID?, database: Database) {
        self.slices = slices
        self.states = states
        self.type = type
        pattern = nil
        db = database
    }

    /// `nil` when the query searches for something that is no word, or the viewer sees nothing.
    init?(_ query: CaseQuery, in database: Database) throws {
        slices = CaseSlice.slices(for: query.viewer, owner: query.owner)
        type = query.type
        db = database
        let isEverything = query.type == nil && slices == [CaseSlice()]
        if isEverything || query.state != nil {
            states = [query.state]
        } else {
            states = CaseState.allCases
        }
        guard !slices.isEmpty else { return nil }
        guard query.text.contains(where: { !$0.isWhitespace }) else {
            pattern = nil
            return
        }
        var marks: [SearchIndex.Mark] = []
        if let type = query.type { marks.append(.type(type)) }
        if let state = query.state { marks.append(.state(state)) }
        pattern = try SearchIndex.casePattern(
            query.text, anyOf: slices.map(\.marks), allOf: marks, in: database)
        if pattern == nil { return nil }
    }

    /// Numbers below `place`, the greatest first.
    func older(than place: Int64, limit: Int) throws -> [Int64] {
        try numbers(beyond: place, .older, limit: limit)
    }

    /// Numbers above `place`, the least first.
    func newer(than place: Int64, limit: Int) throws -> [Int64] {
        try numbers(beyond: place, .newer, limit: limit)
    }

    private enum Direction {
        case older, newer

        var comparison: String { self == .older ? "<" : ">" }
        var order: String { self == .older ? "DESC" : "ASC" }

        func isBefore(_ left: Int64, _ right: Int64) -> Bool {
            self == .older ? left > right : left < right
        }
    }

    private func numbers(
        beyond place: Int64, _ direction: Direction, limit: Int
    ) throws -> [Int64] {
        if let pattern {
            return try Int64.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT rowid FROM caseText
                        WHERE caseText MATCH ? AND rowid \(direction.comparison) ?
                        ORDER BY rowid \(direction.order) LIMIT ?
                        """), arguments: [pattern, place, limit])
        }
        var merged: Set<Int64> = []
        for slice in slices {
            for state in states {
                merged.formUnion(
                    try numbers(in: slice, state, beyond: place, direction, limit: limit))
            }
        }
        return Array(merged.sorted(by: direction.isBefore).prefix(limit))
    }

    /// The next numbers of one slice; the equalities are those of one index, which has them in order.
    private func numbers(
        in slice: CaseSlice, _ state: CaseState?, beyond place: Int64, _ direction: Direction,
        limit: Int
    ) throws -> [Int64] {
        var conditions: [String] = []
        var arguments: [(any DatabaseValueConvertible)?] = []
        func require(_ column: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append("\(column) = ?")
            arguments.append(value)
        }
        require("ownerQueue", slice.queue?.number)
        require("ownerAgent", slice.agent?.number)
        require("creator", slice.creator?.number)
        require("caseType", type?.number)
        require("state", state?.rawValue)
        conditions.append("number \(direction.comparison) ?")
        arguments += [place, limit]
        return try Int64.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT number FROM caseRecord WHERE \(conditions.joined(separator: " AND "))
                    ORDER BY number \(direction.order) LIMIT ?
                    """), arguments: StatementArguments(arguments))
    }
}

extension Database {
    /// What a list shows of the cases, in the order of their numbers as given.
    fileprivate func summaries(of numbers: some Sequence<Int64>) throws -> [CaseSummary] {
        try numbers.compactMap { number in
            try row(
                """
                SELECT c.number, c.title, t.name AS typeName, c.status, c.state, c.priority,
                    u.name AS customerName, coalesce(q.name, e.name) AS ownerName, c.deadline,
                    c.createdAt, c.attachmentCount
                FROM caseRecord c
                JOIN caseType t ON t.id = c.caseType
                JOIN customer u ON u.id = c.customer
                LEFT JOIN caseQueue q ON q.id = c.ownerQueue
                LEFT JOIN employee e ON e.id = c.ownerAgent
                WHERE c.number = ?
                """, [number]
            ).map(CaseSummary.init)
        }
    }
}

extension CaseSummary {
    fileprivate init(_ row: Row) throws {
        self.init(
            number: row.id("number"), title: row["title"], typeName: row["typeName"],
            status: row["status"], state: try row.choice("state"),
            priority: row.optionalChoice("priority"), customerName: row["customerName"],
            ownerName: row["ownerName"], deadline: row.optionalDate("deadline"),
            createdAt: row.date("createdAt"), attachmentCount: row["attachmentCount"])
    }
}
