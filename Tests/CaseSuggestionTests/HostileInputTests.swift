import CaseModel
import Testing

@testable import CaseSuggestion

@Suite("Hostile conversations")
struct HostileInputTests {
    static let pieces = [
        "refund ", "a", "<b onclick=x>", "4111 ", "ssn 1 ", "password is ", "é", "取消", "\u{200D}",
        "...", "a.b. ", "Order Order? ", "not ", "pin 1 2 3 4 ", "\n", "'",
    ]

    /// What was counted while a conversation was read: tokens, letters, features, words, masked tokens, evidence.
    private func counts(_ conversation: Conversation, engine: SuggestionEngine) -> [Int] {
        let reading = ConversationReading(conversation)
        let features = CaseFeatures(reading)
        let words = WeightedWords(reading, weights: .standard)
        let mask = SecretMask(reading.turns)
        let proposal = engine.proposal(for: conversation)
        return [
            reading.turns.reduce(0) { $0 + $1.text.tokens.count },
            reading.turns.reduce(0) { $0 + $1.text.letters.count },
            reading.turns.reduce(0) { $0 + Sentences.ranges(of: $1.text).count },
            features.keys.reduce(0) { $0 + $1.count }, words.stems.count, words.grams.count,
            mask.tokens.reduce(0) { $0 + $1.count },
            proposal.description?.evidence.count ?? 0, proposal.title?.evidence.count ?? 0,
        ]
    }

    @Test(arguments: pieces)
    func `twice the text is at most twice the work`(piece: String) {
        let engine = SuggestionEngine(types: Desk.types)
        let once = String(repeating: piece, count: 500)
        let one = counts(Desk.conversation("c: \(once)", "a: \(once)"), engine: engine)
        let two = counts(
            Desk.conversation("c: \(once)\(once)", "a: \(once)\(once)"), engine: engine)
        for (small, large) in zip(one, two) { #expect(large <= 2 * small + 4) }
    }

    @Test(arguments: pieces)
    func `a million characters are read to the limit and answered`(piece: String) {
        let engine = SuggestionEngine(types: Desk.types)
        let text = String(repeating: piece, count: 1_000_000 / piece.unicodeScalars.count)
        let conversation = Desk.conversation("c: cancel my order", "c: \(text)")
        let reading = ConversationReading(conversation)
        let read = reading.turns.reduce(0) { $0 + $1.text.scalars.count }
        #expect(read <= ReadingLimit.maximumScalarCountPerMessage + 20)
        let proposal = engine.proposal(for: conversation)
        #expect((proposal.title?.text.unicodeScalars.count ?? 0) <= 128)
        #expect(
            (proposal.description?.text.unicodeScalars.count ?? 0)
                <= 20_000)
    }

    @Test
    func `one word a thousand times does not outweigh the request`() {
        let engine = SuggestionEngine(types: Desk.types)
        let spam = String(repeating: "invoice ", count: 1_000)
        let proposal = engine.proposal(
            for: Desk.conversation("c: I want to cancel my order", "c: ok", "c: \(spam)"))
        #expect(proposal.types.map(\.type.number).contains(1))
    }

    @Test(
        arguments: [
            ReadingLimit.maximumMessageCount - 1, ReadingLimit.maximumMessageCount,
            ReadingLimit.maximumMessageCount + 1,
        ])
    func `messages beyond the limit are not read`(count: Int) {
        let lines = (0..<count).map { _ in Message(speaker: .customer, text: "word") }
        let reading = ConversationReading(Conversation(messages: lines))
        #expect(reading.turns.count == min(count, ReadingLimit.maximumMessageCount))
    }

    @Test
    func `all messages together are read to the limit`() {
        let long = String(repeating: "a ", count: ReadingLimit.maximumScalarCountPerMessage / 2)
        let lines = (0..<20).map { _ in Message(speaker: .customer, text: long) }
        let reading = ConversationReading(Conversation(messages: lines))
        let read = reading.turns.reduce(0) { $0 + $1.text.scalars.count }
        #expect(read <= ReadingLimit.maximumScalarCount)
        #expect(read > ReadingLimit.maximumScalarCount / 2)
    }
}
