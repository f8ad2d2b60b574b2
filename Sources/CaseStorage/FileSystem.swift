internal import Foundation
internal import Glibc
internal import SystemPackage

/// The calls of the operating system that the store needs beside reading and writing.
///
/// The only file with pointers: each is a path that Swift lends to the call, or a local variable.
enum FileSystem {
    /// Owner all, group may list and enter (nginx reads attachments through its group).
    static let directoryMode: mode_t = 0o750

    /// Size and age of a file.
    struct Status {
        let byteCount: Int
        let changedAt: Date
        let isDirectory: Bool
        let mode: mode_t
    }

    /// What is at `path`; `nil` when there is nothing.
    static func status(_ path: String) throws(StoreError) -> Status? {
        var found = stat()
        guard unsafe lstat(path, &found) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw StoreError(errno: errno, path: path)
        }
        let seconds = Double(found.st_mtim.tv_sec) + Double(found.st_mtim.tv_nsec) / 1e9
        return Status(
            byteCount: Int(found.st_size), changedAt: Date(timeIntervalSince1970: seconds),
            isDirectory: found.st_mode & S_IFMT == S_IFDIR, mode: found.st_mode & 0o7777)
    }

    /// Makes a directory; one that is there already is left as it is.
    static func makeDirectory(_ path: String, mode: mode_t = directoryMode) throws(StoreError) {
        guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else {
            throw StoreError(errno: errno, path: path)
        }
    }

    static func changeMode(_ path: String, _ mode: mode_t) throws(StoreError) {
        guard unsafe chmod(path, mode) == 0 else { throw StoreError(errno: errno, path: path) }
    }

    /// Names in a directory, without `.` and `..`; none when it does not exist.
    static func names(in path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }

    static func isPresent(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    static func isWritable(_ path: String) -> Bool { unsafe access(path, W_OK) == 0 }

    /// Renames within one file system, over what is there.
    ///
    /// - Returns: False when there is no file `old` or no directory for `new`.
    static func rename(_ old: String, to new: String) throws(StoreError) -> Bool {
        if unsafe Glibc.rename(old, new) == 0 { return true }
        if errno == ENOENT { return false }
        throw StoreError(errno: errno, path: new)
    }

    /// Gives a file a second name; false when the two are on different file systems.
    static func hardLink(_ old: String, to new: String) throws(StoreError) -> Bool {
        if unsafe link(old, new) == 0 { return true }
        if [EXDEV, EPERM, EMLINK, EOPNOTSUPP].contains(errno) { return false }
        throw StoreError(errno: errno, path: old)
    }

    /// Removes a file; one that is gone already is as good.
    static func removeFile(_ path: String) throws(StoreError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw StoreError(errno: errno, path: path)
        }
    }

    /// Sets the time of the last change to now, so that no sweep takes the file for an old one.
    ///
    /// - Returns: False when there is no such file.
    static func touch(_ path: String) throws(StoreError) -> Bool {
        if unsafe utimensat(AT_FDCWD, path, nil, 0) == 0 { return true }
        if errno == ENOENT { return false }
        throw StoreError(errno: errno, path: path)
    }

    /// Opens a file; the descriptor is the caller's to close.
    static func open(
        _ path: String, _ access: FileDescriptor.AccessMode,
        options: FileDescriptor.OpenOptions = [], permissions: FilePermissions? = nil
    ) throws(StoreError) -> FileDescriptor {
        do {
            return try FileDescriptor.open(
                FilePath(path), access, options: options.union(.closeOnExec),
                permissions: permissions)
        } catch {
            throw StoreError(system: error, path: path)
        }
    }

    /// Reads `count` bytes from `offset` on; fewer where the file ends.
    static func bytes(
        of file: FileDescriptor, at offset: Int, count: Int, path: String
    ) throws(StoreError) -> [UInt8] {
        guard count > 0, offset >= 0 else { return [] }
        do {
            return unsafe try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                while filled < count {
                    let rest = unsafe UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                    let read = unsafe try file.read(
                        fromAbsoluteOffset: Int64(offset + filled), into: rest)
                    guard read > 0 else { break }
                    filled += read
                }
            }
        } catch {
            throw StoreError(system: error, path: path)
        }
    }

    /// Starts to write a part of a file to the disk and does not wait for it.
    ///
    /// Linux does so when it is told that pages will not be needed (posix_fadvise(2)); those that are
    /// not yet written stay in memory all the same.
    static func startWriting(_ file: FileDescriptor, from offset: Int, count: Int) {
        _ = posix_fadvise(file.rawValue, off_t(offset), off_t(count), POSIX_FADV_DONTNEED)
    }

    /// Waits until a file's bytes and size are on the disk.
    static func syncData(_ file: FileDescriptor, path: String) throws(StoreError) {
        guard fdatasync(file.rawValue) == 0 else { throw StoreError(errno: errno, path: path) }
    }

    /// Waits until the names in a directory are on the disk.
    static func syncDirectory(_ path: String) throws(StoreError) {
        let directory = try open(path, .readOnly, options: .directory)
        defer { try? directory.close() }
        guard fsync(directory.rawValue) == 0 else { throw StoreError(errno: errno, path: path) }
    }

    /// How a lock on a file is held; the kernel releases it when the process ends.
    enum Lock {
        case shared, exclusive
    }

    /// Takes a lock that lasts until the descriptor is closed.
    ///
    /// - Returns: `nil` when `mayWait` is false and somebody else holds the lock.
    static func lock(
        _ path: String, _ lock: Lock, mayWait: Bool
    ) throws(StoreError) -> FileDescriptor? {
        let file = try open(
            path, .readWrite, options: .create, permissions: FilePermissions(rawValue: 0o600))
        let operation = (lock == .shared ? LOCK_SH : LOCK_EX) | (mayWait ? 0 : LOCK_NB)
        while flock(file.rawValue, operation) != 0 {
            let code = errno
            if code == EINTR { continue }
            try? file.close()
            if code == EWOULDBLOCK { return nil }
            throw StoreError(errno: code, path: path)
        }
        return file
    }
}

extension StoreError {
    /// What a failed call of the operating system means.
    init(errno code: Int32, path: String) {
        switch code {
        case ENOSPC, EDQUOT, EFBIG: self = .full
        case EACCES, EPERM, EROFS, ENOENT, ENOTDIR, EISDIR: self = .notWritable(path)
        case EMFILE, ENFILE, ENOMEM: self = .busy
        default: self = .corrupt("\(path): \(Errno(rawValue: code))")
        }
    }

    init(system error: any Error, path: String) {
        if let error = error as? Errno {
            self.init(errno: error.rawValue, path: path)
        } else {
            self.init(error)
        }
    }
}
