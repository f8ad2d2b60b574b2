internal import CaseModel
internal import CaseStorage
internal import Dispatch
internal import Foundation
internal import Transfer

/// Takes messages of one channel from the outbox to its gateway, one after the other; for one thread.
///
///     lease ──> for each: courier ── noteHanding, before it can have arrived ──> noteOutcome
///
/// Whatever ends the process between two steps, the outbox knows of each message whether it can have
/// arrived: with no `noteHanding` on the disk it has not, and is sent again; with one it may have, and
/// is unknown until somebody says.
final class Sender {
    private let delivery: ChannelDelivery
    private let channel: NotificationChannel
    private let store: TenantStore
    private let holder = LeaseHolder()
    private var reader: StoreReader?
    private var gateway: Gateway?
    private var courier: (any Courier)?
    /// How many messages the next lease is for.
    private var batchCount = 1

    /// Messages of one lease: more would save little, and would wait for those before them.
    private static let maximumBatchCount = 16
    /// Seconds in which a lease has to be done for the next one to be larger.
    private static let quick: TimeInterval = 2
    /// Seconds of a lease after which no message is begun: what is left of it is for one message.
    private static let latestStart =
        StoreLimit.messageLease - Double(MailCourier.timeoutMilliseconds) / 1_000 - 10
    /// Seconds between two messages of a lease: with four senders at most 160 messages a second, so that ten thousand
    /// that are due at once leave the processors and the disk to those who work at the desk.
    private static let breath: TimeInterval = 0.025
    /// Seconds between two tries to note an outcome, and how many there are: as long as a lease.
    private static let noteInterval: TimeInterval = 1
    private static let maximumNoteCount = 60

    /// What to do after a turn.
    enum Next: Equatable {
        /// There may be more to send.
        case turn
        /// Nothing is to be sent, or can be, before this moment.
        case sleep(until: Date)
    }

    init(of delivery: ChannelDelivery) {
        self.delivery = delivery
        channel = delivery.channel
        store = delivery.store
    }

    /// Sends what one lease brings.
    func turn() -> Next {
        let now = Date()
        if let end = delivery.pause.end(at: now) { return .sleep(until: end) }
        do throws(StoreError) {
            let limit = batchCount
            let messages = try store.leaseMessages(
                channel: channel, limit: limit, by: holder, at: now)
            guard !messages.isEmpty else { return .sleep(until: try nextDue(after: now)) }
            guard try takeGateway() else {
                try store.releaseMessages(of: holder, at: Date())
                return .sleep(until: now + ChannelDelivery.longestSleep)
            }
            if messages.count == limit { delivery.bringHelp() }
            try send(messages, leasedAt: now)
            return .turn
        } catch {
            delivery.report("messages of \(store.name) cannot be taken: \(error)")
            return .sleep(until: now + ChannelDelivery.sleepAfterFault)
        }
    }

    /// Ends what is kept for the next message.
    func rest() {
        courier?.rest()
    }

    /// Gives back what it has, at its end.
    func end() {
        rest()
        do throws(StoreError) {
            try store.releaseMessages(of: holder, at: Date())
        } catch {
            // Its lease runs out.
            delivery.report("messages of \(store.name) cannot be given back: \(error)")
        }
    }

    private func nextDue(after now: Date) throws(StoreError) -> Date {
        let latest = now + ChannelDelivery.longestSleep
        guard let due = try store.nextMessageDue(channel: channel, at: now) else { return latest }
        return min(max(due, now + ChannelDelivery.shortestSleep), latest)
    }

    /// Has the courier of the gateway as it is set up at the moment; false without one.
    private func takeGateway() throws(StoreError) -> Bool {
        let found = try Gateway.read(channel, from: try takeReader())
        if found != gateway {
            courier?.rest()
            gateway = found
            courier = found.map { delivery.makeCourier($0, delivery.stop) }
        }
        return courier != nil
    }

    private func takeReader() throws(StoreError) -> StoreReader {
        if let reader { return reader }
        let new = try store.makeReader()
        reader = new
        return new
    }

    private func send(_ messages: [OutgoingMessage], leasedAt: Date) throws(StoreError) {
        for (index, message) in messages.enumerated() {
            if index > 0 { Thread.sleep(forTimeInterval: Self.breath) }
            let isLate = Date() > leasedAt + Self.latestStart
            guard let courier, !isLate, !delivery.stop.isStopped, deliver(message, with: courier)
            else {
                batchCount = 1
                return try store.releaseMessages(of: holder, at: Date())
            }
        }
        let isQuick = Date() < leasedAt + Self.quick
        batchCount = isQuick ? min(batchCount * 2, Self.maximumBatchCount) : 1
    }

    /// - Returns: Whether the next message can be sent.
    private func deliver(_ message: OutgoingMessage, with courier: any Courier) -> Bool {
        let handover = courier.deliver(message) {
            do throws(StoreError) {
                return try store.noteHanding(message.id, by: holder, at: Date())
            } catch {
                delivery.report(
                    "message \(message.id.number) of \(store.name) is withheld: \(error)")
                return false
            }
        }
        switch handover {
        case .withheld: return true
        case .ended(let outcome):
            if delivery.stop.isStopped, case .later = outcome { return false }
            if delivery.pause.end() {
                delivery.report("the \(channel.label) gateway of \(store.name) answers again")
            }
            return note(outcome, of: message)
        case .unreachable(let answer):
            // What a stop has broken off was no try.
            guard !delivery.stop.isStopped else { return false }
            if delivery.pause.begin(at: Date()) {
                delivery.report(
                    "the \(channel.label) gateway of \(store.name) cannot be used: \(answer)")
            }
            _ = note(.later(answer: answer), of: message)
            return false
        }
    }

    /// Notes an outcome, and waits for a store that takes nothing for a while: what is known should not
    /// become unknown for a full disk.
    private func note(_ outcome: DeliveryOutcome, of message: OutgoingMessage) -> Bool {
        for count in 1...Self.maximumNoteCount {
            do throws(StoreError) {
                try store.noteOutcome(message.id, by: holder, outcome, at: Date())
                return true
            } catch {
                if count == 1 {
                    delivery.report(
                        "the outcome of message \(message.id.number) of \(store.name) cannot be noted: "
                            + "\(error)")
                }
                guard !delivery.stop.isStopped else { return false }
                Thread.sleep(forTimeInterval: Self.noteInterval)
            }
        }
        return false
    }
}
