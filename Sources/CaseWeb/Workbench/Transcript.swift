internal import CaseModel
internal import CaseSuggestion
internal import Foundation
internal import Markup

/// What was said, message by message, with the words marked that values were taken from.
struct Transcript {
    let stored: StoredConversation
    /// Marks by the message's position.
    var marks: [Int: [MarkedText.Mark]] = [:]
    let visit: AgentVisit

    var html: HTML {
        guard !stored.messages.isEmpty else {
            return """
                <div class="messages" id="messages" role="log" aria-labelledby="talk-heading">
                <p class="pane-empty" id="no-messages">Nothing has been said yet. \
                Messages stand here as they come.</p></div>
                """
        }
        return """
            <div class="messages" id="messages" role="log" aria-labelledby="talk-heading">
            \(stored.messages.map(message))</div>
            """
    }

    /// The name of a message's element.
    static func anchor(_ position: Int) -> String { "message-\(position)" }

    private func message(_ message: TranscriptMessage) -> HTML {
        let text = MarkedText(text: message.text, marks: marks[message.position] ?? []).html
        let agent: HTML = " msg-agent"
        return """
            <div class="msg\(agent, if: message.speaker == .agent)" \
            id="\(Self.anchor(message.position))" tabindex="-1">
            <p class="msg-text">\(text)</p>
            <p class="msg-meta">\(name(of: message.speaker)) \
            \(visit.times.briefElement(message.at, now: visit.now))</p></div>

            """
    }

    private func name(of speaker: Speaker) -> String {
        switch speaker {
        case .customer: "Customer"
        case .agent:
            stored.summary.agent == visit.employee.id
                ? "You"
                : visit.options.agents.first { $0.id == stored.summary.agent }?.name ?? "Agent"
        }
    }
}

extension ConversationSummary {
    /// Who it is with, as far as that is known.
    var whoName: String {
        if let customer { return customer.name }
        let told = [contact.name, contact.email, contact.phone]
        return told.first { !$0.isEmpty } ?? "Unknown customer"
    }
}
