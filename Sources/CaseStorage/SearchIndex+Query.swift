internal import CaseModel
internal import GRDB

// From what a person typed to an expression of FTS5 (https://sqlite.org/fts5.html, 3), in which
// each word stands in quotes, so that nothing typed is ever an operator.

extension SearchIndex {
    /// The expression for cases; `nil` when the query has no word.
    ///
    /// - Parameter alternatives: Sets of marks; a case must have all of at least one set.
    /// - Parameter marks: Marks that a case must have besides.
    static func casePattern(
        _ query: String, anyOf alternatives: [[Mark]], allOf marks: [Mark], in db: Database
    ) throws -> String? {
        let words = try words(of: query, in: db)
        guard let last = words.last else { return nil }
        var terms = words.dropLast().map(quoted)
        terms.append(try beginning(last, vocabulary: "caseWord", in: db))
        terms += marks.map { quoted($0.word) }
        if !alternatives.contains(where: \.isEmpty) {
            let sets = alternatives.map { set in
                "(" + set.map { quoted($0.word) }.joined(separator: " AND ") + ")"
            }
            terms.append("(" + sets.joined(separator: " OR ") + ")")
        }
        return terms.joined(separator: " AND ")
    }

    /// The words of a query as the index has them: folded, without accents.
    static func words(of query: String, in db: Database) throws -> [String] {
        let tokenizer = try db.makeTokenizer(
            .unicode61(diacritics: .remove))
        return try tokenizer.tokenize(query: spaced(query))
            .prefix(StoreLimit.maximumSearchedWords).map(\.token)
    }

    /// An expression for all words that begin with `word`.
    ///
    /// FTS5 collects every row of such words before it gives the first, which takes long for the
    /// beginning of a common word. So the words themselves are looked up, one seek each, and asked
    /// for by name; only when there are very many is it left to FTS5.
    private static func beginning(
        _ word: String, vocabulary: String, in db: Database
    ) throws -> String {
        let statement = try db.cachedStatement(
            sql: "SELECT term FROM \(vocabulary) WHERE term >= ? LIMIT 1")
        guard word.unicodeScalars.count >= minimumBeginning else { return quoted(word) }
        var found: [String] = []
        var next = word
        while let term = try String.fetchOne(statement, arguments: [next]),
            term.utf8.starts(with: word.utf8)
        {
            guard found.count < maximumExpandedWords else { return quoted(word) + "*" }
            found.append(term)
            next = term + "\u{1}"
        }
        guard !found.isEmpty else { return quoted(word) }
        return "(" + found.map(quoted).joined(separator: " OR ") + ")"
    }

    /// Characters from which on the last word of a query is taken for a beginning; with fewer, half
    /// of all words would do.
    private static let minimumBeginning = 3
    /// Words that the beginning of a word is expanded to.
    static let maximumExpandedWords = 64

    static func quoted(_ word: String) -> String {
        "\"" + word.replacing("\"", with: "\"\"") + "\""
    }
}
