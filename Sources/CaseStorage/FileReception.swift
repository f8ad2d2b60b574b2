internal import Crypto
package import CaseModel
internal import Synchronization
internal import SystemPackage

/// A file that is arriving: its bytes go to `staging/` and through SHA-256 as they come.
///
/// Thread-confined, as it belongs to one request. What is neither finished nor kept by a draft or a
/// case disappears with the last reference to it.
package final class FileReception {
    private let file: StagingFile
    private var hash = SHA256()
    private var writingStarted = 0
    /// Bytes received so far.
    package private(set) var byteCount = 0

    /// Bytes after which the disk is asked to begin writing, so that the final sync waits less.
    private static let writingStep = 1024 * 1024

    init(directory: String) throws(StoreError) {
        file = try StagingFile(in: directory)
    }

    /// Takes the next bytes.
    ///
    /// - Throws: ``StoreError/full`` when the disk does not take them.
    package func append(_ bytes: ArraySlice<UInt8>) throws(StoreError) {
        do {
            unsafe try bytes.withUnsafeBytes { buffer in
                unsafe hash.update(bufferPointer: buffer)
                _ = unsafe try file.descriptor.writeAll(buffer)
            }
        } catch {
            throw StoreError(system: error, path: file.path)
        }
        byteCount += bytes.count
        if byteCount - writingStarted >= Self.writingStep {
            FileSystem.startWriting(
                file.descriptor, from: writingStarted, count: byteCount - writingStarted)
            writingStarted = byteCount
        }
    }

    /// Reads back what has arrived, to recognise the format.
    ///
    /// - Returns: Fewer bytes than `count` only at the end of what has arrived.
    package func bytes(at offset: Int, count: Int) throws(StoreError) -> [UInt8] {
        try file.bytes(at: offset, count: min(count, max(0, byteCount - offset)))
    }

    /// Ends the reception; the file still waits in `staging/` for a draft or case to take it.
    ///
    /// - Parameter name: The name as the person gave it, made safe to show and to store.
    /// - Parameter format: The recognised format by its short name, such as `pdf`.
    package func finish(name: String, format: String) -> ReceivedFile {
        FileSystem.startWriting(
            file.descriptor, from: writingStarted, count: byteCount - writingStarted)
        let content = FileContent(
            sha256: FileHash.hexadecimal(hash.finalize()), byteCount: byteCount, format: format)
        return ReceivedFile(name: name, content: content, file: file)
    }

    /// Gives up the reception and frees its space.
    package func discard() {
        file.remove()
    }
}

/// A file that has arrived whole and is not yet part of a draft or case.
package struct ReceivedFile: Sendable {
    /// The name as the person gave it, made safe to show and to store.
    package let name: String
    package let content: FileContent
    let file: StagingFile
}

/// A file in `staging/`, removed with the last reference unless it was moved away.
final class StagingFile: Sendable {
    let path: String
    let descriptor: FileDescriptor
    private let isMoved = Mutex(false)

    init(in directory: String) throws(StoreError) {
        // A random name like a draft's, so that two requests never meet.
        path = directory + "/" + DraftID().description
        descriptor = try FileSystem.open(
            path, .readWrite, options: [.create, .exclusiveCreate],
            permissions: FilePermissions(rawValue: 0o640))
    }

    deinit {
        try? descriptor.close()
        if !isMoved.withLock({ $0 }) { remove() }
    }

    func remove() {
        try? FileSystem.removeFile(path)
    }

    func bytes(at offset: Int, count: Int) throws(StoreError) -> [UInt8] {
        try FileSystem.bytes(of: descriptor, at: offset, count: count, path: path)
    }

    /// Moves the file to `destination`, once; later calls find it there.
    ///
    /// - Returns: False when the directory of the destination does not exist.
    func move(to destination: String) throws(StoreError) -> Bool {
        do {
            return try isMoved.withLock { isMoved in
                if isMoved { return try FileSystem.touch(destination) }
                isMoved = try FileSystem.rename(path, to: destination)
                return isMoved
            }
        } catch {
            throw StoreError(error)
        }
    }
}
