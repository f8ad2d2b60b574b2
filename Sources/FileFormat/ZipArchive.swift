/// A ZIP archive, read as strictly as a package needs.
///
/// Source: APPNOTE 6.3 (4.3.7 local header, 4.3.12 central directory, 4.3.16 end record). The
/// central directory says what is in it, and everything else has to agree: entries stand one behind
/// the other from the first byte of the file to the directory, their local headers say the same,
/// and the end record ends with the file. So there is one way to read the archive, and no room for
/// a second content.
struct ZipArchive {
    /// More parts than a document of 5 MiB has; each costs about 150 bytes while it is inspected.
    static let maximumEntryCount = 4096

    /// The largest central directory in bytes: 256 for each of so many entries.
    static let maximumDirectoryByteCount = 1024 * 1024

    /// What all entries may be large together when unpacked, in bytes: 50 times the largest file.
    static let maximumUnpackedByteCount = 256 * 1024 * 1024

    /// What may stand between two entries, in bytes: a data descriptor with sizes of 64 bits
    /// (4.3.9).
    private static let maximumGapByteCount = 24

    private static let localHeader: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let directoryHeader: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
    private static let endRecord: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    private static let endRecordByteCount = 22

    /// The ways an archive begins: with an entry, or with its end when it is empty.
    static let signatures = [localHeader, endRecord]

    /// One entry, as the central directory describes it.
    struct Entry {
        /// As it stands there, bytes of UTF-8 or of an older code page.
        let name: [UInt8]
        let flags: Int
        let method: Int
        let checksum: UInt32
        let packedByteCount: Int
        let unpackedByteCount: Int
        let offset: Int

        /// Where the packed bytes begin; the central directory does not say, the local header does.
        fileprivate(set) var dataOffset = 0

        var isEncrypted: Bool { flags & 1 == 1 }
        fileprivate var hasDescriptor: Bool { flags & 8 == 8 }

        /// The name with ASCII letters in lower case, as the names of parts are compared
        /// (ISO/IEC 29500-2, 6.2.2.3).
        var key: String {
            let lowered = name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            return String(decoding: lowered, as: UTF8.self)
        }
    }

    /// The entries in the order in which they stand in the file.
    private(set) var entries: [Entry]

    /// Reads the central directory and compares it with the entries.
    init(_ file: inout ByteWindow) throws {
        guard let end = try ZipArchive.endRecordOffset(in: &file) else {
            if try file.lastIndex(of: ZipArchive.endRecord) != nil {
                throw Flaw.hides("something else behind its end")
            }
            if try file.has(ZipArchive.localHeader, at: 0), try !ZipArchive.beginsLikeAnEntry(&file)
            {
                throw Flaw.imposter(try Likeness.ofText(from: 4, in: &file))
            }
            throw Flaw.cutOff
        }
        let record = try file.bytes(at: end, count: ZipArchive.endRecordByteCount)
        let count = LittleEndian.number16(record, at: 10)
        let byteCount = Int(LittleEndian.number32(record, at: 12))
        let offset = Int(LittleEndian.number32(record, at: 16))
        guard LittleEndian.number32(record, at: 4) == 0,
            LittleEndian.number16(record, at: 8) == count,
            offset + byteCount == end
        else { throw Flaw.damaged("its list of contents is not where it should be") }
        guard count <= ZipArchive.maximumEntryCount,
            byteCount <= ZipArchive.maximumDirectoryByteCount
        else { throw Flaw.damaged("it has too many parts") }
        let directory = try file.bytes(at: offset, count: byteCount)
        entries = try ZipArchive.entries(in: directory, count: count)
        entries.sort { $0.offset < $1.offset }
        try ZipArchive.compare(&entries, endingAt: offset, in: &file)
    }

    /// Where the end record stands whose comment reaches to the end of the file, or nil.
    static func endRecordOffset(in file: inout ByteWindow) throws -> Int? {
        let maximum = endRecordByteCount + 0xFFFF
        let begin = max(0, file.byteCount - maximum)
        let tail = try file.bytes(at: begin, count: file.byteCount - begin)
        var index = tail.count - endRecordByteCount
        while index >= 0 {
            if tail[index] == 0x50, tail[index...].starts(with: endRecord),
                index + endRecordByteCount + LittleEndian.number16(tail, at: index + 20)
                    == tail.count
            {
                return begin + index
            }
            index -= 1
        }
        return nil
    }

    /// The unpacked bytes of an entry, or the first of them.
    ///
    /// - Parameter isWhole: false when a beginning of `maximumByteCount` is enough.
    /// - Throws: `Flaw` when it is larger, cannot be unpacked or has another checksum than it says.
    func content(
        of entry: Entry, maximumByteCount: Int, isWhole: Bool = true, in file: inout ByteWindow
    ) throws -> [UInt8] {
        if isWhole, entry.unpackedByteCount > maximumByteCount {
            throw Flaw.damaged("a part of it is too large")
        }
        let packedCount = min(entry.packedByteCount, maximumByteCount)
        let packed = try file.bytes(at: entry.dataOffset, count: packedCount)
        let unpacked = try ZipArchive.unpack(packed, entry, maximumByteCount, isWhole)
        guard isWhole else { return unpacked }
        guard unpacked.count == entry.unpackedByteCount, CRC32.of(unpacked) == entry.checksum else {
            throw Flaw.damaged("a checksum is wrong")
        }
        return unpacked
    }

