/// A secret that the desk needs itself; it is never shown again and never logged.
package struct Secret: Equatable, Sendable, CustomStringConvertible {
    /// The secret as it was entered.
    package let text: String

    package init(_ text: String) { self.text = text }

    package var description: String { text.isEmpty ? "not set" : "set" }

    /// Characters (Unicode code points) of a secret.
    package static let maximumCharacters = 200
}

/// What an edit does with a secret.
package enum SecretEdit: Equatable, Sendable {
    case keep
    case replace(Secret)
    case remove
}

/// How a connection to a mail server is protected.
package enum MailSecurity: String, CaseIterable, Sendable, Codable {
    /// Not at all, for a server on the same machine.
    case none
    /// Begins in the clear and is encrypted before anything is said (RFC 3207).
    case startTLS = "starttls"
    /// Encrypted from the beginning (RFC 8314).
    case tls

    /// The words on the page.
    package var label: String {
        switch self {
        case .none: "None (only on the same machine)"
        case .startTLS: "STARTTLS"
        case .tls: "TLS"
        }
    }
}

/// What people edit of the mail gateway; its password is not among it.
package struct MailGatewayValues: Editable {
    package static let subject = Subject.mailGateway
    /// The number under which the history has the gateway; there is one in a store.
    package static let id: Int64 = 1

    /// The names of the form's fields.
    package enum Field {
        package static let host = "host"
        package static let port = "port"
        package static let security = "security"
        package static let login = "login"
        /// Not one of ``MailGatewayValues``: see ``SecretEdit``.
        package static let password = "password"
        package static let removePassword = "remove_password"
        package static let senderAddress = "sender_address"
        package static let senderName = "sender_name"
        package static let certificateFile = "certificate_file"
    }

    /// Characters of a log-in or a sender's name.
    package static let maximumNameCharacters = 100
    /// Characters of a path.
    package static let maximumPathCharacters = 1_000

    /// A host's name or its address.
    package let host: String
    package let port: Int
    package let security: MailSecurity
    /// Empty for a server that asks for none.
    package let login: String
    /// What messages come from, and undeliverable ones go back to.
    package let senderAddress: EmailAddress
    /// What people read beside it; empty for the tenant space's name.
    package let senderName: String
    /// A file of the certificates that are trusted (PEM); empty for those of the system.
    package let certificateFile: String

    package init(
        host: String, port: Int, security: MailSecurity, login: String = "",
        senderAddress: EmailAddress, senderName: String = "", certificateFile: String = ""
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.login = login
        self.senderAddress = senderAddress
        self.senderName = senderName
        self.certificateFile = certificateFile
    }

    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        let host = check.host(Field.host)
        let port = check.port(Field.port)
        let security: MailSecurity? = check.choice(
            Field.security, missing: "Select how the connection is protected")
        if security == MailSecurity.none, !HostName.isThisMachine(host) {
            check.refuse(
                Field.security,
                "Select STARTTLS or TLS: unprotected, mail may go only to a server on the desk’s own "
                    + "machine, such as 127.0.0.1")
        }
        let login = check.text(
            Field.login, TextRule(label: "Login", limit: Self.maximumNameCharacters))
        let sender = check.sender(Field.senderAddress)
        let senderName = check.text(
            Field.senderName, TextRule(label: "Sender’s name", limit: Self.maximumNameCharacters))
        let file = check.path(Field.certificateFile)
        problems += check.problems
        guard let port, let security, let sender, check.problems.isEmpty else { return nil }
        self.init(
            host: host, port: port, security: security, login: login, senderAddress: sender,
            senderName: senderName, certificateFile: file)
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.host: host, Field.port: String(port), Field.security: security.rawValue,
            Field.login: login, Field.senderAddress: senderAddress.description,
            Field.senderName: senderName, Field.certificateFile: certificateFile,
        ])
    }
}

/// What an SMS gateway understands.
package enum SMSGatewayKind: String, CaseIterable, Sendable, Codable {
    /// Kannel's `sendsms` interface.
    case kannel
    /// A GET request whose address is made of a pattern.
    case template

    /// The words on the page.
    package var label: String {
        switch self {
        case .kannel: "Kannel (sendsms)"
        case .template: "Other, by address with placeholders"
        }
    }
}

/// What may stand in braces in the address of an SMS gateway.
package enum GatewayPlaceholder: String, CaseIterable, Sendable {
    case number, text, sender, id, login, password
}

