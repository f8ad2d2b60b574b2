/// A compound file: a file system in a file, which Office used before 2007.
///
/// Source: MS-CFB (2.2 header, 2.3 FAT, 2.4 mini FAT, 2.5 DIFAT, 2.6 directory). Opening one proves
/// that every stream that can be reached has all of its sectors in the file and shares none of
/// them. Each sector and each directory entry is visited once.
struct CompoundFile {
    static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// A storage or a stream that stands in the root.
    struct Item {
        let name: String
        let isStream: Bool

        /// The size of a stream in bytes.
        let byteCount: Int

        /// Where the first sector of a stream stands in the file.
        let offset: Int
    }

    /// What stands in the root, in no order.
    private(set) var items: [Item] = []

    /// Opens a file.
    ///
    /// - Throws: `Flaw` where a structure is wrong or not in the file.
    init(_ file: inout ByteWindow) throws {
        let sectors = try CompoundSectors(&file)
        let directory = try CompoundDirectory(
            firstSector: sectors.header.firstDirectory, sectors, &file)
        var streams = try CompoundStreams(sectors, directory, &file)
        items = try directory.reachable().compactMap { entry, isInRoot in
            let offset = entry.isStream ? try streams.claim(entry, in: file) : 0
            guard isInRoot else { return nil }
            return Item(
                name: entry.name, isStream: entry.isStream, byteCount: entry.byteCount,
                offset: offset)
        }
    }

    /// The stream of this name in the root; names are compared without case (2.6.4).
    func stream(_ name: String) -> Item? {
        items.first { $0.isStream && $0.name.lowercased() == name.lowercased() }
    }
}
