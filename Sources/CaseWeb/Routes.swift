internal import CaseModel
internal import HTTPTypes

extension Route {
    /// Every address of the desk; there is no other.
    static let all: [Route] = [
        access,
        work,
        conversations,
        cases,
        messagesOfCase,
        drafts,
        customerExchange,
        customers,
        configurationHome,
        caseTypes,
        assignmentRules,
        caseQueues,
        caseRoles,
        employees,
        tenant,
        integrations,
        suggestions,
        notifications,
        interface,
    ].flatMap(\.self)

    private static let access: [Route] = [
        Route(.get, "/health", needsCases: false, .probe(Health.answer)),
        Route(.get, "/login", needsCases: false, .open(LogIn.page)),
        Route(.post, "/login", needsCases: false, .openForm(LogIn.logIn)),
        Route(
            .post, "/logout", needsCases: false, precedesPasswordChange: true,
            .form(LogOut.logOut)),
        Route(
            .get, "/password", needsCases: false, precedesPasswordChange: true,
            .page(ChangePassword.page)),
        Route(
            .post, "/password", needsCases: false, precedesPasswordChange: true,
            .form(ChangePassword.change)),
    ]

    private static let work: [Route] = [
        Route(.get, "/", needsCases: false, .page(Workbench.enter)),
        Route(.get, "/workbench", .page(Workbench.page)),
    ]

    private static let cases: [Route] = [
        Route(.get, "/cases", .page(ListCases.page)),
        Route(.get, "/cases/new", .page(CreateCase.page)),
        Route(.post, "/cases", .caseForm(CreateCase.send)),
        Route(.get, "/cases/*", .page(ShowCase.page)),
        Route(.post, "/cases/*/claim", .form(ClaimCase.claim)),
        Route(.get, "/cases/*/attachments/*", .page(DownloadFile.ofCase)),
    ]

    private static let drafts: [Route] = [
        Route(.post, "/drafts/*", .caseForm(KeepDraft.save)),
        Route(.get, "/drafts/*/discard", .page(DiscardDraft.page)),
        Route(.post, "/drafts/*/discard", .form(DiscardDraft.discard)),
        Route(.post, "/drafts/*/attachments", .caseForm(KeepDraft.attach)),
        Route(.get, "/drafts/*/attachments/*", .page(DownloadFile.ofDraft)),
        Route(.post, "/drafts/*/attachments/*/remove", .caseForm(KeepDraft.remove)),
    ]

    private static let customers: [Route] = [
        Route(.get, "/customers", needsCases: false, .page(ListCustomers.page)),
        Route(.post, "/customers", needsCases: false, .form(CreateCustomer.send)),
        Route(.get, "/customers/new", needsCases: false, .page(CreateCustomer.page)),
        Route(.get, "/customers/options", .page(FindCustomers.options)),
        Route(.get, "/customers/*", needsCases: false, .page(EditCustomer.page)),
        Route(.post, "/customers/*", needsCases: false, .form(EditCustomer.save)),
        Route(.post, "/customers/*/choose", .form(ChooseCustomer.choose)),
        Route(.post, "/customers/*/confirm", needsCases: false, .form(ConfirmAddresses.confirm)),
        Route(
            .get, "/customers/*/delete", needsCases: false,
            right: .permission(.customerManagement), .page(DeleteCustomer.page)),
        Route(
            .post, "/customers/*/delete", needsCases: false,
            right: .permission(.customerManagement), .form(DeleteCustomer.delete)),
    ]

    private static let configurationHome: [Route] = [
        configuration(.get, "", .page(ConfigurationHome.page))
    ]

    private static let caseTypes: [Route] = [
        configuration(.get, "/case-types", .page(ListCaseTypes.page)),
        configuration(.post, "/case-types", .form(CreateCaseType.create)),
        configuration(.get, "/case-types/new", .page(CreateCaseType.page)),
        configuration(.get, "/case-types/*", .page(EditCaseType.page)),
        configuration(.post, "/case-types/*", .form(EditCaseType.save)),
        configuration(.post, "/case-types/*/enable", .form(EditCaseType.enable)),
        configuration(.post, "/case-types/*/disable", .form(EditCaseType.disable)),
        configuration(.get, "/case-types/*/delete", .page(DeleteCaseType.page)),
        configuration(.post, "/case-types/*/delete", .form(DeleteCaseType.delete)),
    ]
}