/// What people edit of the SMS gateway; its password is not among it.
package struct SMSGatewayValues: Editable {
    package static let subject = Subject.smsGateway
    /// The number under which the history has the gateway; there is one in a store.
    package static let id: Int64 = 1

    /// The names of the form's fields.
    package enum Field {
        package static let kind = "kind"
        package static let address = "address"
        package static let login = "login"
        /// Not one of ``SMSGatewayValues``: see ``SecretEdit``.
        package static let password = "password"
        package static let removePassword = "remove_password"
        package static let sender = "sender"
    }

    /// Characters of the address.
    package static let maximumAddressCharacters = 1_000
    /// Characters of a log-in.
    package static let maximumNameCharacters = 100
    /// Characters of a sender: the digits of a number with its `+` (ITU-T E.164); names have 11 at most.
    package static let maximumSenderCharacters = 16

    package let kind: SMSGatewayKind
    /// The address of the interface; for ``SMSGatewayKind/template`` with ``GatewayPlaceholder`` in braces, which
    /// are percent-encoded when they are filled in.
    package let address: String
    /// Empty for a gateway that asks for none.
    package let login: String
    /// The number or name that messages come from; empty for the gateway's own.
    package let sender: String

    package init(kind: SMSGatewayKind, address: String, login: String = "", sender: String = "") {
        self.kind = kind
        self.address = address
        self.login = login
        self.sender = sender
    }

    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        let kind: SMSGatewayKind? = check.choice(
            Field.kind, missing: "Select what the gateway understands")
        let address = check.gatewayAddress(Field.address, kind)
        let login = check.text(
            Field.login, TextRule(label: "Login", limit: Self.maximumNameCharacters))
        let sender = check.smsSender(Field.sender)
        problems += check.problems
        guard let kind, check.problems.isEmpty else { return nil }
        self.init(kind: kind, address: address, login: login, sender: sender)
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.kind: kind.rawValue, Field.address: address, Field.login: login,
            Field.sender: sender,
        ])
    }
}

/// The mail gateway with its password.
package struct MailGateway: Equatable, Sendable {
    package let values: MailGatewayValues
    package let password: Secret

    package init(values: MailGatewayValues, password: Secret) {
        self.values = values
        self.password = password
    }
}

/// The SMS gateway with its password.
package struct SMSGateway: Equatable, Sendable {
    package let values: SMSGatewayValues
    package let password: Secret

    package init(values: SMSGatewayValues, password: Secret) {
        self.values = values
        self.password = password
    }
}

extension FieldCheck {
    fileprivate mutating func host(_ field: String) -> String {
        let host = text(
            field,
            TextRule(
                label: "Host", missing: "Enter the mail server’s host",
                limit: HostName.maximumCharacters))
        if !host.isEmpty, !HostName.isOne(host) {
            refuse(field, "Host must be a name such as mail.example.org, or an IPv4 address")
        }
        return host
    }

    fileprivate mutating func port(_ field: String) -> Int? {
        if let port = Port.number(texts[field].trimmed) { return port }
        refuse(field, "Port must be a number from 1 to 65535, such as 587")
        return nil
    }

    fileprivate mutating func sender(_ field: String) -> EmailAddress? {
        let text = texts[field].trimmed
        if let address = try? EmailAddress(text) { return address }
        refuse(
            field,
            text.isEmpty
                ? "Enter the address that messages come from"
                : "Sender’s address must be an address such as service@example.org")
        return nil
    }

    fileprivate mutating func path(_ field: String) -> String {
        let path = text(
            field,
            TextRule(
                label: "Certificate file", limit: MailGatewayValues.maximumPathCharacters))
        if !path.isEmpty, !path.hasPrefix("/") || path.utf8.contains(0) {
            refuse(
                field, "Certificate file must be a path from the root on, such as /etc/ssl/ca.pem")
        }
        return path
    }

    fileprivate mutating func gatewayAddress(_ field: String, _ kind: SMSGatewayKind?) -> String {
        let label = "Address"
        guard !texts[field].trimmed.isEmpty else {
            refuse(field, "Enter the address of the gateway’s interface")
            return ""
        }
        let problemCount = problems.count
        let address = webAddress(field, label, limit: SMSGatewayValues.maximumAddressCharacters)
        guard problems.count == problemCount else { return address }
        switch kind {
        case .template: checkPlaceholders(field, label, address)
        case .kannel where address.contains(where: { "{}?".contains($0) }):
            refuse(field, "\(label) must end before the ?; the desk adds what Kannel asks for")
        case .kannel, nil: break
        }
        return address
    }

    /// The address names only what there is, and at least number and text; a host has no braces, so no message
    /// chooses where it goes.
    private mutating func checkPlaceholders(_ field: String, _ label: String, _ address: String) {
        let names = address.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
            .map { String($0.prefix { $0 != "}" }) }
        let known = GatewayPlaceholder.allCases.map(\.rawValue)
        let braces = address.count { $0 == "{" } == address.count { $0 == "}" }
        guard braces, names.allSatisfy(known.contains) else {
            refuse(
                field,
                "\(label) must have only these in braces: "
                    + known.map { "{\($0)}" }.joined(separator: ", "))
            return
        }
        let needed: [GatewayPlaceholder] = [.number, .text]
        if !needed.allSatisfy({ names.contains($0.rawValue) }) {
            refuse(field, "\(label) must have {number} and {text} in it")
        }
    }

    fileprivate mutating func smsSender(_ field: String) -> String {
        let sender = text(
            field, TextRule(label: "Sender", limit: SMSGatewayValues.maximumSenderCharacters))
        let isPlain = sender.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        if !isPlain {
            refuse(field, "Sender must be a number, or a name of plain letters and digits")
        }
        return sender
    }
}
