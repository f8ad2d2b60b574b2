/// Why a request over HTTP has no answer, and whether the other side can have seen it.
package enum TransferFault: Error, Equatable, Sendable {
    /// No connection came about, so nothing was sent: it is safe to repeat.
    case unreachable(String)
    /// The time was over; without `wasSent` nothing had left.
    case timedOut(wasSent: Bool)
    /// The request may have arrived, and no whole answer came back.
    case answerLost(String)
    /// The request arrived, and its answer is longer than is taken.
    case answerTooLong
    /// The address or a header field cannot be sent as it is; nothing was.
    case badAddress(String)
    /// The server has no certificate that holds for its name; nothing was sent.
    case certificate(String)
    /// The caller's `beforeSending` said no; nothing was sent.
    case withheld

    /// Whether a part of the request may have reached the other side.
    package var mayHaveArrived: Bool {
        switch self {
        case .timedOut(let wasSent): wasSent
        case .answerLost, .answerTooLong: true
        case .unreachable, .badAddress, .certificate, .withheld: false
        }
    }
}
