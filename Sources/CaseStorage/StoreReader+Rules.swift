package import CaseModel
internal import GRDB

extension StoreReader {
    /// All assignment rules, by name.
    package func assignmentRules() throws(StoreError) -> [AssignmentRule] {
        try snapshot { db in
            let ids = try db.rows("SELECT id FROM assignmentRule").map { row in
                row.id("id") as AssignmentRuleID
            }
            return try ids.compactMap(db.rule).sorted(byName: \.name)
        }
    }

    /// An assignment rule; `nil` when there is none.
    package func assignmentRule(
        _ id: AssignmentRuleID
    ) throws(StoreError) -> AssignmentRule? {
        try snapshot { db in try db.rule(id) }
    }
}

extension Database {
    /// The rule that decides now.
    func activeRule() throws -> AssignmentRule? {
        guard let id = try number("SELECT id FROM assignmentRule WHERE isActive = 1") else {
            return nil
        }
        return try rule(AssignmentRuleID(number: id))
    }

    func rule(_ id: AssignmentRuleID) throws -> AssignmentRule? {
        guard
            let row = try row(
                """
                SELECT name, isActive, defaultQueue, defaultAgent FROM assignmentRule WHERE id = ?
                """, [id.number])
        else { return nil }
        let owner = Owner(queueColumn: row["defaultQueue"], agentColumn: row["defaultAgent"])
        guard let owner else {
            throw StoreError.corrupt("assignment rule \(id) has no default owner")
        }
        let items = try rows(
            """
            SELECT i.attribute, i.condition, i.text, i.caseType, t.name AS typeName, i.customer,
                u.name AS customerName, i.ownerQueue, i.ownerAgent
            FROM ruleItem i
            LEFT JOIN caseType t ON t.id = i.caseType
            LEFT JOIN customer u ON u.id = i.customer
            WHERE i.rule = ? ORDER BY i.position
            """, [id.number]
        ).map { row in
            guard let item = try RuleItem(row) else {
                throw StoreError.corrupt("assignment rule \(id) has an item that is none")
            }
            return item
        }
        let agents = ([owner] + items.map(\.owner)).compactMap(\.agentColumn)
        let inactive = try Set(agents).filter { agent in
            try number("SELECT 1 FROM employee WHERE id = ? AND isActive = 1", [agent]) == nil
        }
        return AssignmentRule(
            id: id, name: row["name"], isActive: row["isActive"], items: items,
            defaultOwner: owner,
            inactiveOwners: Set(inactive.map { EmployeeID(number: $0) }))
    }
}

extension RuleItem {
    /// `nil` for a row that contradicts itself.
    fileprivate init?(_ row: Row) throws {
        guard
            let owner = Owner(queueColumn: row["ownerQueue"], agentColumn: row["ownerAgent"]),
            let value = try RuleValue(row)
        else { return nil }
        self.init(
            try row.choice("attribute"), try row.choice("condition"), value, owner: owner)
    }
}

extension RuleValue {
    fileprivate init?(_ row: Row) throws {
        let text: String = row["text"] ?? ""
        let attribute: RuleAttribute = try row.choice("attribute")
        let customer: Int64? = row["customer"]
        let value: RuleValue? =
            switch attribute {
            case .title, .description: .text(text)
            case .type: .type(row.id("caseType"), name: row["typeName"])
            case .priority: Priority(rawValue: text).map(RuleValue.priority)
            case .source: Source(rawValue: text).map(RuleValue.source)
            case .customer:
                customer.map {
                    .customer(CustomerID(number: $0), name: row["customerName"])
                } ?? .text(text)
            case .deadline: Int(text).map(RuleValue.hours)
            }
        guard let value else { return nil }
        self = value
    }
}
