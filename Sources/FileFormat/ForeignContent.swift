/// Looks for content that has no business in a file: archives, programs, pages and scripts.
///
/// A file can be two things at once where one format is read from its beginning and the other from
/// its end or from a mark somewhere (a JPEG with a ZIP behind it, a GIF with PHP behind it). What
/// is appended is looked at byte for byte.
enum ForeignContent {
    /// Bytes that programs append to fill a file up: zero, tab, line feed, form feed, return,
    /// space.
    static let fill = ByteSet([0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20])

    /// Marks that say what a piece is wherever they stand in it; letters behind the first byte in
    /// lower case.
    private static let marks: [(bytes: [UInt8], noun: String)] = [
        ([0x50, 0x6B, 0x03, 0x04], "a ZIP archive"),
        ([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], "a RAR archive"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
        (Array("%pdf-".utf8), "a PDF document"),
        (Array("<?php".utf8), "a PHP script"),
        (Array("<script".utf8), "a script"),
        (Array("<html".utf8), "a web page"),
        (Array("<!doctype html".utf8), "a web page"),
        (Array("<svg".utf8), "an SVG drawing"),
    ]

    private static let firstBytesOfMarks = ByteSet(marks.map { $0.bytes[0] })

    /// Marks that count only where the piece begins.
    private static let beginnings: [(bytes: [UInt8], noun: String)] = [
        (Array("MZ".utf8), "a Windows program"),
        ([0x7F, 0x45, 0x4C, 0x46], "a Linux program"),
        (Array("#!".utf8), "a script"),
    ]

    /// What stands in a range that should hold nothing of the kind, with its article, or nil.
    static func find(in range: Range<Int>, of file: inout ByteWindow) throws -> String? {
        guard let begin = try file.firstIndex(notIn: fill, range: range) else { return nil }
        for (bytes, noun) in beginnings where try file.has(bytes, at: begin) { return noun }
        var offset = begin
        while let found = try file.firstIndex(
            in: firstBytesOfMarks, range: offset..<range.upperBound)
        {
            let first = try file.byte(at: found)
            for (bytes, noun) in marks where bytes[0] == first {
                if try has(bytes, at: found, of: &file) { return noun }
            }
            offset = found + 1
        }
        return nil
    }

    /// Refuses a file that is also a ZIP archive: one that a ZIP reader finds from its end.
    ///
    /// The end record counts only if its comment reaches exactly to the end of the file (APPNOTE
    /// 4.3.16), as `ZipArchive` reads it.
    static func refuseArchive(atTheEndOf file: inout ByteWindow) throws {
        if try ZipArchive.endRecordOffset(in: &file) != nil {
            throw Flaw.hides("a ZIP archive hidden in it")
        }
    }

    /// Refuses what is appended to a file, from `end` on: anything but fill bytes.
    static func refuseAnythingButFill(behind end: Int, of file: inout ByteWindow) throws {
        let range = end..<file.byteCount
        guard try file.firstIndex(notIn: fill, range: range) != nil else { return }
        try refuseMarks(behind: end, of: &file)
        throw Flaw.hides("\(range.count) bytes of something else behind its end")
    }

    /// Refuses archives, programs, pages and scripts that are appended to a file, from `end` on.
    static func refuseMarks(behind end: Int, of file: inout ByteWindow) throws {
        if let noun = try find(in: end..<file.byteCount, of: &file) {
            throw Flaw.hides("\(noun) hidden behind its end")
        }
    }

    private static func has(
        _ mark: [UInt8], at offset: Int, of file: inout ByteWindow
    ) throws -> Bool {
        guard offset <= file.byteCount - mark.count else { return false }
        for index in 1..<mark.count {
            let byte = try file.byte(at: offset + index)
            let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            guard lower == mark[index] else { return false }
        }
        return true
    }
}
