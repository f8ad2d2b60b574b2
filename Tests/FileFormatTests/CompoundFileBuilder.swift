/// Puts a compound file together (MS-CFB): version 3, sectors of 512 bytes, one after the other.
///
/// First the table (sector 0 in a small file), then the directory, the mini table, the mini stream
/// and the large streams.
struct CompoundFileBuilder {
    static let free = 0xFFFF_FFFF
    static let endOfChain = 0xFFFF_FFFE
    static let tableMark = 0xFFFF_FFFD

    /// The streams of the root, each the left neighbour of the one before it.
    var streams: [(name: String, content: [UInt8])]

    /// Changes the chain table before it is written.
    var changingTable: (inout [Int]) -> Void = { _ in }

    /// Changes the entries of the directory before they are written; each has 128 bytes.
    var changingDirectory: (inout [[UInt8]]) -> Void = { _ in }

    /// A Word document: main stream and table stream.
    ///
    /// - Parameters:
    ///   - size: of the main stream in bytes; below 4096 it stands in the mini stream.
    ///   - flags: of FibBase, where bit 9 says which table stream is used (MS-DOC 2.5.2).
    static func word(
        identifier: Int = 0xA5EC, version: Int = 0x00C1, flags: Int = 0x0200, size: Int = 4096
    ) -> CompoundFileBuilder {
        let fib =
            littleEndian(identifier, 2) + littleEndian(version, 2) + [UInt8](repeating: 0, count: 6)
        let main = fib + littleEndian(flags, 2) + [UInt8](repeating: 0, count: size - 12)
        return CompoundFileBuilder(streams: [
            ("WordDocument", main), ("1Table", [UInt8](repeating: 7, count: 100)),
        ])
    }

    /// The bytes of the file.
    func file() -> [UInt8] {
        var entries = [[UInt8]]()
        var mini: [UInt8] = []
        var miniTable: [Int] = []
        var large: [UInt8] = []
        let directorySectors = (streams.count + 1 + 3) / 4
        let miniCount = streams.filter { $0.content.count < 4096 }
            .reduce(0) { $0 + ($1.content.count + 63) / 64 }
        let miniTableSectors = (miniCount + 127) / 128
        let miniSectors = (miniCount * 64 + 511) / 512
        let largeSectors = streams.filter { $0.content.count >= 4096 }
            .reduce(0) { $0 + ($1.content.count + 511) / 512 }
        let others = directorySectors + miniTableSectors + miniSectors + largeSectors
        // Each sector of the table holds 128 places, also for those of the table itself.
        let tableSectors = (others + 126) / 127
        var table = [Int](repeating: CompoundFileBuilder.tableMark, count: tableSectors)
        let firstMini = tableSectors + directorySectors
        let firstLarge = firstMini + miniTableSectors + miniSectors
        for (index, stream) in streams.enumerated() {
            let isLarge = stream.content.count >= 4096
            let first = isLarge ? firstLarge + large.count / 512 : miniTable.count
            if isLarge {
                large += padded(stream.content, to: 512)
            } else {
                let count = (stream.content.count + 63) / 64
                miniTable += chain(from: miniTable.count, count: count)
                mini += padded(stream.content, to: 64)
            }
            let left = index + 1 < streams.count ? index + 2 : CompoundFileBuilder.free
            entries.append(
                entry(stream.name, type: 2, left: left, first: first, size: stream.content.count))
        }
        let root = entry(
            "Root Entry", type: 5, child: streams.isEmpty ? CompoundFileBuilder.free : 1,
            first: miniCount == 0
                ? CompoundFileBuilder.endOfChain : firstMini + miniTableSectors,
            size: mini.count)
        entries.insert(root, at: 0)
        while entries.count % 4 != 0 { entries.append([UInt8](repeating: 0, count: 128)) }
        for count in [directorySectors, miniTableSectors, miniSectors] {
            table += chain(from: table.count, count: count)
        }
        for stream in streams where stream.content.count >= 4096 {
            table += chain(from: table.count, count: (stream.content.count + 511) / 512)
        }
        changingTable(&table)
        changingDirectory(&entries)
        let miniTableBytes = padded(miniTable.flatMap { littleEndian($0, 4) }, to: 512, with: 0xFF)
        return header(tableSectors, firstMini, miniTableSectors)
            + padded(table.flatMap { littleEndian($0, 4) }, to: 512, with: 0xFF)
            + entries.flatMap { $0 } + miniTableBytes + padded(mini, to: 512) + large
    }

    private func header(
        _ tableSectors: Int, _ firstMini: Int, _ miniTableSectors: Int
    ) -> [UInt8] {
        let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        let versions: [UInt8] = [0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]
        let numbers = [
            0, tableSectors, tableSectors, 0, 4096,
            miniTableSectors == 0 ? CompoundFileBuilder.endOfChain : firstMini, miniTableSectors,
            CompoundFileBuilder.endOfChain, 0,
        ]
        let zeros16 = [UInt8](repeating: 0, count: 16)
        let start = joined(signature, zeros16, versions, Array(zeros16.prefix(6)))
        let rest = (numbers + Array(0..<tableSectors)).flatMap { littleEndian($0, 4) }
        return padded(joined(start, rest), to: 512, with: 0xFF)
    }

    /// A directory entry (MS-CFB 2.6.1).
    private func entry(
        _ name: String, type: UInt8, left: Int = free, child: Int = free, first: Int, size: Int
    ) -> [UInt8] {
        let units = name.utf16.flatMap { littleEndian(Int($0), 2) }
        return padded(units, to: 64) + littleEndian(units.count + 2, 2) + [type, 1]
            + littleEndian(left, 4) + littleEndian(CompoundFileBuilder.free, 4)
            + littleEndian(child, 4)
            + [UInt8](repeating: 0, count: 36) + littleEndian(first, 4) + littleEndian(size, 8)
    }

    private func chain(from first: Int, count: Int) -> [Int] {
        guard count > 0 else { return [] }
        return (1..<count).map { first + $0 } + [CompoundFileBuilder.endOfChain]
    }

    private func padded(_ bytes: [UInt8], to size: Int, with fill: UInt8 = 0) -> [UInt8] {
        bytes + [UInt8](repeating: fill, count: (size - bytes.count % size) % size)
    }
}
