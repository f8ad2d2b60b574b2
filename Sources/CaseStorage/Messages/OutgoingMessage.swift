package import CaseModel
package import Foundation

/// A sender of messages: a lease belongs to it, and nobody else ends it.
///
/// Each thread that sends has one of its own, made when it starts: after a lease that ran out, two threads
/// of one process are as much strangers to each other as two processes.
package struct LeaseHolder: Hashable, Sendable, CustomStringConvertible {
    /// 32 random digits.
    package let description: String

    package init() { description = DraftID().description }
}

/// A message as a sender gets it: all that is needed to hand it over.
package struct OutgoingMessage: Equatable, Sendable, Identifiable {
    package let id: OutboxMessageID
    /// The same at every try: what stands in an e-mail's Message-ID without its angle brackets, or
    /// the name that an SMS gateway is told.
    package let messageID: String
    package let channel: NotificationChannel
    package let kind: MessageKind
    package let recipientName: String
    package let address: String
    package let text: RenderedMessage
    package let createdAt: Date
    /// Tries before this one of which the outcome is known.
    package let attemptCount: Int
}

/// How the handing over of a message ended.
///
/// The answer is what the server said, or the fault in a sentence; of a long one the beginning is kept.
package enum DeliveryOutcome: Equatable, Sendable {
    /// The server has taken it.
    case handedOver(answer: String)
    /// The server will never take it.
    case refused(answer: String)
    /// It has certainly not arrived, and the fault may pass.
    case later(answer: String)
    /// It may have arrived or not.
    case unknown(answer: String)
}

/// A message as people see it.
package struct StoredMessage: Equatable, Sendable, Identifiable {
    /// Whom it is for.
    package enum Recipient: Equatable, Sendable {
        case customer(CustomerID)
        case employee(EmployeeID)
        /// A customer who was deleted.
        case erased
    }

    package let id: OutboxMessageID
    package let messageID: String
    package let channel: NotificationChannel
    package let kind: MessageKind
    /// `nil` for a test.
    package let caseNumber: CaseNumber?
    package let recipient: Recipient
    /// Empty once the customer was deleted.
    package let recipientName: String
    /// Empty once the customer was deleted.
    package let address: String
    /// Empty once it is older than ``StoreLimit/messageTextLifetime``, or the customer was deleted.
    package let text: RenderedMessage
    package let state: MessageState
    package let createdAt: Date
    /// When it is sent at the earliest, while it is queued.
    package let dueAt: Date
    /// When it was handed over, refused, given up or cancelled; `nil` while it is open.
    package let endedAt: Date?
    /// Tries of which the outcome is known.
    package let attemptCount: Int
    /// What the server said last; empty before the first try.
    package let lastAnswer: String
    /// Why it is not sent just now; `nil` unless it is queued.
    package let waitReason: WaitReason?

    /// Whether its text was removed, so that it cannot be sent again.
    package var isTextGone: Bool { text.body.isEmpty }
}

/// Something that happened to a message.
package struct MessageEvent: Equatable, Sendable {
    /// What happened.
    package enum Kind: String, CaseIterable, Sendable {
        case handedOver = "handed_over"
        case refused
        case later
        case unknown
        /// A sender stopped before it had begun to hand it over.
        case returned
        /// A further change of the case has replaced the text.
        case replaced
        /// Somebody had it sent again, or at once.
        case retried
        /// Somebody said that it arrived.
        case settled
        case cancelled
        /// The database was restored from a copy, so nobody knows whether it was sent after that was made.
        case restored

        /// What happened, in words.
        package var label: String {
            switch self {
            case .handedOver: "Handed over"
            case .refused: "Refused"
            case .later: "Put off"
            case .unknown: "Answer lost"
            case .returned: "Put back"
            case .replaced: "Text replaced by that of a further change"
            case .retried: "To be sent now"
            case .settled: "Said to have arrived"
            case .cancelled: "Cancelled"
            case .restored: "Restored from a backup"
            }
        }

        /// Whether it is a try to hand the message over.
        package var isAttempt: Bool {
            switch self {
            case .handedOver, .refused, .later, .unknown: true
            case .returned, .replaced, .retried, .settled, .cancelled, .restored: false
            }
        }
    }

    package let kind: Kind
    package let at: Date
    /// Who did it; `nil` for the desk itself.
    package let employeeName: String?
    /// The server's answer, or why; may be empty.
    package let answer: String
}

/// A message with all that happened to it.
package struct MessageDetails: Equatable, Sendable {
    package let message: StoredMessage
    /// Oldest first.
    package let events: [MessageEvent]
}

/// How it ended when a person wanted something of a message.
package enum MessageHandling: Equatable, Sendable {
    case done
    /// It is in a state in which that cannot be done.
    case notNow(MessageState)
    /// Its text or address was removed.
    case textIsGone
}

/// How a reminder of a case ended.
package enum ReminderOutcome: Equatable, Sendable {
    /// So many messages were made.
    case reminded(messageCount: Int)
    /// The last one was less than ``StoreLimit/reminderInterval`` ago; from then on the next may be made.
    case tooSoon(next: Date)
    /// The case is completed.
    case completed
    /// Nobody could be told, for these reasons, a sentence each.
    case nobody([String])
}

/// Which messages a list shows.
package struct MessageQuery: Sendable {
    /// Where in the list a page begins; a place is a message's number, so that new ones do not shift pages.
    package enum Position: Hashable, Sendable {
        case first
        case olderThan(OutboxMessageID)
        case newerThan(OutboxMessageID)
    }

    /// `nil` for all.
    package var states: Set<MessageState>?
    package var channel: NotificationChannel?
    package var kind: MessageKind?
    /// The number of a case, or a whole address; empty for no search.
    package var text: String
    package var position: Position
    /// Messages of one page, 1 to 500.
    package var limit: Int

    package init(
        states: Set<MessageState>? = nil, channel: NotificationChannel? = nil,
        kind: MessageKind? = nil, text: String = "", position: Position = .first, limit: Int = 25
    ) {
        self.states = states
        self.channel = channel
        self.kind = kind
        self.text = text
        self.position = position
        self.limit = limit
    }
}

/// A page of messages.
package struct MessagePage: Equatable, Sendable {
    /// Newest first.
    package let messages: [StoredMessage]
    package let hasOlder: Bool
    package let hasNewer: Bool
}
