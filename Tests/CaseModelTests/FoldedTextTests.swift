import Testing

@testable import CaseModel

// Which texts are equal is said by the Unicode Standard (3.13, D145; CaseFolding.txt, status C and F).
@Suite("Comparing folded texts")
struct FoldedTextTests {
    @Test(arguments: [
        ("Refund", "rEFUND"), ("Straße", "STRASSE"), ("Straße", "STRAẞE"), ("ΟΔΟΣ", "οδος"),
        ("οδός", "οδόσ"), ("Caf\u{E9}", "CAFE\u{301}"), ("\u{212B}ngström", "\u{E5}NGSTRO\u{308}M"),
        ("\u{130}stanbul", "i\u{307}stanbul"), ("ﬁnal", "FINAL"), ("Ǆ", "ǆ"), ("ǅ", "ǆ"),
        ("ПРИВЕТ", "привет"), ("ᏸ", "Ᏸ"), ("\u{1E69}", "s\u{307}\u{323}"),
        ("가", "\u{1100}\u{1161}"),
        ("\u{3B1}\u{345}\u{301}", "\u{3B1}\u{301}\u{3B9}"), ("K", "\u{212A}"), ("ŉ", "ʼN"),
    ])
    func `are equal whatever case and composition`(left: String, right: String) {
        #expect(FoldedText(left) == FoldedText(right))
    }

    @Test(arguments: [
        ("cafe", "café"), ("ı", "i"), ("I", "ı"), ("İ", "i"), ("a", "а"), ("o", "0"), ("日", "曰"),
        ("", " "),
    ])
    func `differ where the letters differ`(left: String, right: String) {
        #expect(FoldedText(left) != FoldedText(right))
    }

    @Test(arguments: [
        ("My REFUND is late", "refund"), ("Große Straße", "STRASSE"), ("abababc", "ababc"),
        ("aaab", "aab"), ("x", "X"), ("cafe\u{301}!", "CAFÉ"), ("Weg, cafe", "cafe"),
        ("café cafe", "cafe"), ("発送が遅い", "発送"), ("👍🏽 ok", "OK"),
    ])
    func `include a part`(text: String, part: String) {
        #expect(FoldedText(text).includes(FoldedText(part)))
    }

    @Test(arguments: [
        ("refun", "refund"), ("", "a"), ("a", ""), ("", ""), ("café", "cafe"),
        ("cafe\u{301}", "cafe"), ("abab", "aba\u{301}"),
    ])
    func `do not include what is not there, nor a part of a letter`(text: String, part: String) {
        #expect(!FoldedText(text).includes(FoldedText(part)))
    }

    @Test func `find a part wherever a search by hand does`() {
        let letters: [Character] = ["a", "b"]
        let words = (0..<128).map { number in
            String((0..<7).map { letters[number >> $0 & 1] })
        }
        for text in words {
            for part in words.map({ String($0.prefix(3)) }) {
                let isThere = text.indices.contains { text[$0...].hasPrefix(part) }
                #expect(FoldedText(text).includes(FoldedText(part)) == isThere)
            }
        }
    }

    @Test func `keep the order of marks of one class and sort the others`() {
        // UAX 15: 0316 is of class 220, 0300 and 0301 are of class 230.
        #expect(FoldedText("a\u{301}\u{316}") == FoldedText("a\u{316}\u{301}"))
        #expect(FoldedText("a\u{301}\u{300}") != FoldedText("a\u{300}\u{301}"))
        let many = String(
            String.UnicodeScalarView((0..<20_000).map { $0 % 2 == 0 ? "\u{301}" : "\u{316}" }))
        let low = String(String.UnicodeScalarView((0..<10_000).map { _ in "\u{316}" }))
        let high = String(String.UnicodeScalarView((0..<10_000).map { _ in "\u{301}" }))
        #expect(FoldedText("a" + many) == FoldedText("A" + low + high))
    }
}
