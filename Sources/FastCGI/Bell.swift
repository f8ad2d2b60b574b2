internal import CFCGI
internal import Glibc

/// A descriptor of the system with one owner, closed at its end.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    /// Takes the result of a call that makes a descriptor, or throws what went wrong.
    init(_ call: String, _ result: Int32) throws(ListenError) {
        guard result >= 0 else { throw .system(call: call, number: errno) }
        number = result
    }

    deinit {
        close(number)
    }
}

/// An eventfd(2) that one thread rings once and others wait for.
final class Bell: Sendable {
    private let descriptor: Descriptor

    init() throws(ListenError) {
        descriptor = try Descriptor("eventfd", cfcgi_eventfd())
    }

    func ring() {
        FastCGI.ring(descriptor.number)
    }

    /// Waits until the bell has rung.
    ///
    /// Returns false when the time is over first; -1 is without limit.
    func wait(milliseconds: Int64) -> Bool {
        let end = monotonicMilliseconds() + milliseconds
        while true {
            let left = milliseconds < 0 ? -1 : max(0, end - monotonicMilliseconds())
            var entry = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
            let count = unsafe poll(&entry, 1, Int32(clamping: left))
            if count > 0 { return true }
            if count == 0 || errno != EINTR { return false }
        }
    }
}

/// Makes an eventfd(2) readable, for ever.
func ring(_ bell: Int32) {
    var one: UInt64 = 1
    _ = unsafe write(bell, &one, MemoryLayout<UInt64>.size)
}
