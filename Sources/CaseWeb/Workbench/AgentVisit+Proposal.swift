internal import CaseModel
internal import CaseSuggestion

extension AgentVisit {
    /// What the desk proposes for a conversation.
    func proposal(for conversation: Conversation) -> CaseProposal {
        let types = options.types.map { TypeText(id: $0.id, name: $0.name, summary: $0.summary) }
        return SuggestionEngine(types: types).proposal(for: conversation)
    }
}
