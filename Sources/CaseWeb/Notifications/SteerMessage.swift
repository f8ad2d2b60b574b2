// What a person does about a message of the outbox: POST .../retry has it sent now, or again, POST .../settle says that
// it arrived, POST .../cancel takes it back. On a case's page /cases/NUMBER/messages/ID/..., for those whose case it is;
// in Configuration Center /configuration/notifications/outbox/ID/....
// 303 to the page; 403 without the right; 404 for a message that is not there; 409 when its state has changed.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

/// What can be done about a message; the raw value is the last segment of the address.
enum MessageAct: String {
    case retry, settle, cancel
}

enum SteerMessage {
    /// POST /cases/NUMBER/messages/ID/retry and the others.
    static func onCase(
        _ act: MessageAct
    ) -> @Sendable (AgentVisit, PathValues, TextForm) throws -> Response {
        { visit, path, _ in
            let details = try ShowCase.visibleCase(path.first(as: CaseNumber.self), visit)
            let message = try message(path.second(as: OutboxMessageID.self), visit)
            guard message.caseNumber == details.case.number else { throw Refusal.notFound }
            guard isOffered(details, to: visit.viewer) else { throw Refusal.notAllowed }
            try steer(message.id, act, visit)
            return .seeOther("\(ShowCase.link(details.case.number))#messages")
        }
    }

    /// POST /configuration/notifications/outbox/ID/retry and the others.
    static func inOutbox(
        _ act: MessageAct
    ) -> @Sendable (AgentVisit, PathValues, TextForm) throws -> Response {
        { visit, path, _ in
            let message = try message(path.first(as: OutboxMessageID.self), visit)
            try steer(message.id, act, visit)
            return .seeOther("\(ShowMessage.link(message.id))?saved=1")
        }
    }

    /// Whether the page of a case offers to do something about its messages: to whoever made or owns it, to the members
    /// of the queue that does, and to those who may edit the cases of others.
    static func isOffered(_ details: CaseDetails, to viewer: Viewer) -> Bool {
        if details.creator == viewer.employee.id || viewer.may(.editing) { return true }
        switch details.case.owner {
        case .agent(let agent): return agent == viewer.employee.id
        case .queue(let queue): return viewer.queues.contains(queue)
        }
    }

    private static func message(_ id: OutboxMessageID, _ visit: AgentVisit) throws -> StoredMessage
    {
        guard let details = try visit.reader.message(id, at: visit.now) else {
            throw Refusal.notFound
        }
        return details.message
    }

    private static func steer(
        _ id: OutboxMessageID, _ act: MessageAct, _ visit: AgentVisit
    ) throws {
        let handling: MessageHandling =
            switch act {
            case .retry: try visit.desk.retryMessage(id, by: visit.employee.id, at: visit.now)
            case .settle: try visit.desk.settleMessage(id, by: visit.employee.id, at: visit.now)
            case .cancel: try visit.desk.cancelMessage(id, by: visit.employee.id, at: visit.now)
            }
        switch handling {
        case .done: break
        case .notNow(let state): throw Refusal.messageMoved(state)
        case .textIsGone: throw Refusal.messageTextGone
        }
    }
}

extension Refusal {
    fileprivate static func messageMoved(_ state: MessageState) -> Refusal {
        Refusal(
            status: .conflict, title: "The message stands elsewhere by now: \(state.label)",
            advice: "Nothing was changed. \(state.summary). Go back and load the page again.")
    }

    fileprivate static let messageTextGone = Refusal(
        status: .conflict, title: "The text of this message is gone",
        advice: "Nothing was sent. Texts are removed some months after they were sent, and with "
            + "the customer whom they were for.")
}
