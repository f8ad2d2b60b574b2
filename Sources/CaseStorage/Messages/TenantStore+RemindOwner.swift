package import CaseModel
package import Foundation
internal import GRDB

extension TenantStore {
    /// Reminds the owner of a case, or the members of the queue that owns it; once in
    /// ``StoreLimit/reminderInterval`` seconds.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no such case.
    package func remindOwner(
        of number: CaseNumber, by employee: EmployeeID, at: Date
    ) throws(StoreError) -> ReminderOutcome {
        let name = self.name
        let (outcome, told) = try writer.write { db in
            try db.remindOwner(of: number, by: employee, at: at, in: name)
        }
        ring(told)
        return outcome
    }

    /// Wakes the senders of what is to be sent, after its transaction.
    func ring(_ told: Told) {
        for channel in told.channels { bell(channel).ring() }
    }
}

extension Database {
    fileprivate func remindOwner(
        of number: CaseNumber, by employee: EmployeeID, at: Date, in tenant: TenantName
    ) throws -> (ReminderOutcome, Told) {
        guard let row = try row("SELECT state FROM caseRecord WHERE number = ?", [number.number])
        else { throw StoreError.unknown("case") }
        guard try row.choice("state") != CaseState.completed else { return (.completed, Told()) }
        if let next = try nextReminder(of: number), next > at {
            return (.tooSoon(next: next), Told())
        }
        guard try tellsOwners(.reminder) else {
            return (.nobody(["The template “Reminder” is switched off"]), Told())
        }
        let telling = try Telling(
            self, of: number, by: employee, at: at.milliseconds, in: tenant)
        let told = try telling.tellOwner(.reminder)
        guard told.messageCount > 0 else {
            let reasons = told.reasons.isEmpty ? ["Nobody else owns the case"] : told.reasons
            return (.nobody(reasons), Told())
        }
        try addEvent(
            "Reminded \(telling.ownerName)", to: number, by: employee, at: at.milliseconds)
        try addReasons(told, telling)
        return (.reminded(messageCount: told.messageCount), told)
    }

    /// When the next reminder of a case may be made; `nil` when there was none.
    fileprivate func nextReminder(of number: CaseNumber) throws -> Date? {
        try self.number(
            "SELECT max(createdAt) FROM message WHERE caseNumber = ? AND kind = 'reminder'",
            [number.number]
        ).map { Date(milliseconds: $0).addingTimeInterval(StoreLimit.reminderInterval) }
    }
}

extension StoreReader {
    /// When the owner of a case may be reminded again; `nil` when nobody was reminded yet.
    package func nextReminder(of number: CaseNumber) throws(StoreError) -> Date? {
        try query { db in try db.nextReminder(of: number) }
    }
}
