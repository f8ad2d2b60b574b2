internal import CCurl

/// Sends messages over SMTP (RFC 5321), one after the other on a connection that is kept.
///
/// A server has a message from the moment on that it has the dot behind it, and what it then answers
/// tells whether it keeps it (4.1.1.4 and 6.1). So the caller is asked before the dot can leave, and
/// every fault says on which side of the dot it lies. For one thread, which it blocks.
package final class MailTransfer {
    private let server: MailServer
    private let timeoutMilliseconds: Int
    private let stop: TransferStop?
    /// Keeps the connection; made for the first message.
    private var handle: EasyHandle?

    /// Milliseconds until a connection has to stand.
    private static let connectTimeoutMilliseconds = 15_000

    /// - Parameters:
    ///   - timeoutMilliseconds: For one message, a new connection and the answer included.
    ///   - stop: Ends a transfer early.
    package init(
        server: MailServer, timeoutMilliseconds: Int, stop: TransferStop? = nil
    ) {
        self.server = server
        self.timeoutMilliseconds = timeoutMilliseconds
        self.stop = stop
    }

    /// Ends the connection that is kept, if there is one.
    package func close() {
        handle = nil
    }

    /// Sends one message.
    ///
    /// - Parameters:
    ///   - sender: The address for bounces, without angle brackets, ASCII.
    ///   - recipient: Likewise.
    ///   - message: Header and body (RFC 5322), lines ended by CRLF, ASCII.
    ///   - beforeLastByte: Called once when the server has been sent all but the dot; `false`
    ///     withholds it.
    /// - Returns: The server's answer to the message.
    package func send(
        from sender: String, to recipient: String, message: [UInt8], beforeLastByte: () -> Bool
    ) throws(MailFault) -> String {
        let result = withoutActuallyEscaping(beforeLastByte) { ask in
            let envelope = Envelope(sender: sender, recipient: recipient, message: message)
            let first = perform(envelope, beforeLastByte: ask)
            // The server had closed the connection since the last message: that is no fault of this one.
            guard first.foundConnectionClosed else { return first.result }
            close()
            return perform(envelope, beforeLastByte: ask).result
        }
        return try result.get()
    }

    private struct Envelope {
        let sender: String
        let recipient: String
        let message: [UInt8]
    }

    private struct Attempt {
        let result: Result<String, MailFault>
        var foundConnectionClosed = false
    }

    private func perform(_ envelope: Envelope, beforeLastByte: @escaping () -> Bool) -> Attempt {
        guard Library.isReady, let handle = handle ?? EasyHandle() else {
            return Attempt(result: .failure(.unreachable("libcurl cannot be set up")))
        }
        guard let address = server.address else {
            return Attempt(result: .failure(.unreachable("\(server.host) is no name of a server")))
        }
        self.handle = handle
        let session = MailSession(
            message: envelope.message, handle: handle, beforeLastByte: beforeLastByte)
        let recipients = HeaderList(["<\(envelope.recipient)>"])
        handle.reset()
        handle.setCommonOptions(protocols: "smtp,smtps", context: session, of: stop)
        setServer(address, on: handle)
        handle.set(CURLOPT_MAIL_FROM, "<\(envelope.sender)>")
        handle.set(CURLOPT_MAIL_RCPT, recipients)
        handle.set(CURLOPT_UPLOAD, 1)
        unsafe handle.setStreamFunction(CURLOPT_READFUNCTION) { buffer, size, count, context in
            unsafe MailSession.from(context).give(buffer, count: size * count)
        }
        unsafe handle.setHeaderFunction(context: session) { bytes, size, count, context in
            unsafe MailSession.from(context).takeLine(bytes, count: size * count)
        }
        unsafe handle.setDebugFunction(context: session) { _, type, bytes, count, context in
            if type == CURLINFO_HEADER_OUT {
                unsafe MailSession.from(context).noteCommand(bytes, count: count)
            }
            return 0
        }
        let code = withExtendedLifetime((session, recipients)) { handle.perform() }
        guard code != CURLE_OK else { return Attempt(result: .success(session.reply.text)) }
        return Attempt(
            result: session.result(code, text: handle.faultText(code)),
            foundConnectionClosed: code != CURLE_OPERATION_TIMEDOUT && handle.hasReusedConnection
                && session.foundConnectionClosed)
    }

    private func setServer(_ address: String, on handle: EasyHandle) {
        handle.set(CURLOPT_URL, address)
        handle.set(CURLOPT_TIMEOUT_MS, timeoutMilliseconds)
        handle.set(
            CURLOPT_CONNECTTIMEOUT_MS, min(timeoutMilliseconds, Self.connectTimeoutMilliseconds))
        if server.security == .startTLS {
            handle.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
        }
        if let file = server.certificateFile { handle.set(CURLOPT_CAINFO, file) }
        if !server.login.isEmpty {
            handle.set(CURLOPT_USERNAME, server.login)
            handle.set(CURLOPT_PASSWORD, server.password)
        }
    }
}

/// What libcurl's calls back need of one message; lives while it is sent.
private final class MailSession: TransferContext {
    private let message: [UInt8]
    private let handle: EasyHandle
    private let beforeLastByte: () -> Bool
    private var givenByteCount = 0
    private var isWithheld = false
    /// Whether the server has closed the connection in the middle of the message.
    private var isCutOff = false
    /// The reply that is being read, or the last one.
    private(set) var reply = MailReply()
    private var hasReply = false
    /// Whether the session is being ended: what the server says to that is about no message.
    private var isEnding = false

