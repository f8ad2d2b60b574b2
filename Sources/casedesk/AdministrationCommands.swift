internal import ArgumentParser
internal import CaseModel
internal import CaseStorage
internal import Credential
internal import Foundation

/// `casedesk tenant`: makes and changes tenant spaces.
struct TenantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "Makes and changes tenant spaces.",
        subcommands: [Create.self, Change.self, List.self])

    /// `casedesk tenant create NAME`.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a tenant space.")

        @Argument(help: "The name: a-z, 0-9 and -; nginx passes it for a host.")
        var name: String

        @OptionGroup var data: DataOptions

        @Option(help: "The name that people read; NAME when left out.")
        var displayName: String?

        @Option(help: "The time zone, such as Europe/Berlin.")
        var timeZone = "UTC"

        func run() throws {
            guard let tenant = TenantName(name) else { throw ValidationError(tenantNameRule) }
            let space = TenantSpace(
                displayName: displayName ?? name, timeZone: try zone(timeZone))
            let store = try stating { try data.directory(isMade: true).createTenant(tenant, space) }
            store.close()
            print(
                "The tenant space \(name) is made. Add people with: casedesk employee add LOGIN "
                    + "--name NAME --role administrator --data \(data.data) --tenant \(name)")
        }
    }

    /// `casedesk tenant change`.
    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes a tenant space; what is left out stays.")

        @OptionGroup var tenant: TenantOptions

        @Option(help: "The name that people read.")
        var displayName: String?

        @Option(help: "The time zone, such as Europe/Berlin.")
        var timeZone: String?

        @Option(
            name: .customLong("case-2.0"),
            help: "Whether cases can be made and read: on or off.")
        var cases: Switch?

        func run() throws {
            let store = try tenant.store()
            defer { store.close() }
            // By the rules of the page that changes them, so that their history tells this, too.
            let field = TenantValues.Field.self
            var texts = try stating { try store.makeReader().tenantValues() }.texts
            if let displayName { texts[field.name] = displayName }
            if let timeZone { texts[field.timeZone] = timeZone }
            if let cases { texts[field.caseEnabled] = cases == .on ? "1" : "" }
            var problems: [FieldProblem] = []
            guard let values = TenantValues(texts, problems: &problems) else {
                throw ValidationError(problems.map(\.message).joined(separator: ". ") + ".")
            }
            try stating { try store.updateTenant(values, .commandLine) }
        }

        enum Switch: String, ExpressibleByArgument {
            case on, off
        }
    }

    /// `casedesk tenant list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Names the tenant spaces.")

        @OptionGroup var data: DataOptions

        func run() throws {
            for name in try stating({ try data.directory().tenantNames() }) { print(name) }
        }
    }

    private static func zone(_ name: String) throws -> TimeZone {
        guard let zone = TimeZone(identifier: name) else {
            throw ValidationError("\(name) is no time zone; one is named like Europe/Berlin.")
        }
        return zone
    }
}

