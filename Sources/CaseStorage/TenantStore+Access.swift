package import CaseModel
internal import Foundation
internal import GRDB

// Whether an account may be used, and with which password.

extension TenantStore {
    /// Lets an account log in and own cases, or not; when not, its sessions end and its cases stay.
    ///
    /// - Throws: ``StoreError/unknown(_:)``; ``StoreError/rejected(_:)`` when somebody takes their own account
    ///   out of use, or that of the last active administrator. The command line may do both: whoever has it
    ///   can add an administrator.
    package func setEmployee(
        _ id: EmployeeID, isActive: Bool, _ edit: Edit? = nil
    ) throws(StoreError) {
        let edit = edit ?? .commandLine
        try writer.write { db in
            guard
                let stored = try db.number(
                    "SELECT isActive FROM employee WHERE id = ?", [id.number])
            else { throw StoreError.unknown("employee") }
            guard (stored == 1) != isActive else { return }
            if !isActive {
                try db.requireDeactivatable(id, edit)
                try db.endSessions(of: id, at: edit.at)
            }
            try db.run("UPDATE employee SET isActive = ? WHERE id = ?", [isActive, id.number])
            try db.record(
                EmployeeDetails.activeField, from: isActive ? "" : "1", to: isActive ? "1" : "",
                of: .employee, id.number, edit)
        }
    }

    /// Changes a password; all sessions of the account end, but for the one in which the person does it.
    ///
    /// - Parameter mustChange: Whether nothing else can be done after the next log-in before it is changed.
    /// - Parameter session: The key of the session that goes on.
    package func setPassword(
        of id: EmployeeID, hash: String, mustChange: Bool = false, keeping session: [UInt8]? = nil,
        _ edit: Edit? = nil
    ) throws(StoreError) {
        let edit = edit ?? .commandLine
        try writer.write { db in
            try db.run(
                "UPDATE employee SET passwordHash = ?, mustChangePassword = ? WHERE id = ?",
                [hash, mustChange, id.number])
            guard db.changesCount == 1 else { throw StoreError.unknown("employee") }
            try db.endSessions(of: id, at: edit.at, but: session)
            // What it was and is stays out of the history, of course.
            try db.record(
                EmployeeDetails.passwordField, from: "",
                to: mustChange ? EmployeeDetails.temporaryPassword : EmployeeDetails.ownPassword,
                of: .employee, id.number, edit)
        }
    }
}

extension Database {
    fileprivate func requireDeactivatable(_ id: EmployeeID, _ edit: Edit) throws {
        if edit.employee == id {
            throw StoreError.rejected([
                FieldProblem(
                    EmployeeDetails.activeField,
                    "You cannot deactivate your own account; ask another administrator")
            ])
        }
        try requireAnotherAdministrator(besides: id, field: EmployeeDetails.activeField, edit)
    }

    fileprivate func endSessions(
        of employee: EmployeeID, at: Date, but kept: [UInt8]? = nil
    ) throws {
        try run(
            "UPDATE session SET endedAt = ? WHERE employee = ? AND endedAt IS NULL AND key <> ?",
            [at.milliseconds, employee.number, Data(kept ?? [])])
    }
}
