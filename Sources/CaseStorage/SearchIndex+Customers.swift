internal import CaseModel
internal import GRDB

// How customers are indexed and looked for: every word of a query is the beginning of a word of the customer, and
// a number is found from any of its digits on.

extension SearchIndex {
    /// The beginnings, in characters, that `customerText` has an index of its own for, so that the rows of one come
    /// in order without being collected first: short ones are of half of all customers, and up to nine letters
    /// there are names that many words begin with.
    static let indexedBeginnings = [1, 2, 3, 5, 7, 9]

    /// What is given to the index for a customer: each number also from every digit on, so that the national form
    /// and the last digits find it as well.
    static func words(name: String, emails: [String], phones: [String]) -> String {
        var words = [spaced(name)] + emails.map(spaced)
        for phone in phones {
            let digits = String(String.UnicodeScalarView(phone.unicodeScalars.filter(isDigit)))
            let count = min(digits.utf8.count, maximumPhoneDigits)
            guard count > minimumPhoneDigits else {
                words.append(digits)
                continue
            }
            words += (0...(count - minimumPhoneDigits)).map { String(digits.dropFirst($0)) }
        }
        return words.joined(separator: " ")
    }

    /// Digits that a part of a number must have to be found in the middle of it.
    private static let minimumPhoneDigits = 4
    /// Digits of a number that are indexed from each digit on (E.164 has 15).
    private static let maximumPhoneDigits = 20

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

    private static func customerTerms(_ query: String, in db: Database) throws -> [String] {
        try words(of: query, in: db).map { try customerBeginning($0, in: db) }
    }

    /// An expression for all words that begin with `word`.
    ///
    /// A beginning that has no index of its own is asked for by the longer ones that do, and by the words that are
    /// shorter than these: one seek for each. Only where there are very many, of long and rare ones, is it left
    /// to FTS5, which collects their rows.
    private static func customerBeginning(_ word: String, in db: Database) throws -> String {
        let length = word.unicodeScalars.count
        guard !indexedBeginnings.contains(length) else { return quoted(word) + "*" }
        let indexed = indexedBeginnings.first { $0 > length } ?? .max
        let statement = try db.cachedStatement(
            sql: "SELECT term FROM customerWord WHERE term >= ? LIMIT 1")
        var found: [String] = []
        var next = word
        while let term = try String.fetchOne(statement, arguments: [next]),
            term.utf8.starts(with: word.utf8)
        {
            guard found.count < maximumExpandedWords else { return quoted(word) + "*" }
            if term.unicodeScalars.count < indexed {
                found.append(quoted(term))
                next = term + "\u{1}"
            } else {
                let beginning = String(term.unicodeScalars.prefix(indexed))
                found.append(quoted(beginning) + "*")
                next = beginning + "\u{10FFFF}"
            }
        }
        guard !found.isEmpty else { return quoted(word) }
        return "(" + found.joined(separator: " OR ") + ")"
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

extension Database {
    /// Makes a customer searchable.
    func indexCustomer(_ id: CustomerID, _ values: CustomerValues) throws {
        try run(
            "INSERT INTO customerText (rowid, words) VALUES (?, ?)",
            [id.number, SearchIndex.words(of: values)])
    }

    /// Takes a customer out of the search.
    ///
    /// - Parameter values: Exactly what was indexed: the index holds no text of its own and is told which words to
    ///   forget.
    func unindexCustomer(_ id: CustomerID, _ values: CustomerValues) throws {
        try run(
            "INSERT INTO customerText (customerText, rowid, words) VALUES ('delete', ?, ?)",
            [id.number, SearchIndex.words(of: values)])
    }
}

extension SearchIndex {
    static func words(of values: CustomerValues) -> String {
        words(
            name: values.name, emails: values.emails.preferredFirst,
            phones: values.phones.preferredFirst)
    }
}
