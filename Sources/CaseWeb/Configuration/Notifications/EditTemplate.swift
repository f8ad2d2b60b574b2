// What is said of one kind of event on one channel, at /configuration/notifications/KIND/CHANNEL: GET shows the form
// and a preview, POST changes it, POST .../preview shows the texts as they were typed and stores nothing, POST .../test
// sends the stored ones to the person who asks.
// 303 to the template; 422 with the page again when a text is no template or there is no such case; 409 and 503 with it
// again; 404 for a template that does not exist.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum EditTemplate {
    /// The address of a template.
    static func link(_ key: TemplateKey) -> Link {
        "\(NotificationsHome.link)/\(key.kind.rawValue)/\(key.channel.rawValue)"
    }

    /// GET /configuration/notifications/KIND/CHANNEL; ?case= names the case of the preview.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let key = try key(path)
        var page = try form(visit, key)
        let subject = try PreviewSubject(visit.query[previewCaseName], key.kind, visit)
        page.texts[previewCaseName] = subject?.number ?? visit.query[previewCaseName]
        let preview = subject.map { TemplatePreview(template(key, visit), $0, visit) }
        page.below = "\(preview?.html ?? .empty)\(page.below)"
        return page.response()
    }

    /// POST /configuration/notifications/KIND/CHANNEL.
    static func save(_ visit: AgentVisit, _ path: PathValues, _ form: TextForm) throws -> Response {
        let key = try key(path)
        return try Self.form(visit, key).save(form) {
            (values: NotificationTemplateValues, edit) throws(StoreError) in
            try visit.desk.updateTemplate(values, edit)
            return link(key)
        }
    }

    /// POST /configuration/notifications/KIND/CHANNEL/preview.
    static func preview(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let key = try key(path)
        return try Self.form(visit, key).tryOut(form) {
            (page, values: NotificationTemplateValues, problems) in
            guard let subject = try PreviewSubject(page.texts[previewCaseName], key.kind, visit)
            else {
                problems.append(PreviewSubject.problem)
                return
            }
            page.texts[previewCaseName] = subject.number
            let preview = TemplatePreview(values.template, subject, visit)
            page.below = "\(preview.html)\(page.below)"
        }
    }

    /// POST /configuration/notifications/KIND/CHANNEL/test.
    static func test(_ visit: AgentVisit, _ path: PathValues, _ form: TextForm) throws -> Response {
        let key = try key(path)
        guard let subject = try PreviewSubject(form[previewCaseName], key.kind, visit) else {
            throw Refusal.caseNotFound
        }
        let preview = TemplatePreview(template(key, visit), subject, visit)
        let id = try visit.desk.sendTest(
            preview.rendered(for: visit.employee.name), on: key.channel, to: visit.employee.id,
            at: visit.now)
        guard let id else { throw Refusal.noAddress(for: key.channel) }
        return .seeOther(
            "\(link(key))?\(previewCaseName)=\(subject.number)&tested=\(id.description)")
    }

    /// The name of the control, and of the parameter, that says with which case a text is shown.
    static let previewCaseName = "preview_case"

    /// The template that an address names.
    private static func key(_ path: PathValues) throws(Refusal) -> TemplateKey {
        guard let kind = path.texts.first.flatMap(NotificationKind.init(rawValue:)),
            let channel = path.texts.dropFirst().first.flatMap(NotificationChannel.init(rawValue:))
        else { throw .notFound }
        return TemplateKey(kind, channel)
    }

    private static func template(_ key: TemplateKey, _ visit: AgentVisit) -> NotificationTemplate {
        visit.options.notifications[key]
    }

    private static func form(_ visit: AgentVisit, _ key: TemplateKey) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .notificationTemplate, key.number)
        let values = NotificationTemplateValues(try visit.reader.notificationSetup()[key])
        let fields = fields(key)
        let history = try HistorySection(
            of: .notificationTemplate, key.number, fields: fields, visit)
        let preview: Link = "\(link(key))/preview#preview"
        return EditPage(
            visit: visit, area: .configuration(.notifications),
            title: "\(key.kind.label) by \(key.channel.noun)", action: link(key),
            back: NotificationsHome.link,
            sections: [
                EditSection("What is said", fields),
                EditSection("See it before", [previewCase]),
            ],
            origin: .stored(base: base), texts: values.texts,
            given: NotificationTemplateValues.fields(of: key, FieldTexts()),
            above: "\(tested(visit))\(purpose(key, visit))",
            moreActions: """
                <button class="btn btn-outline-secondary" type="submit" id="show_preview" \
                formaction="\(preview)">Preview</button>

                """,
            below: "\(TestSection(key: key, visit: visit).html)\(variables(key))\(history.html)")
    }

    private typealias Field = NotificationTemplateValues.Field

    private static func fields(_ key: TemplateKey) -> [EditField] {
        let enabled = EditField(
            name: Field.enabled, label: "Send this message", kind: .box,
            hint: "When it is off, nothing is sent, and the case’s history says so.")
        let subject = EditField(
            name: Field.subject, label: NotificationTemplateValues.subjectRule.label,
            kind: .line(limit: NotificationTemplateValues.maximumSubjectCharacters))
        let rule = NotificationTemplateValues.bodyRule(key.channel)
        let body = EditField(
            name: Field.body, label: rule.label,
            kind: .lines(limit: rule.limit, rows: key.channel == .email ? 14 : 5),
            hint: "The names in braces below are filled in. For a brace itself write it twice.")
        return key.channel == .email ? [enabled, subject, body] : [enabled, body]
    }

    private static let previewCase = EditField(
        name: previewCaseName, label: "Case number", kind: .number,
        hint: "Preview fills the texts in with this case; without a number, with the newest one.",
        isOptional: true)

    private static func purpose(_ key: TemplateKey, _ visit: AgentVisit) -> HTML {
        let isConfigured = visit.options.notifications.configuredChannels.contains(key.channel)
        let waiting: HTML = """
             No gateway for \(key.channel.noun) is configured, so messages wait in the outbox.
            """
        return """
            <p class="muted">\(key.kind.summary).\(waiting, if: !isConfigured)</p>

            """
    }

    /// What became of a test that was just asked for.
    private static func tested(_ visit: AgentVisit) -> HTML {
        guard let id = OutboxMessageID(visit.query["tested"]) else { return .empty }
        return .notice(
            """
            The test is in the outbox. <a href="\(ShowMessage.link(id))">See what becomes of it</a>
            """)
    }

    /// Every name that the texts may have in braces.
    private static func variables(_ key: TemplateKey) -> HTML {
        let isForCustomer = key.kind.audience == .customer
        let rows = TemplateVariable.allowed(for: key.kind).map { variable -> HTML in
            let confirmed = variable.isForEveryAddress ? "Yes" : "Only once confirmed"
            let cell: HTML = "<td data-label=\"To every address\">\(confirmed)</td>"
            return """
                <tr><th scope="row"><code>{\(variable.rawValue)}</code></th>
                <td data-label="Stands for">\(variable.label)</td>\(cell, if: isForCustomer)</tr>

                """
        }
        let heading: HTML = "<th scope=\"col\">To every address</th>"
        let rule: HTML = """
            <p class="muted">Nobody can use the desk to write to strangers: until somebody here has \
            entered or confirmed a customer’s address, only what the last column allows is filled in.</p>

            """
        return """
            <section class="card-plain" aria-labelledby="variables-title">\
            <h2 id="variables-title">What can stand in braces</h2>
            \(rule, if: isForCustomer)<div class="table-wrap">\
            <table class="table desk-table list-table variable-table">
            <caption>Names and what they stand for</caption>
            <thead><tr><th scope="col">Write</th><th scope="col">Stands for</th>\
            \(heading, if: isForCustomer)</tr></thead>
            <tbody>\(rows)</tbody></table></div></section>

            """
    }
}

/// The button that sends a template's stored text to the person who presses it.
private struct TestSection {
    let key: TemplateKey
    let visit: AgentVisit

    var html: HTML {
        let number = visit.query[EditTemplate.previewCaseName]
        let action: Link = "\(EditTemplate.link(key))/test"
        return """
            <section class="card-plain" aria-labelledby="test-title"><h2 id="test-title">Try it</h2>
            <form method="post" action="\(action)">\(visit.tokenField)
            <input type="hidden" name="\(EditTemplate.previewCaseName)" value="\(number)">
            <p class="muted" id="send_test-hint">Sends the text as it is saved to the \
            \(key.channel.addressNoun) of your own account, filled in with the case of the preview.</p>
            <button class="btn btn-outline-secondary" type="submit" id="send_test" \
            aria-describedby="send_test-hint">Send me a test</button></form></section>

            """
    }
}

extension Refusal {
    fileprivate static func noAddress(for channel: NotificationChannel) -> Refusal {
        Refusal(
            status: .conflict, title: "Your account has no \(channel.addressNoun)",
            advice:
                "Nothing was sent. An administrator can enter one on the page of your account; "
                + "then send the test again.")
    }
}
