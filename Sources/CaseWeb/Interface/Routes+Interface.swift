internal import HTTPTypes

// What programs use, and the pages where they get their tokens. Conversations come in also while Case 2.0 is switched
// off, so that none is lost.

extension Route {
    private static let tokens = "/configuration/tenant/integrations"

    static let interface: [Route] = [
        Route(
            .post, "/api/v1/conversations", needsCases: false,
            .interface(ReceiveConversation.receive)),
        Route(
            .post, "/api/v1/conversations/*/messages", needsCases: false,
            .interface(ReceiveConversation.append)),
    ]

    static let integrations: [Route] = [
        administrating(.get, tokens, .page(ListIntegrations.page)),
        administrating(.get, tokens + "/new", .page(NewIntegration.page)),
        administrating(.post, tokens, .form(NewIntegration.create)),
        administrating(.get, tokens + "/*", .page(ShowIntegration.page)),
        administrating(.get, tokens + "/*/revoke", .page(RevokeIntegration.page)),
        administrating(.post, tokens + "/*/revoke", .form(RevokeIntegration.revoke)),
    ]
}
