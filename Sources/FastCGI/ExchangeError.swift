/// Why a body could not be read or an answer not be sent.
///
/// After any of them the connection is closed when the exchange ends; there is nobody to answer, or
/// nothing can be said after what has been said.
package enum ExchangeError: Error, Equatable {
    /// The body ended after `received` bytes, before its CONTENT_LENGTH, or its records were broken.
    case truncated(received: Int)
    /// The peer was silent for longer than a read or write, or the whole body, may take.
    case timedOut
    /// The peer closed the connection.
    case peerLeft
    /// The whole answer has been sent already.
    case alreadyAnswered
}