    private static func unpack(
        _ packed: [UInt8], _ entry: Entry, _ maximumByteCount: Int, _ isWhole: Bool
    ) throws -> [UInt8] {
        if entry.method == 0 { return packed }
        switch Inflate.unpack(packed, maximumByteCount: maximumByteCount) {
        case .complete(let bytes): return bytes
        case .partial(let bytes) where !isWhole: return bytes
        default: throw Flaw.damaged("a part of it cannot be unpacked")
        }
    }

    /// Version, flags and method of a first entry as they can be (4.4.3 to 4.4.5).
    private static func beginsLikeAnEntry(_ file: inout ByteWindow) throws -> Bool {
        guard file.byteCount >= 30 else { return true }
        let header = try file.bytes(at: 0, count: 30)
        return LittleEndian.number16(header, at: 4) & 0xFF <= 63
            && LittleEndian.number16(header, at: 8) <= 99
    }

    private static func entries(in directory: [UInt8], count: Int) throws -> [Entry] {
        var entries: [Entry] = []
        var offset = 0
        var unpacked = 0
        for _ in 0..<count {
            guard offset + 46 <= directory.count, directory[offset...].starts(with: directoryHeader)
            else { throw Flaw.damaged("its list of contents is wrong") }
            let nameCount = LittleEndian.number16(directory, at: offset + 28)
            let restCount =
                LittleEndian.number16(directory, at: offset + 30)
                + LittleEndian.number16(directory, at: offset + 32)
            let next = offset + 46 + nameCount + restCount
            guard next <= directory.count else {
                throw Flaw.damaged("its list of contents is wrong")
            }
            let name = Array(directory[(offset + 46)..<(offset + 46 + nameCount)])
            let entry = Entry(directory, at: offset, name: name)
            unpacked += entry.unpackedByteCount
            guard unpacked <= maximumUnpackedByteCount else {
                throw Flaw.damaged("it would be far too large when unpacked")
            }
            entries.append(entry)
            offset = next
        }
        guard offset == directory.count else { throw Flaw.damaged("its list of contents is wrong") }
        return entries
    }

    /// Compares the entries, sorted by their place, with their local headers and with their
    /// neighbours.
    private static func compare(
        _ entries: inout [Entry], endingAt directory: Int, in file: inout ByteWindow
    ) throws {
        var expected = 0
        for index in entries.indices {
            let entry = entries[index]
            guard entry.offset >= expected else { throw Flaw.damaged("parts of it overlap") }
            try checkGap(expected, entry.offset)
            let header = try LocalHeader(at: entry.offset, of: &file)
            guard header.agrees(with: entry) else {
                throw Flaw.damaged("its list of contents says other than its parts")
            }
            entries[index].dataOffset = header.dataOffset
            expected = header.dataOffset + entry.packedByteCount
            guard expected <= directory else { throw Flaw.damaged("parts of it overlap") }
        }
        try checkGap(expected, directory)
    }

    private static func checkGap(_ expected: Int, _ found: Int) throws {
        guard found - expected <= (expected == 0 ? 0 : maximumGapByteCount) else {
            throw Flaw.hides("something else hidden between its parts")
        }
    }
}

extension ZipArchive.Entry {
    /// Reads an entry of the central directory (4.3.12).
    fileprivate init(_ directory: [UInt8], at start: Int, name: [UInt8]) {
        self.name = name
        flags = LittleEndian.number16(directory, at: start + 8)
        method = LittleEndian.number16(directory, at: start + 10)
        checksum = LittleEndian.number32(directory, at: start + 16)
        packedByteCount = Int(LittleEndian.number32(directory, at: start + 20))
        unpackedByteCount = Int(LittleEndian.number32(directory, at: start + 24))
        offset = Int(LittleEndian.number32(directory, at: start + 42))
    }
}

/// What stands before the bytes of an entry (4.3.7).
private struct LocalHeader {
    private static let byteCount = 30

    /// A size that stands in an extra field of 64 bits (4.5.3); the central directory has it too.
    private static let isElsewhere: UInt32 = 0xFFFF_FFFF

    private let fixed: [UInt8]
    private let name: [UInt8]

    /// Where the bytes of the entry begin.
    let dataOffset: Int

    init(at offset: Int, of file: inout ByteWindow) throws {
        guard try file.has(ZipArchive.signatures[0], at: offset) else {
            throw Flaw.damaged("its list of contents says other than its parts")
        }
        fixed = try file.bytes(at: offset, count: LocalHeader.byteCount)
        let nameCount = LittleEndian.number16(fixed, at: 26)
        name = try file.bytes(at: offset + LocalHeader.byteCount, count: nameCount)
        dataOffset =
            offset + LocalHeader.byteCount + nameCount + LittleEndian.number16(fixed, at: 28)
    }

    func agrees(with entry: ZipArchive.Entry) -> Bool {
        guard name == entry.name, LittleEndian.number16(fixed, at: 8) == entry.method,
            LittleEndian.number16(fixed, at: 6) & 1 == entry.flags & 1
        else { return false }
        return agrees(at: 14, entry.checksum, entry)
            && agrees(at: 18, UInt32(entry.packedByteCount), entry)
            && agrees(at: 22, UInt32(entry.unpackedByteCount), entry)
    }

    private func agrees(at offset: Int, _ expected: UInt32, _ entry: ZipArchive.Entry) -> Bool {
        let found = LittleEndian.number32(fixed, at: offset)
        let hasDescriptor = entry.hasDescriptor || LittleEndian.number16(fixed, at: 6) & 8 == 8
        return found == expected || hasDescriptor && found == 0
            || found == LocalHeader.isElsewhere && offset > 14
    }
}
