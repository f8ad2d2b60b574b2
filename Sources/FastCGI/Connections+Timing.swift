internal import Synchronization

/// What waits for time to pass.
struct Timing {
    /// How soon a head that is not whole, or a failed accept(2), is looked at again.
    static let lookAgain: Int64 = 25

    /// How many idle connections are closed at once to make room.
    static let closedAtOnce = 16

    /// Connections with a head that is not whole.
    var parked: [Int32] = []

    /// The timer is set and will be reported.
    var timerIsSet = false

    /// The time from which on idle connections are closed, once `stop` was called.
    var idleEnd: Int64?
}

extension Connections {
    /// Gives a connection back whose head is not whole, to be looked at again until its time is
    /// over, `receiveTimeout` after its first byte was seen.
    ///
    /// It is not armed: epoll would report the same bytes at once and for ever.
    func park(_ descriptor: Int32) {
        slot(of: descriptor).headBegan(end: monotonicMilliseconds() + limits.receiveTimeout)
        timing.withLock { $0.parked.append(descriptor) }
        setTimer(milliseconds: Timing.lookAgain)
    }

    /// Stops accepting and begins to close.
    ///
    /// See `Responder.stop`.
    func stop() {
        // Counted like a connection, so that no worker leaves before the last one is accepted.
        open.add(1, ordering: .sequentiallyConsistent)
        defer { wasClosed() }
        guard !isStopping.exchange(true, ordering: .sequentiallyConsistent) else { return }
        poller.removeListener()
        if case .bound = socket.origin {
            socket.removePath()
            acceptRest()
        }
        timing.withLock { $0.idleEnd = monotonicMilliseconds() + limits.idleGrace }
        setTimer(milliseconds: 1)
    }

    /// Looks after what waits for time: heads that are not whole, a failed accept, the stop.
    func tick() {
        let now = monotonicMilliseconds()
        timing.withLock { $0.timerIsSet = false }
        makeRoom(now)
        lookAtParked(now)
        guard let idleEnd = timing.withLock(\.idleEnd) else { return }
        if idleEnd <= now {
            closeIdle(atMost: .max, waitingSince: now - limits.idleGrace)
        }
        if open.load(ordering: .sequentiallyConsistent) == 0 {
            poller.sendAllAway()
        } else {
            setTimer(milliseconds: Timing.lookAgain)
        }
    }

    /// Has the timer reported, unless it will be anyway.
    func setTimer(milliseconds: Int64) {
        timing.withLock { timing in
            guard !timing.timerIsSet else { return }
            timing.timerIsSet = true
            poller.setTimer(milliseconds: milliseconds)
        }
    }

    /// Closes idle connections while others wait to be accepted, and lets them in.
    private func makeRoom(_ now: Int64) {
        guard isLoaded(acceptIsPaused) else { return }
        if open.load(ordering: .sequentiallyConsistent) >= limits.maximumConnections {
            closeIdle(atMost: Timing.closedAtOnce, waitingSince: now - limits.idleGrace)
        }
        resumeAccepting()
        if isLoaded(acceptIsPaused) {
            setTimer(milliseconds: Timing.lookAgain)
        }
    }

    private func lookAtParked(_ now: Int64) {
        let (parked, idleEnd) = timing.withLock { timing in
            defer { timing.parked = [] }
            return (timing.parked, timing.idleEnd ?? .max)
        }
        for descriptor in parked {
            if min(slot(of: descriptor).headEnd, idleEnd) > now {
                wait(descriptor, isNew: false)
            } else {
                close(descriptor)
            }
        }
    }
}
