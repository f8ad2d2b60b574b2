internal import ArgumentParser
internal import CaseModel
internal import CaseStorage
internal import Foundation

/// The tenant spaces that a command works on: one, or all.
struct TenantSelection: ParsableArguments {
    @OptionGroup var data: DataOptions

    @Option(help: "The tenant space; all when left out.")
    var tenant: String?

    func each(_ work: (TenantStore) throws -> Void) throws {
        let directory = try data.directory()
        let names = try stating { try directory.tenantNames() }
        let chosen = tenant.map { wanted in names.filter { $0.description == wanted } } ?? names
        if let tenant, chosen.isEmpty {
            throw ValidationError("There is no tenant space \(tenant) in \(data.data).")
        }
        for name in chosen {
            guard let store = try stating({ try directory.openTenant(name) }) else { continue }
            defer { store.close() }
            try stating { try work(store) }
        }
    }
}

/// `casedesk verify`: says whether everything is there.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "Checks every row, every file and the database; exit status 1 when something is wrong.")

    @OptionGroup var selection: TenantSelection

    func run() throws {
        var count = 0
        try selection.each { store in
            let findings = try store.verify()
            for finding in findings { print("\(store.name): \(finding)") }
            if findings.isEmpty { print("\(store.name): all well") }
            count += findings.count
        }
        if count > 0 { throw ExitCode(1) }
    }
}

/// `casedesk backup DEST`: a copy that can be served, taken while serving.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies tenant spaces to a new directory, while they are served.")

    @Argument(help: "The directory to make; it becomes a data directory of its own.")
    var destination: String

    @OptionGroup var selection: TenantSelection

    func run() throws {
        guard !FileManager.default.fileExists(atPath: destination) else {
            throw ValidationError("\(destination) exists. Name a directory that does not.")
        }
        let tenants = destination + "/tenants"
        try FileManager.default.createDirectory(
            atPath: tenants, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o750])
        try selection.each { store in
            try store.backup(to: "\(tenants)/\(store.name)")
            print("\(store.name): copied to \(tenants)/\(store.name)")
        }
    }
}

/// `casedesk generate`: many customers, cases and messages, for measuring.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Adds made-up customers, cases and messages, for measuring.",
        shouldDisplay: false)

    @OptionGroup var tenant: TenantOptions

    @Option(help: "How many customers; they come before the cases.")
    var customers = 0

    @Option(help: "How many cases.")
    var cases = 0

    @Option(help: "How many messages that were handed over; they come after the cases.")
    var messages = 0

    @Option(help: "How many e-mails that are due; the limits are raised for them.")
    var dueMessages = 0

    func run() throws {
        let store = try tenant.store()
        defer { store.close() }
        if customers > 0 { try stating { try store.generateCustomers(count: customers) } }
        if cases > 0 { try stating { try store.generateCases(count: cases) } }
        if messages > 0 || dueMessages > 0 {
            try stating { try store.generateMessages(handled: messages, due: dueMessages) }
        }
    }
}
