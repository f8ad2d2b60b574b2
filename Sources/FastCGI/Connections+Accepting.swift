internal import CFCGI
internal import Glibc
internal import Synchronization

extension Connections {
    /// Takes one connection, and lets the next worker take the next.
    func acceptOne() -> Event {
        // Counted before it exists: either `stop` sees it, or it sees the stop.
        let count = open.add(1, ordering: .sequentiallyConsistent).newValue
        guard !isLoaded(isStopping) else {
            wasClosed()
            return .nothing
        }
        guard let descriptor = takeFromQueue() else {
            let number = errno
            open.subtract(1, ordering: .sequentiallyConsistent)
            acceptFailed(number)
            return .nothing
        }
        if count < limits.maximumConnections {
            acceptMore()
            poller.armListener()
        } else {
            acceptIsPaused.store(true, ordering: .sequentiallyConsistent)
            resumeAccepting()
            setTimer(milliseconds: Timing.lookAgain)
        }
        return .connection(descriptor, isNew: true)
    }

    /// Takes what else waits, for other workers.
    ///
    /// With a wake-up for each, a burst of connections would be served at the pace of the scheduler.
    private func acceptMore() {
        for _ in 0..<limits.workerCount {
            let count = open.add(1, ordering: .sequentiallyConsistent).newValue
            guard count < limits.maximumConnections, let descriptor = takeFromQueue() else {
                open.subtract(1, ordering: .sequentiallyConsistent)
                return
            }
            keep(descriptor, isNew: true)
        }
    }

    /// Lets connections be accepted again if there is room.
    func resumeAccepting() {
        guard isLoaded(acceptIsPaused), !isLoaded(isStopping),
            open.load(ordering: .sequentiallyConsistent) < limits.maximumConnections
        else { return }
        if acceptIsPaused.exchange(false, ordering: .sequentiallyConsistent) {
            poller.armListener()
        }
    }

    /// Takes all that had connected before the socket's path was removed: no request is cut.
    func acceptRest() {
        while true {
            open.add(1, ordering: .sequentiallyConsistent)
            guard let descriptor = takeFromQueue() else { break }
            keep(descriptor, isNew: true)
        }
        wasClosed()
    }

    /// The next connection of the kernel's queue with its limits of time, or nil and errno.
    private func takeFromQueue() -> Int32? {
        let descriptor = cfcgi_accept(socket.descriptor)
        guard descriptor >= 0 else { return nil }
        guard hasSlot(descriptor) else {
            _ = Glibc.close(descriptor)
            errno = EMFILE
            return nil
        }
        setTimeout(SO_RCVTIMEO, of: descriptor, milliseconds: limits.receiveTimeout)
        setTimeout(SO_SNDTIMEO, of: descriptor, milliseconds: limits.sendTimeout)
        return descriptor
    }

    private func acceptFailed(_ number: Int32) {
        switch number {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            // The connection stays in the kernel's queue; without a pause it would be reported
            // again at once.
            acceptIsPaused.store(true, ordering: .sequentiallyConsistent)
            setTimer(milliseconds: Timing.lookAgain)
        default:
            // Taken by another process, or gone before it was taken.
            poller.armListener()
        }
    }
}
