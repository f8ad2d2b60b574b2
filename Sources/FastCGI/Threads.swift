internal import CFCGI
internal import Glibc

/// The stack of a worker.
///
/// Only touched pages cost memory; SQLite and the handlers' frames need far less.
private let stackByteCount = 2 * 1024 * 1024

/// Runs a body on a thread of its own, which nobody joins.
///
/// Returns false when the system refuses.
///
/// This file has no actor: a closure written in a `main` would be isolated to the main actor and
/// trap on another thread.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return false }
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, stackByteCount)
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // The reference is given to the thread, which takes it back as the first thing it does.
    let box = unsafe Unmanaged.passRetained(ThreadBody(body))
    var thread = pthread_t()
    let result = unsafe pthread_create(
        &thread, &attributes,
        { argument in
            guard let argument = unsafe argument else { return nil }
            unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
            return nil
        }, box.toOpaque())
    if result != 0 {
        unsafe box.release()
    }
    return result == 0
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}
