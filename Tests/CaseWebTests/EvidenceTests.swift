import CaseSuggestion
import Foundation
import Markup
import Testing

@testable import CaseWeb

@Suite struct `Marked words` {
    private static func marked(_ text: String, _ places: [(Range<Int>, String)]) -> String {
        let marks = places.map { MarkedText.Mark(range: $0.0, kind: $0.1) }
        return String(decoding: MarkedText(text: text, marks: marks).html.bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            ([], "a red light"),
            ([(2..<5, "x")], "a <mark class=\"x\">red</mark> light"),
            (
                [(0..<1, "x"), (6..<11, "y")],
                "<mark class=\"x\">a</mark> red <mark class=\"y\">light</mark>"
            ),
            (
                [(0..<5, "x"), (2..<11, "y")],
                "<mark class=\"x\">a </mark><mark class=\"x y\">red</mark><mark class=\"y\"> light</mark>"
            ),
            ([(2..<5, "x"), (2..<5, "x")], "a <mark class=\"x\">red</mark> light"),
            ([(6..<99, "x")], "a red <mark class=\"x\">light</mark>"),
            ([(40..<50, "x")], "a red light"),
            ([(0..<11, "x")], "<mark class=\"x\">a red light</mark>"),
        ] as [([(Range<Int>, String)], String)])
    func `stand around their places and nowhere else`(
        places: [(Range<Int>, String)], html: String
    ) {
        #expect(Self.marked("a red light", places) == html)
    }

    @Test func `count code points, and everything around them is escaped`() {
        #expect(
            Self.marked("🙂<b>&é", [(1..<4, "x")])
                == "🙂<mark class=\"x\">&lt;b&gt;</mark>&amp;é")
    }

    @Test func `keep the text as it was, line breaks and all`() {
        let text = "one\ntwo\r\n\nthree\u{0301}"
        let html = Self.marked(text, [(4..<7, "x")])
        #expect(html == "one\n<mark class=\"x\">two</mark>\r\n\nthree\u{0301}")
    }
}

@Suite struct `The words that led to a type` {
    private static func excerpt(_ texts: [String], _ places: (Int, Range<Int>)...) -> String {
        let evidence = places.map { Evidence(message: $0.0, range: $0.1) }
        let html = MessageExcerpt.html(of: evidence, in: texts)
        return String(decoding: html.bytes, as: UTF8.self)
            .replacing("<mark class=\"of-case_type\">", with: "[").replacing("</mark>", with: "]")
    }

    @Test func `are quoted whole when the message is short`() {
        #expect(Self.excerpt(["no internet"], (0, 3..<11)) == "“no [internet]”")
        #expect(
            Self.excerpt(["no internet", "slow"], (1, 0..<4), (0, 0..<2))
                == "“[no] internet”, “[slow]”")
    }

    @Test func `have a few words around them in a long message, cut between words`() {
        let text =
            "Yesterday we had guests and all of a sudden the internet was gone for the whole evening, really"
        let start = text.unicodeScalars.distance(
            from: text.startIndex, to: text.range(of: "internet")?.lowerBound ?? text.startIndex)
        #expect(
            Self.excerpt([text], (0, start..<(start + 8)))
                == "“…and all of a sudden the [internet] was gone for the whole…”")
    }

    @Test func `that are near each other share a quotation, far ones do not`() {
        let near = Self.excerpt(["red light, red router"], (0, 0..<3), (0, 11..<14))
        #expect(near == "“[red] light, [red] router”")
        let gap = String(repeating: "word ", count: 20)
        let far = Self.excerpt(["red \(gap)red"], (0, 0..<3), (0, 104..<107))
        #expect(far.components(separatedBy: "”, “").count == 2)
    }

    @Test func `are one line, and three quotations at most`() {
        #expect(Self.excerpt(["a\nb"], (0, 0..<1)) == "“[a] b”")
        let five = (0..<5).map { Evidence(message: $0, range: 0..<1) }
        let html = MessageExcerpt.html(of: five, in: ["a", "b", "c", "d", "e"])
        #expect(String(decoding: html.bytes, as: UTF8.self).components(separatedBy: "“").count == 4)
    }

    @Test func `of a message that is not there are left out`() {
        #expect(Self.excerpt(["a"], (7, 0..<1)) == "")
    }
}

@Suite struct `How sure the desk is` {
    @Test(arguments: [
        (0.99, "very likely"), (0.75, "very likely"), (0.7499, "likely"), (0.5, "likely"),
        (0.4999, "possible"), (0.25, "possible"), (0.2499, "unlikely"), (0.01, "unlikely"),
    ])
    func `is said in a word`(probability: Double, word: String) {
        #expect(Sureness(probability).rawValue == word)
    }
}
