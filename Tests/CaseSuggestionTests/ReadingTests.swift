import CaseModel
import Testing

@testable import CaseSuggestion

@Suite("Reading words")
struct TokenizerTests {
    @Test(
        arguments: [
            ("Hello, world", ["Hello", "world"]), ("don't can’t", ["don't", "can’t"]),
            ("top-up", ["top", "up"]), ("", []), ("... !?", []),
            ("Привет мир", ["Привет", "мир"]), ("订单取消", ["订单取消"]), ("é\u{301}t", ["é\u{301}t"]),
            ("क्षमा करें", ["क्षमा", "करें"]), ("a😀b", ["a", "b"]), ("'x'", ["x"]),
        ])
    func `cuts at what is neither letter, mark nor digit, of any script`(
        text: String, words: [String]
    ) {
        let read = TokenizedText(text)
        let found = read.tokens.map {
            String(String.UnicodeScalarView(read.scalars[$0.range]))
        }
        #expect(found == words)
    }

    @Test(
        arguments: [(47, 1), (48, 1), (49, 2), (96, 2), (97, 3)])
    func `cuts a run of letters at the longest word length`(length: Int, count: Int) {
        #expect(TokenizedText(String(repeating: "x", count: length)).tokens.count == count)
    }

    @Test
    func `compares any negation as the same word`() {
        let stems = TokenizedText("can't cannot dont not").tokens.map(\.stem)
        #expect(Set(stems) == [StopWords.not])
    }

    @Test(
        arguments: [
            ReadingLimit.maximumScalarCountPerMessage - 1,
            ReadingLimit.maximumScalarCountPerMessage,
            ReadingLimit.maximumScalarCountPerMessage + 1,
        ])
    func `reads at most the limit of a message`(length: Int) {
        let read = TokenizedText(String(repeating: "é", count: length))
        #expect(read.scalars.count == min(length, ReadingLimit.maximumScalarCountPerMessage))
    }
}

@Suite("Sentences")
struct SentenceTests {
    @Test(
        arguments: [
            ("One. Two! Three", 3), ("It costs 4.30 today", 1), ("me@example.org is it. Yes", 2),
            ("first\nsecond", 2), ("no end", 1), ("取消订单。谢谢", 2), ("", 0),
        ])
    func `end at a mark before white space, not inside a number or an address`(
        text: String, count: Int
    ) {
        #expect(Sentences.ranges(of: TokenizedText(text)).count == count)
    }
}

@Suite("The lead of a conversation")
struct LeadTests {
    @Test
    func `is the first two customer turns that say something`() {
        let reading = ConversationReading(
            Desk.conversation(
                "c: hello", "a: Hi, how are you", "c: my parcel never arrived", "a: Oh",
                "c: it was due on Monday", "c: I am waiting at home since then"))
        #expect(reading.lead.map { reading.turns[$0].index } == [2, 4])
    }

    @Test
    func `takes in the answer to a question for the reason`() {
        let reading = ConversationReading(
            Desk.conversation(
                "c: please send it back", "c: I want to return shoes", "c: black shoes from June",
                "a: What is the reason?", "c: wrong size"))
        #expect(reading.lead.map { reading.turns[$0].index }.contains(4))
    }

    @Test
    func `is what there is when no turn says much, and nothing without a customer`() {
        #expect(ConversationReading(Desk.conversation("c: hi", "c: refund")).lead == [0, 1])
        #expect(ConversationReading(Desk.conversation("a: Hello there my friend")).lead.isEmpty)
    }
}
