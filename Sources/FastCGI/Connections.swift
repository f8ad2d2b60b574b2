internal import CFCGI
internal import Glibc
internal import Synchronization

/// The connections of a responder: who accepts, who owns which, and when each is closed.
///
/// A connection is in one of three states: waiting for a request and armed in epoll, parked with a
/// head that is not whole, or in the hands of a worker. It is marked as waiting before it is armed,
/// and taken before it is touched; who takes it owns it. On the way of a usual request there is no
/// lock, only one atomic exchange on each side: with 16 workers on two cores a lock costs more than
/// the request.
final class Connections: Sendable {
    let socket: ListeningSocket
    let limits: ResponderLimits
    let poller: Poller

    /// All connections, in whichever state, and one for each accept(2) under way.
    let open = Atomic(0)

    /// `stop` was called: nothing is accepted, and an answer is the last of its connection.
    let isStopping = Atomic(false)

    /// The listener is not armed, because the limit is reached or accept(2) failed.
    let acceptIsPaused = Atomic(false)

    /// Those that wait, by descriptor.
    private let slots: [Slot]

    /// What changes seldom, behind a lock.
    let timing = Mutex(Timing())

    /// How many descriptors the process may have besides its connections, for databases and files.
    private static let otherDescriptors = 4096

    /// What a worker is woken for.
    enum Event {
        /// A connection it now owns.
        case connection(Int32, isNew: Bool)
        /// Nothing for it to do.
        case nothing
        /// Every connection is closed and the responder stops.
        case leave
    }

    init(socket: consuming ListeningSocket, limits: ResponderLimits) throws(ListenError) {
        poller = try Poller(listener: socket.descriptor)
        slots = (0..<limits.maximumConnections + Self.otherDescriptors).map { _ in Slot() }
        self.socket = socket
        self.limits = limits
    }

    /// Waits for work.
    ///
    /// A connection that is returned is the caller's until it gives it back with `keep`, `park` or
    /// `close`.
    func next() -> Event {
        let descriptor = poller.wait()
        switch descriptor {
        case poller.leave: return .leave
        case poller.timer:
            tick()
            return .nothing
        case poller.listener: return acceptOne()
        default:
            return slot(of: descriptor).take()
                ? .connection(descriptor, isNew: false) : .nothing
        }
    }

    /// Whether a peer may use its connection again after its answer.
    ///
    /// Not while stopping or with all connections taken. It is told with the answer
    /// (`AnswerWriter.End.connection`) and closes; nothing else is safe. With FCGI_END_REQUEST nginx
    /// has its connection back and may be sending the next request on it: a close from here then
    /// fails that request, and nginx does not repeat a POST.
    var areKept: Bool {
        !isLoaded(isStopping) && !isLoaded(acceptIsPaused)
    }

    /// Gives a connection back to wait for its next request, or for its peer to close it.
    func keep(_ descriptor: Int32, isNew: Bool) {
        slot(of: descriptor).headEnded()
        wait(descriptor, isNew: isNew)
    }

    /// How many connections wait for a request.
    var waitingCount: Int {
        slots.count { $0.waitingSince != nil }
    }

    /// Has a connection reported when something arrives in it, or at once when something has.
    func wait(_ descriptor: Int32, isNew: Bool) {
        let slot = slot(of: descriptor)
        slot.putBack(since: monotonicMilliseconds())
        if !poller.arm(descriptor, isNew: isNew), slot.take() {
            close(descriptor)
        }
    }

    /// Closes a connection.
    func close(_ descriptor: Int32) {
        _ = Glibc.close(descriptor)
        wasClosed()
    }

    /// Counts a connection that libfcgi has closed.
    func wasClosed() {
        let left = open.subtract(1, ordering: .sequentiallyConsistent).newValue
        resumeAccepting()
        if left == 0 && isLoaded(isStopping) {
            poller.sendAllAway()
        }
    }

    func slot(of descriptor: Int32) -> Slot {
        slots[Int(descriptor)]
    }

    /// Whether a descriptor is low enough to be served.
    func hasSlot(_ descriptor: Int32) -> Bool {
        slots.indices.contains(Int(descriptor))
    }

    /// Closes waiting connections in which no byte of a request lies, the one that waits longest
    /// first, as many as `count`.
    ///
    /// - Parameter latest: Only those that have waited since then or longer.
    func closeIdle(atMost count: Int, waitingSince latest: Int64) {
        let waiting = slots.indices.compactMap { index in
            slots[index].waitingSince.map { (since: $0, descriptor: Int32(index)) }
        }
        var left = count
        for (since, descriptor) in waiting.sorted(by: { $0.since < $1.since }) {
            guard left > 0, since <= latest else { return }
            guard slot(of: descriptor).take() else { continue }
            if isSilent(descriptor) {
                close(descriptor)
                left -= 1
            } else {
                // Its report may have been ignored while it was taken.
                slot(of: descriptor).putBack(since: since)
                _ = poller.arm(descriptor, isNew: false)
            }
        }
    }

    func isLoaded(_ flag: borrowing Atomic<Bool>) -> Bool {
        flag.load(ordering: .sequentiallyConsistent)
    }

    /// Whether no byte of a request waits in a connection.
    private func isSilent(_ descriptor: Int32) -> Bool {
        var byte: UInt8 = 0
        return unsafe recv(descriptor, &byte, 1, peekWithoutWaiting) < 1
    }
}
