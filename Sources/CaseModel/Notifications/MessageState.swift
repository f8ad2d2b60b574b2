package import Foundation

/// Where a message of the outbox stands.
package enum MessageState: String, CaseIterable, Sendable, Codable {
    /// It waits to be sent.
    case queued
    /// A sender has it; nothing of it can have arrived yet.
    case leased
    /// It is being handed over: from here on the answer may be lost.
    case handing
    /// The server has taken it.
    case handedOver = "handed_over"
    /// The server does not take it, or it was tried for too long.
    case refused
    /// It was handed over, but the answer was lost: it may have arrived or not.
    case unknown
    /// Somebody took it back before it was sent.
    case cancelled

    /// The words on the page.
    package var label: String {
        switch self {
        case .queued: "Waiting"
        case .leased, .handing: "Being sent"
        case .handedOver: "Handed over"
        case .refused: "Refused"
        case .unknown: "Unknown"
        case .cancelled: "Cancelled"
        }
    }

    /// What that means, in a sentence.
    package var summary: String {
        switch self {
        case .queued: "It will be sent"
        case .leased, .handing: "It is on its way to the server"
        case .handedOver: "The server has taken it"
        case .refused: "The server did not take it; it will not be sent again by itself"
        case .unknown:
            "The connection ended before the server’s answer came, so it may have arrived or not; "
                + "it is not sent again by itself"
        case .cancelled: "It was taken back and will not be sent"
        }
    }

    /// Whether it may still be sent without anybody asking for it.
    package var isOpen: Bool {
        switch self {
        case .queued, .leased, .handing: true
        case .handedOver, .refused, .unknown, .cancelled: false
        }
    }

    /// Whether somebody may have it sent (again).
    package var mayBeRetried: Bool {
        switch self {
        case .queued, .refused, .unknown: true
        case .leased, .handing, .handedOver, .cancelled: false
        }
    }
}

/// Whose messages of an hour are counted.
package enum NotificationLimit: String, CaseIterable, Sendable, Codable {
    case recipient, customer, tenant

    /// Seconds over which messages are counted (an hour).
    package static let window: TimeInterval = 3_600

    /// What is counted, inside a sentence.
    package var noun: String {
        switch self {
        case .recipient: "one address"
        case .customer: "one customer"
        case .tenant: "the tenant space"
        }
    }
}

/// Why a message that is queued is not sent just now.
package enum WaitReason: Equatable, Sendable {
    /// The channel has no gateway.
    case notConfigured
    /// An earlier message to the same address goes first.
    case earlierMessage
    /// More messages than this limit allows have gone within the last hour.
    case limit(NotificationLimit)
    /// Further changes of the case are waited for, so that they go as one message.
    case furtherChanges
    /// The last try failed, and the next one comes later.
    case failedTry
    /// A sender takes it next.
    case none

    /// The reason in a sentence.
    package var sentence: String {
        switch self {
        case .notConfigured: "No gateway is configured, so it waits"
        case .earlierMessage: "An earlier message to the same address goes first"
        case .limit(let limit):
            "As many messages as are allowed have gone to \(limit.noun) within an hour"
        case .furtherChanges: "Further changes of the case would go with it"
        case .failedTry: "The last try failed; it is tried again"
        case .none: "It is next"
        }
    }
}

/// How long a message waits after a try that failed with a fault that may pass.
package enum RetrySchedule {
    /// Minutes before the next try, by the number of failures; the last one repeats.
    package static let waits: [Double] = [1, 2, 5, 15, 60, 240]
    /// The part of a wait by which it is shorter or longer at random, so that messages which failed together do
    /// not come back together.
    package static let jitter = 0.2
    /// Seconds after the first try from which on a failure is final (3 days, within the 4 to 5 that RFC 5321,
    /// 4.5.4.1, gives to mail servers: a notice that is older says nothing).
    package static let lifetime: TimeInterval = 3 * 86_400

    /// Seconds before the next try.
    ///
    /// - Parameter failures: Tries that failed one after another, at least 1.
    /// - Parameter random: From 0 to 1.
    package static func wait(afterFailures failures: Int, random: Double) -> TimeInterval {
        let minutes = waits[min(max(failures, 1), waits.count) - 1]
        return minutes * 60 * (1 - jitter + 2 * jitter * random)
    }
}
