// GET /configuration/tenant/integrations/ID: an integration, and right after it was made its token. 200; 404.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum ShowIntegration {
    /// The address of an integration.
    static func link(_ id: IntegrationID) -> Link {
        "/configuration/tenant/integrations/\(id.description)"
    }

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.first(as: IntegrationID.self)
        guard let integration = try visit.reader.integration(id) else { throw Refusal.notFound }
        let token = try ShownToken.token(for: integration, visit)
        let title = "Integration “\(integration.name)”"
        let history = try HistorySection(
            of: .integration, id.number, fields: NewIntegration.fields + [stateField], visit)
        let content: HTML = """
            <div class="page-head"><h1>\(title)</h1><div class="page-actions">
            <a class="btn btn-outline-secondary" href="\(ListIntegrations.link)">All integrations</a>
            \(revoke(integration))</div></div>
            \(token.map(once) ?? HTML.savedNotice(visit))\(facts(integration, visit))
            \(example(integration))\(history.html)
            """
        var response = Response.page(
            DeskArea.configuration(.tenant).page(title: title, content: content, visit)
                .html(for: visit))
        if token != nil {
            response.headerFields[.setCookie] = ShownToken.deleting(visit.request)
        }
        return response
    }

    private static let stateField = EditField(
        name: Integration.stateField, label: "Token",
        kind: .select(
            [.init(value: "good", label: "Good"), .init(value: "revoked", label: "Revoked")],
            empty: nil))

    private static func revoke(_ integration: Integration) -> HTML {
        guard integration.revokedAt == nil else { return .empty }
        return """
            <a class="btn btn-outline-secondary" href="\(link(integration.id))/revoke" id="revoke">\
            Revoke token</a>
            """
    }

    private static func once(_ token: String) -> HTML {
        .notice(
            """
            <p><strong>Copy the token now.</strong> It is shown only this once; only a hash of it is kept.</p>
            <p><code id="token" class="token">\(token)</code></p>
            """)
    }

    private static func facts(_ integration: Integration, _ visit: AgentVisit) -> HTML {
        let never: HTML = "Never"
        let used = integration.lastUsedAt.map(visit.times.element) ?? never
        let revoked = integration.revokedAt.map { at -> HTML in
            "Revoked \(visit.times.element(at))"
        }
        return """
            <section class="card-plain"><dl class="facts">
            <div><dt>Token</dt><dd>\(revoked ?? "Good") \
            <span class="muted">ends with \(integration.tokenEnd)</span></dd></div>
            <div><dt>Last used</dt><dd>\(used)</dd></div>
            <div><dt>Made</dt><dd>\(visit.times.element(integration.createdAt)) \
            by \(integration.creatorName)</dd></div></dl></section>

            """
    }

    /// How a program sends a conversation.
    private static func example(_ integration: Integration) -> HTML {
        guard integration.revokedAt == nil else { return .empty }
        return """
            <section class="card-plain" aria-labelledby="example-title"><h2 id="example-title">\
            How the program sends a conversation</h2>
            <p>To <code>/api/v1/conversations</code> of this desk, as JSON, with the token. Sending it again \
            does nothing. More messages go to <code>/api/v1/conversations/ID/messages</code>.</p>
            <pre class="example"><code>\(sample)</code></pre></section>

            """
    }

    private static let sample = """
        POST /api/v1/conversations
        Authorization: Bearer TOKEN
        Content-Type: application/json

        {"id": "chat-1", "channel": "whatsapp",
         "customer": {"name": "Hannah Schulz", "email": "", "phone": "+49 30 5550142"},
         "agent": "mia.keller", "started_at": "2030-06-30T17:00:00Z",
         "messages": [{"id": "1", "speaker": "customer", "text": "No internet since yesterday",
                       "at": "2030-06-30T17:00:00Z"}]}
        """
}
