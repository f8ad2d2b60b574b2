/// Says how much of what a customer gave stands in a sentence: numbers, addresses, names, days, quantities.
enum FactFinder {
    /// Points of the facts in a range of tokens; 0 when there is none.
    ///
    /// A number or an address tells most, a name or a quantity less, a word like "city" that has its value behind it least.
    static func points(of sentence: Range<Int>, in text: TokenizedText) -> Int {
        var points = 0
        var namesValue = false
        let lastTelling = sentence.last { !text.tokens[$0].isStopWord } ?? sentence.lowerBound
        for place in sentence {
            let token = text.tokens[place]
            let end = token.range.upperBound
            if token.hasDigit {
                points += Points.number
            } else if end < text.scalars.count, text.scalars[end] == "@" {
                points += Points.address
            } else if quantities.contains(token.word) || isName(place, in: sentence, of: text) {
                points += Points.name
            }
            let label = AnswerLabel.label(of: token.stem)
            if let label, place < lastTelling, AnswerLabel.given.contains(label) {
                namesValue = true
            }
        }
        return points + (namesValue ? Points.label : 0)
    }

    /// What each kind of fact counts.
    private enum Points {
        static let number = 3
        static let address = 4
        static let name = 2
        static let label = 1
    }

    /// A capital inside the sentence.
    private static func isName(
        _ place: Int, in sentence: Range<Int>, of text: TokenizedText
    ) -> Bool {
        let token = text.tokens[place]
        return place > sentence.lowerBound && !token.isStopWord
            && text.scalars[token.range.lowerBound].isUppercaseLetter
    }

    private static let quantities: Set<WordHash> = Set(
        """
        one two three four five six seven eight nine ten eleven twelve dozen half quarter first second third \
        monday tuesday wednesday thursday friday saturday sunday january february march april june july \
        august september october november december today tomorrow yesterday tonight morning afternoon \
        evening noon midnight
        """.split(separator: " ").map { WordHash($0.utf8) })
}
