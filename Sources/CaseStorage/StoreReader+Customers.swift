package import CaseModel
internal import GRDB

extension StoreReader {
    /// A customer by identifier.
    package func customer(_ id: CustomerID) throws(StoreError) -> Customer? {
        try query { db in
            try db.row(
                "SELECT id, name, emails, phones, remark FROM customer WHERE id = ?", [id.number]
            ).map(Customer.init)
        }
    }

    /// Customers whose name, e-mail addresses and phone numbers have a word that begins with each
    /// word of `query`; the oldest that match, by name.
    ///
    /// Numbers match from any digit on, whatever stands between the digits. Operators and quotes are
    /// nothing special; a query without a letter or digit finds nobody.
    package func customers(
        matching query: String, limit: Int
    ) throws(StoreError) -> [Customer] {
        try snapshot { db in
            guard let pattern = try SearchIndex.customerPattern(query, in: db) else { return [] }
            let found = try Int64.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT rowid FROM customerText WHERE customerText MATCH ?
                        ORDER BY rowid LIMIT ?
                        """),
                arguments: [pattern, StoreReader.bounded(limit)])
            return try found.compactMap { id in
                try db.row(
                    "SELECT id, name, emails, phones, remark FROM customer WHERE id = ?", [id]
                ).map(Customer.init)
            }.sorted(byName: \.name)
        }
    }
}
