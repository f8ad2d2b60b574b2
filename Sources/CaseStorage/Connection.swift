internal import Foundation
internal import GRDB
internal import SystemPackage

/// How the database of a tenant space is opened.
enum Connection {
    /// Pages that the writer keeps in memory, in KiB: enough for the changed pages of a group.
    private static let writerCache = 4_096
    /// Pages that each reader keeps in memory, in KiB; the system's page cache holds the others, and
    /// 32 readers must stay small.
    private static let readerCache = 512
    /// Pages of the write-ahead log after which a commit copies it back to the database (16 MiB).
    private static let checkpointPages = 4_000

    /// The connection that changes the database, which is made when it is missing.
    static func forWriting(_ path: String) throws(StoreError) -> DatabaseQueue {
        // SQLite makes its files with the mode of the first, so this one is made here: the web
        // server's group may read attachments, not the database.
        let file = try FileSystem.open(
            path, .readWrite, options: .create, permissions: FilePermissions(rawValue: 0o600))
        try? file.close()
        var configuration = Configuration()
        configuration.busyMode = .timeout(StoreLimit.busyTimeout)
        // The writer ends its transactions itself, also one that failed.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = FULL;
                    PRAGMA cache_size = -\(writerCache);
                    PRAGMA wal_autocheckpoint = \(checkpointPages);
                    PRAGMA journal_size_limit = 67108864;
                    PRAGMA temp_store = MEMORY;
                    """)
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase(Migration.run)
            return queue
        } catch {
            throw StoreError(error)
        }
    }

    /// A connection that only reads, for one thread.
    ///
    /// - Parameter isReadOnly: False for `verify`: SQLite leaves the CHECK constraints out of a
    ///   database that is opened for reading only, and then does not look whether rows keep them.
    static func forReading(
        _ path: String, isReadOnly: Bool = true
    ) throws(StoreError) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(StoreLimit.busyTimeout)
        configuration.prepareDatabase { db in
            try db.execute(
                sql: "PRAGMA cache_size = -\(readerCache); PRAGMA temp_store = MEMORY;")
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase(Migration.check)
            return queue
        } catch {
            throw StoreError(error)
        }
    }
}
