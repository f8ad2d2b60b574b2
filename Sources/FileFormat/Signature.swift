/// The first bytes of a format that is not accepted.
struct Signature {
    let bytes: [UInt8]
    let likeness: Likeness

    /// Where the bytes stand, from the beginning of the file.
    let offset: Int

    private init(
        _ bytes: [UInt8], _ noun: String, _ advice: Likeness.Advice = .chooseAnother,
        at offset: Int = 0
    ) {
        self.bytes = bytes
        self.offset = offset
        likeness = Likeness(noun, advice)
    }

    private init(_ text: String, _ noun: String, _ advice: Likeness.Advice = .chooseAnother) {
        self.init(Array(text.utf8), noun, advice)
    }

    /// Whether this beginning of a file has the signature.
    func stands(in beginning: [UInt8]) -> Bool {
        beginning.count >= offset + bytes.count && beginning[offset...].starts(with: bytes)
    }

    /// What people try to attach, and what is passed off as something else.
    ///
    /// Sources: the specification of each format; for what has none in public, the media type's
    /// registration with IANA.
    static let all: [Signature] = [
        // A PNG that went through a transfer for text, which changes line ends or the high bit
        // (5.2).
        Signature([0x49, 0x48, 0x44, 0x52], damagedPNG, .getAgain, at: 12),
        Signature([0x49, 0x48, 0x44, 0x52], damagedPNG, .getAgain, at: 11),
        Signature([0x49, 0x48, 0x44, 0x52], damagedPNG, .getAgain, at: 13),
        Signature(
            [0x43, 0x67, 0x42, 0x49], "a PNG in Apple's own variant", .saveAsPicture, at: 12),

        // Archives.
        Signature([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], "a RAR archive", .unpack),
        Signature([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive", .unpack),
        Signature([0x1F, 0x8B], "a GZIP archive", .unpack),
        Signature("BZh", "a BZIP2 archive", .unpack),
        Signature([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an XZ archive", .unpack),
        Signature([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive", .unpack),
        Signature("MSCF", "a CAB archive", .unpack),
        Signature(Array("ustar".utf8), "a TAR archive", .unpack, at: 257),
        Signature([0x50, 0x4B, 0x07, 0x08], "a piece of a split ZIP archive", .unpack),

        // Programs.
        Signature("MZ", "a Windows program", .program),
        Signature([0x7F, 0x45, 0x4C, 0x46], "a Linux program", .program),
        Signature([0xCA, 0xFE, 0xBA, 0xBE], "a Java or macOS program", .program),
        Signature([0xCF, 0xFA, 0xED, 0xFE], "a macOS program", .program),
        Signature([0xCE, 0xFA, 0xED, 0xFE], "a macOS program", .program),
        Signature([0x00, 0x61, 0x73, 0x6D], "a WebAssembly program", .program),
        Signature(
            [0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], "a Windows shortcut", .program),
        Signature("#!AMR", "a sound recording", .recording),
        Signature("#!", "a script", .program),
        Signature("@echo off", "a Windows script", .program),

        // Pictures.
        Signature([0x49, 0x49, 0x2A, 0x00], "a TIFF picture", .saveAsPicture),
        Signature([0x4D, 0x4D, 0x00, 0x2A], "a TIFF picture", .saveAsPicture),
        Signature([0x00, 0x00, 0x01, 0x00], "an icon (ICO)", .saveAsPicture),
        Signature([0x00, 0x00, 0x02, 0x00], "a mouse pointer (CUR)", .saveAsPicture),
        Signature("8BPS", "a Photoshop picture", .saveAsPicture),
        Signature([0xFF, 0x0A], "a JPEG XL picture", .saveAsPicture),
        Signature([0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20], "a JPEG XL picture", .saveAsPicture),
        Signature([0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20], "a JPEG 2000 picture", .saveAsPicture),
        Signature([0xFF, 0x4F, 0xFF, 0x51], "a JPEG 2000 picture", .saveAsPicture),
        Signature([0xD7, 0xCD, 0xC6, 0x9A], "a Windows drawing (WMF)", .saveAsPicture),

        // Documents.
        Signature("{\\rtf", "an RTF text", .saveAsDocument),
        Signature([0xDB, 0xA5], "a Word document of before 1995", .saveAsDocument),
        Signature("%!PS", "a PostScript document", .saveAsPDF),
        Signature("%FDF", "the data of a PDF form", .saveAsPDF),
        Signature("ITSF", "a Windows help file", .saveAsPDF),

        // Films and sound.
        Signature("ID3", "an MP3 recording", .recording),
        Signature([0xFF, 0xFB], "an MP3 recording", .recording),
        Signature([0xFF, 0xF3], "an MP3 recording", .recording),
        Signature("OggS", "an Ogg recording", .recording),
        Signature("fLaC", "a FLAC recording", .recording),
        Signature([0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM film", .recording),
        Signature("FLV", "a Flash film", .recording),

        // Data.
        Signature("SQLite format 3", "an SQLite database"),
        Signature([0x30, 0x82], "a certificate or a signature"),
        Signature("-----BEGIN", "a key or a certificate"),
        Signature("BEGIN:VCARD", "a visiting card (vCard)"),
        Signature("BEGIN:VCALENDAR", "a calendar entry"),
    ]

    private static let damagedPNG = "a PNG picture that was damaged on its way"
}
