import Testing

@testable import FileFormat

@Suite struct `Unpacking deflated data` {
    private static let sentence = Array(String(repeating: "The case is saved. ", count: 12).utf8)

    /// Made by Python 3.11's zlib with level 0, with the strategy for fixed codes, and with level
    /// 9.
    private static let stored = joined([0x01, 0xE4, 0x00, 0x1B, 0xFF], sentence)
    private static let fixed = bytes(hex: "0bc94855484e2c4e55c82c56284e2c4b4dd15308196e4200")
    private static let dynamic = bytes(
        hex: """
            758e0b0ec0101044afe26ac2f693b44471ff2e5bbfa589b0266f66c745882034487d9da61b5cd6e50e263451451fec0d
            8f0847872ae9f9cf6e8d6519144c778aa95c25d03c6f1c5623c163685a5af396d4eab3e679c12799ca16085f3ca4cd3d
            87f625fbaf6f71bd
            """)
    private static let words = Array(
        """
        queue deadline deadline queue agent deadline customer the deadline case deadline \
        case of customer agent deadline queue queue the customer deadline of deadline \
        customer customer the of queue queue the queue of deadline customer the case the of \
        case queue of deadline case agent of case of of agent customer deadline the customer \
        the of customer customer the of deadline
        """.utf8)

    @Test(arguments: [(stored, sentence), (fixed, sentence), (dynamic, words), ([3, 0], [])])
    func `unpacks what another program packed`(_ packed: [UInt8], _ plain: [UInt8]) {
        #expect(Inflate.unpack(packed, maximumByteCount: 4096) == .complete(plain))
    }

    @Test(arguments: [stored, fixed, dynamic])
    func `gives a beginning of what is cut off at any byte`(_ packed: [UInt8]) {
        guard case .complete(let whole) = Inflate.unpack(packed, maximumByteCount: 4096) else {
            Issue.record("does not unpack")
            return
        }
        for length in packed.indices {
            let outcome = Inflate.unpack(Array(packed[..<length]), maximumByteCount: 4096)
            guard case .partial(let part) = outcome else {
                Issue.record("\(length) bytes: \(outcome)")
                continue
            }
            #expect(whole.starts(with: part))
        }
    }

    @Test func `stops at its limit`() {
        let limit = `Unpacking deflated data`.sentence.count
        #expect(
            Inflate.unpack(`Unpacking deflated data`.fixed, maximumByteCount: limit - 1)
                == .partial(Array(`Unpacking deflated data`.sentence.dropLast())))
        #expect(
            Inflate.unpack(`Unpacking deflated data`.fixed, maximumByteCount: limit)
                == .complete(`Unpacking deflated data`.sentence))
    }

    @Test(arguments: [
        "07",  // the fourth kind of block, which does not exist (RFC 1951 3.2.3)
        "0100000000",  // a stored length that is not the complement of the next
        "03020000",  // a distance to before the beginning
    ])
    func `refuses what is not deflated`(_ hex: String) {
        #expect(Inflate.unpack(bytes(hex: hex), maximumByteCount: 64) == .invalid)
    }

    @Test(arguments: [("123456789", 0xCBF4_3926), ("", 0), ("IEND", 0xAE42_6082)])
    func `has its checksum from the specification`(_ text: String, _ checksum: UInt32) {
        #expect(CRC32.of(Array(text.utf8)) == checksum)
    }

    @Test func `has the same checksum for every length and place`() {
        let bytes = (0..<64).map { UInt8($0 * 37 & 0xFF) }
        for begin in 0..<9 {
            for end in begin...bytes.count {
                var checksum = CRC32()
                checksum.add(bytes, in: begin..<end)
                #expect(Int(checksum.value) == bitwiseChecksum(Array(bytes[begin..<end])))
            }
        }
    }
}
