// POST /configuration/tenant/sessions/KEY/end and /configuration/employees/ID/sessions/KEY/end log somebody out.
// 303 back to the page; 404 for a session that is over.

internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import HTTPTypes
internal import Markup

enum EndSession {
    /// POST /configuration/tenant/sessions/KEY/end.
    static func ofTenant(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try end(path.texts.first, visit)
        return .seeOther("\(EditTenant.link)?saved=1#sessions")
    }

    /// POST /configuration/employees/ID/sessions/KEY/end.
    static func ofEmployee(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: EmployeeID.self)
        try end(path.texts.last, visit, of: id)
        return .seeOther("\(EditEmployee.link(id))?saved=1#sessions")
    }

    private static func end(
        _ text: String?, _ visit: AgentVisit, of employee: EmployeeID? = nil
    ) throws {
        let live = try LiveSessions.read(visit, of: employee)
        guard let session = live.first(where: { $0.name == text }) else { throw Refusal.notFound }
        try visit.desk.endSession(session.key, at: visit.now)
    }
}

/// The sessions that last: who is logged in, and a button that ends it.
struct LiveSessions {
    let sessions: [LiveSession]
    let visit: AgentVisit
    /// Whether the rows say whose they are.
    let namesPeople: Bool
    /// Where the button of a session leads; it gets the session's name.
    let action: (String) -> Link

    /// Sessions that a page shows.
    private static let maximumCount = 200

    /// The sessions that are good at this moment, by the rules of ``SessionStatus``.
    static func read(
        _ visit: AgentVisit, of employee: EmployeeID? = nil
    ) throws(StoreError) -> [LiveSession] {
        try visit.reader.liveSessions(
            of: employee,
            startedAfter: visit.now.addingTimeInterval(-SessionCookie.absoluteLimit),
            seenAfter: visit.now.addingTimeInterval(-SessionCookie.idleLimit),
            limit: maximumCount)
    }

    var html: HTML {
        let title = namesPeople ? "Who is logged in" : "Sessions"
        let none: HTML = "<p class=\"muted\">Not logged in now.</p>"
        return """
            <section class="card-plain" id="sessions" aria-labelledby="sessions-title">\
            <h2 id="sessions-title">\(title)</h2>
            \(sessions.isEmpty ? none : table)</section>

            """
    }

    private var table: HTML {
        let who: HTML = "<th scope=\"col\">Who</th>"
        return """
            <div class="table-wrap"><table class="table desk-table list-table">
            <thead><tr>\(who, if: namesPeople)<th scope="col">Since</th>\
            <th scope="col">Last seen</th><th scope="col">End</th></tr></thead>
            <tbody>\(sessions.map(row))</tbody></table></div>
            <p class="muted">A session ends by itself after an hour without a request, and after twelve \
            hours. What the person has typed in a Case Information form is kept as a draft.</p>
            """
    }

    private func row(_ session: LiveSession) -> HTML {
        let person = session.employee
        let who: HTML = """
            <th scope="row"><a href="\(EditEmployee.link(person.id))">\(person.name)</a> \
            <span class="muted">\(person.login)</span></th>
            """
        return """
            <tr>\(who, if: namesPeople)
            <td data-label="Since">\(visit.times.shortElement(session.startedAt, now: visit.now))</td>
            <td data-label="Last seen">\
            \(visit.times.shortElement(session.lastSeenAt, now: visit.now))</td>
            <td data-label="End">\(button(session))</td></tr>

            """
    }

    private func button(_ session: LiveSession) -> HTML {
        if session.key == visit.sessionKey { return "This is your session" }
        return """
            <form method="post" action="\(action(session.name))">\(visit.tokenField)
            <button class="btn btn-sm btn-outline-secondary" type="submit">End\
            <span class="visually-hidden"> the session of \(session.employee.name)</span></button></form>
            """
    }
}

extension LiveSession {
    /// What a form calls the session: the key, which is only a hash and opens nothing, in hexadecimal digits.
    var name: String { hexadecimal(key) }
}
