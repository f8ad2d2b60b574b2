internal import Dispatch
internal import Synchronization

/// Lets only so many callers work at the same time, and so many more wait for their turn.
///
/// Whoever comes when all places are taken is turned away at once, so that a flood of callers never holds
/// more threads than these.
final class Turns: Sendable {
    private let working: DispatchSemaphore
    private let present = Mutex(0)
    private let maximumPresent: Int

    init(working: Int, waiting: Int) {
        self.working = DispatchSemaphore(value: working)
        maximumPresent = working + waiting
    }

    /// Callers that work or wait now.
    var count: Int { present.withLock { $0 } }

    /// The result of `work`; `nil` when all places were taken.
    func take<Result>(_ work: () -> Result) -> Result? {
        let hasPlace = present.withLock { present in
            guard present < maximumPresent else { return false }
            present += 1
            return true
        }
        guard hasPlace else { return nil }
        defer { present.withLock { $0 -= 1 } }
        working.wait()
        defer { working.signal() }
        return work()
    }
}
