/// The outline of a PDF file: header, objects, cross-reference, end mark.
///
/// Source: ISO 32000-2, 7.5 (file structure) and annex F (linearized files). Objects are not read:
/// what a PDF does when it is opened is for its viewer to allow.
enum PDFStructure {
    /// Where viewers look for the header, in bytes from the beginning (ISO 32000-1, annex H, note
    /// 13).
    static let maximumBeginningByteCount = 1024

    /// Where the address of the cross-reference is looked for, in bytes before the end mark.
    static let maximumTrailerByteCount = 1024

    /// What may stand behind the end mark that is neither fill nor comment, in bytes: viewers look
    /// for the mark in so much (ISO 32000-1, annex H, note 18).
    static let maximumTailByteCount = 1024

    private static let header = Array("%PDF-".utf8)
    private static let endMark = Array("%%EOF".utf8)
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Where the header stands, or nil when there is none in the first 1024 bytes.
    static func headerOffset(in file: inout ByteWindow) throws -> Int? {
        try file.firstIndex(of: header, in: 0..<maximumBeginningByteCount)
    }

    /// Checks the header, the end, and that the end leads to objects.
    static func check(_ file: inout ByteWindow) throws {
        guard let begin = try headerOffset(in: &file) else { throw Flaw.imposter(nil) }
        try checkBeginning(before: begin, of: &file)
        guard let end = try file.lastIndex(of: endMark) else {
            let likeness = try Likeness.ofText(from: begin + 8, in: &file)
            throw likeness?.isMarkup == true ? Flaw.imposter(likeness) : Flaw.cutOff
        }
        try checkTail(behind: end + endMark.count, of: &file)
        try checkLinearization(at: begin, of: &file)
        try checkCrossReference(before: end, header: begin, of: &file)
    }

    /// Before the header there may be white space and a byte-order mark; its version is two digits
    /// (7.5.2).
    private static func checkBeginning(before begin: Int, of file: inout ByteWindow) throws {
        let allowed = ForeignContent.fill.union(byteOrderMark)
        if let other = try file.firstIndex(notIn: allowed, range: 0..<begin) {
            let noun = try ForeignContent.find(in: other..<begin, of: &file) ?? "something else"
            throw Flaw.hides("\(noun) before its beginning")
        }
        let version = try file.bytes(at: begin + header.count, count: 3)
        guard isDigit(version[0]), version[1] == 0x2E, isDigit(version[2]) else {
            throw Flaw.imposter(try Likeness.ofText(from: begin + header.count, in: &file))
        }
    }

    /// Behind the end mark: fill bytes, one byte repeated, comments, and a little that is no
    /// foreign content.
    private static func checkTail(behind end: Int, of file: inout ByteWindow) throws {
        guard
            let begin = try file.firstIndex(
                notIn: ForeignContent.fill, range: end..<file.byteCount)
        else { return }
        try ForeignContent.refuseMarks(behind: begin, of: &file)
        guard file.byteCount - begin > maximumTailByteCount else { return }
        let first = try file.byte(at: begin)
        let isComment = first == 0x25
        let other = try file.firstIndex(
            notIn: ForeignContent.fill.union([first]), range: begin..<file.byteCount)
        guard isComment || other == nil else {
            throw Flaw.hides("\(file.byteCount - end) bytes of something else behind its end")
        }
    }

    /// A linearized file says its length in its first object (F.3.3): more than there is, is a file
    /// cut off.
    private static func checkLinearization(at begin: Int, of file: inout ByteWindow) throws {
        let first = try file.prefix(at: begin, count: 1024)
        guard let mark = index(of: Array("/Linearized".utf8), in: first, from: 0),
            let close = index(of: Array(">>".utf8), in: first, from: mark),
            let key = lengthKey(in: first[..<close]),
            let length = number(in: first, at: key)
        else { return }
        guard length <= file.byteCount - begin else { throw Flaw.cutOff }
    }

    /// The place behind `/L` where it is a key of its own.
    private static func lengthKey(in dictionary: ArraySlice<UInt8>) -> Int? {
        dictionary.indices.dropLast(2).first { index in
            dictionary[index] == 0x2F && dictionary[index + 1] == 0x4C
                && (isSpace(dictionary[index + 2]) || isDigit(dictionary[index + 2]))
        }.map { $0 + 2 }
    }

    /// The address behind `startxref` (7.5.5) leads to a table or a stream; where it does not,
    /// there have to be objects and a root, from which viewers make the table anew.
    private static func checkCrossReference(
        before end: Int, header: Int, of file: inout ByteWindow
    ) throws {
        let begin = max(0, end - maximumTrailerByteCount)
        let trailer = try file.bytes(at: begin, count: end - begin)
        let keyword = Array("startxref".utf8)
        guard let place = lastIndex(of: keyword, in: trailer),
            let address = number(in: trailer, at: place + keyword.count)
        else { throw Flaw.damaged("the address of its table of contents is missing") }
        if try isCrossReference(at: address, of: &file) { return }
        if try isCrossReference(at: header + address, of: &file) { return }
        let whole = 0..<file.byteCount
        guard try file.firstIndex(of: Array(" obj".utf8), in: whole) != nil,
            try file.firstIndex(of: Array("/Root".utf8), in: whole) != nil
        else { throw Flaw.damaged("there are no pages in it") }
    }

    /// Whether `xref` or `12 0 obj` stands there, after white space.
    private static func isCrossReference(at address: Int, of file: inout ByteWindow) throws -> Bool
    {
        guard address > 0, address < file.byteCount else { return false }
        let bytes = try file.prefix(at: address, count: 64)
        let text = bytes.drop(while: isSpace)
        if text.starts(with: Array("xref".utf8)) { return true }
        let words = text.split(maxSplits: 3, whereSeparator: isSpace)
        return words.count >= 3 && words[0].allSatisfy(isDigit) && words[1].allSatisfy(isDigit)
            && words[2].starts(with: Array("obj".utf8))
    }

    /// The number at a place, after white space; nil when there is none or it is beyond any file.
    private static func number(in bytes: [UInt8], at place: Int) -> Int? {
        let digits = bytes[place...].drop(while: isSpace).prefix(while: isDigit)
        guard (1...12).contains(digits.count) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func index(of pattern: [UInt8], in bytes: [UInt8], from: Int) -> Int? {
        guard bytes.count >= pattern.count, from <= bytes.count - pattern.count else { return nil }
        return (from...(bytes.count - pattern.count)).first {
            bytes[$0...].starts(with: pattern)
        }
    }

    private static func lastIndex(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return (0...(bytes.count - pattern.count)).last { bytes[$0...].starts(with: pattern) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isSpace(_ byte: UInt8) -> Bool { ForeignContent.fill.contains(byte) }
}
