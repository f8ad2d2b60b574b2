package import CaseModel
internal import Foundation
internal import GRDB

// Assignment rules: at most one of a tenant space is active.

extension TenantStore {
    /// Adds a rule, which is not active.
    ///
    /// - Parameter key: The form's name; sent again, the rule that it made is returned. `nil` without a form.
    /// - Throws: ``StoreError/rejected(_:)`` for a name that is taken, or a type, customer or owner that is not
    ///   there.
    package func addRule(
        _ values: AssignmentRuleValues, key: DraftID?, _ edit: Edit
    ) throws(StoreError) -> AssignmentRuleID {
        try writer.write { db in
            if let made = try db.creation(key, of: .assignmentRule) {
                return AssignmentRuleID(number: made)
            }
            let found = try RuleRows(values, of: nil, in: db)
            let id = try db.insertRule(found)
            try db.recordCreation(of: .assignmentRule, id.number, key: key, edit)
            return id
        }
    }

    /// Changes a rule; what other people changed in the meantime stays.
    ///
    /// An active rule decides by the change from the next case on.
    ///
    /// - Throws: ``StoreError/unknown(_:)``, ``StoreError/editedMeanwhile(_:)``, or
    ///   ``StoreError/rejected(_:)`` as for a new rule.
    package func updateRule(
        _ id: AssignmentRuleID, _ values: AssignmentRuleValues, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            guard let stored = try db.rule(id) else {
                throw StoreError.unknown("assignment rule")
            }
            let mine = try RuleRows(values, of: id, in: db).values
            guard
                let wanted = try db.merge(mine, into: stored.values, id: id.number, edit)
            else { return }
            let found = try RuleRows(wanted, of: id, in: db)
            try db.run(
                """
                UPDATE assignmentRule SET name = ?, nameKey = ?, defaultQueue = ?, defaultAgent = ?
                WHERE id = ?
                """,
                [
                    wanted.name, NameKey.of(wanted.name), wanted.defaultOwner.queueColumn,
                    wanted.defaultOwner.agentColumn, id.number,
                ])
            try db.run("DELETE FROM ruleItem WHERE rule = ?", [id.number])
            try db.insertItems(found, of: id)
        }
    }

    /// Lets a rule decide on cases with Auto by rule, in the place of the one that does now; or none.
    ///
    /// - Throws: ``StoreError/unknown(_:)``.
    package func setRule(
        _ id: AssignmentRuleID, isActive: Bool, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            guard let stored = try db.rule(id) else {
                throw StoreError.unknown("assignment rule")
            }
            guard stored.isActive != isActive else { return }
            let active = try db.number("SELECT id FROM assignmentRule WHERE isActive = 1")
            if let active { try db.switchRule(active, isActive: false, edit) }
            if isActive { try db.switchRule(id.number, isActive: true, edit) }
        }
    }

    /// Deletes a rule that is not active; the cases that it gave away keep what it decided.
    ///
    /// - Throws: ``StoreError/unknown(_:)``, ``StoreError/inUse(_:)`` while it is active.
    package func deleteRule(_ id: AssignmentRuleID, _ edit: Edit) throws(StoreError) {
        try writer.write { db in
            guard let stored = try db.rule(id) else {
                throw StoreError.unknown("assignment rule")
            }
            guard !stored.isActive else {
                throw StoreError.inUse(
                    "this rule is active; deactivate it, or activate another one, first")
            }
            try db.run("DELETE FROM assignmentRule WHERE id = ?", [id.number])
            try db.record(
                "deleted", from: stored.name, to: "", of: .assignmentRule, id.number, edit)
        }
    }
}

extension Database {
    fileprivate func insertRule(_ found: RuleRows) throws -> AssignmentRuleID {
        let values = found.values
        try run(
            """
            INSERT INTO assignmentRule (name, nameKey, isActive, defaultQueue, defaultAgent)
            VALUES (?, ?, 0, ?, ?)
            """,
            [
                values.name, NameKey.of(values.name), values.defaultOwner.queueColumn,
                values.defaultOwner.agentColumn,
            ])
        let id = AssignmentRuleID(number: lastInsertedRowID)
        try insertItems(found, of: id)
        return id
    }

    fileprivate func insertItems(_ found: RuleRows, of id: AssignmentRuleID) throws {
        for (index, item) in found.items.enumerated() {
            try run(
                """
                INSERT INTO ruleItem (
                    rule, position, attribute, condition, text, caseType, customer, ownerQueue,
                    ownerAgent)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    id.number, index + 1, item.attribute.rawValue, item.condition.rawValue,
                    item.value.textColumn, item.value.typeColumn, item.value.customerColumn,
                    item.owner.queueColumn, item.owner.agentColumn,
                ])
        }
    }

    fileprivate func switchRule(_ id: Int64, isActive: Bool, _ edit: Edit) throws {
        try run("UPDATE assignmentRule SET isActive = ? WHERE id = ?", [isActive, id])
        try record(
            AssignmentRule.activeField, from: isActive ? "" : "1", to: isActive ? "1" : "",
            of: .assignmentRule, id, edit)
    }
}

extension AssignmentRule {
    /// The field of the history that says when a rule was activated (`1`) and when it no longer was.
    package static let activeField = "active"
}

extension RuleValue {
    fileprivate var textColumn: String? {
        switch self {
        case .text(let text): text
        case .priority(let priority): priority.rawValue
        case .source(let source): source.rawValue
        case .hours(let hours): String(hours)
        case .type, .customer: nil
        }
    }

    fileprivate var typeColumn: Int64? {
        if case .type(let type, _) = self { type.number } else { nil }
    }

    fileprivate var customerColumn: Int64? {
        if case .customer(let customer, _) = self { customer.number } else { nil }
    }
}
