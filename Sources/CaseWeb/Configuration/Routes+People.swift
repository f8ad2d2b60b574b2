internal import CaseModel
internal import HTTPTypes

// Queues belong to Case Configuration. Accounts, roles and the tenant space need an administrator: whoever has Case
// Configuration could otherwise give themselves everything.

extension Route {
    private static let queues = "/case-queues"
    private static let roles = "/configuration/case-roles"
    private static let people = "/configuration/employees"
    private static let space = "/configuration/tenant"

    static let caseQueues: [Route] = [
        configuration(.get, queues, .page(ListCaseQueues.page)),
        configuration(.get, queues + "/new", .page(NewCaseQueue.page)),
        configuration(
            .post, queues, repeatable: [CaseQueueValues.Field.members],
            .form(NewCaseQueue.create)),
        configuration(.get, queues + "/*", .page(EditCaseQueue.page)),
        configuration(
            .post, queues + "/*", repeatable: [CaseQueueValues.Field.members],
            .form(EditCaseQueue.save)),
        configuration(.get, queues + "/*/delete", .page(DeleteCaseQueue.page)),
        configuration(.post, queues + "/*/delete", .form(DeleteCaseQueue.delete)),
    ]

    static let caseRoles: [Route] = [
        administrating(.get, roles, .page(ListCaseRoles.page)),
        administrating(.get, roles + "/new", .page(NewCaseRole.page)),
        administrating(
            .post, roles, repeatable: repeatableOfRoles, .form(NewCaseRole.create)),
        administrating(.get, roles + "/*", .page(EditCaseRole.page)),
        administrating(
            .post, roles + "/*", repeatable: repeatableOfRoles, .form(EditCaseRole.save)),
        administrating(.get, roles + "/*/delete", .page(DeleteCaseRole.page)),
        administrating(.post, roles + "/*/delete", .form(DeleteCaseRole.delete)),
    ]

    private static let repeatableOfRoles: Set<String> = [
        CaseRoleValues.Field.permissions, CaseRoleValues.Field.employees,
    ]

    static let employees: [Route] = [
        administrating(.get, people, .page(ListEmployees.page)),
        administrating(.get, people + "/new", .page(NewEmployee.page)),
        administrating(.post, people, .form(NewEmployee.create)),
        administrating(.get, people + "/*", .page(EditEmployee.page)),
        administrating(.post, people + "/*", .form(EditEmployee.save)),
        administrating(.get, people + "/*/password", .page(SetPassword.page)),
        administrating(.post, people + "/*/password", .form(SetPassword.set)),
        administrating(.get, people + "/*/deactivate", .page(DeactivateEmployee.page)),
        administrating(.post, people + "/*/deactivate", .form(DeactivateEmployee.deactivate)),
        administrating(.post, people + "/*/activate", .form(DeactivateEmployee.activate)),
        administrating(.post, people + "/*/sessions/*/end", .form(EndSession.ofEmployee)),
    ]

    static let tenant: [Route] = [
        administrating(.get, space, .page(EditTenant.page)),
        administrating(.post, space, .form(EditTenant.save)),
        administrating(.post, space + "/sessions/*/end", .form(EndSession.ofTenant)),
    ]

    /// A part that needs an administrator, and not that Case 2.0 is on.
    static func administrating(
        _ method: HTTPRequest.Method, _ pattern: String, repeatable: Set<String> = [],
        _ handler: Handler
    ) -> Route {
        Route(
            method, pattern, needsCases: false, right: .administrator, repeatable: repeatable,
            handler)
    }
}
