import CaseModel

/// A conversation as it is read: the messages within the limits, cut into words.
struct ConversationReading: Sendable {
    /// One message that was read.
    struct Turn: Sendable {
        /// Its index in the conversation.
        let index: Int
        let speaker: Speaker
        let text: TokenizedText

        /// Whether at least ``substantiveWordCount`` words are left without greetings and politeness.
        var isSubstantive: Bool {
            var count = 0
            for token in text.tokens where !StopWords.courtesies.contains(token.word) {
                count += 1
                if count >= ConversationReading.substantiveWordCount { return true }
            }
            return false
        }
    }

    /// Words that a turn must have besides greetings to say something.
    static let substantiveWordCount = 3

    /// In the order of the conversation; empty messages are left out.
    let turns: [Turn]
    /// The positions in ``turns`` that carry the request.
    let lead: [Int]

    init(_ conversation: Conversation) {
        var turns: [Turn] = []
        var left = ReadingLimit.maximumScalarCount
        for (index, message) in conversation.messages
            .prefix(ReadingLimit.maximumMessageCount).enumerated() where left > 0
        {
            let limit = min(left, ReadingLimit.maximumScalarCountPerMessage)
            let text = TokenizedText(message.text, limit: limit)
            left -= text.scalars.count
            if text.tokens.isEmpty { continue }
            turns.append(Turn(index: index, speaker: message.speaker, text: text))
        }
        self.turns = turns
        lead = LeadFinder.lead(of: turns)
    }
}
