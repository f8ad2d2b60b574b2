package import CaseModel
internal import Foundation
internal import GRDB
internal import Synchronization

/// The data of one tenant space, for writing: each method is one transaction.
///
/// A method returns when its change is on the disk, so what was answered is never lost. Any thread
/// may call any method; changes that come at the same time share one commit.
package final class TenantStore: Sendable {
    package let name: TenantName
    /// Where the database, `attachments/` and `staging/` are.
    package let directory: String
    let files: AttachmentDirectory
    let writer: Writer
    let shared = SharedCache()
    let imports: ImportDirectory
    /// Imports that an earlier process has begun wait when the store is opened.
    let importsAreWaiting = Atomic(true)
    let exports: ExportDirectory
    let isExporting = Atomic(false)
    private let mailBell = MessageBell()
    private let smsBell = MessageBell()

    static let databaseName = "casedesk.sqlite"

    init(name: TenantName, directory: String) throws(StoreError) {
        self.name = name
        self.directory = directory
        files = AttachmentDirectory(tenant: directory)
        imports = ImportDirectory(tenant: directory)
        exports = ExportDirectory(tenant: directory)
        try files.make(in: directory)
        writer = Writer(
            queue: try Connection.forWriting(directory + "/" + Self.databaseName), shared: shared)
    }

    deinit { writer.close() }

    /// A reader for one thread, with a connection of its own.
    package func makeReader() throws(StoreError) -> StoreReader {
        StoreReader(
            queue: try Connection.forReading(directory + "/" + Self.databaseName), shared: shared)
    }

    /// Makes the changes that wait and closes the writing connection; later changes are refused
    /// with ``StoreError/closed``.
    package func close() {
        writer.close()
    }

    /// Tries out a tiny write.
    ///
    /// - Throws: Why nothing can be stored just now.
    package func checkHealth() throws(StoreError) {
        let now = Date().milliseconds
        try writer.write { db in
            try db.run("UPDATE health SET checkedAt = ? WHERE id = 1", [now])
        }
    }

    /// Rings when messages of a channel may be due.
    package func bell(_ channel: NotificationChannel) -> MessageBell {
        switch channel {
        case .email: mailBell
        case .sms: smsBell
        }
    }

    /// Begins to receive a file.
    package func receiveFile() throws(StoreError) -> FileReception {
        try FileReception(directory: files.staging)
    }
}
