// GET /configuration/tenant/integrations/ID/revoke asks once; POST takes the token back. 303 to the integration; 404.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum RevokeIntegration {
    /// GET /configuration/tenant/integrations/ID/revoke.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let integration = try integration(visit, path)
        let link = ShowIntegration.link(integration.id)
        return ConfirmPage(
            area: .configuration(.tenant), title: "Revoke this token?",
            message: """
                “\(integration.name)” can send no conversations from then on, and the token cannot be made good \
                again. What it has sent stays.
                """,
            button: "Revoke token", action: "\(link)/revoke", back: link
        ).response(for: visit)
    }

    /// POST /configuration/tenant/integrations/ID/revoke.
    static func revoke(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let integration = try integration(visit, path)
        try visit.desk.revokeIntegration(integration.id, visit.edit)
        return .seeOther("\(ShowIntegration.link(integration.id))?saved=1")
    }

    private static func integration(
        _ visit: AgentVisit, _ path: PathValues
    ) throws -> Integration {
        let id = try path.first(as: IntegrationID.self)
        guard let integration = try visit.reader.integration(id) else { throw Refusal.notFound }
        return integration
    }
}
