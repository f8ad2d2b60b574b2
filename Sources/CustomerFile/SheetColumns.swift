/// What each column of a file is taken for.
///
/// Several columns may be a name (their texts are joined by a space, as for First Name and Last
/// Name), phones, e-mail addresses, or remarks (joined by a line break).
package struct SheetColumns: Equatable, Sendable {
    /// One for each column, in the order of the file.
    package let meanings: [ColumnMeaning]

    /// Columns that may hold phones, and as many that may hold e-mail addresses: a customer has three.
    package static let maximumColumnsOfAKind = 3

    package init(_ meanings: [ColumnMeaning]) {
        self.meanings = meanings
    }

    /// Guesses from the names of the columns.
    package init(guessedFrom columnNames: [String]) {
        let wholeName = columnNames.firstIndex(where: ColumnMeaning.isWholeName)
        var counts: [ColumnMeaning: Int] = [:]
        meanings = columnNames.enumerated().map { column, name in
            let meaning = ColumnMeaning(columnName: name)
            counts[meaning, default: 0] += 1
            let count = counts[meaning, default: 0]
            let isOneTooMany = count > (Self.maximumCount(of: meaning) ?? .max)
            let isPartOfWhole = meaning == .name && wholeName != nil && wholeName != column
            return isOneTooMany || isPartOfWhole ? .nothing : meaning
        }
    }

    /// Takes it as ``stored`` says it.
    package init?(stored: String) {
        var meanings: [ColumnMeaning] = []
        for word in stored.split(separator: ",", omittingEmptySubsequences: false) {
            guard let meaning = ColumnMeaning(rawValue: String(word)) else { return nil }
            meanings.append(meaning)
        }
        self.meanings = meanings
    }

    /// One line to keep it in.
    package var stored: String { meanings.map(\.rawValue).joined(separator: ",") }

    /// A choice that has to be made otherwise: the column, and the sentence that says how.
    package struct Problem: Equatable, Sendable {
        /// The column where the sentence stands, from 0.
        package let column: Int
        package let message: String
    }

    /// What is wrong with the choices; empty when rows can be read with them.
    package var problems: [Problem] {
        var found: [Problem] = []
        if !meanings.contains(.name) {
            found.append(Problem(column: 0, message: "Choose the column that holds the name"))
        }
        for meaning in ColumnMeaning.allCases {
            guard let maximum = Self.maximumCount(of: meaning) else { continue }
            let columns = meanings.indices.filter { meanings[$0] == meaning }
            guard columns.count > maximum else { continue }
            let message =
                "\(meaning.label) is chosen for \(columns.count) columns; choose at most \(maximum)"
            found.append(Problem(column: columns[maximum], message: message))
        }
        return found
    }

    private static func maximumCount(of meaning: ColumnMeaning) -> Int? {
        switch meaning {
        case .nothing, .name, .remark: nil
        case .gender: 1
        case .phone, .email: maximumColumnsOfAKind
        }
    }
}
