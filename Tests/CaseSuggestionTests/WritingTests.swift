import CaseModel
import Testing

@testable import CaseSuggestion

@Suite("Title and description")
struct WritingTests {
    private let engine = SuggestionEngine(types: Desk.types)

    @Test(
        arguments: [
            ("Hello, I would like to cancel my order", "Cancel my order"),
            ("hi there good morning. My parcel has not arrived", "My parcel has not arrived"),
            ("Can you please help me? The mug arrived broken, thanks", "Mug arrived broken"),
            ("How do I close my account?", "How do I close my account"),
            ("Please, $75.20 was charged twice", "$75.20 was charged twice"),
            ("I was charged 20%", "Charged 20%"),
        ])
    func `the title is the request without greetings`(said: String, title: String) {
        let proposal = engine.proposal(for: Desk.conversation("c: \(said)"))
        #expect(proposal.title?.text == title)
    }

    @Test
    func `the title names the number that the case is about`() {
        let proposal = engine.proposal(
            for: Desk.conversation(
                "c: I want to return the blue jeans, they came in the wrong size",
                "a: What is your order number?", "c: 3348917502"))
        #expect(proposal.title?.text.hasSuffix("(order 3348917502)") == true)
        #expect(proposal.description?.text.contains("Order: 3348917502") == true)
    }

    @Test(
        arguments: [127, 128, 129, 5_000])
    func `the title has at most 128 code points and ends at a word`(length: Int) {
        let text = String(String(repeating: "parcel lost ", count: 600).prefix(length))
        let title = engine.proposal(for: Desk.conversation("c: \(text)")).title?.text ?? ""
        #expect(!title.isEmpty)
        #expect(title.unicodeScalars.count <= 128)
        #expect(text.lowercased().hasPrefix(title.lowercased()))
    }

    @Test(arguments: [19_999, 20_001, 60_000])
    func `the description has at most 20,000 code points`(length: Int) {
        let lines = (0..<(length / 20)).map { "c: parcel number \(100_000 + $0) lost" }
        let conversation = Conversation(messages: lines.map(Desk.message))
        let text = engine.proposal(for: conversation).description?.text ?? ""
        #expect(!text.isEmpty)
        #expect(text.unicodeScalars.count <= 20_000)
    }

    @Test
    func `the description keeps the facts of a long talk at three tenths of its length`() {
        let small = "a: Thank you very much for waiting so patiently while I look at all of this."
        let conversation = Desk.conversation(
            "c: Hello! I need to change the delivery address of my order.", small,
            "c: sure, no problem at all, take all the time you need", small,
            "a: What is the order number, please?", "c: 88123450", small,
            "c: okay great thank you so much for that", small, "a: Which city is it now?",
            "c: Toledo", small, "c: lovely, you are really very kind to me today", small,
            "a: And the street?", "c: 14 Mill Lane", small,
            "a: The address was changed for you.", "c: thanks a lot, bye")
        let text = engine.proposal(for: conversation).description?.text ?? ""
        for fact in ["delivery address", "88123450", "Toledo", "14 Mill Lane"] {
            #expect(text.contains(fact))
        }
        let length = conversation.messages.reduce(0) { $0 + $1.text.unicodeScalars.count }
        #expect(Double(text.unicodeScalars.count) <= 0.3 * Double(length))
    }

