internal import CaseModel
internal import CaseStorage
internal import Transfer

/// Brings messages to one gateway; for one thread.
protocol Courier: AnyObject {
    /// Hands a message over, and waits for how that ended.
    ///
    /// - Parameter mayHand: Called once, before the byte with which the message can have arrived; `false`
    ///   withholds it.
    func deliver(_ message: OutgoingMessage, mayHand: () -> Bool) -> Handover

    /// Ends what is kept for the next message.
    func rest()
}

/// How bringing a message to a gateway ended.
enum Handover: Equatable {
    case ended(DeliveryOutcome)
    /// The gateway takes nothing at the moment, for a reason that is not the message's.
    case unreachable(String)
    /// It was not to be handed over any more.
    case withheld
}

/// What messages of a channel go to, with all that a courier needs.
enum Gateway: Equatable {
    case mail(MailGateway, senderName: String, linkStart: String)
    case sms(SMSGateway)

    /// The gateway of a channel; `nil` when none is set up.
    static func read(
        _ channel: NotificationChannel, from reader: StoreReader
    ) throws(StoreError) -> Gateway? {
        switch channel {
        case .sms:
            return try reader.smsGateway().map { .sms($0) }
        case .email:
            guard let gateway = try reader.mailGateway() else { return nil }
            let options = try reader.options()
            let name = gateway.values.senderName
            let address = options.notifications.settings.deskAddress
            return .mail(
                gateway, senderName: name.isEmpty ? options.tenant.displayName : name,
                linkStart: address.isEmpty ? "" : address + "/cases/")
        }
    }

    func makeCourier(stop: TransferStop) -> any Courier {
        switch self {
        case .mail(let gateway, let senderName, let linkStart):
            MailCourier(gateway, senderName: senderName, linkStart: linkStart, stop: stop)
        case .sms(let gateway): SMSCourier(gateway, stop: stop)
        }
    }
}
