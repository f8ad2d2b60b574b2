internal import CaseModel
internal import CaseStorage
internal import HTTPTypes

/// An address of the desk and what answers there.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// The path; a segment `*` stands for one value.
    let pattern: String
    private let segments: [Substring]
    /// Whether Case 2.0 has to be switched on for it.
    let needsCases: Bool
    /// Who may use it, beyond being logged in.
    let right: Right
    /// Whether it is open to somebody whose password is to be changed first.
    let precedesPasswordChange: Bool
    /// The fields of its small form that may have several values.
    let repeatable: Set<String>
    let handler: Handler

    /// What a handler gets, and so what is checked before it is called.
    enum Handler: Sendable {
        /// Anyone may ask whether the desk is well; nothing is read before.
        case probe(@Sendable (Probe) -> Response)
        /// Anyone may ask.
        case open(@Sendable (Visit, PathValues) throws -> Response)
        /// Anyone may send this small form, with the token of the log-in page.
        case openForm(@Sendable (Visit, PathValues, TextForm) throws -> Response)
        /// Somebody who is logged in may ask.
        case page(@Sendable (AgentVisit, PathValues) throws -> Response)
        /// Somebody who is logged in may send this small form, with their token.
        case form(@Sendable (AgentVisit, PathValues, TextForm) throws -> Response)
        /// Somebody who is logged in may send the Case Information form, with their token.
        case caseForm(@Sendable (AgentVisit, PathValues, CaseForm) throws -> Response)
        /// Somebody who is logged in may send this form with one large file, with their token.
        case fileForm(@Sendable (AgentVisit, PathValues, FileForm) throws -> Response)
        /// A program with a good token may send this; neither cookie nor form token has a part in it.
        case interface(@Sendable (Visit, PathValues, BodyReader) throws -> Response)
    }

    /// What somebody who is logged in needs besides.
    enum Right: Sendable {
        case anyEmployee
        case permission(Permission)
        /// Accounts, roles and the tenant space: with these a person could give themselves everything.
        case administrator

        /// Whether a person has it.
        func isHeld(by viewer: Viewer) -> Bool {
            switch self {
            case .anyEmployee: true
            case .permission(let permission): viewer.may(permission)
            case .administrator: viewer.employee.role == .administrator
            }
        }
    }

    init(
        _ method: HTTPRequest.Method, _ pattern: String, needsCases: Bool = true,
        right: Right = .anyEmployee, precedesPasswordChange: Bool = false,
        repeatable: Set<String> = [], _ handler: Handler
    ) {
        self.method = method
        self.pattern = pattern
        segments = pattern.split(separator: "/")
        self.needsCases = needsCases
        self.right = right
        self.precedesPasswordChange = precedesPasswordChange
        self.repeatable = repeatable
        self.handler = handler
    }

    /// A part of Configuration Center that needs Case Configuration, and not that Case 2.0 is on.
    static func configuration(
        _ method: HTTPRequest.Method, _ path: String, repeatable: Set<String> = [],
        _ handler: Handler
    ) -> Route {
        Route(
            method, "/configuration" + path, needsCases: false,
            right: .permission(.caseConfiguration), repeatable: repeatable, handler)
    }

    /// The values of the variable segments when `path` fits the pattern.
    func match(_ path: [Substring]) -> PathValues? {
        guard segments.count == path.count else { return nil }
        var values: [String] = []
        for (segment, text) in zip(segments, path) {
            if segment == "*" {
                values.append(String(text))
            } else if segment != text {
                return nil
            }
        }
        return PathValues(texts: values)
    }

    /// The routes whose path begins with a segment, in their order; no route begins with a variable.
    static func beginning(with segment: Substring?) -> [Route] {
        byFirstSegment[segment ?? ""] ?? []
    }

    private static let byFirstSegment = Dictionary(grouping: all) { $0.segments.first ?? "" }
}
