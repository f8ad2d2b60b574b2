import FileFormat
import Testing

@Suite struct `JPEG pictures` {
    private static let whole: [[UInt8]] = [
        JPEGFile.picture(),
        JPEGFile.picture(
            joined(JPEGFile.segment(0xE1, Array("Exif".utf8)), JPEGFile.segment(0xFE, []))),
        // Fill bytes before a marker (T.81 B.1.1.2), and a second scan as progressive files have.
        JPEGFile.picture(joined([0xFF, 0xFF], JPEGFile.segment(0xE0, [1]))),
        joined(
            JPEGFile.start, JPEGFile.frame(), JPEGFile.scan(), JPEGFile.scan(), JPEGFile.end),
        // Lines that a later marker gives (B.2.5), and what cameras append.
        joined(JPEGFile.start, JPEGFile.frame(height: 0), JPEGFile.scan(), JPEGFile.end),
        JPEGFile.picture(behind: JPEGFile.picture()),
        JPEGFile.picture(behind: Array("SEFHe\u{1}".utf8)),
    ]

    @Test(arguments: whole)
    func `are accepted in the forms that cameras and programs make`(_ file: [UInt8]) throws {
        #expect(try verdict(file, "a.jpg") == .accepted(.jpeg))
        #expect(try verdict(file, "a.jpeg") == .accepted(.jpeg))
    }

    @Test func `are refused when cut off at any byte`() throws {
        let file = JPEGFile.picture(JPEGFile.segment(0xE1, [1, 2, 3]))
        #expect(try acceptedLengths(of: file, "a.jpg") == [])
        let cut = Array(file.dropLast())
        #expect(try reason(cut, "a.jpg").contains("its end is missing"))
    }

    private static let broken: [([UInt8], String)] = [
        (joined(JPEGFile.start, JPEGFile.frame(), JPEGFile.end), "no picture"),
        (joined(JPEGFile.start, JPEGFile.scan(), JPEGFile.end), "a scan stands before its frame"),
        (joined(JPEGFile.start, JPEGFile.frame(), JPEGFile.scan([]), JPEGFile.end), "no data"),
        (
            joined(JPEGFile.start, JPEGFile.frame(width: 0), JPEGFile.scan(), JPEGFile.end),
            "is wrong"
        ),
        (
            joined(
                JPEGFile.start, JPEGFile.frame(width: 65535, height: 65535), JPEGFile.scan(),
                JPEGFile.end), "65535 by 65535"
        ),
        (joined(JPEGFile.start, [0xFF, 0xE0, 0, 1, 7], JPEGFile.end), "no length"),
        (joined(JPEGFile.start, JPEGFile.frame(), [7], JPEGFile.scan(), JPEGFile.end), "between"),
    ]

    @Test(arguments: broken)
    func `are refused when a rule is broken`(_ file: [UInt8], because words: String) throws {
        #expect(try reason(file, "a.jpg").contains(words))
    }

    @Test(arguments: [
        ("PK\u{3}\u{4}........", "a ZIP archive"), ("<?PHP echo 1 ?>", "a PHP script"),
        ("\0\0\r\n<html>", "a web page"), ("MZ\u{90}", "a Windows program"),
        ("%PDF-1.7", "a PDF document"),
    ])
    func `are refused with something hidden behind`(_ tail: String, that noun: String) throws {
        let words = try reason(JPEGFile.picture(behind: Array(tail.utf8)), "a.jpg")
        #expect(words.contains("\(noun) hidden behind its end"))
    }

    @Test(arguments: [
        ("<html><script>1</script>", "a web page"), ("/*<script>x</script>", "a script"),
        ("\u{0}\u{10}MZ", "nothing of the kind"), ("#!/bin/sh\n", "nothing of the kind"),
    ])
    func `are more than first bytes`(_ rest: String, that seems: String) throws {
        let words = try reason([0xFF, 0xD8, 0xFF] + Array(rest.utf8) + [0], "a.jpg")
        #expect(!words.contains("accepted"))
        #expect(words.contains("only the first bytes") || words.contains("end is missing"))
    }
}

@Suite struct `PNG pictures` {
    /// Made by Python 3.11: struct, zlib.crc32 and zlib.compress.
    private let made = bytes(
        hex: """
            89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63a8
            070000810080d394534a0000000049454e44ae426082
            """)

    @Test func `are the same here and made by another program`() {
        #expect(PNGFile.small == made)
    }

