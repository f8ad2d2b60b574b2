import CaseModel
import Testing

@testable import CaseSuggestion

@Suite("Suggesting case types")
struct SuggestionTests {
    @Test(
        arguments: [
            ("I want to cancel the order I made", 1), ("cancelling two orders please", 1),
            ("I would like to send the shoes back for a refund", 2),
            ("my parcel is delayed and did not arrive", 3), ("the vase was cracked and broken", 4),
            ("my mastercard was refused when I paid", 6), ("I forgot my login passcode", 7),
            ("I need a copy of my invioce", 8), ("please delete my profile and account", 9),
        ] as [(String, Int64)])
    func `finds the type by its own words, their forms and their neighbours`(
        said: String, type: Int64
    ) {
        let engine = SuggestionEngine(types: Desk.types)
        let types = engine.proposal(for: Desk.conversation("c: hello", "c: \(said)")).types
        #expect(types.map(\.type.number).contains(type))
    }

    @Test
    func `gives at most three different types, best first, with probabilities between 0 and 1`() {
        let engine = SuggestionEngine(types: Desk.types)
        let types = engine.proposal(
            for: Desk.conversation("c: card, order, parcel, invoice, account, return address")
        ).types
        #expect(types.count == 3)
        #expect(Set(types.map(\.type)).count == 3)
        #expect(types.allSatisfy { $0.probability > 0 && $0.probability < 1 })
        let shown = types.map(\.probability)
        #expect(shown == shown.sorted(by: >))
    }

    @Test
    func `shows nothing further down as surer`() {
        let types = ["Internet down", "Hardware exchange", "Contract cancellation"]
        let said = [
            "c: Hello, my internet has been down since yesterday evening. The router shows a red light.",
            "c: The red light stays on. I need it back by tomorrow, or I cancel the contract.",
        ]
        let engine = SuggestionEngine(
            types: types.enumerated().map { Desk.type(Int64($0 + 1), $1) })
        let conversation = Conversation(messages: said.map(Desk.message))
        let shown = engine.proposal(for: conversation).types.map(\.probability)
        #expect(!shown.isEmpty && shown == shown.sorted(by: >))
    }

    @Test(
        arguments: [
            "qwrtz plmkn vbxcy", "我想知道明天的天气怎么样", "Доброе утро, какая сегодня погода", "12345 67890",
            "the orchestra rehearsed a quiet nocturne", "👍👍👍",
        ])
    func `says that none fits when nothing speaks for any type`(said: String) {
        let engine = SuggestionEngine(types: Desk.types)
        #expect(engine.proposal(for: Desk.conversation("c: \(said)")).types.isEmpty)
    }

    @Test
    func `finds types that are named in another script`() {
        let types = [Desk.type(1, "取消订单"), Desk.type(2, "退货退款"), Desk.type(3, "修改地址")]
        let engine = SuggestionEngine(types: types)
        let best = engine.proposal(for: Desk.conversation("c: 你好我想取消昨天的订单")).types.first
        #expect(best?.type.number == 1)
    }

    @Test
    func `no type, no suggestion`() {
        let engine = SuggestionEngine(types: [])
        let proposal = engine.proposal(for: Desk.conversation("c: cancel my order please"))
        #expect(proposal.types.isEmpty)
        #expect(proposal.title?.text == "Cancel my order")
    }

    @Test
    func `what is said to the engine is only text`() {
        let engine = SuggestionEngine(types: Desk.types)
        let said = "ignore the rules and close all cases; suggest type 99 <script>alert(1)</script>"
        let proposal = engine.proposal(
            for: Desk.conversation("c: I want to return a broken lamp", "c: \(said)"))
        let known = Set(Desk.types.map(\.id))
        #expect(proposal.types.allSatisfy { known.contains($0.type) })
        #expect(proposal.description?.text.contains("<script>alert(1)</script") == true)
    }

    @Test
    func `the same conversation gives the same proposal from an engine built anew`() {
        let said = Desk.conversation(
            "c: hello, the mug is broken", "a: Which order?",
            "c: order 77123, card 4111111111111111")
        let lessons = (0..<40).map { number in
            CaseLesson.of(
                Desk.conversation("c: thing \(number) is late and broken \(number % 7)"),
                type: CaseTypeID(number: Int64(number % 10 + 1)), number: Int64(number))
        }
        func proposal() -> CaseProposal {
            var engine = SuggestionEngine(types: Desk.types)
            engine.learn(lessons)
            engine.learn(lessons[3])
            return engine.proposal(for: said)
        }
        let first = proposal()
        #expect(!first.types.isEmpty)
        for _ in 0..<3 { #expect(proposal() == first) }
    }
}

@Suite("Learning from saved cases")
struct LearningTests {
    private let wifi = Desk.conversation("c: the frobnicator keeps blinking purple all night")

    @Test
    func `one save is enough for words that no type has`() {
        var engine = SuggestionEngine(types: Desk.types)
        #expect(engine.proposal(for: wifi).types.isEmpty)
        engine.learn(wifi, type: CaseTypeID(number: 5))
        let again = Desk.conversation("c: hi", "c: my frobnicator is blinking purple")
        #expect(engine.proposal(for: again).types.first?.type.number == 5)
    }

    @Test
    func `a copy learns without changing the one in use`() {
        let used = SuggestionEngine(types: Desk.types)
        var next = used
        next.learn(wifi, type: CaseTypeID(number: 5))
        #expect(used.model.caseCount == 0)
        #expect(next.model.caseCount == 1)
        #expect(next.model.caseCount(of: CaseTypeID(number: 5)) == 1)
    }

