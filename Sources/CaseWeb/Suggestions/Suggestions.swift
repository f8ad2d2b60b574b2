package import CaseModel
package import CaseStorage
package import CaseSuggestion
internal import Foundation
internal import Synchronization

/// What a tenant space's desk proposes for conversations, and what it learns from the cases that are saved.
///
/// One for each tenant space in the process; any thread may ask. A proposal is made by an engine that nothing
/// changes any more. Learning makes another one beside it, on a thread of its own, which then takes its place: a
/// request waits for it only when the case types have just changed.
package final class Suggestions: Sendable {
    /// An engine, and the version of the options that its types are of.
    struct InUse {
        let engine: SuggestionEngine
        let version: Int64
    }

    let store: TenantStore
    let report: @Sendable (String) -> Void
    private let inUse = Mutex<InUse?>(nil)
    /// Held by who makes the next engine, so that none is made of one that is out of date.
    private let making = NSLock()
    let learning = Learning()
    /// What was last shown to choose from, by conversation.
    let shown = Mutex(RecentValues<ConversationID, ProposedTypes>(limit: shownCount))
    /// Conversations for which it is known what was shown; more than are open at a time.
    private static let shownCount = 10_000

    /// Who may be asked instead; `nil` when the program has no line to the outside.
    let outside: OutsideEngine?

    /// - Parameters:
    ///   - line: How questions to an outside engine leave the desk.
    ///   - report: Gets a line for the log when nothing could be learned, or an outside engine failed.
    package init(
        store: TenantStore, line: OutsideLine? = nil, report: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.report = report
        outside = line.map { OutsideEngine(line: $0, report: report) }
    }

    /// Proposes a case.
    ///
    /// - Parameter options: The options of this moment; their types are those that may be proposed.
    package func proposal(
        for conversation: Conversation, options: CaseOptions
    ) -> CaseProposal {
        engine(for: options).proposal(for: conversation)
    }

    /// The types that may be proposed, as an engine reads them.
    func types(of options: CaseOptions) -> [TypeText] { engine(for: options).index.types }

    /// How many saved cases the model in use has learned from.
    package var learnedCaseCount: Int { current?.engine.model.caseCount ?? 0 }

    /// Makes another engine of the one in use, and puts it in its place.
    func replace(_ make: (InUse?) -> InUse) {
        making.withLock {
            let next = make(current)
            inUse.withLock { $0 = next }
        }
    }

    private var current: InUse? { inUse.withLock { $0 } }

    private func engine(for options: CaseOptions) -> SuggestionEngine {
        if let current, current.version >= options.version { return current.engine }
        replace { current in
            // Another request may have seen the change first.
            if let current, current.version >= options.version { return current }
            let types = options.types.map(TypeText.init)
            if let current, current.engine.index.types == types {
                return InUse(engine: current.engine, version: options.version)
            }
            let model = current?.engine.model ?? LearnedModel()
            return InUse(
                engine: SuggestionEngine(types: types, model: model), version: options.version)
        }
        return current?.engine ?? SuggestionEngine(types: [])
    }
}

extension TypeText {
    init(_ type: CaseType) {
        self.init(id: type.id, name: type.name, summary: type.summary, keywords: type.keywords)
    }
}
