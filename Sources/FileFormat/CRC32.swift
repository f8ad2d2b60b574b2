/// The checksum of PNG chunks (PNG third edition, 5.5 and annex D) and ZIP entries (APPNOTE 4.4.7).
///
/// Eight bytes a step through eight tables: a picture of 5 MiB has to be done in a few
/// milliseconds.
struct CRC32 {
    /// Eight tables of 256: entry `256 * k + b` is the remainder of byte `b` with `k` zero bytes
    /// behind it.
    private static let tables: [UInt32] = {
        var tables: [UInt32] = []
        for byte: UInt32 in 0..<256 {
            var rest = byte
            for _ in 0..<8 {
                let isOdd = rest & 1 == 1
                rest >>= 1
                if isOdd { rest ^= 0xEDB8_8320 }
            }
            tables.append(rest)
        }
        for index in 256..<2048 {
            let shorter = tables[index - 256]
            tables.append(shorter >> 8 ^ tables[Int(shorter & 0xFF)])
        }
        return tables
    }()

    private var state: UInt32 = 0xFFFF_FFFF

    /// The checksum of all bytes added so far.
    var value: UInt32 { ~state }

    /// The checksum of these bytes alone.
    static func of(_ bytes: [UInt8]) -> UInt32 {
        var checksum = CRC32()
        checksum.add(bytes, in: bytes.indices)
        return checksum.value
    }

    /// Adds the bytes in `range` of an array.
    mutating func add(_ array: [UInt8], in range: Range<Int>) {
        let tables = CRC32.tables.span
        let bytes = array.span
        var rest = state
        var index = range.lowerBound
        while index + 8 <= range.upperBound {
            let low = rest ^ CRC32.word(bytes, at: index)
            let high = CRC32.word(bytes, at: index + 4)
            rest = tables[1792 + Int(low & 0xFF)] ^ tables[1536 + Int(low >> 8 & 0xFF)]
            rest ^= tables[1280 + Int(low >> 16 & 0xFF)] ^ tables[1024 + Int(low >> 24)]
            rest ^= tables[768 + Int(high & 0xFF)] ^ tables[512 + Int(high >> 8 & 0xFF)]
            rest ^= tables[256 + Int(high >> 16 & 0xFF)] ^ tables[Int(high >> 24)]
            index += 8
        }
        while index < range.upperBound {
            rest = rest >> 8 ^ tables[Int((rest ^ UInt32(bytes[index])) & 0xFF)]
            index += 1
        }
        state = rest
    }

    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, at index: Int) -> UInt32 {
        UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
            | UInt32(bytes[index + 3]) << 24
    }
}
