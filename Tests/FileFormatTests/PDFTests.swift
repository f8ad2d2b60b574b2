import FileFormat
import Testing

@Suite struct `PDF documents` {
    /// One page, with its cross-reference where `startxref` says (ISO 32000-2, 7.5).
    private static func document(before: String = "", version: String = "1.7") -> [UInt8] {
        let objects =
            "%PDF-\(version)\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        let end =
            "xref\n0 1\n0000000000 65535 f \ntrailer<</Size 4/Root 1 0 R>>\n"
            + "startxref\n\(objects.utf8.count)\n%%EOF"
        return Array((before + objects + end).utf8)
    }

    private static let small = document()

    private static let whole: [[UInt8]] = [
        small, joined(small, [0x0A]), document(version: "2.0"), document(before: "\n\n"),
        document(before: "\u{FEFF}"),
        // Filled up behind the end in the ways that programs do.
        joined(small, [UInt8](repeating: 0, count: 5000)),
        joined(small, [UInt8](repeating: 0x41, count: 5000)),
        joined(small, Array(String(repeating: "\n% filled up", count: 500).utf8)),
        joined(small, Array("\nsmall change".utf8)),
    ]

    @Test(arguments: whole)
    func `are accepted with their end in its place`(_ file: [UInt8]) throws {
        #expect(try verdict(file, "a.pdf") == .accepted(.pdf))
    }

    @Test(arguments: 65_530...65_537)
    func `are accepted with their end anywhere before the fill`(_ count: Int) throws {
        let file = joined(PDFTests.small, [UInt8](repeating: 0x0A, count: count))
        #expect(try verdict(file, "a.pdf") == .accepted(.pdf))
    }

    @Test func `are accepted when the table has moved and viewers can make it anew`() throws {
        let text = String(decoding: PDFTests.small, as: UTF8.self)
        let moved = text.replacing("1 0 obj<<", with: "%%%%%%%%%\n1 0 obj<<")
        #expect(try verdict(Array(moved.utf8), "a.pdf") == .accepted(.pdf))
    }

    @Test func `are refused when cut off at any byte`() throws {
        #expect(try acceptedLengths(of: PDFTests.small, "a.pdf") == [])
    }

    @Test func `are refused when shorter than a linearized file says it is`() throws {
        for (length, isComplete) in [(100, true), (PDFTests.small.count + 4000, false)] {
            let text = String(decoding: PDFTests.small, as: UTF8.self)
            let first =
                "9 0 obj<</Linearized 1/L \(length)/H[1 1]/O 3/E 1/N 1/T 1>>endobj\n1 0 obj<<"
            let file = Array(text.replacing("1 0 obj<<", with: first).utf8)
            #expect(try (verdict(file, "a.pdf") == .accepted(.pdf)) == isComplete)
        }
    }

    private static let broken: [([UInt8], String)] = [
        (Array("%PDF-1.7\n<html><body><script>1</script></body></html>".utf8), "a web page (HTML)"),
        (Array("%PDF-1.7\nstartxref\n9\n%%EOF".utf8), "no pages"),
        (Array("%PDF-1.7\n1 0 obj<</Root 1 0 R>>endobj\n%%EOF".utf8), "table of contents"),
        (Array("%PDF-x\nstartxref\n9\n%%EOF".utf8), "only the first bytes"),
        (document(before: "<script>alert(1)</script>\n"), "a script before its beginning"),
        (document(before: "MZ....\n"), "a Windows program before its beginning"),
        (document(before: String(repeating: "x", count: 2000)), "plain text"),
        (joined(small, Array("\nPK\u{3}\u{4}....".utf8)), "a ZIP archive hidden behind its end"),
        (joined(small, (0..<2000).map { UInt8($0 % 200 + 1) }), "something else behind its end"),
    ]

    @Test(arguments: broken)
    func `are refused when they are not all PDF`(_ file: [UInt8], because words: String) throws {
        #expect(try reason(file, "a.pdf").contains(words))
    }

    @Test(arguments: [(1018, true), (1019, true), (1020, false)])
    func `have their header in the first 1024 bytes`(_ count: Int, isPDF: Bool) throws {
        let file = PDFTests.document(before: String(repeating: "\n", count: count))
        #expect(try (verdict(file, "a.pdf") == .accepted(.pdf)) == isPDF)
    }
}

private typealias PDFTests = `PDF documents`
