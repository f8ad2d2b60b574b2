internal import Foundation
internal import GRDB
internal import SystemPackage

extension TenantStore {
    /// Copies the tenant space as it stands at one moment, while it serves.
    ///
    /// The copy is a directory that can be opened like the original. Files are hard links where the
    /// file system allows it: a stored file never changes, so the copy cannot either. Every file is
    /// read and its hash compared. All is on the disk before the copy gets its name. Messages that wait are
    /// ``MessageState/unknown`` in the copy, so that it tells nobody a second time.
    ///
    /// - Throws: ``StoreError/taken(what:value:)`` when something is at `destination`,
    ///   ``StoreError/corrupt(_:)`` when a file is missing or is not what its row says.
    package func backup(to destination: String) throws(StoreError) {
        guard try FileSystem.status(destination) == nil else {
            throw .taken(what: "backup directory", value: destination)
        }
        let unfinished = destination + ".unfinished"
        guard try FileSystem.status(unfinished) == nil else {
            throw .taken(what: "backup directory", value: unfinished)
        }
        try FileSystem.makeDirectory(unfinished)
        do throws(StoreError) {
            // While the lock is held, no sweep removes a file that the snapshot still names.
            try files.holdingLock { () throws(StoreError) in try copy(to: unfinished) }
            guard try FileSystem.rename(unfinished, to: destination) else {
                throw .notWritable(destination)
            }
        } catch {
            try? FileManager.default.removeItem(atPath: unfinished)
            throw error
        }
        try FileSystem.syncDirectory(Self.parent(of: destination))
    }

    private static func parent(of path: String) -> String {
        let parent = FilePath(path).removingLastComponent().string
        return parent.isEmpty ? "." : parent
    }

    private func copy(to directory: String) throws(StoreError) {
        let target = AttachmentDirectory(tenant: directory)
        try target.make(in: directory)
        let contents = try copyDatabase(to: directory + "/" + Self.databaseName)
        for (sha256, byteCount) in contents {
            try copyFile(sha256, byteCount, to: target)
        }
        for name in FileSystem.names(in: target.attachments) {
            try FileSystem.syncDirectory(target.attachments + "/" + name)
        }
        for path in [target.attachments, directory] { try FileSystem.syncDirectory(path) }
    }

    /// Copies the database by SQLite's online backup.
    ///
    /// - Returns: The files that the copy names, by hash, with their sizes.
    private func copyDatabase(
        to path: String
    ) throws(StoreError) -> [(sha256: String, byteCount: Int)] {
        let file = try FileSystem.open(
            path, .readWrite, options: [.create, .exclusiveCreate],
            permissions: FilePermissions(rawValue: 0o600))
        defer { try? file.close() }
        let reader = try makeReader()
        do {
            let copy = try DatabaseQueue(path: path)
            try reader.queue.backup(to: copy)
            let now = Date().milliseconds
            try copy.write { db in try db.suspendMessages(at: now) }
            let contents = try copy.read { db in try db.referencedFiles() }
            try copy.close()
            try FileSystem.syncData(file, path: path)
            return contents
        } catch {
            throw StoreError(error)
        }
    }

    private func copyFile(
        _ sha256: String, _ byteCount: Int, to target: AttachmentDirectory
    ) throws(StoreError) {
        let source = files.path(of: sha256)
        let destination = target.path(of: sha256)
        try FileSystem.makeDirectory(target.attachments + "/" + sha256.prefix(2))
        guard FileSystem.isPresent(source) else { throw .corrupt("the file \(source) is missing") }
        let isLinked = try FileSystem.hardLink(source, to: destination)
        let file = try FileSystem.open(source, .readOnly)
        defer { try? file.close() }
        let found: (sha256: String, byteCount: Int)
        if isLinked {
            found = try FileHash.of(file, path: source)
        } else {
            let copy = try FileSystem.open(
                destination, .writeOnly, options: [.create, .exclusiveCreate],
                permissions: FilePermissions(rawValue: 0o640))
            defer { try? copy.close() }
            found = try FileHash.of(file, path: source, copyingTo: copy)
            try FileSystem.syncData(copy, path: destination)
        }
        guard found.sha256 == sha256, found.byteCount == byteCount else {
            throw .corrupt("the file \(source) does not have the hash or size of its row")
        }
    }
}

extension Database {
    /// The files that rows of cases and drafts name, by hash.
    func referencedFiles() throws -> [(sha256: String, byteCount: Int)] {
        try rows(
            """
            SELECT sha256, byteCount FROM attachment
            UNION SELECT sha256, byteCount FROM stagedFile
            ORDER BY sha256, byteCount
            """
        ).map { ($0["sha256"], $0["byteCount"]) }
    }
}
