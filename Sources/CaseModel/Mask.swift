/// Addresses as they may be shown beside a check box: enough to recognise, not enough to take away.
package enum Mask {
    /// The first letter and the host: `m•••@example.org`.
    package static func email(_ address: String) -> String {
        let host = address.drop { $0 != "@" }
        return address.prefix(1) + "•••" + host
    }

    /// The first three characters and the last two: `+49 ••• 42`; nothing of a number too short for that.
    package static func phone(_ number: String) -> String {
        number.count < 8 ? "•••" : "\(number.prefix(3)) ••• \(number.suffix(2))"
    }
}
