internal import Foundation

/// A thread that works beside the requests, from a start until it is asked to end.
final class BackgroundThread: Sendable {
    private let name: String
    private let stopping = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// - Parameter name: What the operating system calls it.
    init(name: String) {
        self.name = name
    }

    /// - Parameter work: What it does; it asks ``rest(for:)`` between two turns.
    func start(_ work: @escaping @Sendable () -> Void) {
        let thread = Thread { [ended] in
            work()
            ended.signal()
        }
        thread.name = name
        thread.start()
    }

    /// Waits, on this thread.
    ///
    /// - Returns: Whether to go on after these seconds; false as soon as the thread is asked to end.
    func rest(for seconds: Double) -> Bool {
        stopping.wait(timeout: .now() + seconds) == .timedOut
    }

    /// Asks for the end, once.
    func stop() {
        stopping.signal()
    }

    /// Waits for the end of what was started.
    func waitForEnd() {
        ended.wait()
    }
}
