internal import CaseModel
package import CaseStorage
internal import Dispatch
internal import Transfer

/// Takes the messages of one tenant space from its outbox to the mail server and the SMS gateway, in the
/// background.
///
/// It has threads of its own, so that nobody who saves a case waits for a server. Two processes may do so
/// for one tenant space: a message belongs to one of them at a time.
package final class Delivery: Sendable {
    private let channels: [ChannelDelivery]
    private let transferStop = TransferStop()

    /// Seconds that a stop waits for answers that tell whether a message arrived.
    private static let patience: Double = 7
    /// Seconds after which a stop waits no longer for threads.
    private static let lastPatience: Double = 2

    /// - Parameter report: Gets a line for the log when messages cannot be sent, and when they can again.
    package convenience init(
        store: TenantStore, report: @escaping @Sendable (String) -> Void
    ) {
        self.init(store: store, report: report) { gateway, stop in
            gateway.makeCourier(stop: stop)
        }
    }

    init(
        store: TenantStore, report: @escaping @Sendable (String) -> Void,
        makeCourier: @escaping @Sendable (Gateway, TransferStop) -> any Courier
    ) {
        channels = NotificationChannel.allCases.map { [transferStop] channel in
            ChannelDelivery(
                channel, of: store, stop: transferStop, report: report, makeCourier: makeCourier)
        }
    }

    /// Begins to send.
    package func start() {
        for channel in channels { channel.start() }
    }

    /// Ends some deliveries together, within 10 seconds.
    ///
    /// What they have not begun to hand over is left in the outbox; a message whose answer does not come in
    /// that time is unknown.
    package static func end(_ deliveries: [Delivery]) {
        let channels = deliveries.flatMap(\.channels)
        for delivery in deliveries { delivery.transferStop.stop() }
        for channel in channels { channel.wake() }
        let answers = DispatchTime.now() + patience
        guard !channels.allSatisfy({ $0.waitForEnd(until: answers) }) else { return }
        for delivery in deliveries { delivery.transferStop.abandon() }
        let last = DispatchTime.now() + lastPatience
        for channel in channels { _ = channel.waitForEnd(until: last) }
    }
}
