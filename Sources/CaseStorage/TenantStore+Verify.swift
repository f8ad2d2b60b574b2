internal import CaseModel
internal import Foundation
internal import GRDB
internal import SystemPackage

extension TenantStore {
    /// Looks at everything that is stored: the database, every file, the search index.
    ///
    /// It reads one snapshot while the store serves, and changes nothing.
    ///
    /// - Returns: What is wrong, a sentence each; empty when all is well.
    /// - Throws: When the store cannot be read at all.
    package func verify() throws(StoreError) -> [String] {
        let reader = StoreReader(
            queue: try Connection.forReading(
                directory + "/" + Self.databaseName, isReadOnly: false), shared: shared)
        // While the lock is held, no sweep removes a file that the snapshot still names.
        return try files.holdingLock { () throws(StoreError) -> [String] in
            let damage = try reader.query { db in try databaseFindings(db) }
            // A damaged database answers the other questions with more of the same.
            guard damage.isEmpty else { return damage }
            return try reader.snapshot { db in
                try rowFindings(db) + db.customerFindings() + db.messageFindings()
                    + fileFindings(db) + SearchIndex.findings(in: db)
            }
        }
    }

    private func databaseFindings(_ db: Database) throws -> [String] {
        do {
            let damage = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
                .filter { $0 != "ok" }.map { "database: \($0)" }
            let keys = try db.rows("PRAGMA foreign_key_check").prefix(20).map { row in
                "database: a row of \(row["table"] as String) refers to a \(row["parent"] as String)"
                    + " that does not exist"
            }
            return damage + keys
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            return ["database: \(error.message ?? "damaged")"]
        }
    }

    /// What the constraints of single tables cannot say.
    private func rowFindings(_ db: Database) throws -> [String] {
        let counts = try db.rows(
            """
            SELECT c.number FROM caseRecord c
            WHERE c.attachmentCount <>
                (SELECT count(*) FROM attachment a WHERE a.caseNumber = c.number) LIMIT 20
            """
        ).map { "case \($0["number"] as Int64): its count of files is wrong" }
        let silent = try db.rows(
            """
            SELECT c.number FROM caseRecord c
            WHERE NOT EXISTS (SELECT 1 FROM caseEvent e WHERE e.caseNumber = c.number) LIMIT 20
            """
        ).map { "case \($0["number"] as Int64): it has no history" }
        return counts + silent
    }

    /// Every row has its file with its bytes, every file its row.
    private func fileFindings(_ db: Database) throws -> [String] {
        let referenced = try db.referencedFiles()
        let missing = try referenced.compactMap { try finding(for: $0.sha256, $0.byteCount) }
        return missing + (try strays(besides: Set(referenced.map(\.sha256))))
    }

    private func finding(for sha256: String, _ byteCount: Int) throws -> String? {
        let path = files.path(of: sha256)
        guard let status = try FileSystem.status(path) else { return "file \(path): it is missing" }
        guard status.byteCount == byteCount else {
            return "file \(path): it has \(status.byteCount) bytes, its row says \(byteCount)"
        }
        let file = try FileSystem.open(path, .readOnly)
        defer { try? file.close() }
        guard try FileHash.of(file, path: path).sha256 == sha256 else {
            return "file \(path): its bytes do not have the hash of its row"
        }
        return nil
    }

    /// Files without a row that are too old to be on their way.
    private func strays(besides known: Set<String>) throws -> [String] {
        let oldest = Date(timeIntervalSinceNow: -StoreLimit.orphanLifetime)
        var findings: [String] = []
        for directory in FileSystem.names(in: files.attachments).sorted() {
            let parent = files.attachments + "/" + directory
            guard try FileSystem.status(parent)?.isDirectory == true else {
                findings.append("file \(parent): no row names it")
                continue
            }
            for name in FileSystem.names(in: parent).sorted() {
                let path = parent + "/" + name
                if known.contains(name), files.path(of: name) == path { continue }
                guard let status = try FileSystem.status(path), status.changedAt < oldest else {
                    continue
                }
                findings.append("file \(path): no row names it")
            }
        }
        return findings
    }
}
