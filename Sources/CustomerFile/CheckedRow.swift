package import CaseModel

/// A row after the rules of a customer: values, or the reasons why there are none.
package struct CheckedRow: Equatable, Sendable {
    /// As the spreadsheet counts.
    package let number: Int
    /// The name that the row gives, cut to fit; the beginning of a row that cannot be read.
    package let name: String
    package let content: Content

    /// What the row comes to.
    package enum Content: Equatable, Sendable {
        case customer(CustomerValues)
        /// Every sentence says what to do.
        case refused(reasons: [String])
    }

    /// Checks a row of a file with so many columns.
    package init(_ row: SheetRow, _ mapping: SheetColumns) {
        number = row.number
        let columnCount = mapping.meanings.count
        if let flaw = row.flaw ?? row.flawOfWidth(columnCount) {
            name = Self.shown(row.cells.first { !$0.isEmpty } ?? "")
            content = .refused(reasons: [flaw.sentence])
            return
        }
        let texts = CustomerTexts(row, mapping)
        name = Self.shown(texts.name)
        var problems: [String] = texts.problems
        let values = texts.values(problems: &problems)
        content = values.map(Content.customer) ?? .refused(reasons: problems)
    }

    private static func shown(_ text: String) -> String {
        let line = text.unicodeScalars.prefix(CustomerLimit.maximumNameCharacters)
            .map { $0.properties.isWhitespace || $0.value < 0x20 ? " " : $0 }
        var shown = String.UnicodeScalarView()
        shown.append(contentsOf: line)
        return String(shown)
    }
}

extension SheetRow {
    /// A row that has text behind the last column: a delimiter stands in one of its cells.
    fileprivate func flawOfWidth(_ columnCount: Int) -> RowFlaw? {
        guard cells.dropFirst(columnCount).contains(where: { !$0.isEmpty }) else { return nil }
        return .moreCellsThanColumns(cells: cells.count, columns: columnCount)
    }
}

extension CustomerTexts {
    /// What the fields of a customer have no room for.
    fileprivate var problems: [String] {
        [(phones.count, "phone numbers"), (emails.count, "e-mail addresses")].compactMap {
            count, noun in
            guard count > CustomerLimit.maximumAddresses else { return nil }
            return "The row has \(count) \(noun); "
                + "a customer can have \(CustomerLimit.maximumAddresses)"
        }
    }

    /// The customer, by the same rules as on the customer's page; `nil` when there is a problem.
    fileprivate func values(problems: inout [String]) -> CustomerValues? {
        var fields = FieldTexts()
        fields[.name] = name
        fields[.gender] = gender
        for (field, phone) in zip(CustomerField.phones, phones) { fields[field] = phone }
        for (field, email) in zip(CustomerField.emails, emails) { fields[field] = email }
        fields[.remark] = remark
        var found: [FieldProblem] = []
        let values = CustomerValues(fields, problems: &found)
        problems += found.map(\.message)
        if let text = phones.first(where: Self.isShortenedNumber) {
            problems = [
                "A spreadsheet has shortened the phone number to “\(text)”; format the column as "
                    + "text and enter the whole number"
            ]
        }
        problems += controlCharacters
        return problems.isEmpty ? values : nil
    }

    /// Whether a number stands as `4.93055E+11`, of which the last digits are lost.
    private static func isShortenedNumber(_ text: String) -> Bool {
        text.uppercased().contains("E+") && text.contains(where: \.isNumber)
    }

    /// A sentence when a text holds what no text of the desk may hold.
    private var controlCharacters: [String] {
        let texts = [name, remark] + phones + emails
        let isClean = texts.allSatisfy { text in
            text.unicodeScalars.allSatisfy { scalar in
                switch scalar.value {
                case 0x09, 0x0A: true
                case 0x00...0x1F, 0x7F...0x9F: false
                default: true
                }
            }
        }
        return isClean ? [] : ["The row holds control characters; take them out"]
    }
}
