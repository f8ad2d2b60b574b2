internal import Dispatch
internal import Synchronization

/// What the learning thread is asked for and has done, and how it is woken.
final class Learning: Sendable {
    private struct State {
        var isRunning = false
        var isClosed = false
        /// Calls to look for new cases, and how many of them have been answered.
        var askedCount = 0
        var answeredCount = 0
        var waiting: [(count: Int, answered: DispatchSemaphore)] = []
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// Whether the work should be given up.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Asks for a look at what was saved.
    ///
    /// - Returns: Whether the caller has to start the thread.
    func ask() -> Bool {
        let mustStart = state.withLock { state in
            guard !state.isClosed else { return false }
            state.askedCount += 1
            defer { state.isRunning = true }
            return !state.isRunning
        }
        wake.signal()
        return mustStart
    }

    /// What the thread does until it should end: waits to be asked, then works.
    func run(_ work: () -> Void) {
        while true {
            let asked = state.withLock { state in state.isClosed ? nil : state.askedCount }
            guard let asked else { break }
            if asked > state.withLock({ $0.answeredCount }) {
                work()
                answer(asked)
            } else {
                wake.wait()
            }
        }
        answer(.max)
        ended.signal()
    }

    private func answer(_ count: Int) {
        let answered = state.withLock { state in
            state.answeredCount = count
            let answered = state.waiting.filter { $0.count <= count }
            state.waiting.removeAll { $0.count <= count }
            return answered
        }
        for waiter in answered { waiter.answered.signal() }
    }

    /// Waits until all that was asked for so far has been done.
    func wait() {
        let answered = DispatchSemaphore(value: 0)
        let isDone = state.withLock { state in
            if !state.isRunning || state.answeredCount >= state.askedCount { return true }
            state.waiting.append((state.askedCount, answered))
            return false
        }
        if !isDone { answered.wait() }
    }

    /// Ends the thread, which gives its work up.
    func close() {
        let mustWait = state.withLock { state in
            defer { state.isClosed = true }
            return state.isRunning && !state.isClosed
        }
        guard mustWait else { return }
        wake.signal()
        ended.wait()
    }
}
