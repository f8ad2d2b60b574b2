internal import CaseModel
internal import Foundation
internal import GRDB

extension CaseOptions {
    /// Reads the options of this moment; the caller holds a transaction.
    init(readFrom db: Database) throws {
        self.init(
            version: try db.configurationVersion(), tenant: try db.tenantSpace(),
            types: try db.caseTypes().filter(\.isEnabled),
            queues: try db.rows("SELECT id, name FROM caseQueue").map { row in
                CaseQueue(id: row.id("id"), name: row["name"])
            }.sorted(byName: \.name),
            agents: try db.rows(
                "SELECT id, login, name, role, isActive FROM employee WHERE isActive = 1"
            ).map(Employee.init).sorted(byName: \.name),
            customers: try Self.customers(readFrom: db), activeRule: try db.activeRule(),
            notifications: try db.notificationSetup())
    }

    private static func customers(readFrom db: Database) throws -> [Customer]? {
        let rows = try db.rows(
            "SELECT \(Customer.columns) FROM customer LIMIT ?",
            [maximumListedCustomers + 1])
        guard rows.count <= maximumListedCustomers else { return nil }
        return rows.map(Customer.init).sorted(byName: \.name)
    }
}

extension Database {
    /// The tenant space's name and settings.
    func tenantSpace() throws -> TenantSpace {
        guard
            let row = try row(
                """
                SELECT displayName, timeZone, isCaseEnabled FROM tenant WHERE id = 1
                """)
        else { throw StoreError.corrupt("the tenant space has no settings") }
        let zone: String = row["timeZone"]
        guard let timeZone = TimeZone(identifier: zone) else {
            throw StoreError.corrupt("this system knows no time zone '\(zone)'; install tzdata")
        }
        return TenantSpace(
            displayName: row["displayName"], timeZone: timeZone,
            isCaseEnabled: row["isCaseEnabled"])
    }
}

extension Employee {
    init(_ row: Row) throws {
        self.init(
            id: row.id("id"), login: row["login"], name: row["name"],
            role: try row.choice("role"), isActive: row["isActive"])
    }
}

extension Sequence {
    /// In the order in which people look for a name: by letter, whatever its case or accents.
    func sorted(byName name: (Element) -> String) -> [Element] {
        sorted { left, right in
            let order = name(left).compare(
                name(right), options: [.caseInsensitive, .diacriticInsensitive, .numeric])
            return order == .orderedAscending
        }
    }
}
