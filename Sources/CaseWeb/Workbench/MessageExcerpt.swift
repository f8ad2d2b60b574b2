internal import CaseSuggestion
internal import Markup

/// The words of a message that led to something, with a little of what stands around them.
struct MessageExcerpt {
    /// Unicode scalars that are shown before and after the words.
    private static let surroundings = 28
    /// Places farther apart than this, in Unicode scalars, are shown as two excerpts.
    private static let longestGap = 40
    /// Excerpts shown for one type: enough to see why, short enough to compare three types at a look.
    private static let maximumCount = 3

    /// The excerpts for some places of a conversation, each in quotation marks.
    static func html(of places: [Evidence], in texts: [String]) -> HTML {
        var excerpts: [HTML] = []
        let byMessage = Dictionary(grouping: places, by: \.message)
        for message in byMessage.keys.sorted() where texts.indices.contains(message) {
            let ranges = (byMessage[message] ?? []).map(\.range).sorted {
                $0.lowerBound < $1.lowerBound
            }
            for group in groups(of: ranges) {
                excerpts.append(excerpt(of: group, in: texts[message]))
            }
        }
        return "\(joined(excerpts.prefix(maximumCount)))"
    }

    /// Places that are near each other, together.
    private static func groups(of ranges: [Range<Int>]) -> [[Range<Int>]] {
        var groups: [[Range<Int>]] = []
        for range in ranges {
            if let end = groups.last?.map(\.upperBound).max(),
                range.lowerBound - end <= longestGap
            {
                groups[groups.count - 1].append(range)
            } else {
                groups.append([range])
            }
        }
        return groups
    }

    private static func excerpt(of ranges: [Range<Int>], in text: String) -> HTML {
        let first = ranges.map(\.lowerBound).min() ?? 0
        let last = ranges.map(\.upperBound).max() ?? 0
        // Nothing of a long text behind the words is looked at.
        let scalars = Array(text.unicodeScalars.prefix(last + surroundings + 1))
        let start = wordStart(max(0, first - surroundings), before: first, in: scalars)
        let end = wordEnd(min(scalars.count, last + surroundings), after: last, in: scalars)
        guard start < end else { return .empty }
        var shown = String.UnicodeScalarView()
        // One line of text: each line break becomes a space, so that offsets stay what they are.
        shown.append(
            contentsOf: scalars[start..<end].map { $0.properties.isWhitespace ? " " : $0 })
        let marks = ranges.map {
            MarkedText.Mark(
                range: ($0.lowerBound - start)..<($0.upperBound - start), kind: "of-case_type")
        }
        let before: HTML = "…"
        let after: HTML = "…"
        return """
            “\(before, if: start > 0)\(MarkedText(text: String(shown), marks: marks).html)\
            \(after, if: end < scalars.count)”
            """
    }

    /// The first place from `start` on at which a word begins.
    private static func wordStart(
        _ start: Int, before limit: Int, in scalars: [Unicode.Scalar]
    ) -> Int {
        guard start > 0 else { return 0 }
        let space = (start..<limit).first { scalars[$0].properties.isWhitespace }
        return space.map { $0 + 1 } ?? start
    }

    /// The last place up to `end` at which a word ends.
    private static func wordEnd(
        _ end: Int, after limit: Int, in scalars: [Unicode.Scalar]
    ) -> Int {
        guard end < scalars.count, limit < end else { return end }
        return (limit..<end).last { scalars[$0].properties.isWhitespace } ?? end
    }

    private static func joined(_ excerpts: some Collection<HTML>) -> [HTML] {
        excerpts.enumerated().map { index, excerpt in
            index == 0 ? excerpt : ", \(excerpt)"
        }
    }
}
