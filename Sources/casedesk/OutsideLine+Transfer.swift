internal import CaseWeb
internal import Transfer

extension OutsideLine {
    /// Questions that are on their way at once at most, and of how many threads one may wait for an answer: the
    /// others answer everybody else, also while an outside engine is slow.
    private static let (maximumCallCount, threadsPerCall) = (4, 4)

    /// Sends questions to outside engines over HTTP.
    ///
    /// - Parameter workerCount: Threads that answer requests.
    static func overHTTP(workerCount: Int) -> OutsideLine {
        let count = min(maximumCallCount, max(1, workerCount / threadsPerCall))
        return OutsideLine(maximumCallCount: count) { (call) throws(OutsideCallFault) in
            try send(call)
        }
    }

    private static func send(
        _ call: OutsideCall
    ) throws(OutsideCallFault) -> OutsideLine.Answer {
        var headers = [
            OutgoingRequest.Field("Content-Type", "application/json"),
            OutgoingRequest.Field("Accept", "application/json"),
        ]
        if !call.token.isEmpty {
            headers.append(OutgoingRequest.Field("Authorization", "Bearer \(call.token)"))
        }
        let transfer = HTTPTransfer(
            timeoutMilliseconds: call.timeoutMilliseconds,
            maximumAnswerByteCount: call.maximumAnswerByteCount)
        do throws(TransferFault) {
            let answer = try transfer.send(
                OutgoingRequest(.post, call.address, headers: headers, body: call.body))
            return (answer.status, answer.body)
        } catch {
            throw OutsideCallFault(error)
        }
    }
}

extension OutsideCallFault {
    init(_ fault: TransferFault) {
        self =
            switch fault {
            case .timedOut: .late
            case .answerTooLong: .tooLong
            case .unreachable(let words), .answerLost(let words), .certificate(let words),
                .badAddress(let words):
                .failed(words)
            case .withheld: .failed("nothing was sent")
            }
    }
}
