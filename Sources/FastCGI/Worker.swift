internal import CFCGI
internal import Glibc

/// One thread's loop: take a connection, judge the head that lies in it, have libfcgi read it, call
/// the handler, give the connection back.
///
/// It is `@safe` because its pointer is its own from making to end, and only its thread has it.
@safe struct Worker: ~Copyable {
    private let index: Int
    private let connections: Connections
    private let limits: ResponderLimits
    private let handler: Responder.Handler
    private let judge: RequestHead
    /// The first bytes of a connection, as they were last looked at.
    private var bytes: [UInt8]
    /// libfcgi's request; it must not move, so it is not a stored property of type `FCGX_Request`.
    private let request: UnsafeMutablePointer<FCGX_Request>

    /// Enough for the head of most requests; a longer one is looked at a second time.
    private static let usualHead = 4096

    init(
        index: Int, connections: Connections, limits: ResponderLimits,
        handler: @escaping Responder.Handler
    ) {
        self.index = index
        self.connections = connections
        self.limits = limits
        self.handler = handler
        judge = RequestHead(
            maximumParameterBytes: limits.maximumParameterBytes,
            maximumParameterCount: limits.maximumParameterCount)
        bytes = [UInt8](repeating: 0, count: Self.usualHead)
        unsafe request = .allocate(capacity: 1)
        // A listening socket of -1: libfcgi can never accept by itself.
        unsafe FCGX_InitRequest(request, -1, 0)
    }

    deinit {
        unsafe request.deallocate()
    }

    /// Works until all are told to leave.
    mutating func work() {
        while true {
            switch connections.next() {
            case .connection(let descriptor, let isNew): serve(descriptor, isNew: isNew)
            case .nothing: continue
            case .leave: return
            }
        }
    }

    private mutating func serve(_ descriptor: Int32, isNew: Bool) {
        switch look(descriptor) {
        case .nothing: connections.keep(descriptor, isNew: isNew)
        case .ended: connections.close(descriptor)
        case .head(.incomplete) where peerHasEnded(descriptor): connections.close(descriptor)
        case .head(.incomplete): connections.park(descriptor)
        case .head(.broken): connections.close(descriptor)
        case .head(.tooLong(let requestID)):
            refuse(descriptor, requestID)
            linger(descriptor)
            connections.close(descriptor)
        case .head(.complete): answer(descriptor, isNew: isNew)
        }
    }

    private func answer(_ descriptor: Int32, isNew: Bool) {
        // FCGX_Accept_r first ends the request before, which has been ended: nothing is kept of it.
        // `keepConnection` keeps it from closing the new connection on that occasion, `detached`
        // from waiting two seconds for the peer when it closes a broken one.
        unsafe request.pointee.ipcFd = descriptor
        unsafe request.pointee.keepConnection = 1
        unsafe request.pointee.detached = 1
        guard unsafe FCGX_Accept_r(request) == 0 else { return connections.wasClosed() }
        var exchange = unsafe Exchange(request: request, connections: connections)
        handler(index, &exchange)
        switch exchange.finish() {
        case .keep: connections.keep(descriptor, isNew: isNew)
        case .close: connections.close(descriptor)
        case .linger:
            linger(descriptor)
            connections.close(descriptor)
        }
    }

    /// Reads what a peer still sends after its answer, until it has taken that and closes.
    ///
    /// With a plain close its next write would fail, and nginx then throws the answer away.
    private func linger(_ descriptor: Int32) {
        let end = monotonicMilliseconds() + limits.lingerTimeout
        shutdown(descriptor, Int32(SHUT_WR))
        setTimeout(SO_RCVTIMEO, of: descriptor, milliseconds: limits.lingerTimeout)
        unsafe withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 8) { chunk in
            while monotonicMilliseconds() < end,
                unsafe recv(descriptor, chunk.baseAddress, chunk.count, 0) > 0
            {}
        }
    }

    /// Answers a request whose variables are too long to be read.
    private func refuse(_ descriptor: Int32, _ requestID: UInt16) {
        let answer = """
            Status: 431 Request Header Fields Too Large\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            The headers of this request are too long: clear the cookies of this site and try again.

            """
        let writer = AnswerWriter(descriptor: descriptor, requestID: requestID)
        // The connection is closed next, whether the peer took the answer or not.
        try? writer.send(head: Array(answer.utf8), end: .connection)
    }
}

// Looking.
extension Worker {
    private enum Sight {
        case nothing
        case ended
        case head(RequestHead.Verdict)
    }

    /// Judges what lies in a connection, and leaves it there.
    private mutating func look(_ descriptor: Int32) -> Sight {
        var count = peek(descriptor)
        while count == bytes.count && count < judge.maximumBytes {
            let verdict = judge.judge(bytes[..<count])
            guard verdict == .incomplete else { return .head(verdict) }
            bytes = [UInt8](repeating: 0, count: judge.maximumBytes)
            count = peek(descriptor)
        }
        guard count > 0 else { return count == 0 ? .ended : errno == EAGAIN ? .nothing : .ended }
        return .head(judge.judge(bytes[..<count]))
    }

    /// Copies the first bytes of a connection.
    ///
    /// Returns their number, 0 at its end, -1 and errno.
    private mutating func peek(_ descriptor: Int32) -> Int {
        unsafe bytes.withUnsafeMutableBytes { room in
            unsafe recv(descriptor, room.baseAddress, room.count, peekWithoutWaiting)
        }
    }
}
