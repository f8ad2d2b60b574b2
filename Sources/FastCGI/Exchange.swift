internal import CFCGI
internal import Glibc

/// One request and its answer.
///
/// It has one owner and belongs to one worker thread for the time of its handler. What it hands out
/// are copies; nothing of it can outlive it. When it ends, the answer is completed if the handler
/// did not do so, the rest of the body is thrown away, and libfcgi's memory of the request is freed.
///
/// It is `@safe` because its pointer is valid from its making, by the worker that owns the request,
/// to its end, and it never shows that pointer or one of libfcgi's.
@safe package struct Exchange: ~Copyable {
    private let request: UnsafeMutablePointer<FCGX_Request>
    private let connections: Connections
    private let deadline: Int64
    private var received = 0
    private var bodyHasEnded = false
    private var isDrained = false
    private var isAnswered = false
    private var hasFailed = false

    /// CONTENT_LENGTH (RFC 3875 4.1.2): the bytes of the body, or nil when the variable is absent,
    /// empty or not a number.
    package let declaredContentLength: Int?

    /// Takes a request that `FCGX_Accept_r` has accepted.
    ///
    /// - Parameter connections: those that the request's connection is one of.
    init(request: UnsafeMutablePointer<FCGX_Request>, connections: Connections) {
        unsafe self.request = unsafe request
        self.connections = connections
        deadline = monotonicMilliseconds() + connections.limits.bodyTimeout
        declaredContentLength = unsafe Self.parameter("CONTENT_LENGTH", of: request)
            .flatMap(Self.contentLength)
    }

    /// The value of a CGI variable (RFC 3875 4.1), or nil when nginx did not send it.
    ///
    /// An empty value is an empty string: nginx sends variables it has no value for. Bytes that are
    /// not UTF-8 become U+FFFD; to tell those apart is not possible here, and no variable with them
    /// is right. The look-up walks the variables, about 25, and copies the one it finds: some 100
    /// nanoseconds.
    package func parameter(_ name: StaticString) -> String? {
        unsafe Self.parameter(name, of: request)
    }

    /// Reads the next bytes of the body.
    ///
    /// - Parameter buffer: its `count` is the room there is; its first bytes are overwritten. 64 KB
    ///   serve well.
    /// - Returns: how many bytes were read, fewer than there is room only at the end; 0 when the
    ///   body is over. Never more in all than CONTENT_LENGTH (RFC 3875 4.2).
    /// - Throws: `.truncated` when the peer stopped before CONTENT_LENGTH, `.timedOut`.
    package mutating func readBody(into buffer: inout [UInt8]) throws(ExchangeError) -> Int {
        guard !hasFailed else { throw .truncated(received: received) }
        let room = min(buffer.count, (declaredContentLength ?? .max) - received)
        guard room > 0, !bodyHasEnded else { return 0 }
        guard monotonicMilliseconds() < deadline else { throw fail(.timedOut) }
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe readInput(UnsafeMutableRawBufferPointer(rebasing: bytes[..<room]))
        }
        received += count
        if count < room {
            try endBody()
        }
        return count
    }

    /// Sends bytes of the answer, CGI header fields first (RFC 3875 6), and leaves it open.
    ///
    /// They leave at once. For an answer that is known as a whole, `send(head:body:)` is cheaper.
    /// - Throws: `.peerLeft`, `.timedOut`, `.alreadyAnswered`.
    package mutating func send(_ bytes: [UInt8]) throws(ExchangeError) {
        guard !bytes.isEmpty else { return }
        try send(head: bytes, body: [], isLast: false)
    }

    /// Sends the whole answer and its end in one write; nothing can be sent after it.
    ///
    /// Neither array is copied.
    /// - Parameters:
    ///   - head: CGI header fields and the empty line behind them (RFC 3875 6).
    ///   - body: what follows.
    /// - Throws: `.peerLeft`, `.timedOut`, `.alreadyAnswered`.
    package mutating func send(head: [UInt8], body: [UInt8]) throws(ExchangeError) {
        try send(head: head, body: body, isLast: true)
    }

    /// What becomes of the connection of an exchange that has ended.
    enum Ending {
        /// It can carry another request.
        case keep
        case close
        /// It is closed once the peer, which is still sending the body, has taken the answer.
        case linger
    }

    /// Ends the exchange.
    consuming func finish() -> Ending {
        complete()
    }

    deinit {
        unsafe FCGX_Free(request, 0)
    }
}

