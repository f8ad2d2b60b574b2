internal import Glibc

/// The signals that end the process, waited for in one place.
///
/// They are blocked in every thread, so that no read or write of a request is ever interrupted;
/// libfcgi takes an interrupted read for a lost connection. SIGUSR1 is left alone: Swift's
/// backtracer stops threads with it.
package enum ProcessSignals {
    /// Blocks SIGTERM, SIGINT and SIGHUP in this thread and in all that it starts from now on.
    ///
    /// To be called first in `main`, before any thread exists.
    package static func blockTermination() {
        var set = terminationSet()
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits until one of the blocked signals arrives, and returns its number.
    package static func waitForTermination() -> Int32 {
        var set = terminationSet()
        var number: Int32 = 0
        while unsafe sigwait(&set, &number) != 0 {}
        return number
    }

    private static func terminationSet() -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] {
            unsafe sigaddset(&set, number)
        }
        return set
    }
}
