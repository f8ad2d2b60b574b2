// The few calls of libc that more than one file here makes, with their pointers kept in this file.

internal import CFCGI
internal import Glibc

/// Milliseconds on a clock that never jumps, for limits of time only.
func monotonicMilliseconds() -> Int64 {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
}

/// The effective user, for messages about permissions.
func currentUserID() -> UInt32 {
    geteuid()
}

/// The text of an errno(3) number.
func systemMessage(_ number: Int32) -> String {
    // strerror(3) of glibc 2.32 and later writes into a buffer of the calling thread.
    unsafe String(cString: strerror(number))
}

/// Sets how long one read or write of a connection may wait.
func setTimeout(_ option: Int32, of descriptor: Int32, milliseconds: Int64) {
    var limit = timeval()
    limit.tv_sec = Int(milliseconds / 1000)
    limit.tv_usec = Int(milliseconds % 1000) * 1000
    unsafe setsockopt(
        descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
}

/// An integer option of a socket, or nil when the descriptor is not a socket.
func socketOption(_ option: Int32, of descriptor: Int32) -> Int32? {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    let result = unsafe getsockopt(descriptor, SOL_SOCKET, option, &value, &length)
    return result == 0 ? value : nil
}

/// Flags of recv(2) for a look at what has arrived, which leaves it there and waits for nothing.
let peekWithoutWaiting = Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)

/// Whether nothing more can come from the peer than what has arrived.
func peerHasEnded(_ descriptor: Int32) -> Bool {
    cfcgi_peer_has_ended(descriptor) != 0
}

/// connect(2) to a Unix socket.
///
/// Returns 0, or -1 and errno.
func connectToSocket(_ descriptor: Int32, _ path: String) -> Int32 {
    unsafe cfcgi_unix_connect(descriptor, path)
}
