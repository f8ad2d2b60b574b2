/// The sectors of a compound file and the table that chains them (MS-CFB 2.2, 2.3, 2.5).
struct CompoundSectors {
    /// Sector numbers above are marks: free, end of a chain, part of a table (2.1).
    static let maximumRegularSector: UInt32 = 0xFFFF_FFFA

    /// The mark at the end of a chain (2.1).
    static let endOfChain: UInt32 = 0xFFFF_FFFE

    /// What the header says (2.2).
    struct Header {
        let sectorByteCount: Int
        let tableSectorCount: Int
        let firstDirectory: UInt32
        let firstMiniTable: UInt32
        let miniTableSectorCount: Int
        let firstExtraTable: UInt32
        let extraTableSectorCount: Int
    }

    let header: Header

    /// How many sectors begin in the file.
    let count: Int

    /// The sector that follows each one; only sectors that begin in the file have an entry.
    private var next: [UInt32] = []

    /// Reads the header and the table.
    init(_ file: inout ByteWindow) throws {
        header = try CompoundSectors.header(of: &file)
        let size = header.sectorByteCount
        count = max(0, (file.byteCount - 1) / size)
        let tableCount = min(header.tableSectorCount, (count * 4 + size - 1) / size)
        for sector in try tableSectors(count: tableCount, of: &file) {
            next += try words(ofSector: sector, of: &file)
        }
    }

    /// Where a sector begins in the file: the header takes the place of one.
    func offset(of sector: UInt32) -> Int { (Int(sector) + 1) * header.sectorByteCount }

    /// The sectors of a chain, at most `maximum` of them.
    ///
    /// - Throws: `Flaw.cutOff` where a sector is behind the end of the file, `Flaw.damaged` where
    ///   the chain ends in something else than its end mark, or is longer than the file has sectors
    ///   (a circle).
    func chain(from first: UInt32, maximum: Int = .max) throws -> [UInt32] {
        var chain: [UInt32] = []
        var sector = first
        while sector != CompoundSectors.endOfChain, chain.count < maximum {
            guard sector <= CompoundSectors.maximumRegularSector else {
                throw Flaw.damaged("its parts do not fit together")
            }
            guard sector < count, sector < next.count else { throw Flaw.cutOff }
            guard chain.count < count else { throw Flaw.damaged("its parts run in a circle") }
            chain.append(sector)
            sector = next[Int(sector)]
        }
        return chain
    }

    /// A sector as numbers of four bytes.
    func words(ofSector sector: UInt32, of file: inout ByteWindow) throws -> [UInt32] {
        guard sector < count else { throw Flaw.cutOff }
        let bytes = try file.bytes(at: offset(of: sector), count: header.sectorByteCount)
        return LittleEndian.words(bytes)
    }

    private static func header(of file: inout ByteWindow) throws -> Header {
        let bytes = try file.bytes(at: 0, count: 512)
        let version = LittleEndian.number16(bytes, at: 26)
        let shift = LittleEndian.number16(bytes, at: 30)
        guard LittleEndian.number16(bytes, at: 28) == 0xFFFE,
            version == 3 && shift == 9 || version == 4 && shift == 12,
            LittleEndian.number16(bytes, at: 32) == 6,
            LittleEndian.number32(bytes, at: 56) == CompoundStreams.miniStreamCutoff
        else { throw Flaw.imposter(try Likeness.ofText(from: 8, in: &file)) }
        return Header(
            sectorByteCount: 1 << shift,
            tableSectorCount: Int(LittleEndian.number32(bytes, at: 44)),
            firstDirectory: LittleEndian.number32(bytes, at: 48),
            firstMiniTable: LittleEndian.number32(bytes, at: 60),
            miniTableSectorCount: Int(LittleEndian.number32(bytes, at: 64)),
            firstExtraTable: LittleEndian.number32(bytes, at: 68),
            extraTableSectorCount: Int(LittleEndian.number32(bytes, at: 72)))
    }

    /// The sectors in which the table stands: 109 are named in the header, more in a chain (2.5).
    private func tableSectors(count tableCount: Int, of file: inout ByteWindow) throws -> [UInt32] {
        var found = LittleEndian.words(try file.bytes(at: 76, count: 436))
        var extra = header.firstExtraTable
        var visited = 0
        while found.count < tableCount, extra <= CompoundSectors.maximumRegularSector {
            visited += 1
            guard visited <= count else { throw Flaw.damaged("its parts run in a circle") }
            let words = try words(ofSector: extra, of: &file)
            found += words.dropLast()
            extra = words[words.count - 1]
        }
        return Array(found.prefix(tableCount))
    }
}

/// Numbers in the byte order of Office's older files and of ZIP.
enum LittleEndian {
    static func number16(_ bytes: [UInt8], at offset: Int) -> Int {
        Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
    }

    static func number32(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        UInt32(number16(bytes, at: offset)) | UInt32(number16(bytes, at: offset + 2)) << 16
    }

    static func words(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count - 3, by: 4).map { number32(bytes, at: $0) }
    }
}
