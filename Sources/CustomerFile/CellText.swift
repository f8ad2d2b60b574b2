/// The text of a cell on its way to a spreadsheet and back (OWASP, “CSV Injection”).
///
/// A spreadsheet takes a cell that begins with one of these characters for a formula, also in a
/// CSV file and also in quotation marks. An apostrophe before it makes it text. Text that already
/// has apostrophes there gets one more, so that what was exported always comes back as it was.
package enum CellText {
    private static let apostrophe: Unicode.Scalar = "'"

    /// The text for a cell.
    package static func neutralised(_ text: String) -> String {
        beginsFormula(behindApostrophes: text) ? "'" + text : text
    }

    /// What ``neutralised(_:)`` was given.
    package static func original(_ cell: String) -> String {
        guard cell.unicodeScalars.first == apostrophe, beginsFormula(behindApostrophes: cell) else {
            return cell
        }
        return String(cell.unicodeScalars.dropFirst())
    }

    private static func beginsFormula(behindApostrophes text: String) -> Bool {
        switch text.unicodeScalars.first(where: { $0 != apostrophe }) {
        case "=", "+", "-", "@", "\t", "\r", "\n": true
        // The wide forms, which spreadsheets of some languages take for the same.
        case "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
        default: false
        }
    }
}
