internal import Foundation
internal import Glibc
internal import Synchronization

/// A server on loopback that does what its script says, one connection after the other.
@safe final class ScriptedServer: Sendable {
    /// What it does with a connection.
    enum Step: Sendable {
        /// Reads until what has come since the last step ends with these bytes.
        case read(until: String)
        /// Reads this many bytes.
        case readBytes(Int)
        case send(String)
        case sendBytes([UInt8])
        /// Waits until the peer closes, or the patience is over.
        case waitForEnd
    }

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())
    private let ended = DispatchSemaphore(value: 0)
    private let scripts: [[Step]]

    private struct State {
        var received: [[UInt8]] = []
    }

    /// How long one read may take before the connection is closed, in milliseconds.
    private static let patience = 60_000

    /// A server that has a port and does not listen on it: who connects is refused.
    static func deaf() throws -> ScriptedServer {
        try ScriptedServer(scripts: [], isListening: false)
    }

    /// - Parameter scripts: One for each connection; each is closed when its script has ended.
    convenience init(_ scripts: [Step]...) throws {
        try self.init(scripts: scripts, isListening: true)
    }

    private init(scripts: [[Step]], isListening: Bool) throws {
        self.scripts = scripts
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, length) == 0
                    && (!isListening || listen(descriptor, 16) == 0)
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw CocoaError(.fileReadUnknown) }
        port = UInt16(bigEndian: address.sin_port)
        let thread = Thread { [self] in
            serve()
            ended.signal()
        }
        thread.start()
    }

    deinit {
        close(listener)
    }

    /// The bytes of each connection, when all scripts have ended.
    func received() -> [String] {
        ended.wait()
        ended.signal()
        return state.withLock { $0.received.map { String(decoding: $0, as: UTF8.self) } }
    }

    private func serve() {
        for script in scripts {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            var limit = timeval(tv_sec: Self.patience / 1000, tv_usec: 0)
            unsafe setsockopt(
                connection, SOL_SOCKET, SO_RCVTIMEO, &limit,
                socklen_t(MemoryLayout<timeval>.size))
            var input = Input(connection: connection)
            var isOpen = true
            for step in script where isOpen {
                switch step {
                case .read(let text): isOpen = input.read(until: Array(text.utf8))
                case .readBytes(let count): isOpen = input.read(count: count)
                case .send(let text): send(Array(text.utf8), to: connection)
                case .sendBytes(let bytes): send(bytes, to: connection)
                case .waitForEnd: while input.receive() {}
                }
            }
            let all = input.all
            state.withLock { $0.received.append(all) }
            close(connection)
        }
    }

    /// What has come over a connection.
    private struct Input {
        let connection: Int32
        var all: [UInt8] = []
        /// How much of it the script has read.
        var readCount = 0

        init(connection: Int32) {
            self.connection = connection
        }

        /// Reads up to the next of these bytes; false when the peer has closed before.
        mutating func read(until end: [UInt8]) -> Bool {
            var start = readCount
            while true {
                while start + end.count <= all.count {
                    if all[start] == end[0], all[start..<(start + end.count)] == end[...] {
                        readCount = start + end.count
                        return true
                    }
                    start += 1
                }
                guard receive() else { return false }
            }
        }

        mutating func read(count: Int) -> Bool {
            while all.count < readCount + count {
                guard receive() else { return false }
            }
            readCount += count
            return true
        }

        /// Takes what comes next; false at the end.
        mutating func receive() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe recv(connection, $0.baseAddress, $0.count, 0)
            }
            guard count > 0 else { return false }
            all += buffer[..<count]
            return true
        }
    }

    private func send(_ bytes: [UInt8], to connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
