@testable import FastCGI
internal import Glibc
internal import Synchronization

/// A responder on a socket of its own in a directory of its own.
final class RunningResponder: Sendable {
    let path: String
    let responder: Responder
    private let outcome = Mutex<StopOutcome?>(nil)
    private let bell: Bell
    private let directory: TemporaryDirectory

    init(
        limits: ResponderLimits = quickLimits(), handler: @escaping Responder.Handler
    ) throws {
        directory = try TemporaryDirectory()
        path = directory.path + "/s"
        let socket = try ListeningSocket.bound(path: path)
        responder = try Responder(socket: socket, limits: limits, handler: handler)
        bell = try Bell()
        guard startThread({ [self] in runToTheEnd() }) else { throw PeerError.refused(errno) }
    }

    private func runToTheEnd() {
        let result = responder.run()
        outcome.withLock { $0 = result }
        bell.ring()
    }

    /// Stops, and waits for the end.
    ///
    /// Nil when `run` did not return in time.
    @discardableResult
    func stop(within milliseconds: Int64 = Peer.patience) -> StopOutcome? {
        responder.stop()
        _ = bell.wait(milliseconds: milliseconds)
        return outcome.withLock { $0 }
    }
}

/// Limits with times short enough for a test.
func quickLimits(_ change: (inout ResponderLimits) -> Void = { _ in }) -> ResponderLimits {
    var limits = ResponderLimits()
    limits.workerCount = 4
    limits.receiveTimeout = 1000
    limits.idleGrace = 30
    change(&limits)
    return limits
}

/// A directory that is removed with its files at the end of a test.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/fastcgi-test-XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { name -> Bool in
            guard let start = name.baseAddress else { return false }
            return unsafe mkdtemp(start) != nil
        }
        guard made else { throw PeerError.refused(errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        for name in ["s", "t", "file"] {
            unsafe unlink(path + "/" + name)
        }
        unsafe rmdir(path)
    }
}

/// Reads a body to its end.
func readAll(_ exchange: inout Exchange, room: Int = 65_536) throws(ExchangeError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: room)
    var body: [UInt8] = []
    while true {
        let count = try exchange.readBody(into: &buffer)
        if count == 0 { return body }
        body += buffer[..<count]
    }
}

/// Answers with a line of text.
func answer(_ exchange: inout Exchange, _ text: String) {
    try? exchange.send(head: Array("Status: 200 OK\r\n\r\n".utf8), body: Array(text.utf8))
}

let okHead = "Status: 200 OK\r\n\r\n"
