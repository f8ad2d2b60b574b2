// The gateways: GET /configuration/notifications/gateways/email and .../sms show the form, POST changes it.
// 303 to the gateways; 422, 409 and 503 with the page again. A password is never shown, nor in the history.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum EditMailGateway {
    /// GET /configuration/notifications/gateways/email.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit).response()
    }

    /// POST /configuration/notifications/gateways/email.
    static func save(_ visit: AgentVisit, _ path: PathValues, _ form: TextForm) throws -> Response {
        var page = try Self.form(visit)
        page.retyped = GatewayPassword.retyped(form)
        return try page.save(form) { (values: MailGatewayValues, edit) throws(StoreError) in
            try visit.desk.updateMailGateway(values, password: GatewayPassword.edit(form), edit)
            return ShowGateways.link
        }
    }

    private static func form(_ visit: AgentVisit) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .mailGateway, MailGatewayValues.id)
        let gateway = try visit.reader.mailGateway()
        var texts = gateway?.values.texts ?? FieldTexts()
        if gateway == nil {
            texts[Field.port] = String(submissionPort)
            texts[Field.security] = MailSecurity.startTLS.rawValue
        }
        let server = server + GatewayPassword.fields(gateway?.password)
        let history = try HistorySection(
            of: .mailGateway, MailGatewayValues.id,
            fields: Self.server + sender + [GatewayPassword.inHistory], visit)
        return EditPage(
            visit: visit, area: .configuration(.notifications), title: "E-mail gateway",
            action: ShowGateways.link(.email), back: ShowGateways.link,
            sections: [EditSection("Server", server), EditSection("Sender", sender)],
            origin: .stored(base: base), texts: texts, below: history.html)
    }

    /// The port of message submission (RFC 6409, 3.1).
    private static let submissionPort = 587

    private typealias Field = MailGatewayValues.Field

    private static let server = [
        EditField(
            name: Field.host, label: "Server", kind: .line(limit: nil),
            hint: "Such as smtp.example.org"),
        EditField(name: Field.port, label: "Port", kind: .number),
        EditField(
            name: Field.security, label: "Protection",
            kind: .select(
                MailSecurity.allCases.map { .init(value: $0.rawValue, label: $0.label) },
                empty: nil),
            hint: "The server’s certificate is checked with STARTTLS and TLS."),
        EditField(
            name: Field.certificateFile, label: "Certificate file",
            kind: .line(limit: MailGatewayValues.maximumPathCharacters),
            hint:
                "On the desk’s machine (PEM), for a server whose certificate is the company’s own",
            isOptional: true),
        EditField(
            name: Field.login, label: "Login",
            kind: .line(limit: MailGatewayValues.maximumNameCharacters), isOptional: true),
    ]

    private static let sender = [
        EditField(
            name: Field.senderAddress, label: "Sender’s address", kind: .email(limit: nil),
            hint: "What messages come from; undeliverable ones go back to it"),
        EditField(
            name: Field.senderName, label: "Sender’s name",
            kind: .line(limit: MailGatewayValues.maximumNameCharacters),
            hint: "Empty for the tenant space’s name", isOptional: true),
    ]
}

enum EditSMSGateway {
    /// GET /configuration/notifications/gateways/sms.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit).response()
    }

    /// POST /configuration/notifications/gateways/sms.
    static func save(_ visit: AgentVisit, _ path: PathValues, _ form: TextForm) throws -> Response {
        var page = try Self.form(visit)
        page.retyped = GatewayPassword.retyped(form)
        return try page.save(form) { (values: SMSGatewayValues, edit) throws(StoreError) in
            try visit.desk.updateSMSGateway(values, password: GatewayPassword.edit(form), edit)
            return ShowGateways.link
        }
    }

    private static func form(_ visit: AgentVisit) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .smsGateway, SMSGatewayValues.id)
        let gateway = try visit.reader.smsGateway()
        var texts = gateway?.values.texts ?? FieldTexts()
        if gateway == nil { texts[Field.kind] = SMSGatewayKind.kannel.rawValue }
        let fields = fields + GatewayPassword.fields(gateway?.password)
        let history = try HistorySection(
            of: .smsGateway, SMSGatewayValues.id,
            fields: Self.fields + [GatewayPassword.inHistory], visit)
        return EditPage(
            visit: visit, area: .configuration(.notifications), title: "SMS gateway",
            action: ShowGateways.link(.sms), back: ShowGateways.link,
            sections: [EditSection(nil, fields)], origin: .stored(base: base), texts: texts,
            above: placeholders, below: history.html)
    }

    private typealias Field = SMSGatewayValues.Field

    private static let fields = [
        EditField(
            name: Field.kind, label: "What it understands",
            kind: .radios(
                SMSGatewayKind.allCases.map { .init(value: $0.rawValue, label: $0.label) })),
        EditField(
            name: Field.address, label: "Address",
            kind: .line(limit: SMSGatewayValues.maximumAddressCharacters),
            hint: "Such as http://127.0.0.1:13013/cgi-bin/sendsms"),
        EditField(
            name: Field.sender, label: "Sender",
            kind: .line(limit: SMSGatewayValues.maximumSenderCharacters),
            hint:
                "A number such as +4930555010, or a name of up to 11 letters; empty for the gateway’s own",
            isOptional: true),
        EditField(
            name: Field.login, label: "Login",
            kind: .line(limit: SMSGatewayValues.maximumNameCharacters), isOptional: true),
    ]

    private static let placeholders: HTML = {
        let names = GatewayPlaceholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
        return """
            <p class="muted">For a gateway other than Kannel the address has placeholders: \
            <code>\(names)</code>. They are filled in for each message.</p>

            """
    }()
}

/// The password of a gateway: typed to be set or replaced, and never shown again.
private enum GatewayPassword {
    private typealias Field = MailGatewayValues.Field

    /// - Parameter stored: `nil` while there is no gateway.
    static func fields(_ stored: Secret?) -> [EditField] {
        let isSet = !(stored?.text.isEmpty ?? true)
        let password = EditField(
            name: Field.password, label: isSet ? "New password" : "Password", kind: .password,
            hint: isSet ? "One is set; leave this empty to keep it" : "", isOptional: true)
        let remove = EditField(
            name: Field.removePassword, label: "Remove the password that is set", kind: .box)
        return isSet ? [password, remove] : [password]
    }

    /// How the history tells that it was set, replaced or removed.
    static let inHistory = EditField(
        name: Field.password, label: "Password", kind: .line(limit: nil))

    /// What a form wants done with the password.
    static func edit(_ form: TextForm) throws(StoreError) -> SecretEdit {
        let text = form[Field.password]
        guard text.unicodeScalars.count <= Secret.maximumCharacters else {
            throw .rejected([
                FieldProblem(
                    Field.password,
                    "Password can have up to \(Secret.maximumCharacters) characters")
            ])
        }
        if !text.isEmpty { return .replace(Secret(text)) }
        return form[Field.removePassword].isEmpty ? .keep : .remove
    }

    /// What has to be typed once more when a form with a password comes back, as it is not sent along.
    static func retyped(_ form: TextForm) -> [FieldProblem] {
        guard !form[Field.password].isEmpty else { return [] }
        return [FieldProblem(Field.password, "Enter the password once more; it was not stored")]
    }
}
