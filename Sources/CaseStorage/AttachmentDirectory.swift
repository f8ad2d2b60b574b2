internal import CaseModel
internal import Foundation
internal import Glibc
internal import SystemPackage

/// The files of a tenant space: `attachments/<2 hex>/<sha256>` and `staging/<random>`.
///
/// A file gets its final name only when all its bytes are on the disk, and a row names it only when
/// that name is on the disk; so a crash can leave a file without a row, never a row without a file.
struct AttachmentDirectory: Sendable {
    let staging: String
    let attachments: String
    /// Held shared from the rename to the commit, exclusively while the sweep removes files.
    ///
    /// So the sweep never removes a file that a row is about to name, also of another process.
    private let lockFile: String

    init(tenant directory: String) {
        staging = directory + "/staging"
        attachments = directory + "/attachments"
        lockFile = directory + "/attachments.lock"
    }

    /// Makes what is missing; `attachments/` hands its group on when the tenant's directory does.
    func make(in directory: String) throws(StoreError) {
        try FileSystem.makeDirectory(staging)
        guard !FileSystem.isPresent(attachments) else { return }
        try FileSystem.makeDirectory(attachments)
        let groupBit = (try FileSystem.status(directory)?.mode ?? 0) & S_ISGID
        if groupBit != 0 {
            try FileSystem.changeMode(attachments, FileSystem.directoryMode | groupBit)
        }
    }

    /// The path of a file with this SHA-256.
    func path(of sha256: String) -> String {
        attachments + "/" + sha256.prefix(2) + "/" + sha256
    }

    /// Brings the files to the disk under their final names, then runs `commit` with the assurance
    /// that no sweep removes them meanwhile.
    func place<Result>(
        _ files: [ReceivedFile], then commit: () throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        guard !files.isEmpty else { return try commit() }
        // All are being written since they arrived; the first wait pays for most of the others.
        for file in files {
            try FileSystem.syncData(file.file.descriptor, path: file.file.path)
        }
        return try holdingLock { () throws(StoreError) -> Result in
            for file in files { try move(file) }
            let directories = Set(files.map { attachments + "/" + $0.content.sha256.prefix(2) })
            for directory in directories { try FileSystem.syncDirectory(directory) }
            return try commit()
        }
    }

    /// Runs `work` while no sweep removes files.
    func holdingLock<Result>(
        _ work: () throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        let lock = try FileSystem.lock(lockFile, .shared, mayWait: true)
        defer { try? lock?.close() }
        return try work()
    }

    /// Runs `work` while nobody places a file; false when somebody is doing so just now.
    func withoutPlacing(_ work: () throws(StoreError) -> Void) throws(StoreError) -> Bool {
        guard let lock = try FileSystem.lock(lockFile, .exclusive, mayWait: false) else {
            return false
        }
        defer { try? lock.close() }
        try work()
        return true
    }

    private func move(_ file: ReceivedFile) throws(StoreError) {
        let destination = path(of: file.content.sha256)
        if try file.file.move(to: destination) { return }
        // The first file whose hash begins with these two digits.
        let directory = attachments + "/" + file.content.sha256.prefix(2)
        try FileSystem.makeDirectory(directory)
        let groupBit = (try FileSystem.status(attachments)?.mode ?? 0) & S_ISGID
        if groupBit != 0 {
            try FileSystem.changeMode(directory, FileSystem.directoryMode | groupBit)
        }
        try FileSystem.syncDirectory(attachments)
        guard try file.file.move(to: destination) else {
            throw .corrupt("a received file is gone from \(staging)")
        }
    }
}
