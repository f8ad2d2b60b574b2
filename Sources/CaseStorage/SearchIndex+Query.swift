internal import CaseModel
internal import GRDB

// From what a person typed to an expression of FTS5 (https://sqlite.org/fts5.html, 3), in which
// each word stands in quotes, so that nothing typed is ever an operator.

extension SearchIndex {
    /// The expression for customers; `nil` when the query has no word.
    static func customerPattern(_ query: String, in db: Database) throws -> String? {
        let apart = try customerTerms(query, in: db)
        guard !apart.isEmpty else { return nil }
        let separately = apart.joined(separator: " AND ")
        let joined = joiningDigits(query)
        guard joined != query else { return separately }
        let together = try customerTerms(joined, in: db).joined(separator: " AND ")
        return together.isEmpty ? separately : "(\(separately)) OR (\(together))"
    }

    /// Each word as a beginning: short ones have an index of their own, long ones are few.
    private static func customerTerms(_ query: String, in db: Database) throws -> [String] {
        try words(of: query, in: db).map { word in
            word.unicodeScalars.count <= indexedBeginning
                ? quoted(word) + "*" : try beginning(word, vocabulary: "customerWord", in: db)
        }
    }

    /// The longest beginnings that `customerText` has an index for, its option `prefix`.
    private static let indexedBeginning = 3

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
    private static func words(of query: String, in db: Database) throws -> [String] {
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
    private static let maximumExpandedWords = 64

    private static func quoted(_ word: String) -> String {
        "\"" + word.replacing("\"", with: "\"\"") + "\""
    }

    /// Takes out what people put between the digits of a number, and the zeros before it that
    /// stand for the own country or the exit from it.
    static func joiningDigits(_ query: String) -> String {
        var result = String.UnicodeScalarView()
        var separators = String.UnicodeScalarView()
        var isInNumber = false
        for scalar in query.unicodeScalars {
            if isDigit(scalar) {
                if !isInNumber { result.append(contentsOf: separators.filter { $0 == " " }) }
                separators = String.UnicodeScalarView()
                if isInNumber || scalar != "0" {
                    result.append(scalar)
                    isInNumber = true
                }
            } else if phoneSeparators.contains(scalar) {
                separators.append(scalar)
            } else {
                result.append(contentsOf: separators)
                result.append(scalar)
                separators = String.UnicodeScalarView()
                isInNumber = false
            }
        }
        return String(result)
    }

    private static let phoneSeparators: Set<Unicode.Scalar> = [" ", "+", "-", "(", ")", "/", "."]
}
