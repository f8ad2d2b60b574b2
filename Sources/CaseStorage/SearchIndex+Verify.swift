internal import CaseModel
internal import GRDB

// FTS5's own integrity check would hold the write lock for as long as it takes, and cannot compare an
// index without content with anything. This only reads.

extension SearchIndex {
    /// Compares both indexes with the texts: they must name the same words for the same rows.
    static func findings(in db: Database) throws -> [String] {
        let cases = try findings(
            in: db, table: "caseText", vocabulary: "caseWord",
            rows: """
                SELECT number AS id, title, description, creator, ownerQueue, ownerAgent, caseType,
                    state
                FROM caseRecord
                """, words: caseWords)
        let customers = try findings(
            in: db, table: "customerText", vocabulary: "customerWord",
            rows: "SELECT \(Customer.columns) FROM customer", words: customerWords)
        return cases + customers
    }

    /// Each side is summed up over its pairs of word and row, so that no list of them is held.
    private static func findings(
        in db: Database, table: String, vocabulary: String, rows: String,
        words: (Row) throws -> String
    ) throws -> [String] {
        var texts = PairSum()
        var rowCount: Int64 = 0
        let tokenizer = try db.makeTokenizer(.unicode61(diacritics: .remove))
        let cursor = try Row.fetchCursor(db, sql: rows)
        while let row = try cursor.next() {
            rowCount += 1
            let found = Set(try tokenizer.tokenize(document: words(row)).map(\.token))
            for word in found { texts.add(word, row["id"]) }
        }
        var index = PairSum()
        do {
            let pairs = try Row.fetchCursor(db, sql: "SELECT DISTINCT term, doc FROM \(vocabulary)")
            while let pair = try pairs.next() { index.add(pair[0], pair[1]) }
            let entries = try db.number("SELECT count(*) FROM \(table)_docsize") ?? 0
            guard entries == rowCount else {
                return ["search: \(table) has \(entries) entries for \(rowCount) rows"]
            }
        } catch let error as DatabaseError {
            return ["search: \(table): \(error.message ?? "damaged")"]
        }
        return texts == index ? [] : ["search: \(table) differs from the texts"]
    }

    private static func caseWords(_ row: Row) throws -> String {
        guard
            let owner = Owner(queueColumn: row["ownerQueue"], agentColumn: row["ownerAgent"])
        else { throw StoreError.corrupt("case \(row["id"] as Int64) has no owner") }
        return words(
            title: row["title"], description: row["description"],
            marks: marks(
                creator: row.id("creator"), owner: owner, type: row.id("caseType"),
                state: try row.choice("state")))
    }

    private static func customerWords(_ row: Row) -> String {
        let customer = Customer(row)
        return words(name: customer.name, emails: customer.emails, phones: customer.phones)
    }
}

/// A sum over pairs of word and row that does not depend on their order.
private struct PairSum: Equatable {
    private var sum = 0

    mutating func add(_ word: String, _ row: Int64) {
        var hasher = Hasher()
        hasher.combine(word)
        hasher.combine(row)
        sum &+= hasher.finalize()
    }
}
