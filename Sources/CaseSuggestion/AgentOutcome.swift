/// Knows a sentence of an agent that says what was done, or promises what will be.
enum AgentOutcome {
    static func isOne(_ sentence: Range<Int>, in message: TokenizedText) -> Bool {
        let words = message.tokens[sentence].map(\.word)
        let isQuestion = AnswerLabel.isMarked(sentence, in: message)
        if isQuestion || words.contains(where: asking.contains) { return false }
        if words.contains(where: done.contains) { return true }
        let promises =
            words.contains(own)
            || zip(words, words.dropFirst()).contains {
                speakers.contains($0) && intentions.contains($1)
            }
        return promises && !words.contains(where: courtesies.contains)
    }

    private static let done = hashes(
        """
        booked scheduled reserved confirmed refunded cancelled canceled sent created updated processed \
        submitted transferred successful successfully completed escalated ordered shipped replaced \
        changed added removed reset purchased arranged opened closed activated blocked forwarded
        """)
    /// A sentence that asks whether to do it.
    private static let asking = hashes(
        "would should could may can do what which when where how verify")

    /// "I will", "we shall", "I'll".
    private static let speakers = hashes("i we")
    private static let intentions = hashes("will shall")
    private static let own = WordHash("ill")
    /// "I will be happy to help", "I will check that for you": what an agent says while working.
    private static let courtesies = hashes(
        """
        help helping assist assisting happy glad wait waiting check checking moment hold look looking see \
        need be
        """)

    private static func hashes(_ words: String) -> Set<WordHash> {
        Set(words.split(separator: " ").map { WordHash($0.utf8) })
    }
}
