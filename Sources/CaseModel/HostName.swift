/// The name of a host, or its address in IP version 4.
enum HostName {
    /// Characters of a name (RFC 1035, 2.3.4).
    static let maximumCharacters = 253

    static func isOne(_ text: some StringProtocol) -> Bool {
        let labels = Substring(text).utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        return text.utf8.count <= maximumCharacters && labels.allSatisfy(isLabel)
    }

    /// A part of a name: 1 to 63 letters, digits and hyphens, no hyphen at its ends.
    static func isLabel(_ label: Substring.UTF8View) -> Bool {
        (1...63).contains(label.count) && label.first != 0x2D && label.last != 0x2D
            && label.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D }
    }

    /// Whether it is the loopback interface, by name or number (RFC 6761, 6.3; RFC 1122, 3.2.1.3; RFC 4291, 2.5.3).
    static func isThisMachine(_ host: String) -> Bool {
        if ["localhost", "[::1]", "::1"].contains(host.lowercased()) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
