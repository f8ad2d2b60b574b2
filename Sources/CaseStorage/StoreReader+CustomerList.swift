internal import CaseModel
internal import GRDB

// Lists of customers. All of them are read from the index that has them in the order of the page, so a page costs
// the same at ten and at a million. What a search finds is sorted here; of very many it is the newest.

extension StoreReader {
    /// A page of the customers that the query asks for.
    package func customers(_ query: CustomerQuery) throws(StoreError) -> CustomerPage {
        let limit = StoreReader.bounded(query.limit)
        return try snapshot { db in
            guard query.text.contains(where: { !$0.isWhitespace }) else {
                return try CustomerScan(query, in: db).page(limit)
            }
            return try db.found(query, limit)
        }
    }

    /// Whether there are no customers at all.
    package func hasCustomers() throws(StoreError) -> Bool {
        try query { db in try db.number("SELECT 1 FROM customer LIMIT 1") != nil }
    }
}

/// All customers in an order, in a transaction of the caller's.
private struct CustomerScan {
    private let order: CustomerOrder
    private let isDescending: Bool
    private let position: CustomerPosition
    private let db: Database

    init(_ query: CustomerQuery, in database: Database) {
        order = query.order
        isDescending = query.isDescending
        position = query.position
        db = database
    }

    func page(_ limit: Int) throws -> CustomerPage {
        switch position {
        case .first:
            let found = try rows(beyond: nil, isDescending, limit + 1)
            return page(found.prefix(limit), hasPrevious: false, hasNext: found.count > limit)
        case .after(let key):
            let found = try rows(beyond: key, isDescending, limit + 1)
            // The customer of the key itself is on the page before, unless it is gone with all before it.
            let hasPrevious = try hasRows(upTo: key)
            return page(found.prefix(limit), hasPrevious: hasPrevious, hasNext: found.count > limit)
        case .before(let key):
            let found = try rows(beyond: key, !isDescending, limit + 1)
            let page = found.prefix(limit).reversed()
            let hasNext = try page.last.map { try hasRows(beyond: $0) } ?? false
            return self.page(page, hasPrevious: found.count > limit, hasNext: hasNext)
        }
    }

    private func page(
        _ customers: some Collection<StoredCustomer>, hasPrevious: Bool, hasNext: Bool
    ) -> CustomerPage {
        let customers = Array(customers)
        return CustomerPage(
            customers: customers,
            previous: hasPrevious ? customers.first.map { $0.key(in: order) } : nil,
            next: hasNext ? customers.last.map { $0.key(in: order) } : nil, fittingCount: nil,
            isCut: false)
    }

    private func hasRows(beyond customer: StoredCustomer) throws -> Bool {
        try !rows(beyond: customer.key(in: order), isDescending, 1).isEmpty
    }

    private func hasRows(upTo key: CustomerKey) throws -> Bool {
        try db.storedCustomer(key.id) != nil || !rows(beyond: key, !isDescending, 1).isEmpty
    }

    /// The next customers beyond a place, in one of the two directions.
    private func rows(
        beyond key: CustomerKey?, _ isDescending: Bool, _ limit: Int
    ) throws -> [StoredCustomer] {
        let comparison = isDescending ? "<" : ">"
        guard let column = order.column else {
            let start = key?.id.number ?? (isDescending ? .max : 0)
            return try fetch("id \(comparison) ?", isDescending, [start], limit)
        }
        guard let key else { return try fetch("1", isDescending, [], limit) }
        // In two steps, as SQLite uses an index for a comparison of pairs only by its first column.
        let value = order.argument(key.value)
        let same = try fetch(
            "\(column) = ? AND id \(comparison) ?", isDescending, [value, key.id.number], limit)
        guard same.count < limit else { return same }
        return same
            + (try fetch("\(column) \(comparison) ?", isDescending, [value], limit - same.count))
    }

