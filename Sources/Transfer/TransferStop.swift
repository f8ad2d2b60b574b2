internal import Synchronization

/// Ends transfers that are under way, from another thread.
///
/// A transfer looks at it once a second at least. One is for as many transfers as share an end.
package final class TransferStop: Sendable {
    private let flag = Atomic(false)

    package init() {}

    /// Ends all transfers that look at this, those that begin later included.
    package func stop() {
        flag.store(true, ordering: .releasing)
    }

    /// Whether they are to end.
    package var isStopped: Bool { flag.load(ordering: .acquiring) }
}
