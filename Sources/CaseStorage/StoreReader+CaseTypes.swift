package import CaseModel
internal import GRDB

/// A case type as the list shows it.
package struct CaseTypeSummary: Equatable, Sendable {
    package let type: CaseType
    /// Cases of it that are not completed.
    package let openCaseCount: Int
}

/// What refers to a case type.
package struct CaseTypeReferences: Equatable, Sendable {
    /// Cases that are not completed.
    package let openCaseCount: Int
    package let caseCount: Int
    /// The types right below it, by name.
    package let children: [CaseType]
    /// The names of the assignment rules that ask for it.
    package let rules: [String]

    /// What keeps an enabled type from being disabled, in words; empty when nothing does.
    package var againstDisabling: [String] {
        let enabled = children.filter(\.isEnabled).count
        return [
            Self.counted(openCaseCount, "open case is", "open cases are", "of this type"),
            Self.counted(enabled, "enabled type stands", "enabled types stand", "below it"),
            rulesText,
        ].filter { !$0.isEmpty }
    }

    /// What keeps a type from being deleted, in words; empty when nothing does.
    package var againstDeleting: [String] {
        [
            Self.counted(caseCount, "case is", "cases are", "of this type"),
            Self.counted(children.count, "type stands", "types stand", "below it"), rulesText,
        ].filter { !$0.isEmpty }
    }

    private var rulesText: String {
        Self.counted(rules.count, "assignment rule asks", "assignment rules ask", "for it")
    }

    private static func counted(
        _ count: Int, _ one: String, _ many: String, _ rest: String
    ) -> String {
        count == 0 ? "" : "\(groupedDigits(count)) \(count == 1 ? one : many) \(rest)"
    }
}

extension StoreReader {
    /// All case types by name.
    package func caseTypes() throws(StoreError) -> [CaseTypeSummary] {
        try query { db in
            try db.rows(
                """
                SELECT t.*, (
                    SELECT count(*) FROM caseRecord c
                    WHERE c.caseType = t.id AND c.state IN ('pending', 'processing')
                ) AS openCaseCount
                FROM caseType t
                """
            ).map { row in
                CaseTypeSummary(type: CaseType(row), openCaseCount: row["openCaseCount"])
            }.sorted(byName: \.type.name)
        }
    }

    /// What refers to a type; `nil` when there is no such type.
    package func references(to id: CaseTypeID) throws(StoreError) -> CaseTypeReferences? {
        try snapshot { db in try db.references(to: id) }
    }
}

extension Database {
    /// A case type; `nil` when there is none.
    func caseType(_ id: CaseTypeID) throws -> CaseType? {
        try row("SELECT * FROM caseType WHERE id = ?", [id.number]).map(CaseType.init)
    }

    /// All case types by name.
    func caseTypes() throws -> [CaseType] {
        try rows("SELECT * FROM caseType").map(CaseType.init).sorted(byName: \.name)
    }

    /// What refers to a type; `nil` when there is no such type.
    func references(to id: CaseTypeID) throws -> CaseTypeReferences? {
        guard
            let row = try row(
                """
                SELECT
                    (SELECT count(*) FROM caseRecord WHERE caseType = t.id) AS cases,
                    (SELECT count(*) FROM caseRecord
                     WHERE caseType = t.id AND state IN ('pending', 'processing')) AS openCases
                FROM caseType t WHERE t.id = ?
                """, [id.number])
        else { return nil }
        return CaseTypeReferences(
            openCaseCount: row["openCases"], caseCount: row["cases"],
            children: try rows("SELECT * FROM caseType WHERE parent = ?", [id.number])
                .map(CaseType.init).sorted(byName: \.name),
            rules: try assignmentRules(askingFor: id))
    }

    /// The names of the assignment rules with an item that asks for a type.
    private func assignmentRules(askingFor id: CaseTypeID) throws -> [String] {
        try rows(
            """
            SELECT DISTINCT r.name FROM ruleItem i JOIN assignmentRule r ON r.id = i.rule
            WHERE i.caseType = ? ORDER BY r.name
            """, [id.number]
        ).map { $0["name"] }
    }
}

extension CaseType {
    init(_ row: Row) {
        let parent: Int64? = row["parent"]
        self.init(
            id: row.id("id"), name: row["name"], parent: parent.map { CaseTypeID(number: $0) },
            summary: row["summary"], keywords: row.lines("keywords"),
            statuses: row.lines("statuses"), isStrict: row["isStrict"],
            verifiesTasks: row["verifiesTasks"], isEnabled: row["isEnabled"])
    }
}
