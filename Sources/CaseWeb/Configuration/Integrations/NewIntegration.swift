// A new integration: GET /configuration/tenant/integrations/new shows the form, POST /configuration/tenant/integrations
// sends it. 303 to the integration, whose page shows the token this once; 422 and 503 with the page again.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum NewIntegration {
    static let link: Link = "/configuration/tenant/integrations/new"

    /// GET /configuration/tenant/integrations/new.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        form(visit).response()
    }

    /// POST /configuration/tenant/integrations.
    static func create(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let token = InterfaceToken()
        var isNew = false
        var response = try Self.form(visit).create(form) { (values, key, edit) throws(StoreError) in
            let made = try visit.desk.addIntegration(
                values, key: key, tokenHash: token.hash, tokenEnd: token.end,
                by: visit.employee.id, edit)
            isNew = made.isNew
            return ShowIntegration.link(made.id)
        }
        if isNew { response.headerFields[.setCookie] = ShownToken.setting(token, visit.request) }
        return response
    }

    private static func form(_ visit: AgentVisit) -> EditPage {
        EditPage(
            visit: visit, area: .configuration(.tenant), title: "New integration",
            action: ListIntegrations.link, back: ListIntegrations.link,
            sections: [EditSection(nil, fields)], origin: .new(DraftID()), texts: FieldTexts())
    }

    static let fields = [
        EditField(
            name: IntegrationValues.Field.name, label: "Name",
            kind: .line(limit: IntegrationValues.maximumNameCharacters),
            hint: "What the program is called here, such as WhatsApp gateway. "
                + "Its token is shown on the next page, and only once.")
    ]
}

/// The cookie that carries a new token to the one page that shows it.
///
/// The page after a write is another address, so that a reload writes nothing; the token is stored nowhere, so it
/// travels with the browser.
enum ShownToken {
    private static let name = "casedesk_new_token"
    /// Seconds that a browser has to come for the page.
    private static let lifetime = 60

    static func setting(_ token: InterfaceToken, _ request: Request) -> String {
        SessionCookie.setting(name, to: token.text, for: request) + "; Max-Age=\(lifetime)"
    }

    /// The token that the browser brings, when it is that of the integration.
    static func token(for integration: Integration, _ visit: AgentVisit) throws -> String? {
        guard let text = visit.request.cookie(name),
            let token = InterfaceToken(authorization: "Bearer \(text)"),
            try visit.reader.integration(withToken: token.hash)?.id == integration.id
        else { return nil }
        return token.text
    }

    static func deleting(_ request: Request) -> String {
        SessionCookie.deleting(name, for: request)
    }
}
