internal import CaseModel
internal import Foundation
internal import GRDB

// Edits of things: who changed what is kept, two people who edit the same thing both keep their changes where
// they touched different fields, and a form that is sent twice makes one thing.
//
// All of it happens inside the transaction of the change that it belongs to.

extension Database {
    /// Puts what a person wants over what is stored, and notes each field that changes.
    ///
    /// The history tells which fields others have changed since the person's page was made. A field that only
    /// one side changed is as that side wants it.
    ///
    /// - Returns: What is to be stored; `nil` when that is what is stored already.
    /// - Throws: ``StoreError/editedMeanwhile(_:)`` when both sides changed a field to different texts,
    ///   ``StoreError/rejected(_:)`` when the two changes together break a rule.
    func merge<Values: Editable>(
        _ mine: Values, into current: Values, id: Int64, _ edit: Edit
    ) throws -> Values? {
        let stored = current.texts
        let others = try changesByField(of: Values.subject, id, since: edit.base)
        var wanted = mine.texts
        var conflicts: [FieldConflict] = []
        for (field, changes) in others {
            guard let first = changes.first, let last = changes.last,
                wanted[field] != stored[field]
            else { continue }
            if wanted[field] == first.before {
                wanted[field] = stored[field]
            } else {
                conflicts.append(FieldConflict(field: field, mine: wanted[field], theirs: last))
            }
        }
        guard conflicts.isEmpty else {
            throw StoreError.editedMeanwhile(
                Conflict(
                    merged: wanted, base: try latestChange(of: Values.subject, id),
                    fields: conflicts.sorted { $0.field < $1.field }))
        }
        var problems: [FieldProblem] = []
        guard let values = Values(wanted, problems: &problems) else {
            throw StoreError.rejected(problems)
        }
        let differences = values.texts.differences(from: stored)
        guard !differences.isEmpty else { return nil }
        for field in differences {
            try record(
                field, from: stored[field], to: values.texts[field], of: Values.subject, id, edit)
        }
        return values
    }

    /// Notes one change of a thing that is no form's field, such as that it was switched off.
    func record(
        _ field: String, from before: String, to after: String, of subject: Subject, _ id: Int64,
        _ edit: Edit
    ) throws {
        try run(
            """
            INSERT INTO changeRecord (subject, subjectID, at, employee, field, before, after)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                subject.rawValue, id, edit.at.milliseconds, edit.employee?.number, field, before,
                after,
            ])
    }

    /// Notes that a thing was made.
    ///
    /// - Parameter key: The form's name, so that sending it again finds the thing; `nil` without a form.
    func recordCreation(
        of subject: Subject, _ id: Int64, key: DraftID?, _ edit: Edit
    ) throws {
        try record(Change.creationField, from: "", to: "", of: subject, id, edit)
        guard let key else { return }
        try run(
            "INSERT INTO creation (key, subject, subjectID, at) VALUES (?, ?, ?, ?)",
            [key.description, subject.rawValue, id, edit.at.milliseconds])
    }

    /// The thing that a form has made before; `nil` when it has made none.
    func creation(_ key: DraftID?, of subject: Subject) throws -> Int64? {
        guard let key else { return nil }
        return try number(
            "SELECT subjectID FROM creation WHERE key = ? AND subject = ?",
            [key.description, subject.rawValue])
    }

    /// The newest change of a thing; 0 when there is none.
    func latestChange(of subject: Subject, _ id: Int64) throws -> Int64 {
        try number(
            "SELECT max(id) FROM changeRecord WHERE subject = ? AND subjectID = ?",
            [subject.rawValue, id]) ?? 0
    }

    /// The changes of a thing since one of them, oldest first, by their field.
    private func changesByField(
        of subject: Subject, _ id: Int64, since base: Int64
    ) throws -> [String: [Change]] {
        let changes = try rows(
            """
            SELECT c.id, c.at, e.name AS employeeName, c.field, c.before, c.after
            FROM changeRecord c LEFT JOIN employee e ON e.id = c.employee
            WHERE c.subject = ? AND c.subjectID = ? AND c.id > ? ORDER BY c.id
            """, [subject.rawValue, id, base]
        ).map(Change.init)
        return Dictionary(grouping: changes, by: \.field)
    }
}

extension Change {
    init(_ row: Row) {
        self.init(
            id: row["id"], at: row.date("at"), employeeName: row["employeeName"],
            field: row["field"], before: row["before"], after: row["after"])
    }
}
