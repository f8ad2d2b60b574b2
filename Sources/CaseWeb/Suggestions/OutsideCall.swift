internal import Synchronization

/// A question to an outside engine, as it is sent: a POST of JSON.
package struct OutsideCall: Sendable {
    /// Where to, with its scheme.
    package let address: String
    /// For the header `Authorization: Bearer`; empty for none.
    package let token: String
    /// JSON in UTF-8.
    package let body: [UInt8]
    /// For all of it, from looking the name up to the answer's last byte.
    package let timeoutMilliseconds: Int
    /// Longest answer; more of it is a fault.
    package let maximumAnswerByteCount: Int
}

/// Why an outside engine gave no answer.
package enum OutsideCallFault: Error, Equatable, Sendable {
    case late
    case tooLong
    /// It could not be reached, or its certificate is none for its name; the words are for the log.
    case failed(String)
}

/// How a question leaves the desk; given by the program, as nothing here knows a network.
package struct OutsideLine: Sendable {
    /// An answer of whatever status.
    package typealias Answer = (status: Int, body: [UInt8])

    fileprivate let send: @Sendable (OutsideCall) throws(OutsideCallFault) -> Answer
    private let calls: Calls

    /// - Parameters:
    ///   - maximumCallCount: Questions that are on their way at once, in all tenant spaces: a thread waits for
    ///     each, and the others have to answer everybody else.
    ///   - send: Sends a question and waits for its answer, on the calling thread.
    package init(
        maximumCallCount: Int,
        send: @escaping @Sendable (OutsideCall) throws(OutsideCallFault) -> Answer
    ) {
        calls = Calls(limit: maximumCallCount)
        self.send = send
    }

    /// Sends a question; `nil` at once when as many as may be are on their way.
    func ask(_ call: OutsideCall) -> Result<Answer, OutsideCallFault>? {
        guard calls.begin() else { return nil }
        defer { calls.end() }
        do throws(OutsideCallFault) {
            return .success(try send(call))
        } catch {
            return .failure(error)
        }
    }
}

/// Counts the questions that are on their way.
private final class Calls: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    init(limit: Int) {
        self.limit = limit
    }

    func begin() -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func end() { count.withLock { $0 -= 1 } }
}
