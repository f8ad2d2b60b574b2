// The tenant space: GET /configuration/tenant shows its settings, limits and sessions, POST /configuration/tenant
// changes the settings. 303 to the page; 422, 409 and 503 with it again.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum EditTenant {
    static let link: Link = "/configuration/tenant"

    /// GET /configuration/tenant.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit).response()
    }

    /// POST /configuration/tenant.
    static func save(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try Self.form(visit).save(form) { (values, edit) throws(StoreError) in
            try visit.desk.updateTenant(values, edit)
            return link
        }
    }

    private static func form(_ visit: AgentVisit) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .tenant, TenantValues.id)
        let values = try visit.reader.tenantValues()
        let sessions = LiveSessions(
            sessions: try LiveSessions.read(visit), visit: visit, namesPeople: true,
            action: { "\(link)/sessions/\($0)/end" })
        let history = try HistorySection(of: .tenant, TenantValues.id, fields: fields, visit)
        return EditPage(
            visit: visit, area: .configuration(.tenant), title: "Tenant space", action: link,
            back: "/configuration", sections: [EditSection(nil, fields)],
            origin: .stored(base: base),
            texts: values.texts,
            head: """
                <div class="page-actions"><a class="btn btn-outline-secondary" \
                href="\(ListIntegrations.link)" id="integrations">Integrations</a></div>
                """,
            below: "\(limits(visit.visit.webServerLimit))\(sessions.html)\(history.html)")
    }

    private static let fields = [
        EditField(
            name: TenantValues.Field.name, label: "Name",
            kind: .line(limit: TenantValues.maximumNameCharacters),
            hint: "It stands in the bar of each page and on the log-in page."),
        EditField(
            name: TenantValues.Field.timeZone, label: "Time zone", kind: .timeZone(empty: nil),
            hint:
                "Deadlines are entered in it. Times are shown in it to everybody who has no zone of "
                + "their own."),
        EditField(
            name: TenantValues.Field.caseEnabled, label: "Case 2.0", kind: .box,
            hint:
                "When it is off, cases can neither be made nor read. Nothing is deleted, and what "
                + "somebody is just typing is kept as a draft."),
    ]

    /// What files may be like, and whether the web server lets a full form through.
    private static func limits(_ webServer: WebServerLimit?) -> HTML {
        let file = CaseLimit.maximumAttachmentByteCount
        let rows: [HTML] = [
            fact("Files of one case", "\(CaseLimit.maximumAttachments) at most"),
            fact(
                "One file",
                "\(sizeText(file)) at most <span class=\"muted\">(\(groupedDigits(file)) bytes)</span>"
            ),
            fact("A whole form", "\(sizeText(WebServerLimit.neededByteCount)) at most"),
            fact("What nginx lets through", passage(webServer)),
        ]
        return """
            <section class="card-plain" aria-labelledby="limits-title"><h2 id="limits-title">\
            Limits of attachments</h2>
            <dl class="facts">\(rows)</dl></section>

            """
    }

    private static func fact(_ name: String, _ value: HTML) -> HTML {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }

    private static func passage(_ limit: WebServerLimit?) -> HTML {
        guard let limit else {
            return """
                Not known. <span class="muted">Start casedesk serve with --nginx FILE, the file of nginx’s \
                server block; it is then checked at each start.</span>
                """
        }
        let size =
            limit.byteCount.map { "bodies of \(sizeText($0)) at most" } ?? "bodies of any size"
        return "\(size) <span class=\"muted\">(client_max_body_size, checked at the start)</span>"
    }
}

extension EditField.Kind {
    /// A drop-down of the time zones that this system knows.
    static func timeZone(empty: String?) -> EditField.Kind {
        .select(
            TimeZoneName.offered.map { EditField.Choice(value: $0, label: $0) }, empty: empty)
    }
}