    @Test(
        arguments: [
            (
                ["c: I need my seat number", "c: riley holt", "c: a 4 g 4 f 3"],
                ["riley holt", "a 4 g 4 f 3"]
            ),
            (
                [
                    "c: I want to order a pizza", "c: one large soda", "c: madurai",
                    "c: ok thank you",
                ],
                ["One large soda", "madurai"]
            ),
            (
                ["c: My parcel is late", "a: May I have your name?", "c: hanna brook"],
                ["Name: hanna brook"]
            ),
        ])
    func `the description keeps short answers, also to questions that are not there`(
        lines: [String], facts: [String]
    ) {
        let conversation = Conversation(messages: lines.map(Desk.message))
        let text = engine.proposal(for: conversation).description?.text ?? ""
        for fact in facts { #expect(text.split(separator: "\n").contains { $0 == fact }) }
        #expect(!text.contains("thank"))
    }

    @Test(
        arguments: [
            (
                "a: May I have your customer number, please?", "c: It is 4471 0982.",
                "Customer number: 4471 0982"
            ),
            ("a: What is the serial number?", "c: 88XK2301", "Serial number: 88XK2301"),
            ("a: And your phone number?", "c: 030 5550142", "Phone: 030 5550142"),
            ("a: What number?", "c: 4471 0982", "Number: 4471 0982"),
            (
                "a: Have you restarted the router already?", "c: Yes, twice.",
                "Restarted router: twice"
            ),
            (
                "a: Have you restarted the router already?",
                "c: Yes, twice. The red light stays on all the time.", "Restarted router: twice"
            ),
            ("a: Do you like the router?", "c: the router five", "router five"),
            (
                "a: Thank you. I will have the line tested today.", "c: ok",
                "Agent: I will have the line tested today"
            ),
            ("a: Your order was cancelled.", "c: ok", "Agent: Your order was cancelled"),
        ])
    func `an answer stands behind what was asked, and what the agent did behind the agent`(
        agent: String, customer: String, line: String
    ) {
        let conversation = Desk.conversation("c: the line is dead since monday", agent, customer)
        let text = engine.proposal(for: conversation).description?.text ?? ""
        #expect(text.split(separator: "\n").contains { $0 == line })
    }

    @Test(
        arguments: [
            "a: I will be happy to help you.", "a: I will check that, one moment.",
            "a: Shall I say that it was cancelled? Would you have it cancelled?",
        ])
    func `what an agent says while working is no outcome`(agent: String) {
        let conversation = Desk.conversation("c: the line is dead since monday", agent, "c: ok")
        let text = engine.proposal(for: conversation).description?.text ?? ""
        #expect(text == "Line is dead since monday")
    }

    @Test(
        arguments: [
            ("the iPhone is broken again", "IPhone is broken again", false),
            ("iPhone is broken again", "iPhone is broken again", true),
            ("hanna@example.org is my address", "hanna@example.org is my address", true),
            ("router is broken again", "Router is broken again", true),
            ("ßäh is no word here", "ßäh is no word here", true),
            ("écran cassé depuis hier", "Écran cassé depuis hier", true),
        ])
    func `a line begins with a capital where that is a word and no value`(
        said: String, line: String, isRight: Bool
    ) {
        #expect((SentenceText.capitalized(said) == line) == isRight)
    }

    @Test(
        arguments: [
            ("c: It is RX-20993-B.", "(serial number RX-20993-B)"),
            ("c: 4471 0982", "(serial number 4471 0982)"),
            ("c: 20993, and I have two", "(serial number 20993)"),
        ])
    func `a title names a number with all of its pieces`(answer: String, named: String) {
        let conversation = Desk.conversation(
            "c: the router broke and shows a red light since monday evening",
            "a: What is the serial number?", answer)
        let title = engine.proposal(for: conversation).title
        #expect(title?.text.hasSuffix(named) == true)
    }

    @Test(
        arguments: [
            ("a: Is your PIN 4821?", "4821"),
            ("a: Was the card 4111111111111111?", "4111111111111111"),
            ("a: Is hunter the password?", "hunter"),
        ])
    func `what stands before an answer repeats no secret of the question`(
        agent: String, secret: String
    ) {
        let conversation = Desk.conversation(
            "c: I cannot log in since monday", "a: Your password?", "c: hunter", agent, "c: six")
        let proposal = engine.proposal(for: conversation)
        #expect(proposal.description?.text.contains(secret) == false)
        #expect(proposal.title?.text.contains(secret) == false)
    }

    @Test func `a verb is kept before up`() {
        let conversation = Desk.conversation("c: could you look up the invoice of June", "a: ok")
        #expect(
            engine.proposal(for: conversation).title?.text == "Look up the invoice of June")
    }

    @Test func `of a long spoken sentence the clause with the number is kept`() {
        let small = "and I was waiting for a very long time at home that whole day "
        let said = "the parcel has not come " + String(repeating: small, count: 12)
        let conversation = Desk.conversation(
            "c: \(said)and the order number is 88123450 \(small)", "a: Let me look.")
        let text = engine.proposal(for: conversation).description?.text ?? ""
        #expect(text.contains("88123450"))
        #expect(text.contains("Parcel has not come"))
        let length = conversation.messages.reduce(0) { $0 + $1.text.unicodeScalars.count }
        #expect(Double(text.unicodeScalars.count) <= 0.3 * Double(length))
    }

    @Test func `a label is what the agent asked for, not what the agent said`() {
        let conversation = Desk.conversation(
            "c: I want to return the mug", "a: The price of it was 12 euros, that is a lot.",
            "c: bought in June")
        let text = engine.proposal(for: conversation).description?.text ?? ""
        #expect(text.contains("June"))
        #expect(!text.contains("Amount"))
    }

    @Test func `the description of a two-sided talk full of facts stays at three tenths`() {
        let lines = (0..<30).flatMap {
            [
                "c: Then I went to Town\($0) with parcel \(5_000 + $0)",
                "a: I have seen that, go on.",
            ]
        }
        let conversation = Conversation(messages: lines.map(Desk.message))
        let text = engine.proposal(for: conversation).description?.text ?? ""
        let length = conversation.messages.reduce(0) { $0 + $1.text.unicodeScalars.count }
        #expect(Double(text.unicodeScalars.count) <= 0.3 * Double(length))
        #expect(Double(text.unicodeScalars.count) >= 0.2 * Double(length))
    }

    @Test(
        arguments: [[], ["c: "], ["c: hello", "c: good morning sir"], ["a: How can I help you?"]])
    func `what has no source stays empty`(lines: [String]) {
        let proposal = engine.proposal(for: Conversation(messages: lines.map(Desk.message)))
        #expect(proposal.types.isEmpty)
        #expect(proposal.title == nil)
        #expect(proposal.description == nil)
    }

    @Test
    func `a title without secrets is words of the message it names`() throws {
        let conversation = Desk.conversation(
            "c: hi", "a: Hello", "c: 👋🏽 Hello! please cancel my order of two naïve “mugs”",
            "a: Which order?", "c: order 5512309")
        let proposal = engine.proposal(for: conversation)
        let title = try #require(proposal.title)
        let words = try #require(Desk.words(title.evidence[0], in: conversation))
        #expect(words == "cancel my order of two naïve “mugs")
        #expect(title.text.lowercased().hasPrefix(words.lowercased()))
        for place in proposal.description?.evidence ?? [] {
            let said = try #require(Desk.words(place, in: conversation))
            #expect(proposal.description?.text.lowercased().contains(said.lowercased()) == true)
        }
        for type in proposal.types {
            #expect(!type.evidence.isEmpty)
            for place in type.evidence {
                #expect(conversation.messages[place.message].speaker == .customer)
                #expect(Desk.words(place, in: conversation)?.isEmpty == false)
            }
        }
    }
}
