/// Cuts a text into sentences.
enum Sentences {
    /// The sentences as ranges of tokens, in order, none empty: they end at `.`, `!`, `?`, `…`, a line break or
    /// their counterparts of other scripts, unless the mark stands inside a number or an address.
    static func ranges(of text: TokenizedText) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for place in text.tokens.indices where place > 0 {
            let gap = text.tokens[place - 1].range.upperBound..<text.tokens[place].range.lowerBound
            if ends(in: gap, of: text) {
                ranges.append(start..<place)
                start = place
            }
        }
        if start < text.tokens.count { ranges.append(start..<text.tokens.count) }
        return ranges
    }

    private static func ends(in gap: Range<Int>, of text: TokenizedText) -> Bool {
        var markSeen = false
        for position in gap {
            switch text.scalars[position] {
            case "\n", "\r", "。", "！", "？", "؟", "।": return true
            case ".", "!", "?", "…", ";": markSeen = true
            case " ", "\t", "\u{A0}": if markSeen { return true }
            default: break
            }
        }
        return false
    }
}
