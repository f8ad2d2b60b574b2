/// What a file that is not accepted seems to be, for the sentence that says so.
///
/// Nothing is decided by it: a file is refused because it is none of the accepted formats, and then
/// called by its first bytes as well as they tell.
struct Likeness: Equatable, Sendable {
    /// With its article: "a ZIP archive".
    let noun: String

    /// What to do with it.
    let advice: Advice

    /// Whether it is a page, a drawing or a script in text.
    var isMarkup = false

    init(_ noun: String, _ advice: Advice, isMarkup: Bool = false) {
        self.noun = noun
        self.advice = advice
        self.isMarkup = isMarkup
    }

    /// What to do with a file of a kind that is not accepted.
    enum Advice: String, Sendable {
        case chooseAnother =
            "Only files ending in .jpg, .jpeg, .png, .gif, .pdf, .doc or .docx can be attached."
        case getAgain = "Download or copy it again and attach the new copy."
        case unpack = "Unpack it and attach the files in it that are needed."
        case saveAsPicture = "Save it as JPG or PNG and attach that."
        case saveAsDocument = "Save it as PDF or DOCX and attach that."
        case saveAsPDF = "Save it as PDF and attach that."
        case program = "Programs and scripts cannot be attached."
        case recording = "Films and sound cannot be attached."
    }

    /// What the file seems to be, or nil when nothing is recognised.
    static func of(_ file: inout ByteWindow) throws -> Likeness? {
        let first = try file.prefix(at: 0, count: maximumByteCount)
        if let likeness = ofBinary(first) { return likeness }
        if let likeness = ofText(first[...]) { return likeness }
        guard try file.firstIndex(notIn: ByteSet([0]), range: 0..<file.byteCount) == nil else {
            return nil
        }
        return Likeness("nothing but zero bytes, as when a copy failed", .getAgain)
    }

    /// What the text from `offset` on seems to be, for files with borrowed first bytes; nil when it
    /// is no text.
    static func ofText(from offset: Int, in file: inout ByteWindow) throws -> Likeness? {
        let rest = try file.prefix(at: offset, count: maximumByteCount)
        for skipped in 0..<min(8, rest.count) {
            if let likeness = ofMarkup(rest[skipped...]) { return likeness }
        }
        return ofBinary(rest) ?? ofText(rest[...])
    }

    /// How much of a file is looked at, in bytes: enough for the first lines of a page.
    private static let maximumByteCount = 1024

    private static func ofBinary(_ bytes: [UInt8]) -> Likeness? {
        if let likeness = ofContainer(bytes) { return likeness }
        return Signature.all.first { $0.stands(in: bytes) }?.likeness
    }

    /// BMP files have zeros behind their size; RIFF and ISO media files say what they hold.
    private static func ofContainer(_ bytes: [UInt8]) -> Likeness? {
        guard bytes.count >= 12 else { return nil }
        let word = String(decoding: bytes[8..<12], as: UTF8.self)
        if bytes.starts(with: Array("BM".utf8)), bytes[6..<10].allSatisfy({ $0 == 0 }) {
            return Likeness("a BMP picture", .saveAsPicture)
        }
        if bytes.starts(with: Array("RIFF".utf8)) {
            return word == "WEBP"
                ? Likeness("a WebP picture", .saveAsPicture)
                : Likeness("a film or sound recording", .recording)
        }
        guard bytes[4..<8].elementsEqual(Array("ftyp".utf8)) else { return nil }
        switch word {
        case "avif", "avis": return Likeness("an AVIF picture", .saveAsPicture)
        case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
            return Likeness("an HEIC picture, as phones take them", .saveAsPicture)
        case "M4A ", "M4B ": return Likeness("a sound recording", .recording)
        default: return Likeness("an MP4 film", .recording)
        }
    }

    private static func ofText(_ bytes: ArraySlice<UInt8>) -> Likeness? {
        if let likeness = ofMarkup(bytes) { return likeness }
        let isText = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
        guard !bytes.isEmpty, isText else {
            let hasMark = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            return hasMark ? Likeness("plain text (UTF-16)", .saveAsDocument) : nil
        }
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        if has("<html", text) || has("<script", text) { return webPage }
        return Likeness("plain text", .saveAsDocument)
    }

    private static func ofMarkup(_ bytes: ArraySlice<UInt8>) -> Likeness? {
        let spaces = ForeignContent.fill.union([0xEF, 0xBB, 0xBF])
        let lowered = bytes.drop { spaces.contains($0) }.map {
            (0x41...0x5A).contains($0) ? $0 | 0x20 : $0
        }
        let text = String(decoding: lowered, as: UTF8.self)
        if text.hasPrefix("<?xml") { return ofXML(text) }
        let beginnings: [(String, Likeness)] = [
            ("<!doctype html", webPage), ("<html", webPage), ("<head", webPage),
            ("<body", webPage), ("<!doctype svg", drawing), ("<svg", drawing),
            ("<?php", Likeness("a PHP script", .program, isMarkup: true)),
            ("<?=", Likeness("a PHP script", .program, isMarkup: true)),
            ("<script", Likeness("a web page with a script", .program, isMarkup: true)),
            ("mime-version:", Likeness("a saved web page or e-mail", .saveAsPDF)),
            ("return-path:", email), ("received:", email), ("delivered-to:", email),
            ("from: ", email),
        ]
        return beginnings.first { text.hasPrefix($0.0) }?.1
    }

    private static func ofXML(_ text: String) -> Likeness {
        if has("<svg", text) { return drawing }
        if has("<html", text) { return webPage }
        if has("word.document", text) {
            return Likeness("a Word document in the XML format of 2003", .saveAsDocument)
        }
        return Likeness("an XML file", .saveAsPDF, isMarkup: true)
    }

    private static func has(_ pattern: String, _ text: String) -> Bool {
        let pattern = Array(pattern.utf8)
        let bytes = Array(text.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: pattern) }
    }

    private static let webPage = Likeness("a web page (HTML)", .saveAsPDF, isMarkup: true)
    private static let drawing = Likeness("an SVG drawing", .saveAsPicture, isMarkup: true)
    private static let email = Likeness("an e-mail", .saveAsPDF)
}
