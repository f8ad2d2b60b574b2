internal import HTTPTypes

// Templates, limits and the outbox belong to Case Configuration. A gateway has a password and says where everything
// goes, so it needs an administrator.

extension Route {
    private static let notice = "/notifications"
    private static let gateway = "/configuration/notifications/gateways"
    private static let outbox = "/notifications/outbox"

    /// The outbox, the gateways and the limits stand before the templates, whose addresses have two variable parts.
    static let notifications: [Route] = [
        Route(.get, "/notifications/preview", .page(PreviewNotifications.page)),
        configuration(.get, notice, .page(NotificationsHome.page)),
        configuration(.get, notice + "/limits", .page(EditNotificationLimits.page)),
        configuration(.post, notice + "/limits", .form(EditNotificationLimits.save)),
        administrating(.get, gateway, .page(ShowGateways.page)),
        administrating(.get, gateway + "/email", .page(EditMailGateway.page)),
        administrating(.post, gateway + "/email", .form(EditMailGateway.save)),
        administrating(.get, gateway + "/sms", .page(EditSMSGateway.page)),
        administrating(.post, gateway + "/sms", .form(EditSMSGateway.save)),
        administrating(.get, gateway + "/*/remove", .page(RemoveGateway.page)),
        administrating(.post, gateway + "/*/remove", .form(RemoveGateway.remove)),
        configuration(.get, outbox, .page(ListOutbox.page)),
        configuration(.get, outbox + "/*", .page(ShowMessage.page)),
        configuration(.post, outbox + "/*/retry", .form(SteerMessage.inOutbox(.retry))),
        configuration(.post, outbox + "/*/settle", .form(SteerMessage.inOutbox(.settle))),
        configuration(.post, outbox + "/*/cancel", .form(SteerMessage.inOutbox(.cancel))),
        configuration(.get, notice + "/*/*", .page(EditTemplate.page)),
        configuration(.post, notice + "/*/*", .form(EditTemplate.save)),
        configuration(.post, notice + "/*/*/preview", .form(EditTemplate.preview)),
        configuration(.post, notice + "/*/*/test", .form(EditTemplate.test)),
    ]

    /// What is done about the messages of a case.
    static let messagesOfCase: [Route] = [
        Route(.post, "/cases/*/remind", .form(RemindOwner.remind)),
        Route(.post, "/cases/*/messages/*/retry", .form(SteerMessage.onCase(.retry))),
        Route(.post, "/cases/*/messages/*/settle", .form(SteerMessage.onCase(.settle))),
        Route(.post, "/cases/*/messages/*/cancel", .form(SteerMessage.onCase(.cancel))),
    ]
}
