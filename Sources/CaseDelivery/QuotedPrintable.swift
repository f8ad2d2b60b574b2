/// Text of a mail in ASCII with short lines (RFC 2045, 6.7).
enum QuotedPrintable {
    /// Characters of a line, the `=` of a soft line break included (6.7, rule 5).
    private static let maximumLineCount = 76
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// - Parameter text: Lines end in LF.
    /// - Returns: Lines end in CRLF, the last one, too.
    static func encoded(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var count = 0
            for (index, byte) in line.enumerated() {
                let isLast = index == line.count - 1
                let piece = encoded(byte, isLast: isLast)
                if count + piece.count > maximumLineCount - (isLast ? 0 : 1) {
                    result += [0x3D, 0x0D, 0x0A]
                    count = 0
                }
                result += piece
                count += piece.count
            }
            result += [0x0D, 0x0A]
        }
        return result
    }

    /// A byte as it is where it may stand for itself: a space not at the end of a line (rule 3).
    private static func encoded(_ byte: UInt8, isLast: Bool) -> [UInt8] {
        switch byte {
        case 0x20 where !isLast, 0x21...0x3C, 0x3E...0x7E: [byte]
        default: [0x3D, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
