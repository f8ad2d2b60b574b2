internal import HTTPTypes

extension Route {
    /// What a person does with a conversation, up to the case that is made of it.
    static let conversations: [Route] = [
        Route(.get, "/workbench/conversations/*", .page(ShowConversation.page)),
        Route(.get, "/workbench/conversations/*/messages", .page(ShowConversation.messages)),
        Route(.get, "/workbench/conversations/*/case-types", .page(ChooseCaseType.page)),
        Route(.get, "/workbench/conversations/*/case", .page(OpenCasePanel.page)),
        Route(.post, "/workbench/conversations/*/customer", .form(NameCustomer.send)),
    ]
}
