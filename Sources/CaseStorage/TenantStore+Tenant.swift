package import CaseModel
package import Foundation
internal import GRDB

// The settings of the tenant space that administrators change, and the sessions that they can end.

extension TenantStore {
    /// Changes the settings; what other people changed in the meantime stays.
    ///
    /// - Throws: ``StoreError/editedMeanwhile(_:)``.
    package func updateTenant(_ values: TenantValues, _ edit: Edit) throws(StoreError) {
        try writer.write { db in
            let stored = try db.tenantValues()
            guard let wanted = try db.merge(values, into: stored, id: Database.tenantID, edit)
            else { return }
            try db.run(
                "UPDATE tenant SET displayName = ?, timeZone = ?, isCaseEnabled = ? WHERE id = 1",
                [wanted.name, wanted.timeZone.description, wanted.isCaseEnabled])
        }
    }

    /// Ends a session that lasts.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is none of this key, or it is over.
    package func endLiveSession(_ key: [UInt8], at: Date) throws(StoreError) {
        try writer.write { db in
            try db.run(
                "UPDATE session SET endedAt = ? WHERE key = ? AND endedAt IS NULL",
                [at.milliseconds, Data(key)])
            guard db.changesCount == 1 else { throw StoreError.unknown("session") }
        }
    }
}

extension Database {
    /// The number under which the history has the tenant space.
    static let tenantID: Int64 = 1

    func tenantValues() throws -> TenantValues {
        guard
            let row = try row(
                "SELECT displayName, timeZone, isCaseEnabled FROM tenant WHERE id = 1")
        else { throw StoreError.corrupt("the tenant space has no settings") }
        let zone: String = row["timeZone"]
        return TenantValues(
            name: row["displayName"], timeZone: TimeZoneName(zone) ?? TimeZoneName(of: .gmt),
            isCaseEnabled: row["isCaseEnabled"])
    }
}
