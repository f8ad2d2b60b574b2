import Testing

@testable import Markup

@Suite("Escaping by construction")
struct HTMLTests {
    @Test(arguments: [
        ("plain", "plain"),
        ("a & b", "a &amp; b"),
        ("<script>", "&lt;script&gt;"),
        ("\"quoted\" 'single'", "&quot;quoted&quot; &#39;single&#39;"),
        ("&amp;", "&amp;amp;"),
        ("", ""),
        ("日本語 😀", "日本語 😀"),
    ])
    func `escapes the five characters of text`(text: String, expected: String) {
        let html: HTML = "\(text)"
        #expect(String(decoding: html.bytes, as: UTF8.self) == expected)
    }

    @Test(arguments: ["\u{301}", "\u{200D}", "\u{FE0F}", "\u{1F3FD}"])
    func `escapes a character that a combining mark follows`(mark: String) {
        for special in ["\"", "<", ">", "&", "'"] {
            let html: HTML = "<i title=\"\(special + mark)\">"
            let inside = html.bytes.dropFirst(10).dropLast(2)
            #expect(!inside.contains(UInt8(ascii: "\"")))
            #expect(!inside.contains(UInt8(ascii: "<")))
            #expect(inside.first == UInt8(ascii: "&"))
            #expect(inside.dropFirst().first != UInt8(special.utf8.first ?? 0))
        }
    }

    @Test func `does not escape markup again`() {
        let inner: HTML = "<b>\("<")</b>"
        let outer: HTML = "<p>\(inner)\([inner, inner])\(inner, if: false)</p>"
        let text = String(decoding: outer.bytes, as: UTF8.self)
        #expect(text == "<p><b>&lt;</b><b>&lt;</b><b>&lt;</b></p>")
    }
}

@Suite("Links")
struct LinkTests {
    @Test func `encodes what is put into them`() {
        let link: Link = "/cases?q=\("a&b=c/d?#\u{e9} ")"
        #expect(link.address == "/cases?q=a%26b%3Dc%2Fd%3F%23%C3%A9%20")
    }

    @Test(arguments: [
        ("/cases/new?draft=1", true), ("/", true), ("//evil.example", false),
        ("/\\evil.example", false), ("https://evil.example", false), ("javascript:alert(1)", false),
        ("/a b", false), ("/a\nb", false), ("/a\\b", false), ("", false), ("cases", false),
        ("#here", false),
    ])
    func `take only places on this site from outside`(address: String, isTaken: Bool) {
        #expect((Link(fromOutside: address) != nil) == isTaken)
    }

    @Test func `take no endless address`() {
        let path = "/" + String(repeating: "a", count: Link.maximumByteCount - 1)
        #expect(Link(fromOutside: path) != nil)
        #expect(Link(fromOutside: path + "a") == nil)
    }
}
