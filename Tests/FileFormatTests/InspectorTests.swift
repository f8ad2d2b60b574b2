import FileAccess
import FileFormat
import Testing

@Suite struct `The verdict on a file` {
    private static let jpeg = JPEGFile.picture()

    @Test(arguments: [
        "a.jpg", "a.JPG", "a.JpEg", "a.b.jpg", "a.exe.jpg", "фото №1.jpg", "写真.JPG", ".jpg",
        "C:\\Users\\a\\photo.jpg", "../../photo.jpg", "photo.jpg.", "photo.jpg ",
    ])
    func `accepts a name whose last extension says what it is`(_ name: String) throws {
        #expect(try verdict(`The verdict on a file`.jpeg, name) == .accepted(.jpeg))
    }

    @Test(arguments: [
        (
            "a.png",
            "This file is called .png but is a JPEG picture. Rename it to .jpg and attach it again."
        ),
        (
            "a.jfif",
            "This file is called .jfif but is a JPEG picture. Rename it to .jpg and attach it again."
        ),
        (
            "a.jpg.exe",
            "This file is called .exe but is a JPEG picture. Rename it to .jpg and attach it again."
        ),
        (
            "a\u{202E}gpj.exe",
            "This file is called .exe but is a JPEG picture. Rename it to .jpg and attach it again."
        ),
        (
            "a",
            "This file has no extension in its name but is a JPEG picture. "
                + "Rename it to .jpg and attach it again."
        ),
        (
            "...",
            "This file has no extension in its name but is a JPEG picture. "
                + "Rename it to .jpg and attach it again."
        ),
    ])
    func `names what a file is and how to call it`(_ name: String, _ sentence: String) throws {
        #expect(try reason(`The verdict on a file`.jpeg, name) == sentence)
    }

    @Test(arguments: FileFormat.allCases)
    func `says that an empty file is empty`(_ format: FileFormat) throws {
        #expect(try reason([], "a." + format.extensions[0]).hasPrefix("This file is empty"))
    }

    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func `accepts 5 MiB and not a byte more`(_ difference: Int, isAccepted: Bool) throws {
        let fill = FileInspector.maximumByteCount + difference - PNGFile.small.count
        let file = PNGFile.small + [UInt8](repeating: 0, count: fill)
        let words = try reason(file, "a.png")
        #expect(words.hasPrefix(isAccepted ? "accepted" : "This file is larger than 5 MB"))
    }

    @Test(arguments: [
        ("RIFF....WEBPVP8 ", "a WebP picture"), ("RIFF....AVI LIST", "a film or sound"),
        ("....ftypheic....", "an HEIC picture"), ("....ftypavif....", "an AVIF picture"),
        ("....ftypisom....", "an MP4 film"), ("II*\0........", "a TIFF picture"),
        ("MM\0*........", "a TIFF picture"), ("BM\u{46}\0\0\0\0\0\0\0\u{36}\0", "a BMP picture"),
        ("\0\0\u{1}\0\u{1}\0....", "an icon (ICO)"), ("Rar!\u{1A}\u{7}\u{1}\0", "a RAR archive"),
        ("7z\u{FFFD}", "plain text"), ("ID3\u{3}....", "an MP3 recording"),
        ("\u{7F}ELF\u{2}\u{1}\u{1}", "a Linux program"), ("MZ\u{0}....", "a Windows program"),
        ("#!/bin/sh\nexit 0\n", "a script"), ("{\\rtf1 x}", "an RTF text"),
        ("<!DOCTYPE html><p>", "a web page (HTML)"),
        ("<!-- x --><HTML>", "a web page (HTML)"), ("BMW, PK and MMX", "plain text"),
        ("  <HTML><p>", "a web page (HTML)"),
        ("<?xml version='1.0'?><svg xmlns=''/>", "an SVG drawing"),
        ("<svg onload='x'/>", "an SVG drawing"),
        ("<?xml version='1.0'?><a/>", "an XML file"), ("<?php phpinfo();", "a PHP script"),
        ("Dear customer,\r\n", "plain text"), ("From: a@example.com\n", "an e-mail"),
        ("\0\0\0\0\0\0\0\0", "nothing but zero bytes"), ("\u{1}\u{2}\u{3}", "not known here"),
    ])
    func `names what else a file seems to be`(_ content: String, _ noun: String) throws {
        for format in FileFormat.allCases {
            let words = try reason(Array(content.utf8), "a." + format.extensions[0])
            #expect(words.contains(noun), "\(words)")
            #expect(words.hasPrefix("This file is called ."), "\(words)")
        }
    }

    @Test(arguments: [("a.exe", ".exe"), ("a.html", ".html"), ("a.docm", ".docm")])
    func `says that an extension is not accepted`(_ name: String, _ fileExtension: String) throws {
        let words = try reason(Array("MZ\u{0}....".utf8), name)
        #expect(
            words == "Files called \(fileExtension) cannot be attached; this one seems to be "
                + "a Windows program. Programs and scripts cannot be attached.")
    }

    @Test func `names a 7z archive`() throws {
        let file: [UInt8] = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]
        #expect(try reason(file, "a.docx").contains("a 7z archive"))
    }

    @Test func `passes on what reading throws`() {
        struct Unreadable: FileBytes {
            struct Failure: Error {}
            var byteCount: Int { 100 }
            func bytes(at offset: Int, count: Int) throws -> [UInt8] { throw Failure() }
        }
        #expect(throws: Unreadable.Failure.self) {
            try FileInspector.inspect(Unreadable(), uploadName: "a.jpg")
        }
    }

    @Test func `is a refusal when a file ends before its size`() throws {
        struct Shrunk: FileBytes {
            var byteCount: Int { 5000 }
            func bytes(at offset: Int, count: Int) -> [UInt8] {
                BytesInMemory(GIFFile.small).bytes(at: offset, count: count)
            }
        }
        guard case .refused = try FileInspector.inspect(Shrunk(), uploadName: "a.gif") else {
            Issue.record("accepted")
            return
        }
    }

    @Test func `does not depend on where the window slides`() throws {
        for place in 65_500..<65_560 {
            let fill = JPEGFile.segment(0xFE, [UInt8](repeating: 1, count: place - 200))
            let file = JPEGFile.picture(
                fill + JPEGFile.segment(0xFE, [UInt8](repeating: 1, count: 60)))
            #expect(try verdict(file, "a.jpg") == .accepted(.jpeg))
            #expect(try verdict(Array(file.dropLast()), "a.jpg") != .accepted(.jpeg))
        }
    }
}

@Suite struct `The accepted formats` {
    @Test func `have their labels, media types and extensions`() {
        #expect(FileFormat.allCases.map(\.label) == ["JPEG", "PNG", "GIF", "PDF", "DOC", "DOCX"])
        #expect(
            FileFormat.allCases.flatMap(\.extensions) == [
                "jpg", "jpeg", "png", "gif", "pdf", "doc", "docx",
            ])
        #expect(FileFormat.allCases.filter(\.isPicture) == [.jpeg, .png, .gif])
        #expect(FileFormat.doc.mediaType == "application/msword")
        #expect(FileFormat(fileExtension: "jpeg") == .jpeg)
        #expect(FileFormat(fileExtension: "jfif") == nil)
    }
}
