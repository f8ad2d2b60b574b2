/// The structure of a PNG file: header, chunks in their order with their checksums, end.
///
/// Source: Portable Network Graphics (PNG) Specification, third edition (W3C), sections 5, 11 and
/// 13. Chunks that a viewer needs have to be right. Of others only their place is looked at:
/// viewers pass over a wrong checksum there too (13.1).
enum PNGStructure {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Colour type to the bit depths that go with it (11.2.1, table 12).
    private static let depths: [UInt8: [UInt8]] = [
        0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
    ]

    private static let indexedColour: UInt8 = 3

    /// The chunks a viewer needs, by the four bytes of their type.
    private enum Critical: Int {
        case header = 0x4948_4452  // IHDR
        case palette = 0x504C_5445  // PLTE
        case data = 0x4944_4154  // IDAT
        case end = 0x4945_4E44  // IEND
    }

    /// Checks from the first chunk to the last, and that nothing but fill bytes stands behind it.
    static func check(_ file: inout ByteWindow) throws {
        guard try file.has([0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52], at: 8) else {
            if file.byteCount <= 16 { throw Flaw.cutOff }
            throw Flaw.imposter(try Likeness.ofText(from: signature.count, in: &file))
        }
        var chunks = Chunks()
        var offset = signature.count
        while !chunks.hasEnd {
            let length = try file.bigEndian32(at: offset)
            let type = try file.bigEndian32(at: offset + 4)
            let next = offset + 12 + length
            guard length <= Int(Int32.max) else { throw Flaw.damaged("a chunk has no true length") }
            guard next <= file.byteCount else { throw Flaw.cutOff }
            try checkType(type)
            if type & 0x2000_0000 == 0 {
                try checkChecksum(of: (offset + 4)..<(next - 4), in: &file)
                guard let critical = Critical(rawValue: type) else {
                    throw Flaw.damaged("it needs a chunk that is not known")
                }
                try chunks.take(critical, data: (offset + 8)..<(next - 4), of: &file)
            } else {
                chunks.passOver()
            }
            offset = next
        }
        try ForeignContent.refuseAnythingButFill(behind: offset, of: &file)
    }

    /// Four letters (5.3).
    private static func checkType(_ type: Int) throws {
        for shift in [24, 16, 8, 0] {
            let letter = type >> shift & 0xDF
            guard (0x41...0x5A).contains(letter) else { throw Flaw.damaged("a chunk has no name") }
        }
    }

    private static func checkChecksum(of range: Range<Int>, in file: inout ByteWindow) throws {
        let stored = try file.bigEndian32(at: range.upperBound)
        guard Int(try file.checksum(of: range)) == stored else {
            throw Flaw.damaged("a checksum is wrong")
        }
    }

    /// What has been seen of a file, and what may come next (5.6).
    private struct Chunks {
        private(set) var hasEnd = false
        private var colourType: UInt8?
        private var hasPalette = false
        private var hasData = false
        private var dataIsOver = false
        private var compressedHeader: [UInt8] = []

        /// Takes a chunk that a viewer needs; `data` is where its content stands.
        mutating func take(
            _ chunk: Critical, data: Range<Int>, of file: inout ByteWindow
        ) throws {
            if chunk != .data, hasData { dataIsOver = true }
            switch chunk {
            case .header: try takeHeader(data, of: &file)
            case .palette: try takePalette(data)
            case .data: try takeData(data, of: &file)
            case .end: try takeEnd(data)
            }
        }

        /// Takes a chunk that a viewer can do without.
        mutating func passOver() {
            if hasData { dataIsOver = true }
        }

        /// Image header: width, height, depth, colour type, compression, filter, interlace
        /// (11.2.1).
        private mutating func takeHeader(_ data: Range<Int>, of file: inout ByteWindow) throws {
            guard colourType == nil, data.count == 13 else {
                throw Flaw.damaged("it has two headers")
            }
            let width = try file.bigEndian32(at: data.lowerBound)
            let height = try file.bigEndian32(at: data.lowerBound + 4)
            let rest = try file.bytes(at: data.lowerBound + 8, count: 5)
            guard (1...Int(Int32.max)).contains(width), (1...Int(Int32.max)).contains(height),
                let depths = PNGStructure.depths[rest[1]], depths.contains(rest[0]),
                rest[2] == 0, rest[3] == 0, rest[4] <= 1
            else { throw Flaw.damaged("the description of its picture is wrong") }
            guard width * height <= JPEGStructure.maximumPixelCount else {
                throw Flaw.damaged("it says that it is \(width) by \(height) pixels large")
            }
            colourType = rest[1]
        }

        /// Palette: 1 to 256 colours of three bytes, before the data (11.2.2).
        private mutating func takePalette(_ data: Range<Int>) throws {
            guard !hasPalette, !hasData, (3...768).contains(data.count), data.count % 3 == 0 else {
                throw Flaw.damaged("its palette is wrong")
            }
            hasPalette = true
        }

        /// Picture data: chunks in one row that hold one zlib stream (11.2.3, 10.1).
        private mutating func takeData(_ data: Range<Int>, of file: inout ByteWindow) throws {
            guard !dataIsOver else { throw Flaw.damaged("its data is in two places") }
            guard hasPalette || colourType != PNGStructure.indexedColour else {
                throw Flaw.damaged("its palette is missing")
            }
            hasData = true
            guard compressedHeader.count < 2 else { return }
            let missing = min(2 - compressedHeader.count, data.count)
            compressedHeader += try file.bytes(at: data.lowerBound, count: missing)
            guard compressedHeader.count == 2 else { return }
            let isDeflate = compressedHeader[0] & 0x0F == 8
            let check = Int(compressedHeader[0]) << 8 | Int(compressedHeader[1])
            guard isDeflate, check % 31 == 0 else { throw Flaw.damaged("its data is not readable") }
        }

        private mutating func takeEnd(_ data: Range<Int>) throws {
            guard compressedHeader.count == 2 else { throw Flaw.damaged("it has no picture in it") }
            guard data.isEmpty else { throw Flaw.damaged("its last chunk is not empty") }
            hasEnd = true
        }
    }
}
