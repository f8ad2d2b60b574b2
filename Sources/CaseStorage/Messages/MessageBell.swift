internal import Dispatch
package import Foundation
internal import Synchronization

/// Wakes the senders of a channel when a message was made or somebody has changed what it waits for.
///
/// Rings that nobody has heard yet count once, and one ring wakes one thread. It is rung once when the store is
/// opened, as messages of an earlier process may wait. Other processes ring none: whoever waits, waits
/// with a limit.
package final class MessageBell: Sendable {
    private let isRung = Atomic(false)
    private let semaphore = DispatchSemaphore(value: 0)

    // A semaphore that ends below the value that it began with stops the process, so it begins with none.
    init() { ring() }

    /// Wakes a thread that waits, or the next one that would.
    package func ring() {
        if !isRung.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
    }

    /// Waits for a ring, at most until an instant.
    ///
    /// - Returns: Whether it has rung.
    @discardableResult
    package func wait(until limit: Date) -> Bool {
        let seconds = max(0, limit.timeIntervalSinceNow)
        guard semaphore.wait(timeout: .now() + seconds) == .success else { return false }
        // Before anybody looks at the messages, so that a ring after the look counts again.
        isRung.store(false, ordering: .releasing)
        return true
    }
}
