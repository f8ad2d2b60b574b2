// One's own password: GET /password shows the form (?next= says where to go after), POST /password sends it.
// 303 on; 422 with the page when a field is wrong; 429 after too many wrong current passwords.
// With a password that somebody else has set, every other page leads here first.

internal import CaseModel
internal import CaseStorage
internal import Credential
internal import Foundation
internal import HTTPTypes
internal import Markup

enum ChangePassword {
    static let link: Link = "/password"

    /// The names of the form's fields.
    private enum Field {
        static let current = "current_password"
        static let new = "new_password"
        static let again = "new_password_again"
        static let next = "next"
    }

    /// GET /password.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        respond(visit, next: visit.query[Field.next], [], .ok)
    }

    /// POST /password.
    static func change(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let next = form[Field.next]
        let throttle = LogInThrottle(
            login: visit.employee.login, address: visit.request.remoteAddress)
        if let seconds = try throttle.secondsToWait(visit.visit) {
            return tooEarly(visit, next: next, seconds)
        }
        let problems = try problems(visit, form)
        if problems.contains(where: { $0.field == Field.current }) {
            try throttle.recordFailure(visit.visit)
        }
        guard problems.isEmpty else {
            return respond(visit, next: next, problems, .unprocessableContent)
        }
        guard let hash = PasswordHash(of: form[Field.new]) else { throw PasswordHash.Busy() }
        try throttle.clear(visit.visit)
        try visit.desk.setPassword(
            of: visit.employee.id, hash: hash.text, keeping: visit.sessionKey, visit.edit)
        let onward: Link =
            visit.session.mustChangePassword ? "/workbench" : "\(link)?saved=1"
        return .seeOther(Link(fromOutside: next) ?? onward)
    }

    /// Everything that is to be corrected, in the order of the page.
    private static func problems(
        _ visit: AgentVisit, _ form: TextForm
    ) throws -> [FieldProblem] {
        let (current, new) = (form[Field.current], form[Field.new])
        let account = try visit.reader.credentials(login: visit.employee.login)
        let hash = account.map { PasswordHash(stored: $0.passwordHash) } ?? .ofNobody
        var problems: [FieldProblem] = []
        if try !hash.matches(current) {
            problems.append(
                FieldProblem(Field.current, "Enter the password that you log in with now"))
        }
        if let problem = visit.passwordRule(for: visit.employee).problem(of: new) {
            problems.append(FieldProblem(Field.new, problem))
        } else if new == current {
            problems.append(
                FieldProblem(Field.new, "Password must be another one than the current"))
        }
        if form[Field.again] != new {
            problems.append(FieldProblem(Field.again, "Type the new password here once more"))
        }
        return problems
    }

    /// Sends somebody here whose password is to be changed, and from here back.
    static func redirect(from visit: Visit) -> Response {
        let request = visit.request
        let address = request.query.isEmpty ? request.path : "\(request.path)?\(request.query)"
        let isPage = request.method == .get || request.method == .head
        let page: Link = isPage ? "\(link)?next=\(address)" : link
        if request.wantsJSON {
            return .json(["login": page.address], status: .unauthorized)
        }
        return .seeOther(page)
    }
}

extension AgentVisit {
    /// Which passwords a person may choose.
    func passwordRule(for employee: Employee) -> PasswordRule {
        PasswordRule(names: [employee.login, employee.name, options.tenant.displayName])
    }
}

// MARK: - The page

extension ChangePassword {
    private static func tooEarly(_ visit: AgentVisit, next: String, _ seconds: Int) -> Response {
        let problem = FieldProblem(
            Field.current,
            "Too many attempts. Wait \(LogIn.waitText(seconds)), then try again")
        var response = respond(visit, next: next, [problem], .tooManyRequests)
        response.headerFields[.retryAfter] = String(seconds)
        return response
    }

    private static func respond(
        _ visit: AgentVisit, next: String, _ problems: [FieldProblem],
        _ status: HTTPResponse.Status
    ) -> Response {
        let isForced = visit.session.mustChangePassword
        let title = isForced ? "Choose your own password" : "Change your password"
        let page = Page(
            title: problems.isEmpty ? title : "Error: \(title)", width: .narrow,
            content: content(visit, title, next: next, problems))
        let html =
            isForced
            ? page.plainHTML(tenant: visit.options.tenant.displayName, assets: visit.visit.assets)
            : page.html(for: visit)
        return .page(html, status: status)
    }

    private static func content(
        _ visit: AgentVisit, _ title: String, next: String, _ problems: [FieldProblem]
    ) -> HTML {
        let isForced = visit.session.mustChangePassword
        let reason: HTML = """
            <p>Somebody else has set the password that you logged in with. \
            Choose one that only you know; then you go on.</p>
            """
        let logOut: HTML = """
            <form method="post" action="/logout">\(visit.tokenField)
            <button class="btn btn-link" type="submit">Log out</button></form>
            """
        let rule =
            "At least \(PasswordRule.minimumCharacters) characters, of any kind. Several words that "
            + "only you would put together are easy to remember and hard to guess."
        return """
            \(HTML.errorSummary(problems.map { ($0.field, $0.message) }))\
            \(HTML.savedNotice(visit))<div class="card desk-login">
            <h1>\(title)</h1>\(reason, if: isForced)
            <form method="post" action="\(link)" novalidate>
            \(visit.tokenField)
            <input type="hidden" name="next" value="\(next)">
            <input type="text" name="username" value="\(visit.employee.login)" \
            autocomplete="username" hidden>
            \(control(Field.current, "Current password", "current-password", nil, problems))
            \(control(Field.new, "New password", "new-password", "\(rule)", problems))
            \(control(Field.again, "New password once more", "new-password", nil, problems))
            <button class="btn btn-primary" type="submit" id="change_password">\
            Change password</button></form>\(logOut, if: isForced)</div>
            """
    }

    private static func control(
        _ name: String, _ label: String, _ purpose: HTML, _ hint: HTML?,
        _ problems: [FieldProblem]
    ) -> HTML {
        let frame = FieldFrame(
            name: name, label: label, hint: hint,
            problems: problems.filter { $0.field == name }.map(\.message))
        return frame.labelled { attributes in
            """
            <input type="password" class="form-control\(frame.invalid)" id="\(name)" \
            name="\(name)" autocomplete="\(purpose)"\(attributes)>
            """
        }
    }
}
