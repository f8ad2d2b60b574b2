/// The directory of a compound file: a tree of storages and streams (MS-CFB 2.6).
struct CompoundDirectory {
    /// More storages and streams than a document of 5 MiB has; each costs about 100 bytes here.
    static let maximumEntryCount = 16_384

    /// One entry (2.6.1).
    struct Entry {
        let name: String
        let type: UInt8
        let left: UInt32
        let right: UInt32
        let child: UInt32
        let firstSector: UInt32
        let byteCount: Int

        var isStream: Bool { type == 2 }
        var isStorage: Bool { type == 1 }
        var isRoot: Bool { type == 5 }

        init(_ bytes: [UInt8], at offset: Int) {
            let nameByteCount = min(64, LittleEndian.number16(bytes, at: offset + 64))
            let units = stride(from: 0, to: max(0, nameByteCount - 2), by: 2).map {
                UInt16(LittleEndian.number16(bytes, at: offset + $0))
            }
            name = String(decoding: units, as: UTF16.self)
            type = bytes[offset + 66]
            left = LittleEndian.number32(bytes, at: offset + 68)
            right = LittleEndian.number32(bytes, at: offset + 72)
            child = LittleEndian.number32(bytes, at: offset + 76)
            firstSector = LittleEndian.number32(bytes, at: offset + 116)
            byteCount = Int(LittleEndian.number32(bytes, at: offset + 120))
        }
    }

    private static let entryByteCount = 128

    /// The sectors the directory itself stands in.
    let chain: [UInt32]

    /// The first entry, which also holds the mini stream (2.6.2).
    let root: Entry

    private var entries: [Entry] = []

    init(firstSector: UInt32, _ sectors: CompoundSectors, _ file: inout ByteWindow) throws {
        let size = sectors.header.sectorByteCount
        let maximum = CompoundDirectory.maximumEntryCount * CompoundDirectory.entryByteCount / size
        chain = try sectors.chain(from: firstSector, maximum: maximum + 1)
        guard chain.count <= maximum else { throw Flaw.damaged("it has too many parts") }
        for sector in chain {
            let bytes = try file.bytes(at: sectors.offset(of: sector), count: size)
            for offset in stride(from: 0, to: size, by: CompoundDirectory.entryByteCount) {
                entries.append(Entry(bytes, at: offset))
            }
        }
        guard let first = entries.first, first.isRoot else {
            throw Flaw.damaged("its list of contents is missing")
        }
        root = first
    }

    /// Every storage and stream that can be reached from the root, and whether it stands in the
    /// root itself.
    func reachable() throws -> [(entry: Entry, isInRoot: Bool)] {
        var found: [(entry: Entry, isInRoot: Bool)] = []
        var seen = [Bool](repeating: false, count: entries.count)
        var waiting = [(number: root.child, isInRoot: true)]
        while let (number, isInRoot) = waiting.popLast() {
            guard number <= CompoundSectors.maximumRegularSector else { continue }
            guard number < entries.count, number > 0, !seen[Int(number)] else {
                throw Flaw.damaged("its list of contents is wrong")
            }
            seen[Int(number)] = true
            let entry = entries[Int(number)]
            guard entry.isStream || entry.isStorage else {
                throw Flaw.damaged("its list of contents is wrong")
            }
            found.append((entry, isInRoot))
            waiting += [(entry.left, isInRoot), (entry.right, isInRoot)]
            if entry.isStorage { waiting.append((entry.child, false)) }
        }
        return found
    }
}
