internal import CaseModel
internal import CustomerFile
internal import FileAccess
internal import SystemPackage

/// The files of imports, `imports/<random>`.
///
/// Like attachments they get their name only when all their bytes are on the disk, and a row names them only
/// then.
struct ImportDirectory: Sendable {
    let path: String

    init(tenant directory: String) {
        path = directory + "/imports"
    }

    /// Brings a file that has arrived to the disk under a new name.
    ///
    /// - Returns: The name.
    func take(_ file: ReceivedFile) throws(StoreError) -> String {
        let name = DraftID().description
        try FileSystem.makeDirectory(path)
        try FileSystem.syncData(file.file.descriptor, path: file.file.path)
        guard try file.file.move(to: path + "/" + name) else { throw .notWritable(path) }
        try FileSystem.syncDirectory(path)
        return name
    }

    /// Opens a file.
    func file(_ name: String) throws(StoreError) -> StoredFile {
        try StoredFile(path: path + "/" + name)
    }

    func remove(_ name: String) throws(StoreError) {
        try FileSystem.removeFile(path + "/" + name)
    }
}

/// A file that is read from the disk piece by piece.
package final class StoredFile: FileBytes {
    private let path: String
    private let descriptor: FileDescriptor
    package let byteCount: Int

    /// Opens a file for reading.
    ///
    /// - Throws: ``StoreError/notWritable(_:)`` when there is none or it may not be read.
    package init(path: String) throws(StoreError) {
        self.path = path
        descriptor = try FileSystem.open(path, .readOnly)
        byteCount = try FileSystem.status(path)?.byteCount ?? 0
    }

    deinit { try? descriptor.close() }

    package func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        try FileSystem.bytes(of: descriptor, at: offset, count: count, path: path)
    }
}