    private func fetch(
        _ condition: String, _ isDescending: Bool, _ arguments: StatementArguments, _ limit: Int
    ) throws -> [StoredCustomer] {
        let direction = isDescending ? "DESC" : "ASC"
        let first = order.column.map { "\($0) \(direction), " } ?? ""
        return try db.rows(
            """
            SELECT \(StoredCustomer.columns) FROM customer WHERE \(condition)
            ORDER BY \(first)id \(direction) LIMIT ?
            """, arguments + [limit]
        ).map(StoredCustomer.init)
    }
}

extension CustomerOrder {
    /// The column with an index of its own; `nil` for the order of the rows themselves.
    fileprivate var column: String? {
        switch self {
        case .name: "nameKey"
        case .created: nil
        case .updated: "updatedAt"
        }
    }

    /// A value of the column out of its text.
    fileprivate func argument(_ value: String) -> any DatabaseValueConvertible {
        self == .updated ? Int64(value) ?? 0 : value
    }
}

extension StoredCustomer {
    /// The place of the customer in a list.
    fileprivate func key(in order: CustomerOrder) -> CustomerKey {
        let value =
            switch order {
            case .name: values.nameKey
            case .created: ""
            case .updated: String(updatedAt.milliseconds)
            }
        return CustomerKey(id: id, value: value)
    }
}

// MARK: - Search

extension Database {
    /// The page of what a search finds.
    fileprivate func found(_ query: CustomerQuery, _ limit: Int) throws -> CustomerPage {
        guard let pattern = try SearchIndex.customerPattern(query.text, in: self) else {
            return CustomerPage(
                customers: [], previous: nil, next: nil, fittingCount: 0, isCut: false)
        }
        let numbers = try Int64.fetchAll(
            cachedStatement(
                sql: """
                    SELECT rowid FROM customerText WHERE customerText MATCH ?
                    ORDER BY rowid DESC LIMIT ?
                    """), arguments: [pattern, CustomerPage.maximumFitting + 1])
        let fitting = try numbers.prefix(CustomerPage.maximumFitting).compactMap { number in
            try key(of: CustomerID(number: number), in: query.order)
        }
        return try page(
            of: fitting, query, limit, isCut: numbers.count > CustomerPage.maximumFitting)
    }

    /// The place of a customer in a list, without a look at the rest of the row.
    private func key(of id: CustomerID, in order: CustomerOrder) throws -> CustomerKey? {
        guard let column = order.column else { return CustomerKey(id: id, value: "") }
        let row = try row("SELECT CAST(\(column) AS TEXT) FROM customer WHERE id = ?", [id.number])
        return row.map { CustomerKey(id: id, value: $0[0]) }
    }

    private func page(
        of fitting: [CustomerKey], _ query: CustomerQuery, _ limit: Int, isCut: Bool
    ) throws -> CustomerPage {
        let precedes = { (left: CustomerKey, right: CustomerKey) in
            query.isDescending
                ? query.order.precedes(right, left) : query.order.precedes(left, right)
        }
        let sorted = fitting.sorted(by: precedes)
        let start =
            switch query.position {
            case .first: 0
            case .after(let key): sorted.firstIndex { precedes(key, $0) } ?? sorted.count
            case .before(let key):
                max(0, (sorted.firstIndex { !precedes($0, key) } ?? sorted.count) - limit)
            }
        let page = sorted.dropFirst(start).prefix(limit)
        return CustomerPage(
            customers: try page.compactMap { try storedCustomer($0.id) },
            previous: start > 0 ? page.first : nil,
            next: start + page.count < sorted.count ? page.last : nil,
            fittingCount: sorted.count, isCut: isCut)
    }
}

extension CustomerOrder {
    /// Whether one place comes before another; by bytes, as the indexes have them.
    fileprivate func precedes(_ left: CustomerKey, _ right: CustomerKey) -> Bool {
        switch self {
        case .name where left.value != right.value:
            left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
        case .updated where left.value != right.value:
            Int64(left.value) ?? 0 < Int64(right.value) ?? 0
        default: left.id < right.id
        }
    }
}
