internal import Synchronization

/// What is known of the connection that has one descriptor number.
///
/// Times are milliseconds of the monotonic clock.
final class Slot: Sendable {
    /// Since when it waits for a request; 0 when it is in somebody's hands, or there is none.
    private let since = Atomic<Int64>(0)

    /// Until when a head that has begun must be whole; 0 when none has.
    private let end = Atomic<Int64>(0)

    /// Since when the connection waits, or nil when it does not.
    var waitingSince: Int64? {
        let value = since.load(ordering: .relaxed)
        return value == 0 ? nil : value
    }

    /// Lets the connection wait.
    ///
    /// From here on anybody may take it.
    func putBack(since value: Int64) {
        since.store(max(1, value), ordering: .releasing)
    }

    /// Makes the connection the caller's; false when it is somebody else's.
    func take() -> Bool {
        since.exchange(0, ordering: .acquiring) != 0
    }

    var headEnd: Int64 { end.load(ordering: .relaxed) }

    /// Sets the end of the time a head has, unless it was set when the head began.
    func headBegan(end value: Int64) {
        _ = end.compareExchange(expected: 0, desired: max(1, value), ordering: .relaxed)
    }

    func headEnded() {
        end.store(0, ordering: .relaxed)
    }
}