    /// What a read function returns to end the transfer.
    private static let abortion = Int(CURL_READFUNC_ABORT)

    init(message: [UInt8], handle: EasyHandle, beforeLastByte: @escaping () -> Bool) {
        self.message = message
        self.handle = handle
        self.beforeLastByte = beforeLastByte
        super.init()
    }

    static func from(_ context: UnsafeMutableRawPointer?) -> MailSession {
        unsafe TransferContext.from(context, as: MailSession.self)
    }

    /// Gives the next bytes of the message; 0 is its end, on which the dot leaves.
    func give(_ buffer: UnsafeMutablePointer<CChar>?, count: Int) -> Int {
        guard givenByteCount < message.count else { return mayEnd() ? 0 : Self.abortion }
        let piece = message[givenByteCount...].prefix(count)
        guard let buffer = unsafe buffer else { return Self.abortion }
        for (index, byte) in piece.enumerated() { unsafe buffer[index] = CChar(bitPattern: byte) }
        givenByteCount += piece.count
        return piece.count
    }

    private func mayEnd() -> Bool {
        if mayHaveArrived { return true }
        guard beforeLastByte() else {
            isWithheld = true
            return false
        }
        // A server that has closed in the middle of the message will not get its dot: nothing is lost that
        // could become unknown.
        guard !handle.isClosedByPeer else {
            isCutOff = true
            return false
        }
        mayHaveArrived = true
        reply = MailReply()
        return true
    }

    /// Looks at a command that is sent.
    func noteCommand(_ bytes: UnsafeMutablePointer<CChar>?, count: Int) {
        var command: [UInt8] = []
        unsafe append(bytes, count: min(count, Self.end.count), to: &command)
        guard command == Self.end else { return }
        isEnding = true
        latestEnd = .now + Self.patience
    }

    /// How long a server may take to say goodbye.
    private static let patience = Duration.seconds(2)

    private static let end = Array("QUIT".utf8)

    /// Takes a line that the server sent.
    func takeLine(_ bytes: UnsafeMutablePointer<CChar>?, count: Int) -> Int {
        var line: [UInt8] = []
        unsafe append(bytes, count: count, to: &line)
        if !isEnding {
            hasReply = true
            reply.take(line)
        }
        return count
    }

    /// Whether the server had ended the connection before it saw anything of this message.
    var foundConnectionClosed: Bool {
        !mayHaveArrived && !isWithheld && (!hasReply || reply.code == MailReply.closing)
    }

    func result(_ code: CURLcode, text: String) -> Result<String, MailFault> {
        if isWithheld { return .failure(.withheld) }
        if isCutOff {
            return .failure(.passing("The connection was closed in the middle of the message"))
        }
        let answer = reply.isWhole ? reply.text : text
        if mayHaveArrived {
            switch reply.isWhole ? reply.code : 0 {
            case 200..<300: return .success(answer)
            case 400..<500: return .failure(.passing(answer))
            case 500..<600: return .failure(.final(answer))
            default: return .failure(.unknown(text))
            }
        }
        switch code {
        // What libcurl makes of a refused MAIL, RCPT or DATA, and of a connection that broke.
        case CURLE_SEND_ERROR:
            guard reply.isWhole, reply.code >= 400 else { return .failure(.passing(text)) }
            if reply.isAboutLogIn { return .failure(.unreachable(answer)) }
            return .failure(reply.code >= 500 ? .final(answer) : .passing(answer))
        case _ where hasReply && givenByteCount > 0: return .failure(.passing(text))
        default: return .failure(.unreachable(refusal(text)))
        }
    }

    /// Why there is no session: the server's words where it refused, libcurl's where it did not.
    private func refusal(_ text: String) -> String {
        reply.isWhole && reply.code >= 400 ? reply.text : text
    }
}

/// A reply of an SMTP server (RFC 5321, 4.2), read line by line.
private struct MailReply {
    private(set) var code = 0
    /// Its lines, joined; no longer than ``maximumByteCount``.
    private(set) var text = ""
    /// Whether its last line is there.
    private(set) var isWhole = false

    /// Longest text that is kept: some lines of 512 bytes, which are the longest (4.5.3.1.5).
    private static let maximumByteCount = 2_000

    /// The code of a server that ends the session, whatever was asked (3.8).
    static let closing = 421
    /// Codes that are about who sends, not what (RFC 4954, 6).
    private static let logInCodes = [530, 534, 535, 538]

    var isAboutLogIn: Bool { Self.logInCodes.contains(code) }

    mutating func take(_ line: [UInt8]) {
        if isWhole { self = MailReply() }
        let line = line.prefix { $0 != 0x0D && $0 != 0x0A }
        code = line.prefix(3).reduce(0) { number, byte in
            (0x30...0x39).contains(byte) ? number * 10 + Int(byte - 0x30) : 0
        }
        isWhole = line.count == 3 || line.dropFirst(3).first == 0x20
        let room = Self.maximumByteCount - text.utf8.count
        let shown = String(decoding: line.prefix(max(0, room)), as: UTF8.self)
        let printable = String(
            String.UnicodeScalarView(
                shown.unicodeScalars.filter { $0.value >= 0x20 && $0 != "\u{7F}" }))
        text += text.isEmpty || printable.isEmpty ? printable : "\n" + printable
    }
}
