internal import CFCGI
internal import Glibc

/// Writes the records of an answer: FCGI_STDOUT and, with the last, FCGI_END_REQUEST.
///
/// libfcgi would copy an answer into records of 8 KB and write each by itself. Here a record holds
/// up to 64 KB, nothing is copied, and the end of the request leaves with the last record: an
/// answer of 20 KB is one system call here and one wake-up of nginx instead of three.
///
/// Source: FastCGI 1.0, 3.3, 4.2, 5.3 and 5.5.
struct AnswerWriter {
    let descriptor: Int32
    let requestID: UInt16

    /// What the bytes of an answer are followed by.
    enum End {
        /// More bytes of the answer.
        case none
        /// The end of the request: the connection can carry another.
        case request
        /// The end of the request, and a record that keeps nginx from using the connection again.
        ///
        /// An application must not close a connection that the web server keeps (FastCGI 1.0, 3.5
        /// and 5.1), and the protocol has no word for asking the server to. nginx closes by itself
        /// what has bytes behind FCGI_END_REQUEST; so there is a management record that says
        /// nothing, FCGI_UNKNOWN_TYPE for type 0.
        case connection
    }

    /// The content of a full record: the largest multiple of 8 that its length field holds, so that
    /// only the last record needs padding.
    private static let maximumContent = 65_528

    /// Sends bytes of the answer, and its end.
    ///
    /// The end of a connection is a write by itself: so small a one reaches a Unix socket in one
    /// piece, and nginx never sees FCGI_END_REQUEST before the record behind it has arrived.
    func send(
        head: [UInt8] = [], body: [UInt8] = [], end: End
    ) throws(ExchangeError) {
        try sendContent(head: head, body: body, end: end == .connection ? .none : end)
        if end == .connection {
            try sendContent(head: [], body: [], end: end)
        }
    }

    private func sendContent(
        head: [UInt8], body: [UInt8], end: End
    ) throws(ExchangeError) {
        let total = head.count + body.count
        var offset = 0
        repeat {
            let length = min(total - offset, Self.maximumContent)
            let inHead = min(offset, head.count)..<min(offset + length, head.count)
            let inBody = max(0, offset - head.count)..<max(0, offset + length - head.count)
            offset += length
            try sendRecord(
                head: head, inHead, body: body, inBody, end: offset == total ? end : .none)
        } while offset < total
    }

    /// Sends one record, and the end behind it.
    private func sendRecord(
        head: [UInt8], _ inHead: Range<Int>, body: [UInt8], _ inBody: Range<Int>, end: End
    ) throws(ExchangeError) {
        let length = inHead.count + inBody.count
        let padding = (8 - length % 8) % 8
        let first = length == 0 ? [] : header(type: 6, length: length, padding: padding)
        let last = [UInt8](repeating: 0, count: padding) + records(of: end)
        let failure = unsafe first.withUnsafeBufferPointer { first in
            unsafe head[inHead].withUnsafeBufferPointer { head in
                unsafe body[inBody].withUnsafeBufferPointer { body in
                    unsafe last.withUnsafeBufferPointer { last in
                        unsafe sendAll(piece(first), piece(head), piece(body), piece(last))
                    }
                }
            }
        }
        if let failure { throw failure }
    }

    private func records(of end: End) -> [UInt8] {
        guard end != .none else { return [] }
        // The empty FCGI_STDOUT record that ends the stream, then FCGI_END_REQUEST with application
        // status 0 and FCGI_REQUEST_COMPLETE.
        let request =
            header(type: 6, length: 0, padding: 0) + header(type: 3, length: 8, padding: 0)
            + [0, 0, 0, 0, 0, 0, 0, 0]
        return end == .connection ? request + Self.farewell : request
    }

    /// FCGI_UNKNOWN_TYPE with the request number 0 of all management records.
    private static let farewell: [UInt8] = [1, 11, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]

    /// Sends four pieces in order, all of them, however many writes the socket takes for it.
    ///
    /// Returns what went wrong. The pieces are only borrowed.
    private func sendAll(
        _ first: cfcgi_piece, _ second: cfcgi_piece, _ third: cfcgi_piece, _ fourth: cfcgi_piece
    ) -> ExchangeError? {
        let total = unsafe first.count + second.count + third.count + fourth.count
        var sent = 0
        while sent < total {
            let count = unsafe cfcgi_send(descriptor, first, second, third, fourth, sent)
            guard count > 0 else { return Self.error(errno) }
            sent += count
        }
        return nil
    }

    private func piece(_ bytes: UnsafeBufferPointer<UInt8>) -> cfcgi_piece {
        unsafe cfcgi_piece(start: bytes.baseAddress, count: bytes.count)
    }

    private func header(type: UInt8, length: Int, padding: Int) -> [UInt8] {
        [
            1, type, UInt8(requestID >> 8), UInt8(requestID & 0xff),
            UInt8(length >> 8), UInt8(length & 0xff), UInt8(padding), 0,
        ]
    }

    private static func error(_ number: Int32) -> ExchangeError {
        number == EAGAIN || number == EWOULDBLOCK ? .timedOut : .peerLeft
    }
}
