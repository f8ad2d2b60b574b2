package import CaseModel
package import Foundation
internal import GRDB

/// How the saving of a case ended.
package enum CaseCreation: Equatable, Sendable {
    /// The case is new.
    case created(CaseNumber)
    /// The draft had become this case before, such as by the first of two clicks.
    case alreadySaved(CaseNumber)
}

extension TenantStore {
    /// Makes a case of a draft: record, files, search entry and history in one transaction.
    ///
    /// When a rule gives it to a queue that hands on its cases, the member is chosen in that transaction, too:
    /// as transactions come one after another, each choice sees the one before.
    ///
    /// The draft's name makes it happen once: of any number of calls with it, also at the same
    /// moment, one makes the case and the others find it. The draft need not have been stored.
    ///
    /// - Parameter draft: Checked against the options of `optionsVersion`.
    /// - Parameter files: Files that came with the request; those that wait in the draft come first.
    /// - Parameter proposed: The types that were proposed for the conversation; `nil` without one.
    /// - Throws: ``StoreError/notYours``, ``StoreError/optionsChanged`` when the configuration is
    ///   another by now, ``StoreError/tooManyFiles``.
    package func createCase(
        _ draft: CaseDraft, from id: DraftID, by creator: EmployeeID,
        adding files: [ReceivedFile], proposed: ProposedTypes? = nil, optionsVersion: Int64,
        at: Date
    ) throws(StoreError) -> CaseCreation {
        let new = NewCase(draft, by: creator, at: at.milliseconds)
        let contents = files.map { ($0.name, $0.content) }
        let name = self.name
        return try self.files.place(files) { () throws(StoreError) -> CaseCreation in
            do throws(StoreError) {
                let (number, told) = try writer.write { db in
                    let isStored = try db.openDraft(id, of: creator)
                    guard try db.configurationVersion() == optionsVersion else {
                        throw StoreError.optionsChanged
                    }
                    let staged = isStored ? try db.stagedFiles(of: id) : []
                    let files = staged.map { ($0.name, $0.content) } + contents
                    let (given, choice) = try db.handOn(new)
                    let number = try given.insert(files, into: db)
                    try db.recordAssignment(of: number, given, choice)
                    if let proposed {
                        try db.record(
                            proposed, for: number, chosen: draft.type.id, at: new.createdAt)
                    }
                    if isStored {
                        try db.closeDraft(id, as: number, at: new.createdAt)
                    } else {
                        try db.addDraft(id, of: creator, as: number, at: new.createdAt)
                    }
                    return (
                        number, try db.tellOfCreation(number, given, by: creator, in: name)
                    )
                }
                ring(told)
                return .created(number)
            } catch {
                if case .alreadySaved(let number) = error { return .alreadySaved(number) }
                throw error
            }
        }
    }
}

extension Database {
    /// The version that ``CaseOptions/version`` is compared with.
    func configurationVersion() throws -> Int64 {
        try number("SELECT version FROM configuration WHERE id = 1") ?? 0
    }

    /// Makes the row of a draft that was never stored, so that its name is known from now on.
    ///
    /// Not one statement with ``closeDraft``: ON CONFLICT costs SQLite 3.40 several times as much.
    fileprivate func addDraft(
        _ id: DraftID, of creator: EmployeeID, as number: CaseNumber, at: Int64
    ) throws {
        try run(
            """
            INSERT INTO draft (id, employee, formValues, savedAt, savedAs)
            VALUES (?, ?, '{}', ?, ?)
            """, [id.description, creator.number, at, number.number])
    }

    /// Notes that a draft has become a case; its values and files are the case's now.
    fileprivate func closeDraft(_ id: DraftID, as number: CaseNumber, at: Int64) throws {
        try run("DELETE FROM stagedFile WHERE draft = ?", [id.description])
        try run(
            "UPDATE draft SET formValues = '{}', savedAt = ?, savedAs = ? WHERE id = ?",
            [at, number.number, id.description])
    }
}
