// GET /configuration/notifications/gateways: through which servers e-mail and SMS go. GET .../gateways/CHANNEL/remove
// asks once, POST takes the gateway away: 303 to the page; 404 for one that is not there.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ShowGateways {
    static let link: Link = "/configuration/notifications/gateways"

    /// The address of one gateway's form.
    static func link(_ channel: NotificationChannel) -> Link { "\(link)/\(channel.rawValue)" }

    /// GET /configuration/notifications/gateways.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let mail = try visit.reader.mailGateway()
        let sms = try visit.reader.smsGateway()
        let title = "Gateways"
        let content: HTML = """
            <div class="page-head"><h1>\(title)</h1><div class="page-actions">\
            <a class="btn btn-outline-secondary" href="\(NotificationsHome.link)">Notifications</a></div></div>
            \(HTML.savedNotice(visit))<p class="muted">Messages leave the desk through your own mail server \
            and SMS gateway. While one is not configured its messages wait in the outbox, and nothing is lost.</p>
            \(card(.email, mail.map(facts)))\(card(.sms, sms.map(facts)))
            """
        return .page(
            DeskArea.configuration(.notifications).page(title: title, content: content, visit)
                .html(for: visit))
    }

    private static func card(_ channel: NotificationChannel, _ facts: [HTML]?) -> HTML {
        let name = channel.rawValue
        let isThere = facts != nil
        let none: HTML = "<p>Not configured</p>"
        let shown: HTML = "<dl class=\"facts\">\(facts ?? [])</dl>"
        let remove: HTML = """
            <a class="btn btn-outline-secondary" id="remove-\(name)" href="\(link(channel))/remove">Remove</a>
            """
        return """
            <section class="card-plain" aria-labelledby="\(name)-title">\
            <h2 id="\(name)-title">\(channel.label)</h2>
            \(isThere ? shown : none)<p class="page-actions told-more">\
            <a class="btn \(isThere ? "btn-outline-secondary" : "btn-primary")" id="edit-\(name)" \
            href="\(link(channel))">\(isThere ? "Change" : "Set up")\
            <span class="visually-hidden"> \(channel.noun)</span></a> \(remove, if: isThere)</p></section>

            """
    }

    private static func facts(_ gateway: MailGateway) -> [HTML] {
        let values = gateway.values
        let name = values.senderName.isEmpty ? "the tenant space’s name" : values.senderName
        return [
            fact("Server", "\(values.host), port \(values.port)"),
            fact("Protection", values.security.label),
            fact("Log-in", logIn(values.login, gateway.password)),
            fact("Sender", "\(name), \(values.senderAddress)"),
        ]
    }

    private static func facts(_ gateway: SMSGateway) -> [HTML] {
        let values = gateway.values
        return [
            fact("Kind", values.kind.label),
            fact("Address", values.address),
            fact("Log-in", logIn(values.login, gateway.password)),
            fact("Sender", values.sender.isEmpty ? "The gateway’s own" : values.sender),
        ]
    }

    private static func logIn(_ login: String, _ password: Secret) -> String {
        login.isEmpty ? "None" : "\(login), password \(password.description)"
    }

    private static func fact(_ name: String, _ value: String) -> HTML {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }
}

enum RemoveGateway {
    /// GET /configuration/notifications/gateways/CHANNEL/remove.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let channel = try channel(visit, path)
        return ConfirmPage(
            area: .configuration(.notifications),
            title: "Remove the gateway for \(channel.noun)?",
            message: """
                Its settings and password are deleted. Messages wait in the outbox until there is another one.
                """,
            button: "Remove gateway", action: "\(ShowGateways.link(channel))/remove",
            back: ShowGateways.link
        ).response(for: visit)
    }

    /// POST /configuration/notifications/gateways/CHANNEL/remove.
    static func remove(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let channel = try channel(visit, path)
        try visit.desk.removeGateway(of: channel, visit.edit)
        return .seeOther("\(ShowGateways.link)?saved=1")
    }

    /// The channel that the address names, when it has a gateway.
    private static func channel(
        _ visit: AgentVisit, _ path: PathValues
    ) throws -> NotificationChannel {
        guard let channel = path.texts.first.flatMap(NotificationChannel.init(rawValue:)),
            visit.options.notifications.configuredChannels.contains(channel)
        else { throw Refusal.notFound }
        return channel
    }
}
