package import CaseModel
internal import Foundation
internal import GRDB

// Case queues and their members.

extension TenantStore {
    /// Adds a queue for the command line.
    ///
    /// - Throws: ``StoreError/taken(what:value:)``, or ``StoreError/unknown(_:)`` for a member who
    ///   does not exist.
    package func addQueue(
        name: String, members: [EmployeeID]
    ) throws(StoreError) -> CaseQueue {
        let values = CaseQueueValues(
            name: name, distribution: .claim, members: Set(members))
        let edit = Edit.commandLine
        return try writer.write { db in
            guard try !db.isQueueNameTaken(name) else {
                throw StoreError.taken(what: "case queue", value: name)
            }
            let id = try db.insertQueue(values)
            try db.recordCreation(of: .caseQueue, id.number, key: nil, edit)
            return CaseQueue(id: id, name: name)
        }
    }

    /// Adds a queue.
    ///
    /// - Parameter key: The form's name; sent again, the queue that it made is returned.
    /// - Throws: ``StoreError/rejected(_:)`` for a name that is taken or a member who does not exist.
    package func addQueue(
        _ values: CaseQueueValues, key: DraftID, _ edit: Edit
    ) throws(StoreError) -> CaseQueueID {
        try writer.write { db in
            if let made = try db.creation(key, of: .caseQueue) { return CaseQueueID(number: made) }
            try db.check(values, of: nil)
            let id = try db.insertQueue(values)
            try db.recordCreation(of: .caseQueue, id.number, key: key, edit)
            return id
        }
    }

    /// Changes a queue; what other people changed in the meantime stays.
    ///
    /// - Throws: ``StoreError/unknown(_:)``, ``StoreError/editedMeanwhile(_:)``, or
    ///   ``StoreError/rejected(_:)`` as for a new queue.
    package func updateQueue(
        _ id: CaseQueueID, _ values: CaseQueueValues, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            guard let stored = try db.queue(id) else { throw StoreError.unknown("case queue") }
            guard let wanted = try db.merge(values, into: stored, id: id.number, edit) else {
                return
            }
            try db.check(wanted, of: id)
            try db.run(
                "UPDATE caseQueue SET name = ?, distribution = ? WHERE id = ?",
                [wanted.name, wanted.distribution.rawValue, id.number])
            try db.setMembers(of: id, from: stored.members, to: wanted.members)
        }
    }

    /// Deletes a queue that nothing refers to.
    ///
    /// - Throws: ``StoreError/unknown(_:)``, or ``StoreError/inUse(_:)`` when it owns cases, or cases are
    ///   given to it.
    package func deleteQueue(_ id: CaseQueueID, _ edit: Edit) throws(StoreError) {
        try writer.write { db in
            guard let stored = try db.queue(id) else { throw StoreError.unknown("case queue") }
            if let use = try db.use(of: id) { throw StoreError.inUse(use) }
            try db.run("DELETE FROM queueMember WHERE queue = ?", [id.number])
            try db.run("DELETE FROM caseQueue WHERE id = ?", [id.number])
            try db.recordDeletion(of: .caseQueue, id.number, named: stored.name, edit)
        }
    }
}

extension Database {
    /// The values of a queue; `nil` when there is none.
    func queue(_ id: CaseQueueID) throws -> CaseQueueValues? {
        guard
            let row = try row(
                "SELECT name, distribution FROM caseQueue WHERE id = ?", [id.number])
        else { return nil }
        let members = try rows("SELECT employee FROM queueMember WHERE queue = ?", [id.number])
        return CaseQueueValues(
            name: row["name"], distribution: try row.choice("distribution"),
            members: Set(members.map { $0.id("employee") }))
    }

    fileprivate func insertQueue(_ values: CaseQueueValues) throws -> CaseQueueID {
        try run(
            "INSERT INTO caseQueue (name, distribution) VALUES (?, ?)",
            [values.name, values.distribution.rawValue])
        let id = CaseQueueID(number: lastInsertedRowID)
        try setMembers(of: id, from: [], to: values.members)
        return id
    }

    /// Whoever stays a member keeps their row, and with it their turn.
    fileprivate func setMembers(
        of id: CaseQueueID, from old: Set<EmployeeID>, to new: Set<EmployeeID>
    ) throws {
        for member in old.subtracting(new).sorted() {
            try run(
                "DELETE FROM queueMember WHERE queue = ? AND employee = ?",
                [id.number, member.number])
        }
        for member in new.subtracting(old).sorted() {
            try run(
                "INSERT INTO queueMember (queue, employee) VALUES (?, ?)",
                [id.number, member.number])
        }
    }

    fileprivate func isQueueNameTaken(
        _ name: String, besides id: CaseQueueID? = nil
    ) throws -> Bool {
        let key = NameKey.of(name)
        return try rows("SELECT id, name FROM caseQueue").contains { row in
            NameKey.of(row["name"]) == key && row["id"] != id?.number
        }
    }

    /// The rules that the values alone do not show.
    fileprivate func check(_ values: CaseQueueValues, of id: CaseQueueID?) throws {
        let field = CaseQueueValues.Field.self
        if try isQueueNameTaken(values.name, besides: id) {
            throw NameKey.taken(field.name, "case queue", values.name)
        }
        try requireEmployees(values.members, field: field.members)
    }

    /// What refers to a queue, as a part of a sentence; `nil` when nothing does.
    fileprivate func use(of id: CaseQueueID) throws -> String? {
        let cases =
            try number("SELECT count(*) FROM caseRecord WHERE ownerQueue = ?", [id.number]) ?? 0
        if cases > 0 { return cases == 1 ? "it owns 1 case" : "it owns \(cases) cases" }
        let rule = try row(
            """
            SELECT name FROM assignmentRule r
            WHERE r.defaultQueue = ?
                OR EXISTS (SELECT 1 FROM ruleItem i WHERE i.rule = r.id AND i.ownerQueue = ?)
            """, [id.number, id.number])
        if let rule { return "the assignment rule “\(rule["name"] as String)” gives cases to it" }
        let wasFirst =
            try number("SELECT 1 FROM caseRecord WHERE firstQueue = ? LIMIT 1", [id.number]) != nil
        return wasFirst ? "the history of cases names it" : nil
    }

    /// Refuses people who do not exist.
    func requireEmployees(_ ids: Set<EmployeeID>, field: String) throws {
        for id in ids.sorted()
        where try number("SELECT 1 FROM employee WHERE id = ?", [id.number]) == nil {
            throw StoreError.rejected([
                FieldProblem(field, "Choose from the list; one that was sent does not exist")
            ])
        }
    }

    /// Notes that a thing was deleted; its identifier is never given again.
    func recordDeletion(
        of subject: Subject, _ id: Int64, named name: String, _ edit: Edit
    ) throws {
        try record("deleted", from: name, to: "", of: subject, id, edit)
    }
}

extension Edit {
    /// A change by somebody who hosts the desk; nobody's change is overlooked by it, as it was not made on a
    /// page.
    package static var commandLine: Edit { Edit(base: .max, by: nil, at: Date()) }
}
