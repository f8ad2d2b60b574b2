internal import CaseModel
internal import CaseStorage
package import Foundation
internal import HTTPTypes
internal import Markup

/// The desk's web site: a request in, an answer out, on whatever thread asks.
///
/// Nothing here knows FastCGI, and nothing of one request is kept for the next: what outlives a request is
/// in the store or in a ``SiteWorker``.
package struct Site: Sendable {
    private let tenants: TenantDirectory
    private let assets: AssetLinks
    private let webServerLimit: WebServerLimit?
    private let clock: @Sendable () -> Date
    private let report: @Sendable (String) -> Void

    /// - Parameters:
    ///   - assetVersion: Changes when a style or script does; it stands in their addresses.
    ///   - webServerLimit: What the web server lets through; `nil` when nobody has said so.
    ///   - clock: Tells the time; tests give their own.
    ///   - report: Gets a line for the log when something of ours failed.
    package init(
        tenants: TenantDirectory, assetVersion: String, webServerLimit: WebServerLimit? = nil,
        clock: @escaping @Sendable () -> Date = { Date() },
        report: @escaping @Sendable (String) -> Void
    ) {
        self.tenants = tenants
        assets = AssetLinks(version: assetVersion)
        self.webServerLimit = webServerLimit
        self.clock = clock
        self.report = report
    }

    /// Answers one request.
    ///
    /// - Parameters:
    ///   - body: Reads the body; it is read only where a route takes a form.
    ///   - worker: The state of the calling thread.
    package func respond(
        to request: Request, body: BodyReader, worker: SiteWorker
    ) -> Response {
        var response: Response
        do {
            response = try answer(request, body: body, worker: worker)
        } catch {
            if let refusal = Refusal(error) {
                response = refuse(refusal, request)
            } else {
                report("request \(request.id): \(error)")
                response = refuse(.failed, request)
            }
        }
        response.headerFields[.xRequestID] = request.id
        return response
    }

    private func answer(
        _ request: Request, body: BodyReader, worker: SiteWorker
    ) throws -> Response {
        let (route, values) = try route(for: request)
        guard let place = try place(of: request, route, worker) else {
            if case .probe = route.handler { return Health.unwell }
            throw Refusal.noTenant
        }
        let now = clock()
        let query = Query(request.query)
        if case .probe(let handle) = route.handler {
            return handle(
                Probe(desk: place.store, reader: place.reader, query: query, now: now))
        }
        let options = try place.reader.options()
        let visit = Visit(
            request: request, query: query, desk: place.store,
            reader: place.reader, options: options, choices: place.choices(for: options),
            suggestions: place.suggestions, blankForms: place.blankForms, assets: assets,
            webServerLimit: webServerLimit, now: now)
        do {
            return try answer(visit, route, values, body)
        } catch is OwnPasswordFirst {
            return ChangePassword.redirect(from: visit)
        } catch let refused as RefusedForm {
            return refuse(
                refused.refusal, request, tenant: options.tenant.displayName,
                typed: refused.typed)
        } catch {
            guard let refusal = Refusal(error) else { throw error }
            return refuse(refusal, request, tenant: options.tenant.displayName)
        }
    }

    private func place(
        of request: Request, _ route: Route, _ worker: SiteWorker
    ) throws -> Place? {
        if case .probe = route.handler {
            return try? worker.place(of: request.tenant, in: tenants)
        }
        return try worker.place(of: request.tenant, in: tenants)
    }

    /// Checks who asks and what was sent, in that order, and calls the route's handler.
    private func answer(
        _ visit: Visit, _ route: Route, _ values: PathValues, _ body: BodyReader
    ) throws -> Response {
        switch route.handler {
        case .probe(let handle):
            return handle(
                Probe(
                    desk: visit.desk, reader: visit.reader, query: visit.query, now: visit.now))
        case .open(let handle):
            return try handle(visit, values)
        case .openForm(let handle):
            let cookie = visit.request.cookie(SessionCookie.logInName) ?? ""
            let form = try TextForm(reading: body, of: visit.request)
            guard !cookie.isEmpty, form.hasToken(FormToken(logInCookie: cookie)) else {
                return LogIn.outOfDate(visit, form)
            }
            return try handle(visit, values, form)
        case .page(let handle):
            switch try SessionStatus(of: visit.request, reader: visit.reader, now: visit.now) {
            case .live(let session):
                return try handle(enter(visit, route, session), values)
            case .over, .none:
                return LogIn.redirect(from: visit)
            }
        case .form(let handle):
            return try answerForm(visit, route, values, body, handle)
        case .caseForm(let handle):
            return try answerCaseForm(visit, route, values, body, handle)
        case .fileForm(let handle):
            let session = try liveSession(visit)
            let agent = try enter(visit, route, session)
            let form = try FileForm(
                reading: body, of: visit.request, token: agent.formToken, desk: visit.desk)
            guard form.isTrusted else { throw Refusal.wrongToken }
            return try handle(agent, values, form)
        case .interface(let handle):
            _ = try InterfaceToken.integration(of: visit)
            return try handle(visit, values, body)
        }
    }

    /// Takes a small form; when it is refused, the page gives back what was typed.
    private func answerForm(
        _ visit: Visit, _ route: Route, _ values: PathValues, _ body: BodyReader,
        _ handle: (AgentVisit, PathValues, TextForm) throws -> Response
    ) throws -> Response {
        let form = try TextForm(
            reading: body, of: visit.request, repeatable: route.repeatable)
        do {
            let agent = try enter(visit, route, liveSession(visit))
            guard form.hasToken(agent.formToken) else { throw Refusal.wrongToken }
            return try handle(agent, values, form)
        } catch {
            guard let refusal = Refusal(error) else { throw error }
            throw RefusedForm(refusal: refusal, typed: form.typed)
        }
    }

    /// Takes the Case Information form, which is never dropped.
    ///
    /// When its session is over, its person has to change their password first, or Case 2.0 is switched off, it is
    /// kept as a draft; when its token is wrong it is shown again and not stored.
    private func answerCaseForm(
        _ visit: Visit, _ route: Route, _ values: PathValues, _ body: BodyReader,
        _ handle: (AgentVisit, PathValues, CaseForm) throws -> Response
    ) throws -> Response {
        switch try SessionStatus(of: visit.request, reader: visit.reader, now: visit.now) {
        case .live(let session) where session.mustChangePassword(before: route):
            return try keepCaseForm(visit, session, values, body, before: ChangePassword.link)
        case .live(let session):
            let isSwitchedOff = route.needsCases && !visit.options.tenant.isCaseEnabled
            let agent =
                try isSwitchedOff ? self.agent(visit, session) : enter(visit, route, session)
            let form = try CaseForm(
                reading: body, of: visit.request, token: agent.formToken, desk: visit.desk)
            if isSwitchedOff { return try KeepDraft.whileSwitchedOff(agent, values, form) }
            guard form.isTrusted else { return CreateCase.outOfDate(agent, form) }
            return try handle(agent, values, form)
        case .over(let session):
            return try keepCaseForm(visit, session, values, body, before: LogIn.link)
        case .none:
            let form = try CaseForm(
                reading: body, of: visit.request, token: nil, desk: visit.desk)
            return LogIn.formWithoutSession(visit, form)
        }
    }

    /// Keeps the form of somebody who has to do something else before they can go on with it.
    private func keepCaseForm(
        _ visit: Visit, _ session: StoredSession, _ values: PathValues, _ body: BodyReader,
        before page: Link
    ) throws -> Response {
        let form = try CaseForm(
            reading: body, of: visit.request, token: FormToken(secret: session.formSecret),
            desk: visit.desk)
        guard form.isTrusted else { return LogIn.formWithoutSession(visit, form) }
        return try KeepDraft.forLater(
            visit, session.viewer.employee, values, form, before: page)
    }

    private func liveSession(_ visit: Visit) throws -> StoredSession {
        let status = try SessionStatus(of: visit.request, reader: visit.reader, now: visit.now)
        guard case .live(let session) = status else { throw Refusal.loggedOut }
        return session
    }

    /// Somebody's password was set by somebody else, and they may do nothing before they have one of their own.
    private struct OwnPasswordFirst: Error {}

    /// The one way from a session to a handler.
    private func enter(
        _ visit: Visit, _ route: Route, _ session: StoredSession
    ) throws -> AgentVisit {
        guard !session.mustChangePassword(before: route) else { throw OwnPasswordFirst() }
        guard visit.options.tenant.isCaseEnabled || !route.needsCases else {
            throw Refusal.casesSwitchedOff(for: session.viewer)
        }
        guard route.right.isHeld(by: session.viewer) else { throw Refusal.notAllowed }
        if visit.now.timeIntervalSince(session.lastSeenAt) > SessionCookie.touchInterval {
            let token = visit.request.cookie(SessionCookie.name) ?? ""
            visit.desk.touchSession(SessionCookie.key(of: token), at: visit.now)
        }
        return agent(visit, session)
    }

    private func agent(_ visit: Visit, _ session: StoredSession) -> AgentVisit {
        let token = FormToken(secret: session.formSecret)
        return AgentVisit(
            visit: visit, session: session, viewer: session.viewer, formToken: token,
            tokenText: token.masked())
    }

    private func route(for request: Request) throws -> (Route, PathValues) {
        let path = request.path.dropFirst().split(omittingEmptySubsequences: false) { $0 == "/" }
        let segments = path == [""] ? [] : path
        var allowed: [String] = []
        let method: HTTPRequest.Method = request.method == .head ? .get : request.method
        for route in Route.beginning(with: segments.first) {
            guard let values = route.match(segments) else { continue }
            if route.method == method { return (route, values) }
            allowed.append(route.method.rawValue)
        }
        guard !allowed.isEmpty else { throw Refusal.notFound }
        throw request.isForInterface
            ? Refusal.wrongInterfaceMethod(allowed: allowed) : Refusal.wrongMethod(allowed: allowed)
    }

    /// What a refusal looks like to who asked: a program, the script of a page, a person.
    private func document(
        of refusal: Refusal, _ request: Request, tenant: String,
        typed: [(name: String, text: String)]
    ) -> Response {
        if request.isForInterface {
            return ProblemDocument(refusal, requestID: request.id).response(for: refusal)
        }
        if request.wantsJSON { return .json(ScriptError(refusal), status: refusal.status) }
        let page = ErrorPage(
            refusal: refusal, tenantName: tenant, requestID: request.id, typed: typed)
        return .page(page.html(assets), status: refusal.status)
    }

    private func refuse(
        _ refusal: Refusal, _ request: Request, tenant: String = "",
        typed: [(name: String, text: String)] = []
    ) -> Response {
        var response = document(of: refusal, request, tenant: tenant, typed: typed)
        if let seconds = refusal.retryAfter {
            response.headerFields[.retryAfter] = String(seconds)
        }
        if !refusal.allowed.isEmpty {
            response.headerFields[.allow] = refusal.allowed.joined(separator: ", ")
        }
        return response
    }
}

extension StoredSession {
    /// Whether a route has to wait until the person has a password of their own.
    fileprivate func mustChangePassword(before route: Route) -> Bool {
        mustChangePassword && !route.precedesPasswordChange
    }
}

/// What the script of a page gets when something was refused.
struct ScriptError: Encodable {
    let error: String

    init(error: String) {
        self.error = error
    }

    /// The heading alone, in the middle of the script's own sentence.
    init(_ refusal: Refusal) {
        error = refusal.title.prefix(1).lowercased() + refusal.title.dropFirst()
    }
}
