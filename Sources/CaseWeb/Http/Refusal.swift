internal import CaseModel
internal import CaseStorage
internal import Credential
internal import FormData
internal import HTTPTypes

/// A request that is not served: its status, and what the person can do now.
struct Refusal: Error, Equatable {
    let status: HTTPResponse.Status
    /// What happened, as the heading of the page.
    let title: String
    /// What to do next, in a sentence or two.
    let advice: String
    /// Seconds after which it may be tried again (RFC 9110, 10.2.3).
    var retryAfter: Int?
    /// The methods that the address knows, when the sent one is not among them.
    var allowed: [String] = []
    /// What is wrong with what a program sent; each field is a JSON Pointer.
    var problems: [FieldProblem] = []
    /// How a program can say who it is (RFC 9110, 11.6.1).
    var challenge: String?
    /// Where the page leads.
    var wayOut = WayOut.workbench

    /// A place from which the person can go on.
    enum WayOut {
        case workbench, tenantSettings
    }

    static let noTenant = Refusal(
        status: .notFound, title: "No tenant space answers under this name",
        advice: "Check the address. Whoever hosts the desk can add a tenant space with "
            + "casedesk tenant create, and names it for a host in the web server.")

    static func wrongMethod(allowed: [String]) -> Refusal {
        Refusal(
            status: .methodNotAllowed, title: "This address is not used like that",
            advice: "Go back and use the page’s own buttons.", allowed: allowed)
    }

    static let notFound = Refusal(
        status: .notFound, title: "There is nothing at this address",
        advice: "Check the address, or go back to the list of cases.")

    /// The same answer whether a case exists or not, so that numbers tell nothing.
    static let caseNotFound = Refusal(
        status: .notFound, title: "This case is not here for you",
        advice: "It does not exist, or it belongs to somebody else. "
            + "Ask the person who gave you the number, or an administrator.")

    /// The same answer whether a conversation exists or not, so that numbers tell nothing.
    static let conversationNotFound = Refusal(
        status: .notFound, title: "This conversation is not here for you",
        advice: "It does not exist, or it is somebody else’s. Go back to your own on the workbench."
    )

    static let notAllowed = Refusal(
        status: .forbidden, title: "You may not do this",
        advice: "Nothing was changed. It needs a right that your case roles do not give you; "
            + "ask an administrator.")

    static let wrongToken = Refusal(
        status: .forbidden, title: "This page is out of date",
        advice: "Nothing was stored. Go back, load the page again, and send it once more.")

    static let loggedOut = Refusal(
        status: .forbidden, title: "You are not logged in",
        advice: "Nothing was stored. Log in, then send the page again.")

    static let draftOfSomebodyElse = Refusal(
        status: .forbidden, title: "This draft belongs to somebody else",
        advice: "Nothing was stored. Start a new case and enter it there.")

    static func alreadySaved(_ number: CaseNumber) -> Refusal {
        Refusal(
            status: .conflict, title: "This draft is case \(number) already",
            advice: "Nothing was changed. Look for the case in the list of cases.")
    }

    static let tooManyFiles = Refusal(
        status: .unprocessableContent, title: "There are too many files",
        advice: "A case can have up to five, and drafts wait with a limited number of them. "
            + "Remove some, or discard a draft, and attach again.")

    static let changedMeanwhile = Refusal(
        status: .conflict, title: "Something was changed in the meantime",
        advice: "Nothing was stored. Load the page again, check it, and send it once more.")

    /// - Parameter what: What refers to it, as a part of a sentence.
    static func inUse(_ what: String) -> Refusal {
        Refusal(
            status: .conflict, title: "It is still in use",
            advice: "Nothing was changed: \(what).")
    }

    static func casesSwitchedOff(for viewer: Viewer) -> Refusal {
        let isAdministrator = viewer.employee.role == .administrator
        return Refusal(
            status: .forbidden, title: "Case 2.0 is switched off for this tenant space",
            advice: isAdministrator
                ? "Cases can neither be made nor read until you switch it on in Configuration Center."
                : "Cases can neither be made nor read until an administrator switches it on.",
            wayOut: isAdministrator ? .tenantSettings : .workbench)
    }

    static let bodyTooLarge = Refusal(
        status: .contentTooLarge, title: "That was too much at once",
        advice: "A form may hold up to five files of 5 MB each. "
            + "Go back, take something out, and send it again.")

    static let unreadableBody = Refusal(
        status: .badRequest, title: "The form could not be read",
        advice: "It arrived incomplete or damaged, and nothing was stored. "
            + "Go back and send it again.")

    static let unsupportedBody = Refusal(
        status: .unsupportedMediaType, title: "A form was expected",
        advice: "Send it as multipart/form-data or application/x-www-form-urlencoded.")

    static let failed = Refusal(
        status: .internalServerError, title: "Something went wrong on our side",
        advice: "It was logged under the number below. Try again; if it happens again, "
            + "give that number to an administrator.")

    static func busy(after seconds: Int) -> Refusal {
        Refusal(
            status: .serviceUnavailable, title: "The desk is busy",
            advice: "Nothing was stored. Wait a moment, then send it again.",
            retryAfter: seconds)
    }

    static let full = Refusal(
        status: .serviceUnavailable, title: "The desk’s disk is full",
        advice: "Nothing was stored. Keep this page open, tell an administrator, "
            + "and send it again when there is room.", retryAfter: 60)
}

extension Refusal {
    /// The one place where an error becomes an answer; `nil` for a fault of ours.
    init?(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case is BodyFault: self = .unreadableBody
        case let fault as SentConversationFault: self = .unreadableJSON(fault)
        case is PasswordHash.Busy: self = .busy(after: 2)
        case let error as FormDataError: self = error.isAboutSize ? .bodyTooLarge : .unreadableBody
        case let error as StoreError:
            guard let refusal = Refusal(storage: error) else { return nil }
            self = refusal
        default: return nil
        }
    }

    private init?(storage error: StoreError) {
        switch error {
        case .full, .notWritable: self = .full
        case .busy, .closed: self = .busy(after: 2)
        case .notYours: self = .draftOfSomebodyElse
        case .alreadySaved(let number): self = .alreadySaved(number)
        case .tooManyFiles, .quotaExceeded: self = .tooManyFiles
        case .optionsChanged, .unknown, .taken, .rejected, .editedMeanwhile:
            self = .changedMeanwhile
        case .inUse(let what): self = .inUse(what)
        case .corrupt, .newerVersion, .refused: return nil
        }
    }
}

/// The body of a request could not be read to its end.
package struct BodyFault: Error {
    package init() {}
}

extension FormDataError {
    /// Whether the form would be readable if there were less of it.
    fileprivate var isAboutSize: Bool {
        switch self {
        case .formTooLong, .tooManyFields, .fieldTooLong, .fieldsTooLong, .tooManyParts: true
        default: false
        }
    }
}

/// A small form that is not served, with what was typed in it.
struct RefusedForm: Error {
    let refusal: Refusal
    /// The fields in their order.
    let typed: [(name: String, text: String)]
}
