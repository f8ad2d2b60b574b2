package import CaseModel
internal import GRDB

extension StoreReader {
    /// A customer by identifier.
    package func customer(_ id: CustomerID) throws(StoreError) -> Customer? {
        try storedCustomer(id)?.customer
    }

    /// A customer with all that is stored of it.
    package func storedCustomer(_ id: CustomerID) throws(StoreError) -> StoredCustomer? {
        try query { db in try db.storedCustomer(id) }
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
                try db.storedCustomer(CustomerID(number: id))?.customer
            }.sorted(byName: \.name)
        }
    }

    /// Customers who have an e-mail address or a phone number of these, however it is written; the oldest first.
    ///
    /// - Parameter id: A customer who is not meant.
    package func customers(
        sharingAddressWith values: CustomerValues, except id: CustomerID? = nil, limit: Int
    ) throws(StoreError) -> [StoredCustomer] {
        try snapshot { db in
            let (emails, phones) = (values.emails.preferredFirst, values.phones.preferredFirst)
            var found = Set(try emails.flatMap { try db.customers(withEmail: $0) })
            found.formUnion(try phones.flatMap { try db.customers(withPhone: $0) })
            if let id { found.remove(id) }
            return try found.sorted()
                .prefix(StoreReader.bounded(limit)).compactMap { try db.storedCustomer($0) }
        }
    }
}

// MARK: - By address

extension Database {
    /// Customers that one address may lead to; a number such as a hotline's that very many have is no way to tell
    /// one of them.
    private static let maximumMatches = 100

    /// The customers with this e-mail address, whatever its case; the oldest first.
    func customers(withEmail address: String) throws -> [CustomerID] {
        try customers(with: ContactKey(email: address))
    }

    /// The customers with this phone number, however it is written; the oldest first.
    func customers(withPhone text: String) throws -> [CustomerID] {
        guard let number = try? PhoneNumber(text) else { return [] }
        return try customers(with: ContactKey(phone: number)).filter { id in
            let phones = try storedCustomer(id)?.values.phones.preferredFirst ?? []
            return phones.contains { (try? PhoneNumber($0))?.isSame(as: number) ?? false }
        }
    }

    private func customers(with key: ContactKey) throws -> [CustomerID] {
        try rows(
            """
            SELECT customer FROM customerContact WHERE key = ? AND kind = ?
            ORDER BY customer LIMIT ?
            """, [key.text, key.kind.rawValue, Self.maximumMatches]
        ).map { $0.id("customer") }
    }
}
