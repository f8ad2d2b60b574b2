import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `A full disk` {
    @Test func `refuses a case whole, and takes it when there is room again`() throws {
        let space = try TestSpace()
        let store = space.store
        let draft = try space.draft(description: String(repeating: "word ", count: 4_000))
        try space.createCase(draft)
        // The database may not grow any more (https://sqlite.org/pragma.html#pragma_max_page_count).
        let pages = try store.makeReader().query { try $0.number("PRAGMA page_count") ?? 0 }
        _ = try store.writer.write { try $0.number("PRAGMA max_page_count = \(pages)") }
        let version = try store.makeReader().options().version
        let (mia, now) = (space.mia.id, space.now)
        let results = onThreads(4) { _ in
            try store.createCase(
                draft, from: DraftID(), by: mia, adding: [], optionsVersion: version, at: now)
        }
        for result in results {
            #expect(throws: StoreError.full) { try result.get() }
        }
        #expect(try space.count("caseRecord") == 1)
        #expect(try space.count("draft") == 1)
        #expect(try store.verify() == [])
        _ = try store.writer.write { try $0.number("PRAGMA max_page_count = 1000000") }
        try space.createCase(draft)
        #expect(try store.verify() == [])
    }

    @Test(.enabled(if: SmallDisk.isAvailable))
    func `leaves nothing half written on a real one`() throws {
        let disk = try SmallDisk(megabytes: 6)
        let space = try TestSpace(parent: disk.path)
        let store = space.store
        let draft = try space.draft(description: String(repeating: "word ", count: 4_000))
        let version = try store.makeReader().options().version
        let filler = disk.path + "/filler"
        let room = 400 * 1_024
        try disk.fill(filler, leaving: room)
        var made = 0
        var refusals = 0
        for _ in 0..<400 where refusals < 5 {
            do {
                let reception = try store.receiveFile()
                try reception.append([UInt8](repeating: 7, count: 9_000)[...])
                _ = try store.createCase(
                    draft, from: DraftID(), by: space.mia.id,
                    adding: [reception.finish(name: "x", format: "pdf")],
                    optionsVersion: version, at: space.now)
                made += 1
            } catch {
                #expect(error == .full)
                refusals += 1
            }
        }
        #expect(refusals == 5)
        #expect(throws: StoreError.full) {
            let reception = try store.receiveFile()
            try reception.append([UInt8](repeating: 7, count: room)[...])
        }
        try FileManager.default.removeItem(atPath: filler)
        try space.createCase(draft)
        #expect(try space.count("caseRecord") == made + 1)
        #expect(try store.verify() == [])
    }
}

/// A file system in memory of a few megabytes, for those who may mount one.
private final class SmallDisk {
    let path = NSTemporaryDirectory() + "/casedesk-disk-" + DraftID().description

    static let isAvailable: Bool = (try? SmallDisk(megabytes: 1)) != nil

    init(megabytes: Int) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        do {
            try Self.run(["mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path])
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    deinit {
        try? Self.run(["umount", "-l", path])
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file that leaves only so much room.
    func fill(_ file: String, leaving room: Int) throws {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
        let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
        try Data(repeating: 0, count: max(0, free - room)).write(to: URL(fileURLWithPath: file))
    }

    private static func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
    }
}
