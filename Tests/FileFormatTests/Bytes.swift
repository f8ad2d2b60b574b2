import FileAccess
import FileFormat

/// The bytes that hexadecimal digits stand for; white space between them is passed over.
func bytes(hex: String) -> [UInt8] {
    let digits = hex.compactMap { $0.hexDigitValue.map(UInt8.init) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// A number in so many bytes, the least significant first.
func littleEndian(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

/// A number in so many bytes, the most significant first.
func bigEndian(_ value: Int, _ count: Int) -> [UInt8] {
    littleEndian(value, count).reversed()
}

/// The CRC-32 of PNG and ZIP, bit by bit as PNG's annex D describes it.
func bitwiseChecksum(_ bytes: [UInt8]) -> Int {
    var rest: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
        rest ^= UInt32(byte)
        for _ in 0..<8 {
            let isOdd = rest & 1 == 1
            rest >>= 1
            if isOdd { rest ^= 0xEDB8_8320 }
        }
    }
    return Int(~rest)
}

/// What the inspector says of these bytes under a name.
func verdict(_ bytes: [UInt8], _ name: String) throws -> Verdict {
    try FileInspector.inspect(BytesInMemory(bytes), uploadName: name)
}

/// The reason for which these bytes are refused under a name, or a text that says they were
/// accepted.
func reason(_ bytes: [UInt8], _ name: String) throws -> String {
    switch try verdict(bytes, name) {
    case .accepted(let format): "accepted as \(format)"
    case .refused(let reason): reason
    }
}

/// The lengths to which a file can be cut and is accepted all the same.
func acceptedLengths(of bytes: [UInt8], _ name: String) throws -> [Int] {
    try bytes.indices.filter { length in
        if case .accepted = try verdict(Array(bytes[..<length]), name) { return true }
        return false
    }
}

/// The bytes that base64 stands for (RFC 4648, 4); white space between is passed over.
func bytes(base64: String) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result: [UInt8] = []
    var held = 0
    var count = 0
    for letter in base64 {
        guard let value = letters.firstIndex(of: letter) else { continue }
        held = held << 6 | value
        count += 6
        if count >= 8 {
            count -= 8
            result.append(UInt8(truncatingIfNeeded: held >> count))
        }
    }
    return result
}

/// Pieces of a file, one behind the other.
func joined(_ pieces: [UInt8]...) -> [UInt8] {
    pieces.flatMap { $0 }
}
