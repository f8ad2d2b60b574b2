internal import CaseModel
internal import GRDB

extension Database {
    /// Compares what customers are found and sorted by with what they are.
    func customerFindings() throws -> [String] {
        var findings: [String] = []
        let cursor = try Row.fetchCursor(
            self, sql: "SELECT \(StoredCustomer.columns), nameKey FROM customer")
        while let row = try cursor.next(), findings.count < Self.maximumFindings {
            let customer = StoredCustomer(row)
            if row["nameKey"] != customer.values.nameKey {
                findings.append("customer \(customer.id): the key that it is sorted by is wrong")
            }
            if try contacts(of: customer.id) != ContactKey.all(of: customer.values) {
                findings.append("customer \(customer.id): what its addresses are found by is wrong")
            }
        }
        return findings
    }

    /// Customers named before it is clear that something is wrong with all of them.
    private static let maximumFindings = 20

    private func contacts(of id: CustomerID) throws -> Set<ContactKey> {
        Set(
            try rows("SELECT kind, key FROM customerContact WHERE customer = ?", [id.number]).map {
                ContactKey(kind: try $0.choice("kind"), text: $0["key"])
            })
    }
}