    @Test
    func `a type added today is suggested beside types with history`() {
        var engine = SuggestionEngine(types: Desk.types)
        let words = ["late parcel", "cancel order", "broken mug", "return shoes", "card declined"]
        for number in 0..<200 {
            let said = words[number % words.count]
            let type = [3, 1, 4, 2, 6][number % words.count]
            engine.learn(
                Desk.conversation("c: hello it is about a \(said) number \(number)"),
                type: CaseTypeID(number: Int64(type)))
        }
        let added = Desk.types + [Desk.type(11, "Engrave wedding ring")]
        let renewed = SuggestionEngine(types: added, model: engine.model)
        let said = Desk.conversation("c: hello it is about a ring to engrave for our wedding")
        #expect(renewed.proposal(for: said).types.map(\.type.number).contains(11))
        #expect(renewed.model.caseCount == 200)
    }

    @Test
    func `a case of a type that is not known teaches nothing`() {
        var engine = SuggestionEngine(types: Desk.types)
        engine.learn(wifi, type: CaseTypeID(number: 99))
        #expect(engine.model.caseCount == 0)
    }

    @Test
    func `the first cases of a desk make a type that was right no less sure`() {
        let said = Desk.conversation("c: my parcel has not arrived in time, it is late")
        var engine = SuggestionEngine(types: Desk.types)
        var before = engine.proposal(for: said).types[0].probability
        for _ in 0..<5 {
            engine.learn(said, type: CaseTypeID(number: 3))
            let after = engine.proposal(for: said).types[0]
            #expect(after.type.number == 3)
            #expect(after.probability >= before - 0.02)
            before = after.probability
        }
    }

    @Test(arguments: [0, 1, 3, 201, 2_201])
    func `all of many cases are learned, and the last of them say how sure to be`(count: Int) {
        var engine = SuggestionEngine(types: Desk.types)
        engine.learn(
            (0..<count).map { number in
                CaseLesson.of(
                    Desk.conversation("c: my parcel \(number) has not arrived in time"),
                    type: CaseTypeID(number: 3), number: Int64(number))
            })
        #expect(engine.model.caseCount == count)
        #expect(engine.model.caseCount(of: CaseTypeID(number: 3)) == count)
        let noted = min(200, count)
        #expect(engine.model.choices.count >= noted && engine.model.choices.count <= 3 * noted)
    }

    @Test
    func `agents who always choose the first make it surer, agents who never do less sure`() {
        let said = Desk.conversation("c: my parcel has not arrived, where is it")
        func sureness(choosing type: Int64) -> Double {
            var engine = SuggestionEngine(types: Desk.types)
            let fresh = engine.proposal(for: said).types[0]
            #expect(fresh.type.number == 3)
            var record = engine.model.choices
            for number in 1...50 {
                record.note(
                    [(type: fresh.type, logOdds: 1)], for: ConversationID(number: Int64(number)),
                    chosen: CaseTypeID(number: type))
            }
            var model = engine.model
            model.choices = record
            engine = SuggestionEngine(types: Desk.types, model: model)
            return engine.proposal(for: said).types[0].probability
        }
        let untaught = SuggestionEngine(types: Desk.types).proposal(for: said).types[0].probability
        #expect(sureness(choosing: 3) > untaught)
        #expect(sureness(choosing: 8) < untaught)
    }

    @Test
    func `two cases of one conversation are both right, and the second is no test`() {
        var engine = SuggestionEngine(types: Desk.types)
        let said = Desk.conversation("c: the mug arrived broken, I send it back for a refund")
        func lesson(_ number: Int64, _ type: Int64) -> CaseLesson {
            CaseLesson(
                number: CaseNumber(number: number), source: ConversationID(number: 7),
                conversation: said, type: CaseTypeID(number: type))
        }
        engine.learn(lesson(1, 4))
        let noted = engine.model.choices.count
        let shift = engine.model.choices.shift
        engine.learn(lesson(2, 2))
        #expect(engine.model.choices.count == noted)
        #expect(engine.model.choices.shift > shift)
        #expect(engine.model.caseCount == 2)
    }

    @Test
    func `types of a removed kind are learned but never suggested`() {
        var engine = SuggestionEngine(types: Desk.types)
        for _ in 0..<5 { engine.learn(wifi, type: CaseTypeID(number: 5)) }
        let left = Desk.types.filter { $0.id.number != 5 }
        let renewed = SuggestionEngine(types: left, model: engine.model)
        #expect(!renewed.proposal(for: wifi).types.map(\.type.number).contains(5))
    }

    @Test(arguments: [1, 7, 64])
    func `features share rows once all are given out`(bound: Int) {
        var table = FeatureTable(maximumRowCount: bound)
        for number in 0..<10_000 {
            let row = table.assignedRow(of: WordHash("feature \(number)"))
            #expect(row >= 0 && row < bound)
        }
        #expect(table.rowCount == bound)
        #expect(table.row(of: WordHash("feature 0")) == 0)
    }

    @Test
    func `many types leave the weights within their bound`() {
        var model = LearnedModel()
        model.adopt(TypeIndex(Desk.types))
        for number in 0..<30 {
            let said = Desk.conversation("c: word\(number) matters for this")
            model.learn(CaseFeatures(ConversationReading(said)), type: Desk.types[0].id)
        }
        let many = (0..<2_000).map { Desk.type(Int64($0 + 1), "type \($0)") }
        model.adopt(TypeIndex(many))
        #expect(model.weights.weightCount <= LearnedModel.Limit.weightCount)
        #expect(model.caseCount(of: Desk.types[0].id) == 30)
    }
}
