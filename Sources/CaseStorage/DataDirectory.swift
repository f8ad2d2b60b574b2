package import CaseModel
internal import Foundation

/// The directory of an installation: `tenants/NAME/` for each tenant space.
package struct DataDirectory: Sendable {
    private let tenants: String

    /// Makes the directory when it is missing.
    ///
    /// - Throws: ``StoreError/notWritable(_:)`` when it cannot be made or written.
    package init(path: String) throws(StoreError) {
        try FileSystem.makeDirectory(path)
        tenants = path + "/tenants"
        try FileSystem.makeDirectory(tenants)
        guard FileSystem.isWritable(tenants) else { throw .notWritable(tenants) }
    }

    /// The names of the tenant spaces that exist, sorted.
    package func tenantNames() throws(StoreError) -> [TenantName] {
        FileSystem.names(in: tenants).sorted().compactMap { TenantName($0) }
            .filter { FileSystem.isPresent(database(of: $0)) }
    }

    /// Makes a tenant space and opens it.
    ///
    /// It is made under another name and renamed, so that a crash leaves none that is half there.
    /// - Throws: ``StoreError/taken(what:value:)`` when there is one of that name.
    package func createTenant(
        _ name: TenantName, _ space: TenantSpace
    ) throws(StoreError) -> TenantStore {
        let directory = self.directory(of: name)
        guard !FileSystem.isPresent(directory) else {
            throw .taken(what: "tenant space", value: name.description)
        }
        let unfinished = tenants + "/." + DraftID().description
        try FileSystem.makeDirectory(unfinished)
        let parentMode = try FileSystem.status(tenants)?.mode ?? 0
        try FileSystem.changeMode(unfinished, FileSystem.directoryMode | (parentMode & 0o2000))
        let store = try TenantStore(name: name, directory: unfinished)
        try store.updateTenant(space)
        store.close()
        try FileSystem.syncDirectory(unfinished)
        guard try FileSystem.rename(unfinished, to: directory) else { throw .notWritable(tenants) }
        try FileSystem.syncDirectory(tenants)
        return try TenantStore(name: name, directory: directory)
    }

    /// Opens a tenant space; `nil` when there is none of that name.
    package func openTenant(_ name: TenantName) throws(StoreError) -> TenantStore? {
        guard FileSystem.isPresent(database(of: name)) else { return nil }
        return try TenantStore(name: name, directory: directory(of: name))
    }

    private func directory(of name: TenantName) -> String {
        tenants + "/" + name.description
    }

    private func database(of name: TenantName) -> String {
        directory(of: name) + "/" + TenantStore.databaseName
    }
}
