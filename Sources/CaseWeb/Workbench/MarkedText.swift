internal import Markup

/// A text with places in it that are marked: the words that values were taken from.
struct MarkedText {
    /// A place, as offsets in Unicode scalars, and the class of its mark.
    struct Mark {
        let range: Range<Int>
        let kind: String
    }

    let text: String
    let marks: [Mark]

    /// The text as it is, with a `mark` element around each place; where places overlap, one for all of them.
    var html: HTML {
        guard !marks.isEmpty else { return "\(text)" }
        let scalars = text.unicodeScalars
        var html = HTML.empty
        var index = scalars.startIndex
        var offset = 0
        for cut in cuts {
            let end =
                scalars.index(index, offsetBy: cut - offset, limitedBy: scalars.endIndex)
                ?? scalars.endIndex
            html.append(piece(String(scalars[index..<end]), at: offset))
            index = end
            offset = cut
        }
        html.append(piece(String(scalars[index...]), at: offset))
        return html
    }

    /// Where a mark begins or ends, in order.
    private var cuts: [Int] {
        Set(marks.flatMap { [$0.range.lowerBound, $0.range.upperBound] }).sorted()
    }

    private func piece(_ text: String, at offset: Int) -> HTML {
        guard !text.isEmpty else { return .empty }
        let kinds = Set(marks.filter { $0.range.contains(offset) }.map(\.kind)).sorted()
        guard !kinds.isEmpty else { return "\(text)" }
        return "<mark class=\"\(kinds.joined(separator: " "))\">\(text)</mark>"
    }
}
