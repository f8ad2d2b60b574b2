// How many messages may go in an hour, and where the links of messages lead: GET /configuration/notifications/limits
// shows the form, POST changes it. 303 to the page; 422, 409 and 503 with it again.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum EditNotificationLimits {
    static let link: Link = "/configuration/notifications/limits"

    /// GET /configuration/notifications/limits.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit).response()
    }

    /// POST /configuration/notifications/limits.
    static func save(_ visit: AgentVisit, _ path: PathValues, _ form: TextForm) throws -> Response {
        try Self.form(visit).save(form) { (values: NotificationSettings, edit) throws(StoreError) in
            try visit.desk.updateNotificationSettings(values, edit)
            return link
        }
    }

    private static func form(_ visit: AgentVisit) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .notificationSettings, NotificationSettings.id)
        let values = try visit.reader.notificationSetup().settings
        let history = try HistorySection(
            of: .notificationSettings, NotificationSettings.id, fields: fields, visit)
        return EditPage(
            visit: visit, area: .configuration(.notifications), title: "Limits and links",
            action: link, back: NotificationsHome.link, sections: [EditSection(nil, fields)],
            origin: .stored(base: base), texts: values.texts,
            above: """
                <p class="muted">What is above a limit is not lost: it waits until the hour has room, and the \
                outbox says so.</p>

                """,
            below: history.html)
    }

    private typealias Field = NotificationSettings.Field

    private static let fields = [
        EditField(
            name: Field.perRecipient, label: "Messages to one address", kind: .number,
            hint: "An hour, e-mail and SMS each"),
        EditField(
            name: Field.perCustomer, label: "Messages to one customer", kind: .number,
            hint: "An hour, on all their addresses together"),
        EditField(
            name: Field.perTenant, label: "Messages of the tenant space", kind: .number,
            hint: "An hour, to everybody together"),
        EditField(
            name: Field.deskAddress, label: "Address of the desk",
            kind: .line(limit: NotificationSettings.maximumAddressCharacters),
            hint:
                "Such as https://desk.example.org: what the links in messages to colleagues begin with",
            isOptional: true),
    ]
}