extension Exchange {
    private var limits: ResponderLimits { connections.limits }

    private mutating func send(
        head: [UInt8], body: [UInt8], isLast: Bool
    ) throws(ExchangeError) {
        guard !isAnswered else { throw .alreadyAnswered }
        if isLast { drain() }
        let writer = unsafe AnswerWriter(
            descriptor: request.pointee.ipcFd,
            requestID: UInt16(truncatingIfNeeded: request.pointee.requestId))
        isAnswered = isLast
        do {
            try writer.send(head: head, body: body, end: isLast ? end : .none)
        } catch {
            isAnswered = true
            throw fail(error)
        }
    }

    /// Whether the peer may use the connection again, as it is said with the end of the answer.
    private var end: AnswerWriter.End {
        guard unsafe request.pointee.keepConnection != 0 else { return .request }
        return isDrained && connections.areKept ? .request : .connection
    }

    private mutating func complete() -> Ending {
        if !isAnswered {
            // Who is not there to take the end of an answer is noted, and needs nothing more.
            try? send(head: [], body: [], isLast: true)
        }
        guard !hasFailed else { return .close }
        guard isDrained else { return .linger }
        return unsafe request.pointee.keepConnection != 0 ? .keep : .close
    }

    /// Throws away what the handler left of the body, up to its end, within size and time.
    ///
    /// This comes before the end of the answer: then the peer may send its next request, and libfcgi,
    /// which reads ahead, would swallow the first bytes of it together with the last of the body. A
    /// connection that is not drained is closed after the answer.
    private mutating func drain() {
        guard !hasFailed else { return }
        let unread = (declaredContentLength ?? received) - received
        guard unread <= limits.maximumDrainedBytes else { return }
        if unread > 0 {
            setTimeout(SO_RCVTIMEO, milliseconds: limits.drainTimeout)
        }
        isDrained = readToEnd(until: monotonicMilliseconds() + limits.drainTimeout)
        if unread > 0 {
            setTimeout(SO_RCVTIMEO, milliseconds: limits.receiveTimeout)
        }
    }

    /// Reads to the end of the body.
    ///
    /// Returns false when it has none within the limits.
    private func readToEnd(until end: Int64) -> Bool {
        unsafe withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 8) { chunk in
            var left = limits.maximumDrainedBytes + chunk.count
            while left > 0 {
                let count = unsafe readInput(chunk)
                guard count == chunk.count else {
                    return unsafe FCGX_GetError(request.pointee.in) == 0
                }
                left -= count
                guard monotonicMilliseconds() < end else { return false }
            }
            return false
        }
    }

    private func setTimeout(_ option: Int32, milliseconds: Int64) {
        unsafe FastCGI.setTimeout(
            option, of: request.pointee.ipcFd, milliseconds: milliseconds)
    }

    /// Fills the room from FCGI_STDIN; less only at its end or at an error.
    private func readInput(_ room: UnsafeMutableRawBufferPointer) -> Int {
        // libfcgi counts in Int32; a room of 1 GB or more is filled in part.
        let count = Int32(clamping: min(room.count, 1 << 30))
        let start = unsafe room.baseAddress?.assumingMemoryBound(to: CChar.self)
        return unsafe Int(FCGX_GetStr(start, count, request.pointee.in))
    }

    private mutating func endBody() throws(ExchangeError) {
        let number = unsafe FCGX_GetError(request.pointee.in)
        if number == EAGAIN { throw fail(.timedOut) }
        guard number == 0, received >= declaredContentLength ?? 0 else {
            throw fail(.truncated(received: received))
        }
        bodyHasEnded = true
    }

    private mutating func fail(_ error: ExchangeError) -> ExchangeError {
        hasFailed = true
        return error
    }

    private static func parameter(
        _ name: StaticString, of request: UnsafeMutablePointer<FCGX_Request>
    ) -> String? {
        // A StaticString that has a pointer ends in NUL; one of a single scalar has none, and no
        // CGI variable has such a name.
        guard name.hasPointerRepresentation else { return nil }
        let value = unsafe name.utf8Start.withMemoryRebound(
            to: CChar.self, capacity: name.utf8CodeUnitCount + 1
        ) { unsafe FCGX_GetParam($0, request.pointee.envp) }
        guard let value = unsafe value else { return nil }
        return unsafe String(cString: value)
    }

    /// RFC 3875 4.1.2: digits only.
    private static func contentLength(_ value: String) -> Int? {
        value.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(value) : nil
    }
}
