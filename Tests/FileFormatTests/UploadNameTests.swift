import FileFormat
import Testing

@Suite struct `The name of an upload` {
    @Test(arguments: [
        ("photo.jpg", "photo.jpg", "jpg"), ("PHOTO.JpEg", "PHOTO.JpEg", "jpeg"),
        ("a.b.c.pdf", "a.b.c.pdf", "pdf"), ("C:\\Users\\a\\x.doc", "x.doc", "doc"),
        ("/tmp/../x.doc", "x.doc", "doc"), ("a/b\\c.png", "c.png", "png"),
        ("фото – снимок №1.jpg", "фото – снимок №1.jpg", "jpg"), ("写真.JPG", "写真.JPG", "jpg"),
        ("photo \"x\".jpg", "photo \"x\".jpg", "jpg"), ("a;b.png", "a;b.png", "png"),
        ("  a.pdf  ", "a.pdf", "pdf"), ("a.pdf. . .", "a.pdf", "pdf"), ("..a.pdf", "a.pdf", "pdf"),
        ("a\u{202E}gpj.exe", "agpj.exe", "exe"), ("a\r\nb\u{0}.pdf", "ab.pdf", "pdf"),
        ("\u{200F}a\u{2066}b\u{2069}\u{FEFF}\u{AD}.gif", "ab.gif", "gif"),
        ("a\u{2028}b\u{2029}.gif", "ab.gif", "gif"), (".pdf", "file.pdf", "pdf"),
        ("...pdf", "file.pdf", "pdf"), ("folder/.pdf", "file.pdf", "pdf"),
        // A combining mark on the dot does not make it another sign.
        ("a.\u{301}pdf", "a.\u{301}pdf", "\u{301}pdf"), ("a.pdf%00.html", "a.pdf%00.html", "html"),
    ])
    func `is one safe line with its extension`(_ sent: String, _ shown: String, _ ext: String) {
        let name = UploadName(sent)
        #expect(name.text == shown)
        #expect(name.fileExtension == ext)
        #expect(UploadName(name.text) == name)
    }

    @Test(arguments: ["", ".", "..", "...", " . ", "/", "a/", "\\", "\u{202E}", "\n"])
    func `is made up when nothing is left of it`(_ sent: String) {
        #expect(UploadName(sent).text == "file")
        #expect(UploadName(sent).fileExtension == nil)
    }

    @Test(arguments: [254, 255, 256, 300, 4000], ["a", "é", "😀"])
    func `is at most 255 bytes and keeps its extension`(_ length: Int, _ letter: String) {
        let count = (length - 4) / letter.utf8.count
        let sent = String(repeating: letter, count: count) + ".pdf"
        let name = UploadName(sent)
        let fits = sent.utf8.count <= 255
        #expect(name.text == sent || !fits)
        #expect(name.text.utf8.count <= 255)
        #expect(name.text.utf8.count > 255 - 4 || fits)
        #expect(name.text.hasSuffix(letter + ".pdf"))
        #expect(name.fileExtension == "pdf")
    }

    @Test func `loses most of an extension that is none`() {
        let name = UploadName("a.docx" + String(repeating: "y", count: 300))
        #expect(name.text.utf8.count <= 255)
        #expect(name.fileExtension?.hasPrefix("docxyyyy") == true)
    }
}
