internal import CFCGI
internal import Glibc

/// The epoll instance that all workers wait on, with its timer and its two bells.
///
/// Every descriptor in it is reported to one worker and then held back until it is armed again, so
/// a connection has one owner at any time without a lock. Only `leave` is reported to all.
struct Poller: ~Copyable, Sendable {
    let listener: Int32
    private let epollOwner: Descriptor
    private let timerOwner: Descriptor
    private let leaveOwner: Descriptor

    var timer: Int32 { timerOwner.number }
    var leave: Int32 { leaveOwner.number }
    private var epoll: Int32 { epollOwner.number }

    /// - Parameter listener: the listening socket; it stays the caller's.
    init(listener: Int32) throws(ListenError) {
        let epoll = try Descriptor("epoll_create1", cfcgi_epoll_create())
        let timer = try Descriptor("timerfd_create", cfcgi_timerfd())
        let leave = try Descriptor("eventfd", cfcgi_eventfd())
        guard cfcgi_epoll_add_for_all(epoll.number, leave.number) == 0,
            cfcgi_epoll_arm(epoll.number, timer.number, 1) == 0,
            cfcgi_epoll_arm(epoll.number, listener, 1) == 0
        else { throw .system(call: "epoll_ctl", number: errno) }
        self.listener = listener
        epollOwner = epoll
        timerOwner = timer
        leaveOwner = leave
    }

    /// Waits until something happens, and returns its descriptor.
    func wait() -> Int32 {
        cfcgi_epoll_wait(epoll)
    }

    /// Has a connection reported when bytes or the end arrive.
    ///
    /// Returns false when the system has no memory for it.
    func arm(_ descriptor: Int32, isNew: Bool) -> Bool {
        if cfcgi_epoll_arm(epoll, descriptor, isNew ? 1 : 0) == 0 { return true }
        // The number may have been closed and taken by another connection in between; then that
        // one's owner arms it, and one report too many is ignored.
        guard errno == EEXIST || errno == ENOENT else { return false }
        return cfcgi_epoll_arm(epoll, descriptor, isNew ? 0 : 1) == 0
    }

    /// Has the next waiting connection reported; without effect after `removeListener`.
    func armListener() {
        _ = cfcgi_epoll_arm(epoll, listener, 0)
    }

    /// Has no more waiting connections reported, for ever.
    func removeListener() {
        _ = cfcgi_epoll_remove(epoll, listener)
    }

    /// Has the timer reported once.
    func setTimer(milliseconds: Int64) {
        _ = cfcgi_timerfd_set(timer, milliseconds)
        _ = cfcgi_epoll_arm(epoll, timer, 0)
    }

    /// Tells every worker to leave.
    func sendAllAway() {
        ring(leave)
    }
}
