// The log-in page: GET /login shows it (?next= says where to go after), POST /login sends it.
// 303 into the desk; 422 with the page when name and password do not fit; 429 after too many failures; 403 when
// the page was out of date.

internal import CaseModel
internal import CaseStorage
internal import Credential
internal import Foundation
internal import HTTPTypes
internal import Markup

enum LogIn {
    static let link: Link = "/login"

    /// The names of the form's fields.
    private enum Field {
        static let login = "login"
        static let password = "password"
        static let next = "next"
    }

    /// GET /login.
    static func page(_ visit: Visit, _ path: PathValues) throws -> Response {
        respond(visit, next: visit.query[Field.next])
    }

    /// POST /login.
    static func logIn(_ visit: Visit, _ path: PathValues, _ form: TextForm) throws -> Response {
        let login = form[Field.login].lowercased()
        let throttle = LogInThrottle(login: login, address: visit.request.remoteAddress)
        if let seconds = try throttle.secondsToWait(visit) {
            return respond(
                visit, form, status: .tooManyRequests,
                message: "Too many attempts. Wait \(waitText(seconds)), then try again",
                retryAfter: seconds)
        }
        let account = try visit.reader.credentials(login: login)
        let hash = account.map { PasswordHash(stored: $0.passwordHash) } ?? .ofNobody
        guard try hash.matches(form[Field.password]), let account, account.employee.isActive else {
            try throttle.recordFailure(visit)
            return respond(
                visit, form, status: .unprocessableContent,
                message: "Enter the login and password of your account; these two do not fit")
        }
        try throttle.clear(visit)
        return try begin(visit, account.employee, next: form[Field.next])
    }

    /// A new session with a new name, whatever the browser held before.
    private static func begin(
        _ visit: Visit, _ employee: Employee, next: String
    ) throws -> Response {
        if let old = visit.request.cookie(SessionCookie.name), !old.isEmpty {
            try visit.desk.endSession(SessionCookie.key(of: old), at: visit.now)
        }
        let (token, key) = SessionCookie.makeToken()
        var generator = SystemRandomNumberGenerator()
        let secret = (0..<FormToken.secretByteCount).map { _ in
            UInt8.random(in: .min ... .max, using: &generator)
        }
        try visit.desk.startSession(
            key, employee: employee.id, formSecret: secret, at: visit.now)
        var response = Response.seeOther(Link(fromOutside: next) ?? "/workbench")
        response.headerFields[values: .setCookie] = [
            SessionCookie.setting(SessionCookie.name, to: token, for: visit.request),
            SessionCookie.deleting(SessionCookie.logInName, for: visit.request),
        ]
        return response
    }

    static func waitText(_ seconds: Int) -> String {
        seconds < 60 ? "\(seconds) seconds" : "\((seconds + 59) / 60) minutes"
    }
}

// MARK: - Sent here from elsewhere

extension LogIn {
    /// Sends a stranger to the log-in page, and from there back.
    static func redirect(from visit: Visit) -> Response {
        let request = visit.request
        let address = request.query.isEmpty ? request.path : "\(request.path)?\(request.query)"
        let logIn: Link = "/login?next=\(address)"
        if request.wantsJSON {
            return .json(ScriptLogIn(login: logIn.address), status: .unauthorized)
        }
        return .seeOther(logIn)
    }

    /// The page again with a new token; what was typed but the password is kept.
    static func outOfDate(_ visit: Visit, _ form: TextForm) -> Response {
        respond(
            visit, form, status: .forbidden,
            message: "This page was out of date. Enter your password once more")
    }

    /// A Case Information form from somebody who is not known: nothing is stored, and the texts are given back.
    static func formWithoutSession(_ visit: Visit, _ form: CaseForm) -> Response {
        let refusal = Refusal.loggedOut
        if visit.request.wantsJSON {
            let page: Link = "/cases/new?draft=\(form.draftID.description)"
            let logIn: Link = "/login?next=\(page.address)"
            return .json(ScriptLogIn(login: logIn.address), status: .unauthorized)
        }
        let content: HTML = """
            <div class="card desk-login"><h1>\(refusal.title)</h1><p>\(refusal.advice)</p>
            <p><a class="btn btn-primary" href="/login?next=%2Fcases%2Fnew">Log in</a></p>
            <h2>What you typed</h2>
            <div class="field"><label class="form-label" for="title">\(CaseField.title.label)</label>
            <input class="form-control" id="title" readonly value="\(form.values[.title])"></div>
            <div class="field">
            <label class="form-label" for="description">\(CaseField.description.label)</label>
            <textarea class="form-control" id="description" rows="10" readonly>
            \(form.values[.description])</textarea></div></div>
            """
        return .page(
            Page(title: refusal.title, width: .narrow, content: content).plainHTML(
                tenant: visit.options.tenant.displayName, assets: visit.assets),
            status: refusal.status)
    }

    private struct ScriptLogIn: Encodable {
        let login: String
        var kept = false
    }
}

// MARK: - The page

extension LogIn {
    private static func respond(
        _ visit: Visit, _ form: TextForm, status: HTTPResponse.Status, message: String,
        retryAfter: Int? = nil
    ) -> Response {
        var response = respond(
            visit, next: form[Field.next], login: form[Field.login], message: message,
            status: status)
        response.headerFields[.retryAfter] = retryAfter.map(String.init)
        return response
    }

    private static func respond(
        _ visit: Visit, next: String, login: String = "", message: String? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let known = visit.request.cookie(SessionCookie.logInName) ?? ""
        let cookie = known.isEmpty ? randomText(byteCount: 16) : known
        let tenant = visit.options.tenant.displayName
        let page = Page(
            title: message == nil ? "Log in" : "Error: Log in", width: .narrow,
            content: content(
                tenant: tenant, token: FormToken(logInCookie: cookie), next: next, login: login,
                message: message))
        var response = Response.page(
            page.plainHTML(tenant: tenant, assets: visit.assets), status: status)
        if known.isEmpty {
            response.headerFields[.setCookie] = SessionCookie.setting(
                SessionCookie.logInName, to: cookie, for: visit.request)
        }
        return response
    }

    private static func content(
        tenant: String, token: FormToken, next: String, login: String, message: String?
    ) -> HTML {
        let problem: HTML =
            message.map {
                "<p class=\"field-problem\" id=\"login-error\"><span class=\"visually-hidden\">Error:</span> \($0)</p>"
            } ?? .empty
        let wrong: HTML = " aria-invalid=\"true\" aria-describedby=\"login-error\""
        return """
            \(HTML.errorSummary(message.map { [(Field.login, $0)] } ?? []))<div class="card desk-login">
            <p class="desk-brand">CaseDesk</p>
            <h1>Log in to \(tenant)</h1>
            <form method="post" action="/login" novalidate>
            \(HTML.tokenField(token.masked()))
            <input type="hidden" name="next" value="\(next)">
            <div class="field"><label class="form-label" for="login">Login</label>
            \(problem)<input type="text" class="form-control" id="login" name="login" \
            value="\(login)" autocomplete="username" autocapitalize="none" \
            spellcheck="false"\(wrong, if: message != nil)></div>
            <div class="field"><label class="form-label" for="password">Password</label>
            <input type="password" class="form-control" id="password" name="password" \
            autocomplete="current-password"></div>
            <button class="btn btn-primary" type="submit" id="log_in">Log in</button>
            </form></div>
            """
    }
}
