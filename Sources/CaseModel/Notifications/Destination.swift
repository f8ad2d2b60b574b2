/// Where somebody is told on a channel, or why that cannot be.
package enum Destination: Equatable, Sendable {
    /// The address as messages go to it, and whether somebody of the tenant space has confirmed it.
    case address(String, isConfirmed: Bool)
    /// A clause that follows a name, such as "has no phone number".
    case none(lack: String)

    /// Takes the preferred address; another one in its place would surprise whoever has preferred it.
    ///
    /// - Parameter addresses: The preferred one first.
    /// - Parameter unconfirmed: Those that nobody of the tenant space has confirmed.
    package init(_ addresses: [String], unconfirmed: [String], on channel: NotificationChannel) {
        guard let preferred = addresses.first else {
            self = .none(lack: "has no \(channel.addressNoun)")
            return
        }
        let isConfirmed = !unconfirmed.contains(preferred)
        switch channel {
        case .email: self = .address(preferred, isConfirmed: isConfirmed)
        case .sms:
            guard let number = try? PhoneNumber(preferred) else {
                self = .none(lack: "has a phone number that cannot be read")
                return
            }
            do throws(E164Number.Fault) {
                self = .address(try E164Number(number).description, isConfirmed: isConfirmed)
            } catch {
                self = .none(lack: "has a phone number that \(error.reason)")
            }
        }
    }
}

extension Customer {
    /// Where the customer is told.
    package func destination(_ channel: NotificationChannel) -> Destination {
        Destination(channel == .email ? emails : phones, unconfirmed: unconfirmed, on: channel)
    }

    /// The address as messages go to it; `nil` when there is none to which they can.
    package func address(for channel: NotificationChannel) -> String? {
        guard case .address(let address, _) = destination(channel) else { return nil }
        return address
    }
}
