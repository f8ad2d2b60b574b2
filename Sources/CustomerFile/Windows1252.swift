/// Windows code page 1252 (WHATWG Encoding, index windows-1252, without what it leaves undefined).
enum Windows1252 {
    /// The character of a byte; `nil` for the five that have none.
    static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        return upper[Int(byte - 0x80)]
    }

    /// The characters of 0x80 to 0x9F, where it differs from Latin-1.
    private static let upper: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]
}
