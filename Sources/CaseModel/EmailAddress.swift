/// An e-mail address that mail can be sent to.
///
/// The rule is the one that browsers have for `<input type="email">` (HTML, 4.10.5.1.5), with the lengths that mail
/// servers take (RFC 5321, 4.5.3.1). A domain with letters beyond a–z is refused in that form: mail servers want
/// it as `xn--…` (RFC 5891), and two spellings of one domain would be two addresses.
package struct EmailAddress: Equatable, Sendable, CustomStringConvertible {
    /// The address as it was written.
    package let description: String

    /// What it is found and compared by: mail servers that tell A from a are too rare to trust.
    package var key: String { description.lowercased() }

    /// Why a text is no address.
    package enum Fault: Error, Equatable, Sendable {
        /// There is no `@` with something on both sides, or a part has characters that it cannot have.
        case unreadable
        /// The domain has letters beyond a–z.
        case foreignDomain
        /// It is longer than mail servers take.
        case tooLong
    }

    package init(_ text: String) throws(Fault) {
        let parts = text.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy(Self.isLocalByte) else {
            throw .unreadable
        }
        let labels = parts[1].split(separator: 0x2E, omittingEmptySubsequences: false)
        guard !parts[1].contains(where: { $0 >= 0x80 }) else { throw .foreignDomain }
        guard labels.allSatisfy(HostName.isLabel) else { throw .unreadable }
        guard text.utf8.count <= CustomerLimit.maximumEmailCharacters,
            parts[0].count <= CustomerLimit.maximumLocalPartCharacters
        else { throw .tooLong }
        description = text
    }

    private static func isLocalByte(_ byte: UInt8) -> Bool {
        HostName.isLetterOrDigit(byte) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
    }
}
