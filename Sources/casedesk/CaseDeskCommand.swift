internal import ArgumentParser
internal import CaseModel
internal import CaseStorage
internal import Foundation

/// The program: `casedesk serve` answers nginx, the other commands are for whoever hosts it.
@main
struct CaseDeskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "casedesk",
        abstract: "Cases for contact centres, a FastCGI application behind nginx.",
        subcommands: [
            ServeCommand.self, DemoCommand.self, TenantCommand.self, EmployeeCommand.self,
            QueueCommand.self, CaseTypeCommand.self, GatewayCommand.self, ImportCommand.self,
            VerifyCommand.self, BackupCommand.self, InspectCommand.self, ParseFormCommand.self,
            SuggestEvalCommand.self, GenerateCommand.self,
        ])
}

/// Where the tenant spaces lie.
struct DataOptions: ParsableArguments {
    @Option(help: "The data directory.")
    var data: String

    /// The data directory.
    ///
    /// - Parameter isMade: Whether it is made when it is missing, as for a first tenant space.
    func directory(isMade: Bool = false) throws -> DataDirectory {
        guard isMade || FileManager.default.fileExists(atPath: data) else {
            throw CommandFailure(
                description:
                    "There is no data directory \(data). Name one that exists with --data, "
                    + "or make it with: casedesk tenant create NAME --data \(data)")
        }
        OwnerRights.take(of: data)
        return try stating { try DataDirectory(path: data) }
    }
}

/// One tenant space in a data directory.
struct TenantOptions: ParsableArguments {
    @OptionGroup var data: DataOptions

    @Option(help: "The tenant space.")
    var tenant: String

    func store() throws -> TenantStore {
        guard let name = TenantName(tenant) else { throw ValidationError(tenantNameRule) }
        guard let store = try stating({ try data.directory().openTenant(name) }) else {
            throw ValidationError(
                "There is no tenant space \(tenant) in \(data.data). "
                    + "Make it with: casedesk tenant create \(tenant) --data \(data.data)")
        }
        return store
    }
}

/// What a tenant space may be called, in a sentence.
let tenantNameRule =
    "A tenant space is named with 1 to \(TenantName.maximumByteCount) of a-z, 0-9 and -, "
    + "beginning with a letter or digit."

/// Runs work on the store; its errors become the one line that a command ends with.
func stating<Result>(_ work: () throws -> Result) throws -> Result {
    do {
        return try work()
    } catch let error as StoreError {
        throw CommandFailure(description: error.description)
    }
}

/// A command that cannot do what it was asked: one line with the remedy, exit status 1.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
}
