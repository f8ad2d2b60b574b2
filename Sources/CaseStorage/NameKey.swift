internal import CaseModel
internal import Foundation

/// A name as it is compared: two that differ in upper and lower case, in how an accent is written or in the white
/// space between words are one name to whoever reads them in a list.
enum NameKey {
    static func of(_ name: String) -> String {
        let words = name.precomposedStringWithCompatibilityMapping.split { $0.isWhitespace }
        let folded = FoldedText(words.joined(separator: " "))
        return String(decoding: folded.bytes, as: UTF8.self)
    }

    /// The problem of a name that something else has.
    static func taken(_ field: String, _ noun: String, _ name: String) -> StoreError {
        .rejected([FieldProblem(field, "There is a \(noun) “\(name)” already; choose another name")]
        )
    }
}
