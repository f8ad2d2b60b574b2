// POST /cases/NUMBER/claim makes the person the owner of a case that waits in one of their queues.
// 303 to the case; 409 when somebody else was first, with who has it; 403 for a case of a queue of others; 404 for one
// that is not for this person.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum ClaimCase {
    static func claim(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let number = try path.first(as: CaseNumber.self)
        let claim: CaseClaim
        do throws(StoreError) {
            claim = try visit.desk.claimCase(number, by: visit.employee.id, at: visit.now)
        } catch .unknown {
            throw Refusal.caseNotFound
        }
        switch claim {
        case .claimed: return .seeOther(ShowCase.link(number))
        case .taken(let name): throw Refusal.claimedBefore(number, by: name)
        case .notInQueue:
            _ = try ShowCase.visibleCase(number, visit)
            throw Refusal.notInYourQueue
        }
    }

    /// Whether the page of a case offers its claiming.
    static func isOffered(_ record: Case, to viewer: Viewer) -> Bool {
        guard case .queue(let queue) = record.owner else { return false }
        return record.state == .pending && viewer.queues.contains(queue)
    }

    static func button(_ number: CaseNumber, _ visit: AgentVisit) -> HTML {
        """
        <form method="post" action="\(ShowCase.link(number))/claim">\(visit.tokenField)
        <button class="btn btn-primary" type="submit" id="claim">Claim</button></form>
        """
    }
}

extension Refusal {
    fileprivate static func claimedBefore(_ number: CaseNumber, by name: String) -> Refusal {
        Refusal(
            status: .conflict, title: "\(name) has case \(number) already",
            advice:
                "\(name) claimed it first, so nothing was changed. Go back to the list of cases "
                + "and take another one.")
    }

    fileprivate static let notInYourQueue = Refusal(
        status: .forbidden, title: "This case does not wait in a queue of yours",
        advice: "Nothing was changed. Only members of the queue that owns a case can claim it.")
}
