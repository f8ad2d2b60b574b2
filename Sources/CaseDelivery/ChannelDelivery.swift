internal import CaseModel
internal import CaseStorage
internal import Dispatch
internal import Foundation
internal import Glibc
internal import Synchronization
internal import Transfer

/// The senders of one channel of a tenant space: one that waits for messages, and some that help it while
/// there are more than one can send.
final class ChannelDelivery: Sendable {
    let channel: NotificationChannel
    let store: TenantStore
    let pause = GatewayPause()
    let stop: TransferStop
    let report: @Sendable (String) -> Void
    let makeCourier: @Sendable (Gateway, TransferStop) -> any Courier
    private let senderCount = Mutex(0)
    private let senderEnded = DispatchSemaphore(value: 0)

    /// How far a sender stands back behind the threads that answer people (19 is the most, setpriority(2)): a
    /// message may wait for a processor, a page may not.
    private static let niceness: Int32 = 19
    /// Seconds after which the outbox is looked at though nobody has rung: another process may have put
    /// something in.
    static let longestSleep: TimeInterval = 15
    /// Seconds between two looks when a message seems due and is not given out.
    static let shortestSleep: TimeInterval = 0.5
    /// Seconds before the next look when the store takes nothing.
    static let sleepAfterFault: TimeInterval = 5

    init(
        _ channel: NotificationChannel, of store: TenantStore, stop: TransferStop,
        report: @escaping @Sendable (String) -> Void,
        makeCourier: @escaping @Sendable (Gateway, TransferStop) -> any Courier
    ) {
        self.channel = channel
        self.store = store
        self.stop = stop
        self.report = report
        self.makeCourier = makeCourier
    }

    /// Senders at the same time: a mail server takes some seconds for a message and many at once; SMS
    /// gateways answer at once.
    private var maximumSenderCount: Int {
        switch channel {
        case .email: 4
        case .sms: 1
        }
    }

    /// Starts the sender that waits for messages.
    func start() {
        startSender { sender in
            while !self.stop.isStopped {
                guard case .sleep(let end) = sender.turn() else { continue }
                sender.rest()
                if !self.stop.isStopped { self.store.bell(self.channel).wait(until: end) }
            }
        }
    }

    /// Starts one more sender, if there may be one, which ends when it finds nothing to send.
    func bringHelp() {
        startSender { sender in
            while !self.stop.isStopped, sender.turn() == .turn {}
        }
    }

    /// Wakes the sender that waits, for the end.
    func wake() {
        store.bell(channel).ring()
    }

    /// Waits for the end of all senders, at most until an instant.
    ///
    /// - Returns: Whether all have ended.
    func waitForEnd(until limit: DispatchTime) -> Bool {
        while senderCount.withLock({ $0 }) > 0 {
            guard senderEnded.wait(timeout: limit) == .success else { return false }
        }
        return true
    }

    private func startSender(_ work: @escaping @Sendable (Sender) -> Void) {
        let isAllowed = senderCount.withLock { count in
            guard count < maximumSenderCount, !stop.isStopped else { return false }
            count += 1
            return true
        }
        guard isAllowed else { return }
        let thread = Thread { [self] in
            // Of Linux's threads each has its own.
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
            let sender = Sender(of: self)
            work(sender)
            sender.end()
            senderCount.withLock { $0 -= 1 }
            senderEnded.signal()
        }
        thread.name = "delivery"
        thread.start()
    }
}
