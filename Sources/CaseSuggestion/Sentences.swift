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

    /// A sentence, or when it is long its clauses: people who speak make no full stops.
    ///
    /// A clause ends at a comma or before a joining word once it has ``leastClauseLength`` words, and in any case
    /// at ``longSentenceLength``.
    static func clauses(of sentence: Range<Int>, in text: TokenizedText) -> [Range<Int>] {
        guard sentence.count > longSentenceLength else { return [sentence] }
        var clauses: [Range<Int>] = []
        var start = sentence.lowerBound
        for place in sentence where place - start >= leastClauseLength {
            let gap = text.tokens[place - 1].range.upperBound..<text.tokens[place].range.lowerBound
            let isJoint = joints.contains(text.tokens[place].word)
            let isComma = text.scalars[gap].contains { $0 == "," || $0 == "、" || $0 == "،" }
            guard isJoint || isComma || place - start >= longSentenceLength else { continue }
            clauses.append(start..<place)
            start = place
        }
        if start < sentence.upperBound { clauses.append(start..<sentence.upperBound) }
        return clauses
    }

    /// Words of a sentence that is read as a whole.
    static let longSentenceLength = 24
    /// Words that a clause has before it ends at a joint.
    private static let leastClauseLength = 6

    /// Words that begin a clause.
    private static let joints: Set<WordHash> = [
        "and", "but", "because", "so", "then", "cause", "since", "um", "uh",
    ].reduce(into: []) { $0.insert(WordHash($1)) }

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
