/// A phone number as networks take it from anywhere: `+`, the country code, the rest (ITU-T E.164, 6.2.1).
package struct E164Number: Hashable, Sendable, CustomStringConvertible {
    /// The number with its `+`.
    package let description: String

    /// The digits behind the `+`.
    package var digits: Substring { description.dropFirst() }

    /// Most digits that a number has, its country code included (ITU-T E.164, 6.2.1).
    package static let maximumDigits = 15
    /// Fewest digits of a number that a message can go to: a country code of three, and the four that the
    /// smallest islands have.
    package static let minimumDigits = 7

    /// Why a message cannot go to a number.
    package enum Fault: Error, Equatable, Sendable {
        /// It is written as it is dialled inside a country.
        case noCountry
        /// No country code begins with 0.
        case unknownCountry
        /// It leads to a branch exchange.
        case hasExtension
        case tooShort
        case tooLong

        /// A clause that follows "the number".
        package var reason: String {
            switch self {
            case .noCountry: "lacks its country code, such as +49"
            case .unknownCountry: "has a country code that begins with 0"
            case .hasExtension: "has an extension"
            case .tooShort: "has fewer than \(E164Number.minimumDigits) digits"
            case .tooLong: "has more than \(E164Number.maximumDigits) digits"
            }
        }
    }

    /// Takes a number as people write it.
    package init(_ number: PhoneNumber) throws(Fault) {
        guard let digits = number.internationalDigits else { throw .noCountry }
        guard !number.hasExtension else { throw .hasExtension }
        guard !digits.hasPrefix("0") else { throw .unknownCountry }
        guard digits.utf8.count >= Self.minimumDigits else { throw .tooShort }
        guard digits.utf8.count <= Self.maximumDigits else { throw .tooLong }
        description = "+" + digits
    }
}
