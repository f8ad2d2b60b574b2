internal import Foundation
internal import Synchronization

/// Keeps all senders of a channel from a gateway that cannot be reached, longer each time.
///
/// Else every message that is due would be tried in vain, and each would take a step of its own waits.
final class GatewayPause: Sendable {
    private let state = Mutex(State())

    private struct State {
        var failureCount = 0
        var until = Date.distantPast
    }

    /// Seconds of the first pause; each is twice as long as the one before.
    static let first: TimeInterval = 5
    /// Seconds of the longest pause: so soon after it is back a gateway gets messages.
    static let longest: TimeInterval = 60

    /// When the pause ends; `nil` while there is none.
    func end(at now: Date) -> Date? {
        state.withLock { $0.until > now ? $0.until : nil }
    }

    /// Begins a pause, unless there is one: senders that failed together count once.
    ///
    /// - Returns: Whether it is the first one since the gateway was reached.
    func begin(at now: Date) -> Bool {
        state.withLock { state in
            guard state.until <= now else { return false }
            let factor = pow(2, Double(min(state.failureCount, 10)))
            state.until = now + min(Self.first * factor, Self.longest)
            state.failureCount += 1
            return state.failureCount == 1
        }
    }

    /// Notes that the gateway was reached.
    ///
    /// - Returns: Whether it was not before.
    func end() -> Bool {
        state.withLock { state in
            defer { state = State() }
            return state.failureCount > 0
        }
    }
}
