internal import CaseModel
internal import Foundation
internal import Glibc
internal import SystemPackage

/// The files of exports, `exports/<random>`: written for one answer, sent by the web server, then removed.
struct ExportDirectory: Sendable {
    let path: String
    private let tenant: String

    /// Seconds that a file stays: the web server opens it at once, and an open file can be read to its end.
    static let lifetime: TimeInterval = 300

    init(tenant directory: String) {
        tenant = directory
        path = directory + "/exports"
    }

    /// Makes the directory, which hands its group on when the tenant's does, so that the web server can read it.
    func make() throws(StoreError) {
        guard !FileSystem.isPresent(path) else { return }
        try FileSystem.makeDirectory(path)
        let groupBit = (try FileSystem.status(tenant)?.mode ?? 0) & S_ISGID
        if groupBit != 0 {
            try FileSystem.changeMode(path, FileSystem.directoryMode | groupBit)
        }
    }

    /// Removes files that were written before an instant.
    ///
    /// - Returns: How many.
    func removeFiles(before oldest: Date) throws(StoreError) -> Int {
        var removed = 0
        for name in FileSystem.names(in: path) {
            let file = path + "/" + name
            guard let status = try FileSystem.status(file), status.changedAt < oldest else {
                continue
            }
            try FileSystem.removeFile(file)
            removed += 1
        }
        return removed
    }
}

/// A file that is being written; it is removed unless it comes to its end.
struct ExportFile: ~Copyable {
    /// Its name in `exports/`.
    let name: String
    private let path: String
    private let descriptor: FileDescriptor
    private var buffer: [UInt8] = []

    /// Bytes that are written at once.
    private static let bufferByteCount = 256 * 1024

    init(in directory: ExportDirectory) throws(StoreError) {
        name = DraftID().description
        path = directory.path + "/" + name
        descriptor = try FileSystem.open(
            path, .writeOnly, options: [.create, .exclusiveCreate],
            permissions: FilePermissions(rawValue: 0o640))
    }

    mutating func append(_ bytes: [UInt8]) throws(StoreError) {
        buffer += bytes
        if buffer.count >= Self.bufferByteCount { try flush() }
    }

    /// Ends the file.
    ///
    /// - Returns: Its name.
    consuming func finish() throws(StoreError) -> String {
        do throws(StoreError) {
            try flush()
        } catch {
            discard()
            throw error
        }
        try? descriptor.close()
        return name
    }

    /// Gives the file up.
    consuming func discard() {
        try? descriptor.close()
        try? FileSystem.removeFile(path)
    }

    private mutating func flush() throws(StoreError) {
        do {
            _ = try descriptor.writeAll(buffer)
        } catch {
            throw StoreError(system: error, path: path)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
