internal import Synchronization

/// Ends transfers that are under way, from another thread.
///
/// A transfer looks at it once a second at least. One is for as many transfers as share an end.
package final class TransferStop: Sendable {
    private let flag = Atomic(Urgency.none.rawValue)

    /// What has been asked for.
    enum Urgency: UInt8, Comparable {
        case none
        case stopped
        case abandoned

        static func < (one: Urgency, other: Urgency) -> Bool { one.rawValue < other.rawValue }
    }

    package init() {}

    /// Ends transfers of which nothing can have arrived, those that begin later included; one that
    /// waits for the answer that tells whether it arrived goes on.
    package func stop() {
        flag.max(Urgency.stopped.rawValue, ordering: .acquiringAndReleasing)
    }

    /// Ends all transfers, also where nobody then knows whether it arrived.
    package func abandon() {
        flag.max(Urgency.abandoned.rawValue, ordering: .acquiringAndReleasing)
    }

    /// Whether transfers have been asked to end.
    package var isStopped: Bool { urgency > .none }

    var urgency: Urgency { Urgency(rawValue: flag.load(ordering: .acquiring)) ?? .abandoned }
}
