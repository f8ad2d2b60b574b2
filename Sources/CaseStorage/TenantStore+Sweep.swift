internal import CaseModel
package import Foundation
internal import GRDB

/// What a sweep removed.
package struct SweepReport: Equatable, Sendable {
    /// Files that waited in drafts for longer than ``StoreLimit/stagedLifetime``.
    package var stagedFiles = 0
    /// Drafts not changed for longer than ``StoreLimit/draftLifetime``.
    package var drafts = 0
    /// Sessions over for longer than ``StoreLimit/sessionLifetime``.
    package var sessions = 0
    /// Failed log-ins older than ``StoreLimit/loginFailureLifetime``.
    package var loginFailures = 0
    /// Files in `staging/` that no request is receiving any more.
    package var leftovers = 0
    /// Files in `attachments/` that no row names.
    package var orphans = 0
    /// Exported files that were sent.
    package var exports = 0
    /// Imports with their files and receipts, older than ``StoreLimit/importLifetime``.
    package var imports = 0
    /// Messages whose texts were removed, as they ended more than ``StoreLimit/messageTextLifetime`` ago.
    package var messageTexts = 0

    package init() {}
}

extension TenantStore {
    /// Removes what nobody needs any more, in small transactions, so that others hardly wait.
    ///
    /// A file goes only when no row names it and it is older than ``StoreLimit/orphanLifetime``.
    ///
    /// - Parameter now: What ages are counted from.
    package func sweep(now: Date) throws(StoreError) -> SweepReport {
        func before(_ lifetime: TimeInterval) -> Int64 {
            now.addingTimeInterval(-lifetime).milliseconds
        }
        var report = SweepReport()
        report.stagedFiles = try removeRows(
            "stagedFile", "id", "stagedAt < ?1", before(StoreLimit.stagedLifetime))
        report.drafts = try removeRows(
            "draft", "id", "savedAt < ?1", before(StoreLimit.draftLifetime))
        report.sessions = try removeRows(
            "session", "key", "lastSeenAt < ?1 OR endedAt < ?1",
            before(StoreLimit.sessionLifetime))
        report.loginFailures = try removeRows(
            "loginFailure", "id", "at < ?1", before(StoreLimit.loginFailureLifetime))
        let oldest = now.addingTimeInterval(-StoreLimit.orphanLifetime)
        report.leftovers = try removeLeftovers(before: oldest)
        report.orphans = try removeOrphans(before: oldest)
        report.exports = try exports.removeFiles(
            before: now.addingTimeInterval(-ExportDirectory.lifetime))
        report.imports = try removeImports(before: before(StoreLimit.importLifetime))
        report.messageTexts = try removeMessageTexts(
            before: before(StoreLimit.messageTextLifetime))
        return report
    }

    /// Rows of one transaction of the sweep, so that it takes milliseconds.
    private static let rowsAtOnce = 200
    /// Files removed while saves with files wait.
    private static let filesAtOnce = 32

    private func removeRows(
        _ table: String, _ key: String, _ condition: String, _ oldest: Int64
    ) throws(StoreError) -> Int {
        var removed = 0
        while true {
            let count = try writer.write { db in
                try db.run(
                    """
                    DELETE FROM \(table) WHERE \(key) IN (
                        SELECT \(key) FROM \(table) WHERE \(condition) LIMIT \(Self.rowsAtOnce))
                    """, [oldest])
                return db.changesCount
            }
            removed += count
            if count < Self.rowsAtOnce { return removed }
        }
    }

    private func removeMessageTexts(before oldest: Int64) throws(StoreError) -> Int {
        var removed = 0
        while true {
            let count = try writer.write { db in
                try db.removeMessageTexts(before: oldest, limit: Self.rowsAtOnce)
            }
            removed += count
            if count < Self.rowsAtOnce { return removed }
        }
    }

    private func removeLeftovers(before oldest: Date) throws(StoreError) -> Int {
        var removed = 0
        for name in FileSystem.names(in: files.staging) {
            let path = files.staging + "/" + name
            guard let status = try FileSystem.status(path), status.changedAt < oldest,
                !status.isDirectory
            else { continue }
            try FileSystem.removeFile(path)
            removed += 1
        }
        return removed
    }

    /// Removes the files without a row that were last changed before an instant.
    func removeOrphans(before oldest: Date) throws(StoreError) -> Int {
        let reader = try makeReader()
        var removed = 0
        for directory in FileSystem.names(in: files.attachments).sorted() {
            let path = files.attachments + "/" + directory
            var orphans: [String] = []
            for name in FileSystem.names(in: path)
            where try isOrphan(path + "/" + name, before: oldest, reader) {
                orphans.append(path + "/" + name)
            }
            while !orphans.isEmpty {
                let some = orphans.suffix(Self.filesAtOnce)
                orphans.removeLast(some.count)
                // When a save is just under way, the next sweep takes them.
                _ = try files.withoutPlacing { () throws(StoreError) in
                    for path in some where try isOrphan(path, before: oldest, reader) {
                        try FileSystem.removeFile(path)
                        removed += 1
                    }
                }
            }
        }
        return removed
    }

    private func isOrphan(
        _ path: String, before oldest: Date, _ reader: StoreReader
    ) throws(StoreError) -> Bool {
        guard let status = try FileSystem.status(path), status.changedAt < oldest,
            !status.isDirectory
        else { return false }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return try !reader.hasRow(forFile: name)
    }
}

extension StoreReader {
    /// Whether a row of a case or draft names the file.
    func hasRow(forFile sha256: String) throws(StoreError) -> Bool {
        try query { db in
            try db.number(
                """
                SELECT 1 WHERE EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)
                    OR EXISTS (SELECT 1 FROM stagedFile WHERE sha256 = ?1)
                """, [sha256]) != nil
        }
    }
}
