package import CaseModel
internal import Foundation
internal import GRDB

// The settings of the tenant space that administrators change.

extension TenantStore {
    /// Changes the settings; what other people changed in the meantime stays.
    ///
    /// - Throws: ``StoreError/editedMeanwhile(_:)``.
    package func updateTenant(_ values: TenantValues, _ edit: Edit) throws(StoreError) {
        try writer.write { db in
            let stored = try db.tenantValues()
            guard let wanted = try db.merge(values, into: stored, id: TenantValues.id, edit)
            else { return }
            try db.run(
                "UPDATE tenant SET displayName = ?, timeZone = ?, isCaseEnabled = ? WHERE id = 1",
                [wanted.name, wanted.timeZone.description, wanted.isCaseEnabled])
        }
    }
}

extension Database {
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
