internal import CCurl

/// One handle of libcurl's easy interface with the options that every transfer of ours has.
///
/// All pointers into libcurl are in this file and in the calls back of the two transfers. It stays on
/// the thread that uses it.
@safe final class EasyHandle {
    private let handle: UnsafeMutableRawPointer
    /// Where libcurl writes what went wrong, in words.
    private let faultBuffer = UnsafeMutableBufferPointer<CChar>.allocate(
        capacity: Int(CURL_ERROR_SIZE))
    /// The connections that are open; libcurl notes in it until the handle is gone.
    private let sockets = UnsafeMutablePointer<ccurl_sockets>.allocate(capacity: 1)
    /// Why an option of this transfer could not be set.
    private var unsettable: CURLcode?

    init?() {
        guard let handle = unsafe curl_easy_init() else {
            unsafe faultBuffer.deallocate()
            unsafe sockets.deallocate()
            return nil
        }
        unsafe self.handle = unsafe handle
        unsafe faultBuffer.initialize(repeating: 0)
        unsafe sockets.initialize(to: ccurl_sockets(open_count: 0, last: -1))
    }

    deinit {
        // A kept connection is ended with QUIT, whose answer libcurl would wait for, for two minutes.
        unsafe ccurl_stop_receiving(sockets)
        unsafe curl_easy_cleanup(handle)
        unsafe faultBuffer.deallocate()
        unsafe sockets.deallocate()
    }

    /// Forgets all options; connections that are kept stay.
    func reset() {
        unsafe curl_easy_reset(handle)
        unsettable = nil
    }

    /// What holds for every transfer: no signals, no proxy of the environment, calls back get
    /// `context`, and `stop` ends it.
    func setCommonOptions(protocols: String, context: TransferContext, of stop: TransferStop?) {
        context.stop = stop
        set(CURLOPT_PROTOCOLS_STR, protocols)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROGRESS, 0)
        unsafe check(ccurl_note_sockets(handle, sockets))
        let pointer = unsafe Unmanaged.passUnretained(context).toOpaque()
        for option in [
            CURLOPT_XFERINFODATA, CURLOPT_PREREQDATA, CURLOPT_WRITEDATA, CURLOPT_READDATA,
        ] {
            unsafe check(ccurl_set_pointer(handle, option, pointer))
        }
        unsafe faultBuffer.update(repeating: 0)
        unsafe check(ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, faultBuffer.baseAddress))
        unsafe check(
            ccurl_set_progress_function(handle) { context, _, _, _, _ in
                unsafe TransferContext.from(context, as: TransferContext.self).mustEnd ? 1 : 0
            })
    }

    func set(_ option: CURLoption, _ text: String) {
        unsafe check(ccurl_set_text(handle, option, text))
    }

    func set(_ option: CURLoption, _ number: Int) {
        unsafe check(ccurl_set_number(handle, option, number))
    }

    func set(_ option: CURLoption, _ list: HeaderList) {
        unsafe check(ccurl_set_list(handle, option, list.first))
    }

    func setBody(_ bytes: [UInt8]) {
        // An empty array may have no address, and libcurl takes none for "no body was set".
        let kept = bytes.isEmpty ? [0] : bytes
        unsafe check(ccurl_set_body(handle, kept, curl_off_t(bytes.count)))
    }

    func setStreamFunction(_ option: CURLoption, _ function: @escaping ccurl_stream_function) {
        unsafe check(ccurl_set_stream_function(handle, option, function))
    }

    /// Sets what gets each line of an answer's head.
    func setHeaderFunction(
        context: TransferContext, _ function: @escaping ccurl_stream_function
    ) {
        let pointer = unsafe Unmanaged.passUnretained(context).toOpaque()
        unsafe check(ccurl_set_pointer(handle, CURLOPT_HEADERDATA, pointer))
        unsafe setStreamFunction(CURLOPT_HEADERFUNCTION, function)
    }

    /// Sets what is shown all that is sent and received.
    func setDebugFunction(
        context: TransferContext, _ function: @escaping ccurl_debug_function
    ) {
        let pointer = unsafe Unmanaged.passUnretained(context).toOpaque()
        unsafe check(ccurl_set_debug_function(handle, function, pointer))
    }

    func setRequestFunction(_ function: @escaping ccurl_request_function) {
        unsafe check(ccurl_set_request_function(handle, function))
    }

    /// Does it all, on this thread.
    func perform() -> CURLcode {
        unsafe unsettable ?? curl_easy_perform(handle)
    }

    /// The number of the last answer; 0 when none came.
    var answerCode: Int {
        unsafe ccurl_answer_code(handle)
    }

    /// Whether the last transfer went over a connection that an earlier one had made.
    var hasReusedConnection: Bool {
        unsafe ccurl_connection_count(handle) == 0
    }

    /// Whether the peer has closed the only connection there is; false where that is not known.
    var isClosedByPeer: Bool {
        unsafe ccurl_peer_has_closed(sockets) != 0
    }

    /// What went wrong, in libcurl's words.
    func faultText(_ code: CURLcode) -> String {
        let said = String(
            decoding: unsafe faultBuffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self)
        return said.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : said
    }

    /// Options fail only where memory ran out or libcurl was built without what they set; then the
    /// transfer fails, as it would without the option be another one.
    private func check(_ code: CURLcode) {
        if code != CURLE_OK { unsettable = code }
    }
}

/// What calls back get: the base of what a transfer keeps while it is performed.
class TransferContext {
    fileprivate var stop: TransferStop?
    /// Whether the other side may have got what is sent; set before its first, or last, byte leaves.
    final var mayHaveArrived = false

    /// When it ends at the latest; set where nothing that matters is waited for any more.
    final var latestEnd: ContinuousClock.Instant?

    init() {}

    fileprivate var mustEnd: Bool {
        if let latestEnd, latestEnd < .now { return true }
        return switch stop?.urgency ?? .none {
        case .none: false
        case .stopped: !mayHaveArrived
        case .abandoned: true
        }
    }

    /// The context that was set, which its transfer keeps alive until `perform` returns.
    static func from<Context: TransferContext>(
        _ pointer: UnsafeMutableRawPointer?, as type: Context.Type
    ) -> Context {
        guard let pointer = unsafe pointer else { preconditionFailure("set before the transfer") }
        let context = unsafe Unmanaged<TransferContext>.fromOpaque(pointer).takeUnretainedValue()
        guard let context = context as? Context else { preconditionFailure("set with its kind") }
        return context
    }
}

/// Adds bytes that libcurl lends for the time of a call back.
func append(_ bytes: UnsafeMutablePointer<CChar>?, count: Int, to array: inout [UInt8]) {
    guard let bytes = unsafe bytes else { return }
    unsafe array.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
}

/// Lines that libcurl reads while a transfer is performed.
@safe final class HeaderList {
    fileprivate private(set) var first: UnsafeMutablePointer<curl_slist>?

    init(_ lines: [String]) {
        for line in lines {
            guard let longer = unsafe curl_slist_append(first, line) else { continue }
            unsafe first = unsafe longer
        }
    }

    deinit {
        unsafe curl_slist_free_all(first)
    }
}

extension CURLcode {
    /// Whether the server could not prove that it is who it is addressed as.
    var isCertificateFault: Bool {
        switch self {
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS:
            true
        default: false
        }
    }
}
