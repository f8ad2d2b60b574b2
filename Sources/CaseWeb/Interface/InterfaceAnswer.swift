internal import CaseModel
internal import HTTPTypes

// What programs get: JSON, and a problem document (RFC 9457) when something was refused.

/// A request that is not served, as a program reads it.
struct ProblemDocument: Encodable {
    /// A place in what was sent, and what is wrong there.
    struct Place: Encodable {
        /// JSON Pointer (RFC 6901); empty for the whole.
        let pointer: String
        let detail: String
    }

    /// There is no page about a problem: its title is that of the status (RFC 9457, 4.2.1).
    private let type = "about:blank"
    private let title: String
    private let status: Int
    private let detail: String
    private let requestID: String
    private let errors: [Place]?

    private enum CodingKeys: String, CodingKey {
        case type, title, status, detail, errors
        case requestID = "request_id"
    }

    init(_ refusal: Refusal, requestID: String) {
        title = refusal.status.reasonPhrase
        status = refusal.status.code
        detail = "\(refusal.title). \(refusal.advice)"
        self.requestID = requestID
        errors =
            refusal.problems.isEmpty
            ? nil : refusal.problems.map { Place(pointer: $0.field, detail: $0.message) }
    }

    /// The answer that carries it.
    func response(for refusal: Refusal) -> Response {
        var response = Response.json(self, status: refusal.status)
        response.headerFields[.contentType] = "application/problem+json"
        response.headerFields[.wwwAuthenticate] = refusal.challenge
        return response
    }
}

extension Refusal {
    static let noInterfaceToken = Refusal(
        status: .unauthorized, title: "The token is missing, unknown or taken back",
        advice: "Send “Authorization: Bearer TOKEN” with a token that an administrator of this "
            + "tenant space has made under Tenant space, Integrations.",
        challenge: "Bearer realm=\"CaseDesk\"")

    /// An address of the interface that knows other methods.
    static func wrongInterfaceMethod(allowed: [String]) -> Refusal {
        Refusal(
            status: .methodNotAllowed, title: "This address is not used like that",
            advice: "It takes \(allowed.joined(separator: ", ")).", allowed: allowed)
    }

    static let unsupportedInterfaceBody = Refusal(
        status: .unsupportedMediaType, title: "JSON was expected",
        advice: "Send it with “Content-Type: application/json”.")

    static let interfaceBodyTooLarge = Refusal(
        status: .contentTooLarge, title: "That was too much at once",
        advice: "A request takes at most "
            + "\(groupedDigits(ReceiveConversation.maximumBodyByteCount)) bytes; "
            + "send the messages in parts.")

    static func unreadableJSON(_ fault: SentConversationFault) -> Refusal {
        Refusal(
            status: .badRequest, title: "The request could not be read",
            advice: "\(fault.description).")
    }

    static let unknownConversation = Refusal(
        status: .notFound, title: "There is no conversation with this id",
        advice: "Send it to /api/v1/conversations first, under the id that you have for it.")

    static func wrongConversation(_ problems: [FieldProblem]) -> Refusal {
        Refusal(
            status: .unprocessableContent, title: "Nothing was stored",
            advice: "Correct what “errors” names, and send it again.", problems: problems)
    }

    /// - Parameter pointers: The places where it says something else.
    static func contradiction(_ pointers: [String]) -> Refusal {
        Refusal(
            status: .conflict, title: "What is stored under this id says something else",
            advice: "Nothing was stored. A conversation and its messages do not change once they "
                + "were sent; use another id for another one.",
            problems: pointers.map { FieldProblem($0, "It differs from what is stored") })
    }
}
