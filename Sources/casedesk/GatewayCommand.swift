internal import ArgumentParser
internal import CaseModel
internal import CaseStorage
internal import Foundation

/// `casedesk gateway`: where messages to customers and colleagues go.
struct GatewayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "Sets up where messages go, and tries it out.",
        subcommands: [Email.self, SMS.self, Test.self])

    /// `casedesk gateway email`.
    struct Email: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets up the mail server that takes messages; until then they wait.",
            discussion: "A password that was set stays unless --password-stdin is given.")

        @OptionGroup var tenant: TenantOptions

        @Option(help: "The mail server's name or IPv4 address.")
        var host: String

        @Option(help: "Its port.")
        var port = "587"

        @Option(help: "How the connection is protected: none, starttls or tls.")
        var security: MailSecurity = .startTLS

        @Option(help: "What the desk logs in with, where the server wants that.")
        var login = ""

        @Option(help: "The address that messages come from, and undeliverable ones go back to.")
        var sender: String

        @Option(help: "The name beside it; the tenant space's when left out.")
        var senderName = ""

        @Option(help: "A file of the certificates to trust (PEM) instead of the system's.")
        var certificateFile = ""

        @Flag(help: "Read the password from the first line of standard input.")
        var passwordStdin = false

        func run() throws {
            let store = try tenant.store()
            defer { store.close() }
            let field = MailGatewayValues.Field.self
            let values: MailGatewayValues = try GatewayCommand.checked([
                field.host: host, field.port: port, field.security: security.rawValue,
                field.login: login, field.senderAddress: sender, field.senderName: senderName,
                field.certificateFile: certificateFile,
            ])
            let password = GatewayCommand.secret(isOnStandardInput: passwordStdin)
            try stating {
                try store.updateMailGateway(values, password: password, .commandLine)
            }
        }
    }

    /// `casedesk gateway sms`.
    struct SMS: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sms",
            abstract: "Sets up the gateway that takes short messages; until then they wait.",
            discussion: "A password that was set stays unless --password-stdin is given.")

        @OptionGroup var tenant: TenantOptions

        @Option(help: "kannel (its sendsms interface), or template (any GET request).")
        var kind: SMSGatewayKind = .kannel

        @Option(
            help:
                "Its address; for template with {number}, {text}, {sender}, {id}, {login}, {password}."
        )
        var address: String

        @Option(help: "What the desk logs in with.")
        var login = ""

        @Option(help: "The number or name that messages come from.")
        var sender = ""

        @Flag(help: "Read the password from the first line of standard input.")
        var passwordStdin = false

        func run() throws {
            let store = try tenant.store()
            defer { store.close() }
            let field = SMSGatewayValues.Field.self
            let values: SMSGatewayValues = try GatewayCommand.checked([
                field.kind: kind.rawValue, field.address: address, field.login: login,
                field.sender: sender,
            ])
            let password = GatewayCommand.secret(isOnStandardInput: passwordStdin)
            try stating {
                try store.updateSMSGateway(values, password: password, .commandLine)
            }
        }
    }

    /// `casedesk gateway test CHANNEL LOGIN`.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts a message to an employee's own address into the outbox.",
            discussion: "The responder sends it, within 15 seconds while it runs.")

        @Argument(help: "email or sms.")
        var channel: NotificationChannel

        @Argument(help: "What the person logs in with.")
        var login: String

        @OptionGroup var tenant: TenantOptions

        @Option(help: "What it says.")
        var text = "This is a test of the desk’s messages."

        func run() throws {
            let store = try tenant.store()
            defer { store.close() }
            let found = try stating {
                try store.makeReader().credentials(login: login.lowercased())
            }
            guard let employee = found?.employee else {
                throw ValidationError("There is no account \(login).")
            }
            let message = RenderedMessage(
                subject: channel == .email ? "A test" : "", body: text)
            let id = try stating {
                try store.sendTest(message, on: channel, to: employee.id, at: Date())
            }
            guard id != nil else {
                throw ValidationError(
                    "The account \(login) has no address for \(channel.rawValue).")
            }
        }
    }

    /// The values by the rules of the page that changes them.
    fileprivate static func checked<Values: Editable>(_ fields: [String: String]) throws -> Values {
        var problems: [FieldProblem] = []
        guard let values = Values(FieldTexts(fields), problems: &problems) else {
            throw ValidationError(problems.map(\.message).joined(separator: ". ") + ".")
        }
        return values
    }

    fileprivate static func secret(isOnStandardInput: Bool) -> SecretEdit {
        isOnStandardInput ? .replace(Secret(readLine() ?? "")) : .keep
    }
}

extension MailSecurity: ExpressibleByArgument {}
extension SMSGatewayKind: ExpressibleByArgument {}
extension NotificationChannel: ExpressibleByArgument {}
