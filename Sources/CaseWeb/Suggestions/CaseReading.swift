internal import CaseModel
internal import CaseStorage
internal import CaseSuggestion
internal import Foundation
internal import Markup

/// What is proposed for a conversation, and who proposes it: always one engine, never a mixture.
struct CaseReading {
    let proposal: CaseProposal
    let engine: SuggestingEngine
    /// The outside engine as people know it; empty when none is set up.
    var outsideName = ""
    /// Why the outside engine has not answered.
    var fault: OutsideEngine.Fault?

    /// The sentence that says which engine answered; empty where there is only one.
    func words(_ times: TimeText) -> String {
        guard !outsideName.isEmpty else { return "" }
        if engine == .outside { return "Proposed by the outside engine, \(outsideName)." }
        guard let fault else { return "Proposed by CaseDesk’s own engine." }
        if case .paused(let end) = fault {
            return "Proposed by CaseDesk’s own engine: the outside engine \(fault.words), until "
                + "\(times.clock(end))."
        }
        return "Proposed by CaseDesk’s own engine: the outside engine \(fault.words)."
    }
}

extension AgentVisit {
    /// Reads a conversation for somebody who is to choose a case type; the outside engine is asked where one is
    /// set up, for some seconds at most.
    func readingToChoose(_ stored: StoredConversation) throws(StoreError) -> CaseReading {
        guard let (outside, setup) = try outsideEngine() else {
            return ownReading(of: stored.conversation)
        }
        let types = visit.suggestions.types(of: options)
        let outcome = outside.ask(about: stored, setup, types: types, now: now)
        return reading(outcome, of: stored.conversation, setup)
    }

    /// Reads a conversation as it was read when the case type was chosen; nobody is asked.
    ///
    /// - Parameter count: The messages that are read, from the first.
    func reading(
        of stored: StoredConversation, messageCount count: Int
    ) throws(StoreError) -> CaseReading {
        let messages = Array(stored.conversation.messages.prefix(count))
        let conversation = Conversation(messages: messages)
        guard let (outside, setup) = try outsideEngine() else {
            return ownReading(of: conversation)
        }
        let outcome = outside.answer(about: stored.id, messageCount: count, setup)
        return reading(outcome, of: conversation, setup)
    }

    private func outsideEngine() throws(StoreError) -> (OutsideEngine, OutsideEngineSetup)? {
        guard let outside = visit.suggestions.outside else { return nil }
        let setup = try reader.outsideEngine()
        return setup.values.isEnabled ? (outside, setup) : nil
    }

    private func ownReading(of conversation: Conversation) -> CaseReading {
        CaseReading(proposal: proposal(for: conversation), engine: .embedded)
    }

    private func reading(
        _ outcome: OutsideEngine.Outcome?, of conversation: Conversation,
        _ setup: OutsideEngineSetup
    ) -> CaseReading {
        let name = setup.values.displayName
        switch outcome {
        case .proposal(let proposal):
            return CaseReading(proposal: proposal, engine: .outside, outsideName: name)
        case .fault(let fault):
            return CaseReading(
                proposal: proposal(for: conversation), engine: .embedded, outsideName: name,
                fault: fault)
        case nil:
            return CaseReading(
                proposal: proposal(for: conversation), engine: .embedded, outsideName: name)
        }
    }
}

extension OutsideEngineValues {
    /// Which model at which host.
    var displayName: String { "\(model) at \(host)" }
}
