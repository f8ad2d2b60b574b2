import CaseModel

/// Writes a title: what the customer wants, in the customer's words, and the number it is about.
enum TitleWriter {
    /// Code points of a title.
    static let maximumLength = 128
    /// Meaningful words that a title should have before no more are looked for.
    static let enoughWords = 6

    /// The first sentences of the request until they say enough, without greetings, cut at a word.
    ///
    /// - Returns: nil when no customer said anything besides greetings.
    static func title(
        of reading: ConversationReading, mask: SecretMask, identifier: SourcedText?
    ) -> SourcedText? {
        var parts: [String] = []
        var evidence: [Evidence] = []
        var left = maximumLength
        var said: Set<WordHash> = []
        for (writer, sentence) in sentences(of: reading, mask: mask) where said.count < enoughWords
        {
            guard let trimmed = writer.trimmed(sentence) else { continue }
            let words = Set(
                writer.turn.text.tokens[trimmed]
                    .filter { !$0.isStopWord && !StopWords.agreements.contains($0.word) }
                    .map(\.stem))
            let holdsSecret = trimmed.contains { mask.hides($0, in: writer.position) }
            if words.isSubset(of: said) || (holdsSecret && !parts.isEmpty) { continue }
            guard let fitting = cut(trimmed, of: writer, to: left) else { break }
            let text = writer.text(of: fitting)
            parts.append(text)
            evidence.append(writer.evidence(of: fitting))
            said.formUnion(words)
            left -= text.unicodeScalars.count + separator.unicodeScalars.count
            if fitting != trimmed { break }
        }
        guard !parts.isEmpty else { return nil }
        var title = SentenceText.capitalized(parts.joined(separator: separator))
        if let identifier, identifier.text.unicodeScalars.count + 3 <= left + separator.count,
            !evidence.contains(where: { covers($0, identifier.evidence) })
        {
            title += " (\(identifier.text))"
            evidence += identifier.evidence
        }
        return SourcedText(text: title, evidence: Array(Set(evidence)).sorted())
    }

    private static let separator = "; "

    /// The sentences of the request; when the first turns are not enough, of all customer turns.
    private static func sentences(
        of reading: ConversationReading, mask: SecretMask
    ) -> [(SentenceText, Range<Int>)] {
        var found: [(SentenceText, Range<Int>)] = []
        for position in reading.lead {
            let turn = reading.turns[position]
            let writer = SentenceText(turn: turn, position: position, mask: mask)
            let ranges = Sentences.ranges(of: turn.text).prefix(maximumSentencesPerTurn)
            found += ranges.map { (writer, $0) }
        }
        return found
    }

    /// Sentences of one turn that are looked at.
    private static let maximumSentencesPerTurn = 8

    /// The longest beginning that fits.
    private static func cut(
        _ tokens: Range<Int>, of writer: SentenceText, to length: Int
    ) -> Range<Int>? {
        var end = min(tokens.upperBound, tokens.lowerBound + maximumLength)
        while end > tokens.lowerBound {
            let candidate = tokens.lowerBound..<end
            if writer.text(of: candidate).unicodeScalars.count <= length { return candidate }
            end -= 1
        }
        return nil
    }

    private static func covers(_ place: Evidence, _ others: [Evidence]) -> Bool {
        others.contains { $0.message == place.message && place.range.overlaps($0.range) }
    }
}
