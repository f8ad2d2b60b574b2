internal import CaseModel
internal import Foundation

/// What a row says about a customer, as texts by field, right or wrong.
package struct CustomerTexts: Equatable, Sendable {
    package var name: String
    /// `male`, `female`, or empty; anything else as it was written.
    package var gender: String
    package var phones: [String]
    package var emails: [String]
    package var remark: String

    package init(
        name: String, gender: String = "", phones: [String] = [], emails: [String] = [],
        remark: String = ""
    ) {
        self.name = name
        self.gender = gender
        self.phones = phones
        self.emails = emails
        self.remark = remark
    }

    /// Takes the texts out of a row: without white space around them, without the apostrophe that keeps
    /// a spreadsheet from reading a formula, and each address once.
    package init(_ row: SheetRow, _ mapping: SheetColumns) {
        var cells: [ColumnMeaning: [String]] = [:]
        for (column, meaning) in mapping.meanings.enumerated() where meaning != .nothing {
            let text = Self.withFoldedLines(CellText.original(row[column]))
            let trimmed = Self.trimmed(text)
            guard !trimmed.isEmpty else { continue }
            // White space belongs to a free text.
            cells[meaning, default: []].append(meaning == .remark ? text : trimmed)
        }
        name = (cells[.name] ?? []).joined(separator: " ")
        gender = Self.gender(cells[.gender]?.first ?? "")
        phones = Self.values(cells[.phone] ?? [], isSame: Self.isSamePhone)
        emails = Self.values(cells[.email] ?? []) { $0.lowercased() == $1.lowercased() }
        remark = (cells[.remark] ?? []).joined(separator: "\n")
    }

    /// Several addresses of one cell stand with `|` or a line break between them.
    private static func values(
        _ cells: [String], isSame: (String, String) -> Bool
    ) -> [String] {
        var values: [String] = []
        for cell in cells {
            for part in cell.unicodeScalars.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
                let value = trimmed(String(part))
                let isKnown = values.contains { isSame($0, value) }
                if !value.isEmpty && !isKnown { values.append(value) }
            }
        }
        return values
    }

    private static func isSamePhone(_ one: String, _ other: String) -> Bool {
        guard let number = try? PhoneNumber(one), let another = try? PhoneNumber(other) else {
            return one == other
        }
        return number.isSame(as: another)
    }

    private static func gender(_ text: String) -> String {
        switch text.lowercased() {
        case "male", "m", "man": "male"
        case "female", "f", "woman": "female"
        case "", "-", "n/a", "not available", "unknown": ""
        default: text
        }
    }

    private static func trimmed(_ text: String) -> String {
        // Nearly no cell has space around it.
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
            first.properties.isWhitespace || last.properties.isWhitespace
        else { return text }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// CRLF and a single CR become LF, as everywhere in the desk.
    private static func withFoldedLines(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\r")) else { return text }
        return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }
}
