internal import ArgumentParser
internal import CaseModel
internal import CaseStorage
internal import Credential
internal import Foundation

/// `casedesk demo`: a tenant space to try the desk with.
///
/// A second call takes the same tenant space up again; only the address in `demo.json` may change.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Makes the demo tenant space, once, and prints its log-ins.")

    @OptionGroup var data: DataOptions

    @Option(help: "The address under which the desk is reached.")
    var baseURL: String

    /// The tenant space's name.
    static let tenantName = "demo"

    private var loginsPath: String { data.data + "/demo.json" }

    func run() throws {
        let directory = try data.directory(isMade: true)
        var logins: DemoLogins
        if let known = DemoLogins(path: loginsPath) {
            logins = known
            logins.baseURL = baseURL
        } else {
            logins = try make(in: directory)
        }
        try logins.write(to: loginsPath)
        for user in logins.users { print("\(user.role.rawValue)  \(user.login)  \(user.password)") }
    }

    private func make(in directory: DataDirectory) throws -> DemoLogins {
        guard let name = TenantName(Self.tenantName),
            let zone = TimeZone(identifier: "Europe/Berlin")
        else { throw CommandFailure(description: "The time zone Europe/Berlin is not known here.") }
        let store = try stating {
            try directory.openTenant(name)
                ?? directory.createTenant(
                    name, TenantSpace(displayName: "Example Telecom", timeZone: zone))
        }
        defer { store.close() }
        return try DemoSpace(store: store, zone: zone).fill(baseURL: baseURL)
    }
}

/// What `demo.json` holds: where the desk is, and who can log in.
struct DemoLogins: Codable {
    var baseURL: String
    var users: [User]

    struct User: Codable {
        let login: String
        let password: String
        let role: Role
    }

    private enum CodingKeys: String, CodingKey {
        case baseURL = "base_url"
        case users
    }

    init(baseURL: String, users: [User]) {
        self.baseURL = baseURL
        self.users = users
    }

    init?(path: String) {
        guard let bytes = FileManager.default.contents(atPath: path),
            let logins = try? JSONDecoder().decode(DemoLogins.self, from: bytes)
        else { return nil }
        self = logins
    }

    /// Writes the file for its owner alone, as it holds passwords.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let bytes = try encoder.encode(self)
        let temporary = path + ".new"
        guard
            FileManager.default.createFile(
                atPath: temporary, contents: bytes, attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure(description: "\(path) cannot be written.") }
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: temporary, toPath: path)
    }
}
