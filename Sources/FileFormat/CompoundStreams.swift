/// Which sectors the streams of a compound file have, so that no two have the same (MS-CFB 2.3,
/// 2.4).
struct CompoundStreams {
    /// Streams shorter than this, in bytes, stand in the mini stream (2.2).
    static let miniStreamCutoff = 4096

    private static let miniSectorByteCount = 64

    private let sectors: CompoundSectors
    private let miniStream: [UInt32]
    private let miniSectorCount: Int
    private var miniNext: [UInt32] = []
    private var isClaimed: [Bool]
    private var isMiniClaimed: [Bool]

    init(
        _ sectors: CompoundSectors, _ directory: CompoundDirectory, _ file: inout ByteWindow
    ) throws {
        self.sectors = sectors
        let size = sectors.header.sectorByteCount
        let root = directory.root
        let rootSectorCount = (root.byteCount + size - 1) / size
        miniStream =
            rootSectorCount == 0
            ? [] : try sectors.chain(from: root.firstSector, maximum: rootSectorCount)
        guard miniStream.count == rootSectorCount else { throw Flaw.damaged("it lacks a part") }
        miniSectorCount = root.byteCount / CompoundStreams.miniSectorByteCount
        isClaimed = Array(repeating: false, count: sectors.count)
        isMiniClaimed = Array(repeating: false, count: miniSectorCount)
        try claim(directory.chain)
        try claim(miniStream)
        guard miniSectorCount > 0 else { return }
        let needed = (miniSectorCount * 4 + size - 1) / size
        let table = try sectors.chain(from: sectors.header.firstMiniTable, maximum: needed)
        try claim(table)
        for sector in table { miniNext += try sectors.words(ofSector: sector, of: &file) }
    }

    /// Claims the sectors of a stream, and gives the place of its first byte in the file.
    ///
    /// - Throws: `Flaw` where a sector is missing, behind the end of the file or claimed already.
    mutating func claim(_ entry: CompoundDirectory.Entry, in file: ByteWindow) throws -> Int {
        guard entry.byteCount > 0 else { return 0 }
        guard entry.byteCount <= file.byteCount else { throw Flaw.cutOff }
        if entry.byteCount < CompoundStreams.miniStreamCutoff {
            return try claimMini(entry, in: file)
        }
        let size = sectors.header.sectorByteCount
        let needed = (entry.byteCount + size - 1) / size
        let chain = try sectors.chain(from: entry.firstSector, maximum: needed)
        guard chain.count == needed, let last = chain.last else {
            throw Flaw.damaged("it lacks a part")
        }
        let used = entry.byteCount - (needed - 1) * size
        guard sectors.offset(of: last) + used <= file.byteCount else { throw Flaw.cutOff }
        try claim(chain)
        return sectors.offset(of: chain[0])
    }

    private mutating func claimMini(
        _ entry: CompoundDirectory.Entry, in file: ByteWindow
    ) throws -> Int {
        let size = CompoundStreams.miniSectorByteCount
        let needed = (entry.byteCount + size - 1) / size
        var sector = entry.firstSector
        for _ in 0..<needed {
            guard sector < miniSectorCount, sector < miniNext.count, !isMiniClaimed[Int(sector)]
            else { throw Flaw.damaged("its parts do not fit together") }
            isMiniClaimed[Int(sector)] = true
            guard offset(ofMini: sector) + size <= file.byteCount else { throw Flaw.cutOff }
            sector = miniNext[Int(sector)]
        }
        return offset(ofMini: entry.firstSector)
    }

    private func offset(ofMini sector: UInt32) -> Int {
        let place = Int(sector) * CompoundStreams.miniSectorByteCount
        let size = sectors.header.sectorByteCount
        return sectors.offset(of: miniStream[place / size]) + place % size
    }

    private mutating func claim(_ chain: [UInt32]) throws {
        for sector in chain {
            guard !isClaimed[Int(sector)] else { throw Flaw.damaged("two of its parts are one") }
            isClaimed[Int(sector)] = true
        }
    }
}
