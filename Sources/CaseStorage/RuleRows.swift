internal import CaseModel
internal import GRDB

/// The values of an assignment rule with the types, customers and owners that they name, found in the
/// transaction that stores them.
struct RuleRows {
    /// The values with names as they are stored.
    let values: AssignmentRuleValues
    let items: [RuleItem]

    /// - Parameter id: The rule that the values are for; `nil` for a new one.
    /// - Throws: ``StoreError/rejected(_:)`` with everything that is not there, in the order of the form.
    init(_ values: AssignmentRuleValues, of id: AssignmentRuleID?, in db: Database) throws {
        var finder = RuleFinder(db: db)
        try finder.checkName(values, besides: id)
        var items: [RuleItem] = []
        for (index, item) in values.items.enumerated() {
            if let found = try finder.find(item, at: index + 1) { items.append(found) }
        }
        try finder.checkOwner(values.defaultOwner, AssignmentRuleValues.Field.defaultOwner)
        guard finder.problems.isEmpty else { throw StoreError.rejected(finder.problems) }
        self.items = items
        self.values = AssignmentRuleValues(
            name: values.name, defaultOwner: values.defaultOwner,
            items: items.map { item in
                .init(item.attribute, item.condition, item.value.formText, owner: item.owner)
            })
    }
}

/// Looks for what the texts of a rule name, and collects what is not there.
private struct RuleFinder {
    let db: Database
    private(set) var problems: [FieldProblem] = []

    init(db: Database) {
        self.db = db
    }

    mutating func checkName(
        _ values: AssignmentRuleValues, besides id: AssignmentRuleID?
    ) throws {
        let owner = try db.number(
            "SELECT id FROM assignmentRule WHERE nameKey = ?", [NameKey.of(values.name)])
        guard let owner, owner != id?.number else { return }
        refuse(
            AssignmentRuleValues.Field.name,
            "There is an assignment rule “\(values.name)” already; choose another name")
    }

    mutating func find(
        _ item: AssignmentRuleValues.Item, at position: Int
    ) throws -> RuleItem? {
        let field = AssignmentRuleValues.Field.value(position)
        let value = try value(of: item, field)
        try checkOwner(item.owner, AssignmentRuleValues.Field.owner(position))
        guard let value else { return nil }
        let found = RuleItem(item.attribute, item.condition, value, owner: item.owner)
        if found == nil { refuse(field, "Correct the value of item \(position)") }
        return found
    }

    mutating func checkOwner(_ owner: Owner, _ field: String) throws {
        switch owner {
        case .queue(let queue):
            let isThere =
                try db.number("SELECT 1 FROM caseQueue WHERE id = ?", [queue.number]) != nil
            if !isThere { refuse(field, "Select an owner from the list; the queue is not there") }
        case .agent(let agent):
            let isActive = try db.number(
                "SELECT isActive FROM employee WHERE id = ?", [agent.number])
            if isActive == nil {
                refuse(field, "Select an owner from the list; the agent is not there")
            } else if isActive == 0 {
                refuse(field, "Select another owner; the account of this agent is switched off")
            }
        }
    }

    private mutating func value(
        of item: AssignmentRuleValues.Item, _ field: String
    ) throws -> RuleValue? {
        switch item.attribute {
        case .title, .description: return .text(item.value)
        case .type: return try caseType(item.value, field)
        case .priority:
            return Priority.allCases.first { $0.label == item.value }.map(RuleValue.priority)
        case .source:
            return Source.allCases.first { $0.label == item.value }.map(RuleValue.source)
        case .customer:
            return item.condition.looksInside
                ? .text(item.value) : try customer(item.value, field)
        case .deadline: return Int(item.value).map(RuleValue.hours)
        }
    }

    /// A type by its name, whatever its case, or by its number.
    private mutating func caseType(_ text: String, _ field: String) throws -> RuleValue? {
        let wanted = FoldedText(text)
        let types = try db.rows("SELECT id, name FROM caseType")
        let found =
            types.first { FoldedText($0["name"]) == wanted }
            ?? types.first { ($0.id("id") as CaseTypeID).description == text }
        if let found { return .type(found.id("id"), name: found["name"]) }
        refuse(field, "There is no case type “\(text)”; write the name of one")
        return nil
    }

    /// A customer by number, by name and number as the form shows it, or by a name that only one has.
    private mutating func customer(_ text: String, _ field: String) throws -> RuleValue? {
        let digits = text.last == ")" ? text.dropLast().split { $0 == "(" }.last ?? "" : text[...]
        if let id = CustomerID(digits),
            let row = try db.row("SELECT id, name FROM customer WHERE id = ?", [id.number])
        {
            return .customer(row.id("id"), name: row["name"])
        }
        let wanted = FoldedText(text)
        let found = try db.rows(
            "SELECT id, name FROM customer WHERE nameKey = ? LIMIT ?",
            [CustomerValues.nameKey(of: text), StoreLimit.maximumListedRows]
        ).filter { FoldedText($0["name"]) == wanted }
        if let row = found.first, found.count == 1 {
            return .customer(row.id("id"), name: row["name"])
        }
        refuse(
            field,
            found.isEmpty
                ? "There is no customer “\(text)”; write a name, or a customer’s number"
                : "Several customers are called “\(text)”; write the number of the one you mean")
        return nil
    }

    private mutating func refuse(_ field: String, _ message: String) {
        problems.append(FieldProblem(field, message))
    }
}