/// `casedesk employee`: the accounts of a tenant space.
struct EmployeeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "employee", abstract: "Adds people and sets their passwords.",
        subcommands: [Add.self, Password.self, Deactivate.self])

    /// `casedesk employee add LOGIN`.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds an account; prints its password unless one is given on standard input.",
            discussion: """
                A password that is printed has to be changed after the first log-in: it stands in a terminal, \
                and somebody passes it on. One from standard input is the person's own, or a program's.
                """)

        @Argument(help: "What the person logs in with.")
        var login: String

        @OptionGroup var tenant: TenantOptions

        @Option(help: "The name that colleagues read; LOGIN when left out.")
        var name: String?

        @Option(help: "agent or administrator.")
        var role: Role = .agent

        @Option(help: "E-mail address.")
        var email = ""

        @Option(help: "Phone number.")
        var phone = ""

        @Flag(help: "Read the password from the first line of standard input.")
        var passwordStdin = false

        func run() throws {
            let store = try tenant.store()
            defer { store.close() }
            let (login, values) = try checked()
            let (password, hash) = try newPassword(fromStandardInput: passwordStdin)
            _ = try stating {
                try store.addEmployee(
                    login: login.description, name: values.name, email: values.email,
                    phone: values.phone, role: role, passwordHash: hash,
                    mustChangePassword: !passwordStdin)
            }
            if !passwordStdin { print("\(role.rawValue)  \(login)  \(password)") }
        }

        /// The account by the rules of the page that adds one.
        private func checked() throws -> (login: LoginName, values: EmployeeValues) {
            let field = EmployeeValues.Field.self
            let texts = FieldTexts([
                field.name: name ?? login, field.email: email, field.phone: phone,
                field.role: role.rawValue,
            ])
            var problems: [FieldProblem] = []
            let account = LoginName(login)
            if account == nil { problems.append(LoginName.problem(of: login)) }
            let values = EmployeeValues(texts, problems: &problems)
            guard let account, let values else {
                throw ValidationError(problems.map(\.message).joined(separator: ". ") + ".")
            }
            return (account, values)
        }
    }

    /// `casedesk employee password LOGIN`.
    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets a new password and prints it.",
            discussion: """
                As with a new account, a password that is printed has to be changed after the next log-in, and \
                one from standard input has not.
                """)

        @Argument(help: "What the person logs in with.")
        var login: String

        @OptionGroup var tenant: TenantOptions

        @Flag(help: "Read the password from the first line of standard input.")
        var passwordStdin = false

        func run() throws {
            let store = try tenant.store()
            defer { store.close() }
            let employee = try account(login, in: store)
            let (password, hash) = try newPassword(fromStandardInput: passwordStdin)
            try stating {
                try store.setPassword(of: employee.id, hash: hash, mustChange: !passwordStdin)
            }
            if !passwordStdin { print(password) }
        }
    }

    /// `casedesk employee deactivate LOGIN`.
    struct Deactivate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes an account out of use; what the person did stays.")

        @Argument(help: "What the person logs in with.")
        var login: String

        @OptionGroup var tenant: TenantOptions

        func run() throws {
            let store = try tenant.store()
            defer { store.close() }
            let employee = try account(login, in: store)
            try stating { try store.setEmployee(employee.id, isActive: false) }
        }
    }

    private static func account(_ login: String, in store: TenantStore) throws -> Employee {
        let found = try stating { try store.makeReader().credentials(login: login.lowercased()) }
        guard let employee = found?.employee else {
            throw ValidationError("There is no account \(login).")
        }
        return employee
    }

    private static func newPassword(
        fromStandardInput: Bool
    ) throws -> (password: String, hash: String) {
        let password = fromStandardInput ? readLine() ?? "" : randomText(byteCount: 8)
        let minimum = PasswordHash.minimumPasswordCharacters
        guard password.count >= minimum, let hash = PasswordHash(of: password) else {
            throw ValidationError("A password has \(minimum) characters or more.")
        }
        return (password, hash.text)
    }
}

extension Role: ExpressibleByArgument {}

/// `casedesk queue add NAME`.
struct QueueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "Adds case queues.", subcommands: [Add.self])

    /// `casedesk queue add NAME`.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a case queue.")

        @Argument(help: "The queue's name.")
        var name: String

        @OptionGroup var tenant: TenantOptions

        @Option(parsing: .upToNextOption, help: "The logins of its members.")
        var members: [String] = []

        func run() throws {
            let store = try tenant.store()
            defer { store.close() }
            let reader = try stating { try store.makeReader() }
            let ids = try members.map { login in
                guard let found = try stating({ try reader.credentials(login: login.lowercased()) })
                else { throw ValidationError("There is no account \(login).") }
                return found.employee.id
            }
            _ = try stating { try store.addQueue(name: name, members: ids) }
        }
    }
}

/// `casedesk case-type`.
struct CaseTypeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case-type", abstract: "Adds case types.", subcommands: [Add.self])

    /// `casedesk case-type add NAME`.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds an enabled case type.")

        @Argument(help: "The type's name.")
        var name: String

        @OptionGroup var tenant: TenantOptions

        @Option(help: "One sentence on what such a case is about.")
        var summary = ""

        @Option(help: "Words that customers use for it.")
        var keywords = ""

        @Option(parsing: .upToNextOption, help: "The statuses in their order; Completed ends them.")
        var statuses: [String] = ["New", "In progress"]

        func run() throws {
            let store = try tenant.store()
            defer { store.close() }
            _ = try stating {
                try store.addCaseType(
                    name: name, summary: summary, keywords: keywords, statuses: statuses,
                    isEnabled: true)
            }
        }
    }
}
