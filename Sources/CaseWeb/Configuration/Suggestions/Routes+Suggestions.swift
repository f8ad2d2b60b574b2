internal import HTTPTypes

extension Route {
    /// How good the suggestions are, and who makes them.
    static let suggestions: [Route] = [
        configuration(.get, "/suggestions", .page(ShowSuggestions.page)),
        administrating(
            .get, "/configuration/suggestions/engine", .page(EditOutsideEngine.page)),
        administrating(
            .post, "/configuration/suggestions/engine", .form(EditOutsideEngine.save)),
    ]
}
