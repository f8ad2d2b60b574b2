/// The structure of a JPEG file: segments, a frame, its scans, to the end marker.
///
/// Source: ISO/IEC 10918-1 (ITU-T T.81), annex B. Application segments are passed over unread:
/// cameras put everything into them, and much of it is broken.
enum JPEGStructure {
    /// Start of image and the first byte of the next marker.
    static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

    /// More pixels than a camera makes; beyond, a picture is a way to fill the memory of its
    /// viewer.
    static let maximumPixelCount = 1 << 29

    /// Checks from the first marker to the end marker, and what stands behind it.
    ///
    /// Behind the end there may be what cameras append (further pictures of a multi-picture file, a
    /// gain map, a film of the moment, the maker's own data), but no archive, program, page or
    /// script.
    static func check(_ file: inout ByteWindow) throws {
        var offset = 2
        var hasFrame = false
        var hasScan = false
        while true {
            let marker = try marker(at: &offset, of: &file, isIntact: hasFrame)
            switch marker {
            case 0xD9:
                guard hasFrame, hasScan else { throw Flaw.damaged("it has no picture in it") }
                return try ForeignContent.refuseMarks(behind: offset, of: &file)
            case 0xDA:
                guard hasFrame else { throw Flaw.damaged("a scan stands before its frame") }
                offset = try endOfScan(at: offset, of: &file)
                hasScan = true
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                try checkFrame(at: offset, of: &file)
                hasFrame = true
                offset = try endOfSegment(at: offset, of: &file)
            case 0xC4, 0xC8, 0xCC, 0xDB...0xFE:
                offset = try endOfSegment(at: offset, of: &file, isFirst: offset == 4)
            case 0x01:
                continue
            default:
                guard hasFrame else { throw try imposter(&file) }
                throw Flaw.damaged("it has a marker where none may be")
            }
        }
    }

    /// The marker at `offset`, which moves behind it; fill bytes may stand before it (B.1.1.2).
    private static func marker(
        at offset: inout Int, of file: inout ByteWindow, isIntact: Bool
    ) throws -> UInt8 {
        guard try file.byte(at: offset) == 0xFF else {
            throw isIntact ? Flaw.damaged("bytes stand between its segments") : try imposter(&file)
        }
        while try file.byte(at: offset) == 0xFF { offset += 1 }
        offset += 1
        return try file.byte(at: offset - 1)
    }

    private static func imposter(_ file: inout ByteWindow) throws -> Flaw {
        Flaw.imposter(try Likeness.ofText(from: signature.count, in: &file))
    }

    /// The offset behind a segment, whose length counts its own two bytes (B.1.1.4).
    private static func endOfSegment(
        at offset: Int, of file: inout ByteWindow, isFirst: Bool = false
    ) throws -> Int {
        let length = try file.bigEndian16(at: offset)
        let isComplete = offset + length <= file.byteCount
        if isFirst, !isComplete, let likeness = try Likeness.ofText(from: offset, in: &file),
            likeness.isMarkup || likeness.advice == .program
        {
            throw Flaw.imposter(likeness)
        }
        guard length >= 2 else { throw Flaw.damaged("a segment has no length") }
        guard isComplete else { throw Flaw.cutOff }
        return offset + length
    }

    /// Frame header: length, precision, lines, samples a line, components (B.2.2).
    private static func checkFrame(at offset: Int, of file: inout ByteWindow) throws {
        let length = try file.bigEndian16(at: offset)
        let precision = try file.byte(at: offset + 2)
        let height = try file.bigEndian16(at: offset + 3)
        let width = try file.bigEndian16(at: offset + 5)
        let components = Int(try file.byte(at: offset + 7))
        guard length == 8 + 3 * components, components > 0, (2...16).contains(precision), width > 0
        else { throw Flaw.damaged("the description of its picture is wrong") }
        guard width * height <= maximumPixelCount else {
            throw Flaw.damaged("it says that it is \(width) by \(height) pixels large")
        }
    }

    /// The offset of the first marker behind a scan (B.2.3).
    ///
    /// In the coded data a 0xFF is followed by zero, or is a restart marker or a fill byte
    /// (B.1.1.5).
    private static func endOfScan(at offset: Int, of file: inout ByteWindow) throws -> Int {
        let length = try file.bigEndian16(at: offset)
        let components = Int(try file.byte(at: offset + 2))
        guard (1...4).contains(components), length == 6 + 2 * components else {
            throw Flaw.damaged("the description of a scan is wrong")
        }
        let begin = try endOfSegment(at: offset, of: &file)
        var end = begin
        while let found = try file.firstIndex(of: 0xFF, in: end..<file.byteCount) {
            switch try file.byte(at: found + 1) {
            case 0x00, 0xD0...0xD7:
                end = found + 2
            case 0xFF:
                end = found + 1
            default:
                guard found > begin else { throw Flaw.damaged("a scan has no data") }
                return found
            }
        }
        throw Flaw.cutOff
    }
}
