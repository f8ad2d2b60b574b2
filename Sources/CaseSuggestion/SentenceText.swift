/// Writes words of a turn as they were said, with secrets masked.
struct SentenceText {
    let turn: ConversationReading.Turn
    let position: Int
    let mask: SecretMask

    /// The words of a range of tokens, with what stands between them; runs of white space become one space.
    ///
    /// A run of masked words becomes one ``SecretMask/replacement``.
    func text(of tokens: Range<Int>) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: turn.text.scalars[leadingMark(of: tokens)])
        var isMasking = false
        for place in tokens {
            let token = turn.text.tokens[place]
            let isHidden = mask.hides(place, in: position)
            if place > tokens.lowerBound, !(isHidden && isMasking) {
                let end = turn.text.tokens[place - 1].range.upperBound
                append(end..<token.range.lowerBound, to: &scalars)
            }
            if !isHidden {
                scalars.append(contentsOf: turn.text.scalars[token.range])
            } else if !isMasking {
                scalars.append(contentsOf: SecretMask.replacement.unicodeScalars)
            }
            isMasking = isHidden
        }
        scalars.append(contentsOf: turn.text.scalars[trailingMark(of: tokens)])
        return String(scalars)
    }

    /// A sign of currency or the like that belongs to the first word: `$75`, `#12`, `+49`.
    private func leadingMark(of tokens: Range<Int>) -> Range<Int> {
        let start = turn.text.tokens[tokens.lowerBound].range.lowerBound
        guard start > 0, !mask.hides(tokens.lowerBound, in: position),
            turn.text.scalars[start - 1].isValueMark
        else { return start..<start }
        return (start - 1)..<start
    }

    /// The same behind the last word: `75 €` without the space, `20%`.
    private func trailingMark(of tokens: Range<Int>) -> Range<Int> {
        let end = turn.text.tokens[tokens.upperBound - 1].range.upperBound
        guard end < turn.text.scalars.count, !mask.hides(tokens.upperBound - 1, in: position),
            turn.text.scalars[end].isValueMark
        else { return end..<end }
        return end..<(end + 1)
    }

    /// The place of a range of tokens.
    func evidence(of tokens: Range<Int>) -> Evidence {
        let first = leadingMark(of: tokens).lowerBound
        let last = trailingMark(of: tokens).upperBound
        return Evidence(message: turn.index, range: first..<last)
    }

    /// What stands between words: at most a few marks; white space and control characters become a space.
    private func append(_ gap: Range<Int>, to scalars: inout String.UnicodeScalarView) {
        var isSpace = false
        for position in gap.prefix(Self.maximumGapLength) {
            let scalar = turn.text.scalars[position]
            if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
                isSpace = true
            } else {
                if isSpace { scalars.append(" ") }
                isSpace = false
                scalars.append(scalar)
            }
        }
        if isSpace || gap.count > Self.maximumGapLength { scalars.append(" ") }
    }

    /// Scalars kept of what stands between two words.
    private static let maximumGapLength = 8

    /// With a capital at the beginning, where that is a word and no value: neither "iPhone", "a 4 g" nor an address.
    static func capitalized(_ text: String) -> String {
        let word = text.unicodeScalars.prefix { $0.isWordPart || $0.isApostrophe }
        let rest = text.unicodeScalars.dropFirst(word.count)
        guard let first = word.first, word.count > 1, rest.first.map(Self.endsWord) ?? true,
            !word.dropFirst().contains(where: { $0.isUppercaseLetter || $0.digit != nil })
        else { return text }
        let capital = first.properties.titlecaseMapping
        guard capital.unicodeScalars.count == 1 else { return text }
        return capital + String(text.unicodeScalars.dropFirst())
    }

    private static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || ",;:!?".unicodeScalars.contains(scalar)
    }

    /// A range of tokens without greetings, politeness and "I would like to" at its beginning, and without
    /// politeness at its end; nil when nothing else is said.
    func trimmed(_ tokens: Range<Int>) -> Range<Int>? {
        let all = turn.text.tokens
        var start = tokens.lowerBound
        var end = tokens.upperBound
        while start < end, all[start].isStopWord, !Self.keptAtBeginning.contains(all[start].word),
            !beginsCode(start, before: end), !beginsPhrase(start, before: end)
        {
            start += 1
        }
        while end > start, StopWords.closings.contains(all[end - 1].word) { end -= 1 }
        return start < end ? start..<end : nil
    }

    /// Whether a verb stands before "up", without which it says something else: "look up the forecast".
    private func beginsPhrase(_ start: Int, before end: Int) -> Bool {
        start + 1 < end && turn.text.tokens[start + 1].word == Self.up
            && StopWords.requests.contains(turn.text.tokens[start].word)
    }

    private static let up = WordHash("up")

    /// Whether a letter begins a code that is spelt with spaces, "a 4 g 4", and is no word of its own.
    private func beginsCode(_ start: Int, before end: Int) -> Bool {
        let all = turn.text.tokens
        return all[start].range.count == 1 && start + 2 < end && all[start + 1].hasDigit
            && all[start + 2].range.count <= Self.maximumCodePieceLength
    }

    /// Characters of the pieces in which a code is spelt.
    private static let maximumCodePieceLength = 2

    /// Stop words that a sentence may begin with: without them it says something else.
    private static let keptAtBeginning: Set<WordHash> = [
        "how", "what", "where", "when", "why", "which", "who", "my", "from", "at", "on", "in",
        "under",
        "before", "after", "until", "off", "out", "more", "same", "other", "another", "morning",
        "afternoon", "evening", "night", "day", "tonight", "one",
    ].reduce(into: []) { $0.insert(WordHash($1)) }
}

extension Unicode.Scalar {
    /// A mark that belongs to the number beside it.
    fileprivate var isValueMark: Bool {
        "#+%".unicodeScalars.contains(self) || properties.generalCategory == .currencySymbol
    }
}
