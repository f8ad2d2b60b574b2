/// A phone number as people write it, and what it is compared by.
///
/// People write one number as `+49 30 5550142`, `0049 (30) 5550142`, `+49 (0)30 5550142` and `030 5550142`. The
/// first three are the same for certain. The last one lacks the country, so it is taken for the same only where
/// nothing speaks against it: the other's digits end with it, a country code of one to three digits stands before
/// it, and it is long enough that this is no accident.
package struct PhoneNumber: Equatable, Sendable, CustomStringConvertible {
    /// The number as it was written.
    package let description: String
    private let form: Form
    /// Digits without the exit code, the trunk's zero, and the extension.
    private let digits: String
    /// What stands behind an `x`: two people of one office.
    private let `extension`: String

    private enum Form {
        /// With a country code.
        case international
        /// With the zero of long distance calls.
        case national
        /// As it is dialled without either, such as 112.
        case local
    }

    /// Why a text is no number.
    package enum Fault: Error, Equatable, Sendable {
        /// It has a character that no number has.
        case unreadable(Unicode.Scalar)
        case tooFewDigits
        case tooLong
    }

    package init(_ text: String) throws(Fault) {
        if let scalar = text.unicodeScalars.first(where: { !Self.mayContain($0) }) {
            throw .unreadable(scalar)
        }
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "x" }
        let (form, digits) = Self.reading(parts[0])
        guard text.count(where: \.isNumber) >= CustomerLimit.minimumPhoneDigits else {
            throw .tooFewDigits
        }
        guard text.utf8.count <= CustomerLimit.maximumPhoneCharacters else { throw .tooLong }
        description = text
        self.form = form
        self.digits = digits
        self.extension = parts.count > 1 ? parts[1].filter(\.isNumber) : ""
    }

    /// What numbers that may be the same have in common: the last digits.
    ///
    /// Whoever has it looks at each number found with ``isSame(as:)``.
    package var key: String { String(digits.suffix(Self.minimumComparedDigits)) }

    /// The country code and the rest; nil for a number that is written without its country.
    package var internationalDigits: String? { form == .international ? digits : nil }

    /// Whether it leads on to an extension.
    package var hasExtension: Bool { !self.extension.isEmpty }

    /// Whether both are certainly or, where the country is missing in one, most likely the same line.
    package func isSame(as other: PhoneNumber) -> Bool {
        guard self.extension == other.extension else { return false }
        switch (form, other.form) {
        case (.international, .national): return isInternational(of: other)
        case (.national, .international): return other.isInternational(of: self)
        default: return form == other.form && digits == other.digits
        }
    }

    /// Whether this one is `national` with a country code before it.
    private func isInternational(of national: PhoneNumber) -> Bool {
        national.digits.count >= Self.minimumComparedDigits && digits.hasSuffix(national.digits)
            && Self.countryCodeDigits.contains(digits.count - national.digits.count)
    }

    /// Digits from which on a number without its country is compared with one that has it: below, it is likely that
    /// another country has the same.
    private static let minimumComparedDigits = 7
    /// Digits of a country code (ITU-T E.164, 6.2.1).
    private static let countryCodeDigits = 1...3

    private static func mayContain(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || "+-()/. x".unicodeScalars.contains(scalar)
    }

    private static func reading(_ text: Substring) -> (Form, String) {
        // The zero in brackets is dialled only inside the country.
        let plain = text.hasInternationalStart ? text.replacing("(0)", with: "") : text
        let digits = plain.filter(\.isNumber)
        if text.contains("+") { return (.international, digits) }
        if digits.hasPrefix("00") { return (.international, String(digits.dropFirst(2))) }
        if digits.hasPrefix("0") { return (.national, String(digits.dropFirst())) }
        return (.local, digits)
    }
}

extension Substring {
    /// Whether a number begins with its country: `+` or the exit code 00.
    fileprivate var hasInternationalStart: Bool {
        contains("+") || filter(\.isNumber).hasPrefix("00")
    }
}
