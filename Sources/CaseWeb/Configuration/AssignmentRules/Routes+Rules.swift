internal import HTTPTypes

extension Route {
    private static let rules = "/assignment-rules"

    static let assignmentRules: [Route] = [
        configuration(.get, rules, .page(ListRules.page)),
        configuration(.post, rules, .form(NewRule.create)),
        configuration(.get, rules + "/new", .page(NewRule.page)),
        configuration(.get, rules + "/*", .page(EditRule.page)),
        configuration(.post, rules + "/*", .form(EditRule.save)),
        configuration(.post, rules + "/*/activate", .form(SwitchRule.activate)),
        configuration(.post, rules + "/*/deactivate", .form(SwitchRule.deactivate)),
        configuration(.get, rules + "/*/try", .page(TryRule.page)),
        configuration(.get, rules + "/*/delete", .page(DeleteRule.page)),
        configuration(.post, rules + "/*/delete", .form(DeleteRule.delete)),
    ]
}