    private static let whole: [[UInt8]] = [
        PNGFile.small,
        PNGFile.picture(
            PNGFile.header(colour: 3), PNGFile.chunk("PLTE", [1, 2, 3]),
            PNGFile.chunk("IDAT", Array(PNGFile.data[..<1])), PNGFile.chunk("IDAT"),
            PNGFile.chunk("IDAT", Array(PNGFile.data[1...])), PNGFile.chunk("tEXt", [65, 0, 66]),
            PNGFile.end),
        joined(PNGFile.small, [0, 0, 0x0A]),
        // A wrong checksum where a viewer passes over it (13.1).
        PNGFile.picture(
            PNGFile.header(), joined(PNGFile.chunk("tEXt", [65, 0]).dropLast(), [9]),
            PNGFile.chunk("IDAT", PNGFile.data), PNGFile.end),
    ]

    @Test(arguments: whole)
    func `are accepted in the forms the specification has`(_ file: [UInt8]) throws {
        #expect(try verdict(file, "a.png") == .accepted(.png))
    }

    @Test func `are refused when cut off at any byte`() throws {
        #expect(try acceptedLengths(of: PNGFile.small, "a.png") == [])
    }

    @Test func `are refused when any bit of a chunk that counts is wrong`() throws {
        for index in PNGFile.small.indices {
            var file = PNGFile.small
            file[index] ^= 0x10
            #expect(try verdict(file, "a.png") != .accepted(.png), "at byte \(index)")
        }
    }

    private static let broken: [([UInt8], String)] = [
        (PNGFile.picture(PNGFile.header(width: 0)), "description"),
        (PNGFile.picture(PNGFile.header(depth: 16, colour: 3)), "description"),
        (PNGFile.picture(PNGFile.header(rest: [1, 0, 0])), "description"),
        (PNGFile.picture(PNGFile.header(width: 1 << 20, height: 1 << 20)), "1048576 by 1048576"),
        (PNGFile.picture(PNGFile.header(), PNGFile.header()), "two headers"),
        (PNGFile.picture(PNGFile.header(), PNGFile.end), "no picture"),
        (
            PNGFile.picture(PNGFile.header(colour: 3), PNGFile.chunk("IDAT", PNGFile.data)),
            "palette is missing"
        ),
        (PNGFile.picture(PNGFile.header(), PNGFile.chunk("IDAT", [0x79, 0])), "not readable"),
        (PNGFile.picture(PNGFile.header(), PNGFile.chunk("ABCD")), "not known"),
        (joined(PNGFile.small, [1]), "something else behind its end"),
        (joined(PNGFile.small, Array("<script>".utf8)), "a script hidden behind its end"),
        (joined(PNGFile.signature, Array("<html><body>x</body></html>".utf8)), "a web page (HTML)"),
    ]

    @Test(arguments: broken)
    func `are refused when a rule is broken`(_ file: [UInt8], because words: String) throws {
        #expect(try reason(file, "a.png").contains(words))
    }

    @Test func `are named when a transfer for text has damaged them`() throws {
        let file = Array(PNGFile.small[..<4]) + [0x0A, 0x1A, 0x0A] + PNGFile.small[8...]
        #expect(try reason(file, "a.png").contains("damaged on its way"))
    }
}

@Suite struct `GIF pictures` {
    private static let whole: [[UInt8]] = [
        GIFFile.small,
        joined(GIFFile.screen(version: "GIF87a"), GIFFile.image, GIFFile.trailer),
        joined(
            GIFFile.screen(), GIFFile.comment("by hand"), GIFFile.image, GIFFile.image, [0x3B, 0]),
    ]

    @Test(arguments: whole)
    func `are accepted in the forms the specification has`(_ file: [UInt8]) throws {
        #expect(try verdict(file, "a.gif") == .accepted(.gif))
    }

    @Test func `are refused when cut off at any byte`() throws {
        #expect(try acceptedLengths(of: GIFFile.small, "a.gif") == [])
    }

    private static let broken: [([UInt8], String)] = [
        (joined(GIFFile.screen(), GIFFile.trailer), "no picture"),
        (joined(GIFFile.screen(), GIFFile.image, [0x99], GIFFile.trailer), "does not exist"),
        (joined(GIFFile.screen(), GIFFile.image.dropLast(4), [0], GIFFile.trailer), "no data"),
        (joined(GIFFile.small, Array("PK\u{3}\u{4}".utf8)), "a ZIP archive hidden behind its end"),
        (Array("GIF89a<?php system('x'); ?>                ".utf8), "a PHP script"),
        (Array("GIF89a/*<script>*/ = 1; alert(1)            ".utf8), "only the first bytes"),
    ]

    @Test(arguments: broken)
    func `are refused when a rule is broken`(_ file: [UInt8], because words: String) throws {
        #expect(try reason(file, "a.gif").contains(words))
    }
}
