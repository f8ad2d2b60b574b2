internal import CCurl

/// Sends one request over HTTP and waits for its answer.
///
/// What is sent says nothing but what the caller wrote: redirections are not followed, a proxy or
/// log-in from the environment is not taken, and a certificate has to hold for the server's name.
/// Each request has a connection of its own, so that one that is found dead is never a request that
/// may or may not have arrived. From any thread; a transfer blocks the one it is called on.
package struct HTTPTransfer: Sendable {
    private let timeoutMilliseconds: Int
    private let maximumAnswerByteCount: Int
    private let certificateFile: String?
    private let stop: TransferStop?

    /// - Parameters:
    ///   - timeoutMilliseconds: For all of it, from looking the name up to the answer's last byte.
    ///   - maximumAnswerByteCount: Longest body of an answer; more ends the transfer.
    ///   - certificateFile: Authorities to trust instead of the system's, a file in PEM.
    ///   - stop: Ends the transfer early.
    package init(
        timeoutMilliseconds: Int, maximumAnswerByteCount: Int, certificateFile: String? = nil,
        stop: TransferStop? = nil
    ) {
        self.timeoutMilliseconds = timeoutMilliseconds
        self.maximumAnswerByteCount = maximumAnswerByteCount
        self.certificateFile = certificateFile
        self.stop = stop
    }

    /// Sends a request.
    ///
    /// - Parameter beforeSending: Called once when the connection stands (with TLS, after the
    ///   certificate was checked) and before its first byte leaves; `false` withholds the request.
    /// - Returns: The whole answer, whatever its status.
    /// - Throws: ``TransferFault``, which says whether the request may have arrived.
    package func send(
        _ request: OutgoingRequest, beforeSending: () -> Bool = { true }
    ) throws(TransferFault) -> ReceivedAnswer {
        if let field = request.headers.first(where: { !$0.canBeSent }) {
            throw .badAddress("The header field \(field.name.debugDescription) cannot be sent.")
        }
        guard request.hasUsableAddress else {
            throw .badAddress("An address begins with http:// or https:// and is ASCII.")
        }
        guard Library.isReady, let handle = EasyHandle() else {
            throw .unreachable("libcurl cannot be set up")
        }
        let result = withoutActuallyEscaping(beforeSending) { ask in
            perform(request, on: handle, exchange: HTTPExchange(self, beforeSending: ask))
        }
        return try result.get()
    }

    private func perform(
        _ request: OutgoingRequest, on handle: EasyHandle, exchange: HTTPExchange
    ) -> Result<ReceivedAnswer, TransferFault> {
        handle.setCommonOptions(protocols: "http,https", context: exchange, of: stop)
        handle.set(CURLOPT_URL, request.url)
        handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        handle.set(CURLOPT_TIMEOUT_MS, timeoutMilliseconds)
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, timeoutMilliseconds)
        if let certificateFile { handle.set(CURLOPT_CAINFO, certificateFile) }
        // Without it libcurl waits for a 100 before a long body.
        var lines = ["Expect:"] + request.headers.map(\.line)
        switch request.method {
        case .get: handle.set(CURLOPT_HTTPGET, 1)
        case .post:
            handle.set(CURLOPT_POST, 1)
            handle.setBody(request.body)
            if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
                lines.append("Content-Type:")
            }
        }
        let list = HeaderList(lines)
        handle.set(CURLOPT_HTTPHEADER, list)
        unsafe handle.setRequestFunction { context, _, _, _, _ in
            unsafe HTTPExchange.from(context).mayBegin()
                ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        unsafe handle.setStreamFunction(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            unsafe HTTPExchange.from(context).take(bytes, count: size * count)
        }
        let code = withExtendedLifetime((exchange, list)) { handle.perform() }
        guard code != CURLE_OK else {
            return .success(ReceivedAnswer(status: handle.answerCode, body: exchange.body))
        }
        return .failure(exchange.fault(code, text: handle.faultText(code)))
    }
}

extension OutgoingRequest {
    /// Longest address, in bytes; no server takes more, and libcurl has a limit of its own far above.
    private static let maximumAddressByteCount = 16 * 1024

    /// Whether the address says its scheme, which libcurl would guess, and has no byte that has to be
    /// percent-encoded (RFC 3986, 2).
    fileprivate var hasUsableAddress: Bool {
        let scheme = url.prefix(8).lowercased()
        return (scheme.hasPrefix("http://") || scheme.hasPrefix("https://"))
            && url.utf8.count <= Self.maximumAddressByteCount
            && url.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

extension OutgoingRequest.Field {
    /// Whether it is one line, with a name that is a token (RFC 9110, 5.1 and 5.5).
    fileprivate var canBeSent: Bool {
        !name.isEmpty && name.utf8.allSatisfy(Self.isTokenByte)
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// A field with an empty value ends in `;` for libcurl, which takes one in `:` away.
    fileprivate var line: String { value.isEmpty ? "\(name);" : "\(name): \(value)" }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// What libcurl's calls back need of one request; lives while it is performed.
private final class HTTPExchange: TransferContext {
    private(set) var body: [UInt8] = []
    private let maximumByteCount: Int
    private let beforeSending: () -> Bool
    private var isWithheld = false
    private var isTooLong = false

    init(_ transfer: HTTPTransfer, beforeSending: @escaping () -> Bool) {
        maximumByteCount = transfer.answerLimit
        self.beforeSending = beforeSending
        super.init()
    }

    static func from(_ context: UnsafeMutableRawPointer?) -> HTTPExchange {
        unsafe TransferContext.from(context, as: HTTPExchange.self)
    }

    func mayBegin() -> Bool {
        guard !mayHaveArrived, beforeSending() else {
            isWithheld = !mayHaveArrived
            return false
        }
        mayHaveArrived = true
        return true
    }

    /// Takes a piece of the answer; a count that differs from the piece's ends the transfer.
    func take(_ bytes: UnsafeMutablePointer<CChar>?, count: Int) -> Int {
        guard body.count + count <= maximumByteCount else {
            isTooLong = true
            return 0
        }
        unsafe append(bytes, count: count, to: &body)
        return count
    }

    func fault(_ code: CURLcode, text: String) -> TransferFault {
        if isWithheld { return .withheld }
        if isTooLong { return .answerTooLong }
        switch code {
        case CURLE_OPERATION_TIMEDOUT: return .timedOut(wasSent: mayHaveArrived)
        case _ where mayHaveArrived: return .answerLost(text)
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return .badAddress(text)
        case _ where code.isCertificateFault: return .certificate(text)
        default: return .unreachable(text)
        }
    }
}

extension HTTPTransfer {
    fileprivate var answerLimit: Int { maximumAnswerByteCount }
}
