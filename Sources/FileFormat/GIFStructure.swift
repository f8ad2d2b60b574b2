/// The structure of a GIF file: screen, blocks, at least one picture, trailer.
///
/// Source: Graphics Interchange Format, version 89a (CompuServe, 1990), sections 15 to 27.
enum GIFStructure {
    static let signatures: [[UInt8]] = [Array("GIF87a".utf8), Array("GIF89a".utf8)]

    /// Checks from the screen descriptor to the trailer, and that nothing but fill bytes stands
    /// behind it.
    static func check(_ file: inout ByteWindow) throws {
        var offset = 13 + colourTableByteCount(try file.byte(at: 10))
        var hasPicture = false
        while true {
            let block = try file.byte(at: offset)
            switch block {
            case 0x21:
                offset = try endOfSubBlocks(at: offset + 2, of: &file).offset
            case 0x2C:
                offset = try endOfPicture(at: offset + 1, of: &file)
                hasPicture = true
            case 0x3B:
                guard hasPicture else { throw Flaw.damaged("it has no picture in it") }
                return try ForeignContent.refuseAnythingButFill(behind: offset + 1, of: &file)
            default:
                if hasPicture { throw Flaw.damaged("it has a block of a kind that does not exist") }
                throw Flaw.imposter(try Likeness.ofText(from: 6, in: &file))
            }
        }
    }

    /// The bytes of a colour table that these packed fields announce: none, or 2 to 256 colours
    /// (18, 20).
    private static func colourTableByteCount(_ packed: UInt8) -> Int {
        packed & 0x80 == 0 ? 0 : 3 << (Int(packed & 0x07) + 1)
    }

    /// Image descriptor, colour table, code size, data (20 to 22).
    private static func endOfPicture(at offset: Int, of file: inout ByteWindow) throws -> Int {
        let width = try file.littleEndian16(at: offset + 4)
        let height = try file.littleEndian16(at: offset + 6)
        let begin = offset + 9 + colourTableByteCount(try file.byte(at: offset + 8))
        let codeSize = try file.byte(at: begin)
        let data = try endOfSubBlocks(at: begin + 1, of: &file)
        guard width > 0, height > 0, (1...11).contains(codeSize), data.byteCount > 0 else {
            throw Flaw.damaged("a picture in it has no size or no data")
        }
        return data.offset
    }

    /// The offset behind a row of sub-blocks, each with its length before it, and their bytes (15,
    /// 16).
    private static func endOfSubBlocks(
        at begin: Int, of file: inout ByteWindow
    ) throws -> (offset: Int, byteCount: Int) {
        var offset = begin
        var byteCount = 0
        while true {
            let length = Int(try file.byte(at: offset))
            offset += 1 + length
            guard offset <= file.byteCount else { throw Flaw.cutOff }
            guard length > 0 else { return (offset, byteCount) }
            byteCount += length
        }
    }
}
