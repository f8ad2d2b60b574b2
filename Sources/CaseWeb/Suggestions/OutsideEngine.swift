internal import CaseModel
internal import CaseStorage
internal import CaseSuggestion
internal import Foundation
internal import Synchronization

/// The outside engine of one tenant space, as all threads see it: what it has answered, and whether it is worth
/// asking.
///
/// It is asked in one place, where a person chooses a case type; the pages after that show the same answer. An answer
/// is all of one engine's or not used, and what a conversation was answered is not asked again.
final class OutsideEngine: Sendable {
    /// What became of a question.
    enum Outcome: Sendable {
        case proposal(CaseProposal)
        /// Why the desk's own engine answers instead.
        case fault(Fault)
    }

    /// Why the outside engine has not answered.
    enum Fault: Equatable, Sendable {
        case late
        case tooLong
        case unreachable
        case status(Int)
        case wrong(OutsideEngineFault)
        /// Too many questions are on their way.
        case busy
        /// It is not asked for a while.
        case paused(until: Date)
    }

    /// All of a question, from looking the name up to the answer's last byte: longer nobody waits for a dialog.
    static let timeoutMilliseconds = 3_000
    /// Failures one after another before it is not asked for a while.
    static let failuresBeforePause = 3
    /// Seconds for which it is then not asked.
    static let pause: TimeInterval = 60
    /// Seconds for which one conversation's failure holds, so that a reload does not wait again.
    static let faultLifetime: TimeInterval = 30
    /// Conversations whose answers are remembered, some kilobytes each.
    private static let conversationCount = 200
    /// Answers of one conversation, which grows while it is looked at.
    private static let answersPerConversation = 4

    /// An answer, and all that it is the answer to.
    private struct Answered {
        let messageCount: Int
        let setup: OutsideEngineSetup
        let types: [TypeText]
        let at: Date
        let outcome: Outcome
    }

    private struct State {
        var answers = RecentValues<ConversationID, [Answered]>(limit: conversationCount)
        var failureCount = 0
        var pausedUntil: Date?
        var lastFault: (fault: Fault, at: Date)?
    }

    private let line: OutsideLine
    private let report: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameter report: Gets a line for the log with each failure; neither words nor token stand in it.
    init(line: OutsideLine, report: @escaping @Sendable (String) -> Void) {
        self.line = line
        self.report = report
    }

    /// Asks about a conversation, unless it has been asked before.
    func ask(
        about stored: StoredConversation, _ setup: OutsideEngineSetup, types: [TypeText], now: Date
    ) -> Outcome? {
        if let known = known(stored, setup, types, now) { return known }
        guard
            let request = OutsideEngineRequest(
                stored.conversation, types: types, model: setup.values.model)
        else { return nil }
        if let end = pauseEnd(now) { return .fault(.paused(until: end)) }
        let call = OutsideCall(
            address: setup.values.endpoint, token: setup.token, body: request.body,
            timeoutMilliseconds: Self.timeoutMilliseconds,
            maximumAnswerByteCount: OutsideEngineAnswer.maximumByteCount)
        guard let result = line.ask(call) else { return .fault(.busy) }
        let outcome = outcome(of: result, request)
        remember(
            Answered(
                messageCount: stored.messages.count, setup: setup, types: types, at: now,
                outcome: outcome), for: stored.id)
        note(outcome, now)
        return outcome
    }

    /// What was answered about a conversation; `nil` when nothing was, or by another engine.
    ///
    /// - Parameter count: The messages that the answer may be about; one about fewer of them will do.
    func answer(
        about id: ConversationID, messageCount count: Int, _ setup: OutsideEngineSetup
    ) -> Outcome? {
        state.withLock { state in
            state.answers[id]?.last { $0.messageCount <= count && $0.setup == setup }?.outcome
        }
    }

    /// How it stands: until when it is not asked, and its last failure.
    func standing(_ now: Date) -> (pausedUntil: Date?, lastFault: (fault: Fault, at: Date)?) {
        (pauseEnd(now), state.withLock { $0.lastFault })
    }

    /// Forgets failures, as after its settings were changed.
    func forgetFailures() {
        state.withLock { state in
            state.failureCount = 0
            state.pausedUntil = nil
            state.lastFault = nil
        }
    }
}

// MARK: - One question

extension OutsideEngine {
    private func known(
        _ stored: StoredConversation, _ setup: OutsideEngineSetup, _ types: [TypeText], _ now: Date
    ) -> Outcome? {
        let answered = state.withLock { state in
            state.answers[stored.id]?.last { answered in
                answered.messageCount == stored.messages.count && answered.setup == setup
                    && answered.types == types
            }
        }
        guard let answered else { return nil }
        let isOld = abs(now.timeIntervalSince(answered.at)) > Self.faultLifetime
        if case .fault = answered.outcome, isOld { return nil }
        return answered.outcome
    }

    private func outcome(
        of result: Result<OutsideLine.Answer, OutsideCallFault>, _ request: OutsideEngineRequest
    ) -> Outcome {
        switch result {
        case .failure(.late): return .fault(.late)
        case .failure(.tooLong): return .fault(.tooLong)
        case .failure(.failed(let words)):
            report("the outside engine could not be asked: \(words)")
            return .fault(.unreachable)
        case .success(let answer):
            guard answer.status == 200 else { return .fault(.status(answer.status)) }
            do throws(OutsideEngineFault) {
                return .proposal(try OutsideEngineAnswer.proposal(from: answer.body, to: request))
            } catch {
                return .fault(.wrong(error))
            }
        }
    }

    private func remember(_ answered: Answered, for id: ConversationID) {
        state.withLock { state in
            let others = (state.answers[id] ?? []).filter { other in
                other.messageCount != answered.messageCount && other.setup == answered.setup
            }
            state.answers[id] = Array(
                (others + [answered]).sorted { $0.messageCount < $1.messageCount }
                    .suffix(Self.answersPerConversation))
        }
    }

    /// Counts failures one after another; after a pause the next one is enough for another.
    private func note(_ outcome: Outcome, _ now: Date) {
        state.withLock { state in
            guard case .fault(let fault) = outcome else {
                state.failureCount = 0
                return
            }
            state.lastFault = (fault, now)
            state.failureCount += 1
            if state.failureCount >= Self.failuresBeforePause {
                state.pausedUntil = now.addingTimeInterval(Self.pause)
            }
        }
        if case .fault(let fault) = outcome { report("the outside engine \(fault.words)") }
    }

    /// The end of the pause; a clock that was set back does not make it longer.
    private func pauseEnd(_ now: Date) -> Date? {
        state.withLock { state in
            guard let end = state.pausedUntil, end > now, end <= now.addingTimeInterval(Self.pause)
            else {
                state.pausedUntil = nil
                return nil
            }
            return end
        }
    }
}

extension OutsideEngine.Fault {
    /// The words for people, as the end of “the outside engine …”; the end of a pause is not in them.
    var words: String {
        switch self {
        case .late: "did not answer within \(OutsideEngine.timeoutMilliseconds / 1_000) seconds"
        case .tooLong: "answered at too great a length"
        case .unreachable: "could not be reached"
        case .status(401), .status(403): "did not accept the token"
        case .status(404): "is not at the address that is set"
        case .status(429): "has been asked too often"
        case .status(let status): "answered with the status \(status)"
        case .wrong(let fault): fault.words
        case .busy: "is busy with other conversations"
        case .paused:
            "is not asked for a while, after \(OutsideEngine.failuresBeforePause) failures"
        }
    }
}
