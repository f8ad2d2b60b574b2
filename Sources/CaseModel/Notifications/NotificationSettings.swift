/// How many messages may go in an hour, and where links of messages lead to.
package struct NotificationSettings: Editable {
    package static let subject = Subject.notificationSettings
    /// The number under which the history has the settings; there are one in a store.
    package static let id: Int64 = 1

    /// The names of the form's fields.
    package enum Field {
        package static let perRecipient = "limit_recipient"
        package static let perCustomer = "limit_customer"
        package static let perTenant = "limit_tenant"
        package static let deskAddress = "desk_address"
    }

    /// The greatest number that a limit may be: above it, it would be none.
    package static let maximumLimit = 100_000
    /// Characters of the desk's address.
    package static let maximumAddressCharacters = 200

    /// Messages an hour to one address.
    package let perRecipient: Int
    /// Messages an hour to one customer, on all channels.
    package let perCustomer: Int
    /// Messages an hour of the tenant space.
    package let perTenant: Int
    /// Where the desk's pages are, such as `https://desk.example.org`; empty while nobody has said so.
    package let deskAddress: String

    package init(
        perRecipient: Int = 10, perCustomer: Int = 20, perTenant: Int = 5_000,
        deskAddress: String = ""
    ) {
        self.perRecipient = perRecipient
        self.perCustomer = perCustomer
        self.perTenant = perTenant
        self.deskAddress = deskAddress
    }

    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        let recipient = check.limit(Field.perRecipient, "Messages to one address")
        let customer = check.limit(Field.perCustomer, "Messages to one customer")
        let tenant = check.limit(Field.perTenant, "Messages of the tenant space")
        let address = check.webAddress(
            Field.deskAddress, "Address of the desk", limit: Self.maximumAddressCharacters)
        problems += check.problems
        guard let recipient, let customer, let tenant, check.problems.isEmpty else { return nil }
        self.init(
            perRecipient: recipient, perCustomer: customer, perTenant: tenant,
            deskAddress: String(address.trimmingSuffix(where: { $0 == "/" })))
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.perRecipient: String(perRecipient), Field.perCustomer: String(perCustomer),
            Field.perTenant: String(perTenant), Field.deskAddress: deskAddress,
        ])
    }

    /// Messages an hour.
    package subscript(limit: NotificationLimit) -> Int {
        switch limit {
        case .recipient: perRecipient
        case .customer: perCustomer
        case .tenant: perTenant
        }
    }
}

/// All that the pages of cases have to know of notifications; it belongs to the cached options.
package struct NotificationSetup: Equatable, Sendable {
    private let templates: [TemplateKey: NotificationTemplate]
    /// The channels that have a gateway; messages of the others wait.
    package let configuredChannels: Set<NotificationChannel>
    package let settings: NotificationSettings

    /// - Parameter written: The templates that people of the tenant space have written; the others are built in.
    package init(
        written: [NotificationTemplate] = [],
        configuredChannels: Set<NotificationChannel> = [],
        settings: NotificationSettings = NotificationSettings()
    ) {
        var templates = Self.builtIn
        for template in written { templates[template.key] = template }
        self.templates = templates
        self.configuredChannels = configuredChannels
        self.settings = settings
    }

    package subscript(key: TemplateKey) -> NotificationTemplate {
        templates[key] ?? .builtIn(key)
    }

    private static let builtIn = Dictionary(
        uniqueKeysWithValues: TemplateKey.all.map { ($0, NotificationTemplate.builtIn($0)) })
}

extension FieldCheck {
    fileprivate mutating func limit(_ field: String, _ label: String) -> Int? {
        let range = 1...NotificationSettings.maximumLimit
        if let number = wholeNumber(field), range.contains(number) { return number }
        refuse(
            field,
            "\(label) must be a whole number from 1 to "
                + groupedDigits(NotificationSettings.maximumLimit))
        return nil
    }

    /// A number in plain digits; `nil` for anything else.
    mutating func wholeNumber(_ field: String) -> Int? {
        let text = texts[field].trimmed
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// An `http` or `https` address that may be empty, without log-in and fragment.
    mutating func webAddress(_ field: String, _ label: String, limit: Int) -> String {
        let text = text(field, TextRule(label: label, limit: limit))
        if !text.isEmpty, !WebAddress.isOne(text) {
            refuse(
                field,
                "\(label) must begin with https:// or http:// and the name of a host, without "
                    + "spaces, log-in or #")
        }
        return text
    }
}

/// What an address of a web server is here: less than RFC 3986 allows, so that no part of it can be misread.
enum WebAddress {
    static func isOne(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x23 && $0 != 0x5C })
        else { return false }
        let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, parts.count <= 2, HostName.isOne(host) else { return false }
        return parts.count == 1 || Port.number(parts[1]) != nil
    }
}

/// A port of TCP.
enum Port {
    static func number(_ text: some StringProtocol) -> Int? {
        guard (1...5).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
            (1...65_535).contains(number)
        else { return nil }
        return number
    }
}

extension String {
    /// The text without the characters at its end that fit.
    fileprivate func trimmingSuffix(where fits: (Character) -> Bool) -> Substring {
        guard let last = lastIndex(where: { !fits($0) }) else { return "" }
        return self[...last]
    }
}
