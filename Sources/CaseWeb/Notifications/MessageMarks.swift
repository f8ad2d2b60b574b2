internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Markup

/// How a message stands, as lists and pages say it.
struct MessageMarks {
    let message: StoredMessage
    let visit: AgentVisit

    /// The state as a word with a mark; never told by colour alone.
    var state: HTML {
        "<span class=\"state told-\(message.state.rawValue)\">\(message.state.label)</span>"
    }

    /// Since when the state holds, or until when it lasts, and why.
    var progress: HTML {
        switch message.state {
        case .queued:
            let reason = (message.waitReason ?? .none).sentence
            let isLater = message.dueAt > visit.now
            let due: HTML = "; not before \(visit.times.element(message.dueAt))"
            return "\(reason)\(due, if: isLater)"
        case .leased, .handing: return "\(message.state.summary)"
        case .handedOver, .refused, .unknown, .cancelled:
            return message.endedAt.map(visit.times.element) ?? .empty
        }
    }

    /// What somebody has to know before they do something about it.
    var advice: HTML {
        switch message.state {
        case .unknown, .refused: "<p class=\"told-advice\">\(message.state.summary).</p>\n"
        case .queued, .leased, .handing, .handedOver, .cancelled: .empty
        }
    }

    /// The buttons that fit the state, each a form of its own.
    ///
    /// - Parameter action: Where a button sends to, by the last segment of its address.
    func acts(_ action: (String) -> Link) -> HTML {
        let id = message.id.description
        func button(_ act: MessageAct, _ label: String) -> HTML {
            ActButton(
                label: label, action: action(act.rawValue), id: "\(act.rawValue)-\(id)"
            ).html(for: visit)
        }
        let hasText = !message.isTextGone
        switch message.state {
        case .queued:
            // Without a gateway there is no now.
            let now: HTML =
                message.waitReason == .notConfigured ? .empty : button(.retry, "Send now")
            return "\(now)\(button(.cancel, "Cancel message"))"
        case .unknown:
            let again = hasText ? button(.retry, "Send it again") : .empty
            return
                "\(button(.settle, "It arrived"))\(again)\(button(.cancel, "Leave it at that"))"
        case .refused: return hasText ? button(.retry, "Send it again") : .empty
        case .leased, .handing, .handedOver, .cancelled: return .empty
        }
    }

    /// Whether there is something to do about it.
    var hasActs: Bool {
        switch message.state {
        case .queued, .unknown: true
        case .refused: !message.isTextGone
        case .leased, .handing, .handedOver, .cancelled: false
        }
    }
}
