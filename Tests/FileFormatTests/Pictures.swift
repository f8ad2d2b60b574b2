/// Small pictures, put together piece by piece as their specifications say.
enum JPEGFile {
    static let start: [UInt8] = [0xFF, 0xD8]
    static let end: [UInt8] = [0xFF, 0xD9]

    /// A segment: marker, length, content (T.81 B.1.1.4).
    static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker] + bigEndian(content.count + 2, 2) + content
    }

    /// A frame of one component with 8 bits (B.2.2).
    static func frame(width: Int = 1, height: Int = 1) -> [UInt8] {
        segment(0xC0, [8] + bigEndian(height, 2) + bigEndian(width, 2) + [1, 1, 0x11, 0])
    }

    /// A scan of one component (B.2.3) with these coded data.
    static func scan(_ data: [UInt8] = [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]) -> [UInt8] {
        segment(0xDA, [1, 1, 0, 0, 63, 0]) + data
    }

    /// A complete picture, with segments after its start if wanted.
    static func picture(_ extra: [UInt8] = [], behind: [UInt8] = []) -> [UInt8] {
        start + extra + segment(0xDB, [UInt8](repeating: 1, count: 65)) + frame() + scan() + end
            + behind
    }
}

enum PNGFile {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// A chunk with its checksum (PNG 5.3).
    static func chunk(_ type: String, _ content: [UInt8] = []) -> [UInt8] {
        let body = Array(type.utf8) + content
        return bigEndian(content.count, 4) + body + bigEndian(bitwiseChecksum(body), 4)
    }

    /// A header (PNG 11.2.1).
    static func header(
        width: Int = 1, height: Int = 1, depth: UInt8 = 8, colour: UInt8 = 0,
        rest: [UInt8] = [0, 0, 0]
    ) -> [UInt8] {
        chunk("IHDR", bigEndian(width, 4) + bigEndian(height, 4) + [depth, colour] + rest)
    }

    /// One grey pixel as a zlib stream, made by Python 3.11's zlib.compress(b"\\0\\x7f").
    static let data = bytes(hex: "789c63a8070000810080")
    static let end = chunk("IEND")

    static func picture(_ chunks: [UInt8]...) -> [UInt8] { signature + chunks.flatMap { $0 } }

    static let small = picture(header(), chunk("IDAT", data), end)
}

enum GIFFile {
    /// Header and screen descriptor without a colour table (GIF89a 17, 18).
    static func screen(version: String = "GIF89a", packed: UInt8 = 0) -> [UInt8] {
        Array(version.utf8) + [1, 0, 1, 0, packed, 0, 0]
    }

    /// A picture of one pixel (20 to 22).
    static let image: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0]
    static let trailer: [UInt8] = [0x3B]

    /// A comment (24).
    static func comment(_ text: String) -> [UInt8] {
        [0x21, 0xFE, UInt8(text.utf8.count)] + text.utf8 + [0]
    }

    static let small = screen(packed: 0x80) + [0, 0, 0, 255, 255, 255] + image + trailer
}
