internal import Glibc
internal import Synchronization

/// Answers requests that nginx sends over FastCGI: a listening socket, worker threads, a handler.
///
/// The threads are plain and the handler is synchronous. A connection that is kept open between two
/// requests holds no thread: libfcgi gets it only when the head of a request lies in it whole.
package final class Responder: Sendable {
    let connections: Connections
    private let limits: ResponderLimits
    private let handler: Handler
    /// Rings at `stop`, so that `run` begins to count the time.
    private let stopBell: Bell
    /// Rings when the last worker has left.
    private let doneBell: Bell

    /// Called for each request on one of the worker threads.
    ///
    /// `worker` is 0 and up, below `workerCount`; two calls with the same number are never at the
    /// same time, so it can choose a database connection. Returning ends the exchange.
    package typealias Handler = @Sendable (_ worker: Int, _ exchange: inout Exchange) -> Void

    /// - Throws: `.system` when the process has no descriptors left.
    package init(
        socket: consuming ListeningSocket, limits: ResponderLimits = ResponderLimits(),
        handler: @escaping Handler
    ) throws(ListenError) {
        guard Library.status == 0 else {
            throw .system(call: "FCGX_Init", number: Library.status)
        }
        connections = try Connections(socket: socket, limits: limits)
        stopBell = try Bell()
        doneBell = try Bell()
        self.limits = limits
        self.handler = handler
    }

    /// How many connections are open, idle ones among them.
    package var openConnections: Int { connections.open.load(ordering: .relaxed) }

    /// Serves until `stop` was called and every worker has left, or the limit of `stop` has passed.
    ///
    /// To be called once. Blocks the calling thread.
    package func run() -> StopOutcome {
        let remaining = Remaining(limits.workerCount, doneBell)
        for index in 0..<limits.workerCount {
            let started = startThread { [connections, limits, handler] in
                var worker = Worker(
                    index: index, connections: connections, limits: limits, handler: handler)
                worker.work()
                remaining.leaveOne()
            }
            guard started else {
                stop()
                return .notStarted(workers: index)
            }
        }
        _ = stopBell.wait(milliseconds: -1)
        guard doneBell.wait(milliseconds: limits.stopTimeout) else {
            return .abandoned(connections: openConnections)
        }
        return .complete
    }

    /// Stops: accepts nothing new, lets requests in work finish, then lets `run` return.
    ///
    /// From any thread, more than once. A bound socket's path is removed and what had connected to
    /// it is served; an inherited socket is left to the others that hold it. What comes on kept
    /// connections is served, with an answer that makes nginx close them; those it leaves open
    /// without use are closed after `idleGrace`.
    package func stop() {
        connections.stop()
        stopBell.ring()
    }
}

/// How a responder ended.
package enum StopOutcome: Equatable, Sendable {
    /// Every request was answered.
    case complete
    /// The limit passed while this many connections still had a request in work.
    case abandoned(connections: Int)
    /// The system refused a thread after this many.
    case notStarted(workers: Int)
}

/// Counts workers down and rings when none is left.
private final class Remaining: Sendable {
    private let count: Atomic<Int>
    private let bell: Bell

    init(_ count: Int, _ bell: Bell) {
        self.count = Atomic(count)
        self.bell = bell
    }

    func leaveOne() {
        if count.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
            bell.ring()
        }
    }
}
