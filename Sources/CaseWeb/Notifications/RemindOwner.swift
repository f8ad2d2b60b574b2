// POST /cases/NUMBER/remind urges the owner of a case: the agent, or the members of the queue, get the reminder of the
// tenant space. For whoever made the case, and those who may escalate the cases of others; once an hour and case.
// 303 to the case; 403 without the right; 404 for a case that is not for this person; 409 too soon after the last one, or
// when nobody can be told.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum RemindOwner {
    static func remind(_ visit: AgentVisit, _ path: PathValues, _ form: TextForm) throws -> Response
    {
        let details = try ShowCase.visibleCase(path.first(as: CaseNumber.self), visit)
        let number = details.case.number
        guard isAllowed(details, to: visit.viewer) else { throw Refusal.notAllowed }
        switch try visit.desk.remindOwner(of: number, by: visit.employee.id, at: visit.now) {
        case .reminded: return .seeOther("\(ShowCase.link(number))?reminded=1")
        case .tooSoon(let next): throw Refusal.remindedBefore(until: visit.times.clock(next))
        case .completed: throw Refusal.nothingToRemindOf
        case .nobody(let reasons): throw Refusal.nobodyToRemind(reasons)
        }
    }

    /// Whether the page of a case offers it: not to the owner, who knows.
    static func isOffered(_ details: CaseDetails, to viewer: Viewer) -> Bool {
        isAllowed(details, to: viewer) && details.case.state != .completed
            && details.case.owner != .agent(viewer.employee.id)
    }

    private static func isAllowed(_ details: CaseDetails, to viewer: Viewer) -> Bool {
        details.creator == viewer.employee.id || viewer.may(.upgrade)
    }

    static func button(_ number: CaseNumber, _ visit: AgentVisit) -> HTML {
        ActButton(
            label: "Remind the owner", action: "\(ShowCase.link(number))/remind", id: "remind"
        ).html(for: visit)
    }

    /// The word after it was done; `nil` when it was not.
    static func notice(_ visit: AgentVisit) -> HTML? {
        visit.query["reminded"] == "1"
            ? .notice("The owner is reminded; the message stands below.") : nil
    }
}

extension Refusal {
    fileprivate static func remindedBefore(until clock: String) -> Refusal {
        Refusal(
            status: .conflict, title: "The owner was reminded less than an hour ago",
            advice: "Nothing was sent. From \(clock) on you can remind them again.")
    }

    fileprivate static let nothingToRemindOf = Refusal(
        status: .conflict, title: "This case is completed",
        advice: "Nothing was sent, as there is nothing to remind of.")

    fileprivate static func nobodyToRemind(_ reasons: [String]) -> Refusal {
        Refusal(
            status: .conflict, title: "Nobody can be reminded",
            advice: "Nothing was sent. " + reasons.map { $0 + "." }.joined(separator: " "))
    }
}
