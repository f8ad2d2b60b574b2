internal import CaseModel
internal import CaseStorage
internal import CaseSuggestion
internal import Foundation
internal import Markup

/// One request being served: what every handler may use.
struct Visit {
    let request: Request
    let query: Query
    let desk: TenantStore
    let reader: StoreReader
    let options: CaseOptions
    let choices: OptionLists
    let suggestions: Suggestions
    let blankForms: BlankForms
    let assets: AssetLinks
    /// What the web server lets through; `nil` when nobody has said so.
    let webServerLimit: WebServerLimit?
    let now: Date
}

/// A request of somebody who is logged in.
struct AgentVisit {
    let visit: Visit
    let session: StoredSession
    var viewer: Viewer
    let formToken: FormToken
    /// The token as it stands in the forms of this answer.
    var tokenText: String

    var request: Request { visit.request }
    var query: Query { visit.query }
    var desk: TenantStore { visit.desk }
    var reader: StoreReader { visit.reader }
    var options: CaseOptions { visit.options }
    var choices: OptionLists { visit.choices }
    var now: Date { visit.now }
    var employee: Employee { viewer.employee }
    /// In which deadlines are entered and shown.
    var zone: TimeZone { options.tenant.timeZone }
    /// Times as this person reads them.
    var times: TimeText { TimeText(zone: session.timeZone ?? zone) }
    /// The key of the session that asks.
    var sessionKey: [UInt8] { SessionCookie.key(of: request.cookie(SessionCookie.name) ?? "") }
    /// A change by this person that is no form which somebody could have changed meanwhile.
    var edit: Edit { Edit(base: .max, by: employee.id, at: now) }
    var tokenField: HTML { .tokenField(tokenText) }

    /// What the desk proposes for a conversation, from the case types of this moment.
    func proposal(for conversation: Conversation) -> CaseProposal {
        visit.suggestions.proposal(for: conversation, options: options)
    }
}

/// The values that stand in the variable parts of a route's path, in order.
struct PathValues {
    let texts: [String]

    /// The first value as an identifier; a path that holds none names nothing.
    func first<Identifier: RowIdentifier>(as type: Identifier.Type) throws(Refusal) -> Identifier {
        guard let identifier = texts.first.flatMap({ Identifier($0) }) else { throw .notFound }
        return identifier
    }

    /// The second value as an identifier.
    func second<Identifier: RowIdentifier>(as type: Identifier.Type) throws(Refusal) -> Identifier {
        guard let identifier = texts.dropFirst().first.flatMap({ Identifier($0) }) else {
            throw .notFound
        }
        return identifier
    }

    /// The first value as the name of a draft.
    func draft() throws(Refusal) -> DraftID {
        guard let id = texts.first.flatMap({ DraftID($0) }) else { throw .notFound }
        return id
    }
}
