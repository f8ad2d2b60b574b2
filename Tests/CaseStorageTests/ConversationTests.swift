import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `Conversations in the store` {
    @Test func `come back as they were told, with what a list shows of them`() throws {
        let space = try TestSpace()
        let id = try space.addConversation(.fixture())
        let reader = try space.store.makeReader()
        let stored = try #require(try reader.conversation(id))
        #expect(stored.summary.externalID == "wa-1")
        #expect(stored.summary.channel == .whatsapp)
        #expect(stored.summary.contact.name == "Ann Öre")
        #expect(stored.summary.agent == space.mia.id)
        #expect(stored.summary.startedAt == space.now)
        #expect(stored.summary.lastMessageAt == space.now.addingTimeInterval(60))
        #expect(stored.summary.messageCount == 2)
        #expect(stored.summary.lastText == "Which month?")
        #expect(stored.summary.openedCase == nil)
        #expect(
            stored.messages == [
                TranscriptMessage(
                    position: 0, speaker: .customer, text: "I was charged twice.", at: space.now),
                TranscriptMessage(
                    position: 1, speaker: .agent, text: "Which month?",
                    at: space.now.addingTimeInterval(60)),
            ])
        #expect(stored.conversation.messages.map(\.text) == stored.messages.map(\.text))
        #expect(try reader.conversationVersion(id) == 2)
        #expect(try reader.messages(of: id, from: 1).map(\.position) == [1])
        #expect(try reader.messages(of: id, from: 2).isEmpty)
        #expect(try reader.conversation(ConversationID(number: 99)) == nil)
        #expect(try reader.conversationVersion(ConversationID(number: 99)) == nil)
        #expect(try space.store.verify() == [])
    }

    @Test func `are linked when e-mail address and phone lead to exactly one customer`() throws {
        let space = try TestSpace()
        let reader = try space.store.makeReader()
        let one = try space.addConversation(.fixture(email: "ANN@example.org"))
        #expect(try reader.conversation(one)?.summary.customer?.name == "Ann Öre")
        let none = try space.addConversation(.fixture("wa-2", email: "nobody@example.org"))
        #expect(try reader.conversation(none)?.summary.customer == nil)
        let phone = try space.addConversation(.fixture("wa-4", email: "", phone: "0049 30 123456"))
        #expect(try reader.conversation(phone)?.summary.customer?.name == "Ann Öre")
        let unread = try space.addConversation(.fixture("wa-5", email: "", phone: "no number"))
        #expect(try reader.conversation(unread)?.summary.customer == nil)
        _ = try space.store.addCustomers([NewCustomer(name: "Ben", emails: ["ann@example.org"])])
        let several = try space.addConversation(.fixture("wa-3", email: "ann@example.org"))
        #expect(try reader.conversation(several)?.summary.customer == nil)
        let contact = ConversationContact(email: "ann@example.org")
        #expect(try reader.customers(reachedBy: contact).map(\.name) == ["Ann Öre", "Ben"])
        try space.store.setCustomer(of: several, to: space.customer, by: space.mia.id)
        #expect(try reader.conversation(several)?.summary.customer?.id == space.customer)
        #expect(throws: StoreError.unknown("conversation")) {
            try space.store.setCustomer(
                of: ConversationID(number: 99), to: space.customer, by: space.mia.id)
        }
    }

    @Test func `refuse an agent who is not there or is switched off, and store nothing`() throws {
        let space = try TestSpace()
        try space.store.setEmployee(space.noah.id, isActive: false)
        for agent in ["nobody", "noah"] {
            do {
                _ = try space.store.addConversation(.fixture(agent: agent), at: space.now)
                Issue.record("\(agent) was taken")
            } catch {
                guard case .rejected(let problems) = error else { throw error }
                #expect(problems.map(\.field) == ["/agent"])
            }
        }
        #expect(try space.count("conversation") == 0)
    }

    @Test func `are listed by their newest message, page by page, each agent's alone`() throws {
        let space = try TestSpace()
        var mine: [ConversationID] = []
        for number in 1...5 {
            // Two of them have their newest message at the same moment.
            let start = space.now.addingTimeInterval(Double(number / 2) * 3_600)
            mine.append(try space.addConversation(.fixture("wa-\(number)", at: start)))
        }
        let other = try space.addConversation(.fixture("x", agent: "noah"))
        let reader = try space.store.makeReader()
        let all = try reader.conversations(of: space.mia.id, limit: 10)
        #expect(all.map(\.id) == [mine[4], mine[3], mine[2], mine[1], mine[0]])
        var paged: [ConversationID] = []
        var place: ConversationPlace?
        while true {
            let page = try reader.conversations(of: space.mia.id, before: place, limit: 2)
            guard let last = page.last else { break }
            paged += page.map(\.id)
            place = ConversationPlace(last)
        }
        #expect(paged == all.map(\.id))
        #expect(try reader.conversations(of: space.noah.id, limit: 10).map(\.id) == [other])
        #expect(try reader.conversations(of: nil, limit: 10).count == 6)
        #expect(
            try reader.conversations(of: nil, with: space.customer, limit: 10).count == 6)
        #expect(
            try reader.conversations(of: space.mia.id, with: CustomerID(number: 99), limit: 9)
                .isEmpty)
    }

    @Test func `know the case that they became, and its customer where nobody was known`() throws {
        let space = try TestSpace()
        let id = try space.addConversation(.fixture(email: ""))
        let draft = try space.draft(conversation: id)
        #expect(draft.conversation == id)
        let number = try space.createCase(draft)
        let reader = try space.store.makeReader()
        let summary = try #require(try reader.conversationSummary(id))
        #expect(summary.openedCase == number)
        #expect(summary.customer?.id == space.customer)
        #expect(try reader.conversation(openedAs: number) == id)
        let second = try space.createCase(try space.draft(conversation: id))
        #expect(try reader.conversationSummary(id)?.openedCase == second)
        let plain = try space.createCase(try space.draft())
        #expect(try reader.conversation(openedAs: plain) == nil)
    }
}

@Suite struct `A conversation that is sent again` {
    @Test func `is stored once, also when many send it at the same moment`() throws {
        let space = try TestSpace()
        let (store, now) = (space.store, space.now)
        let receipts = try onThreads(16) { _ in
            try store.addConversation(.fixture(), at: now)
        }.map { try $0.get() }
        let added = receipts.filter { if case .added = $0 { true } else { false } }
        #expect(added.count == 1)
        #expect(try space.count("conversation") == 1)
        #expect(try space.count("conversationMessage") == 2)
    }

    @Test func `takes the messages that came since, and keeps those it has`() throws {
        let space = try TestSpace()
        let id = try space.addConversation(.fixture())
        let sent = NewConversation.fixture()
        let more = NewMessage(
            speaker: .customer, text: "May.", at: space.now.addingTimeInterval(90))
        let longer = sent.with(messages: sent.messages + [more])
        #expect(
            try space.store.addConversation(longer, at: space.now) == .known(id, addedCount: 1))
        #expect(
            try space.store.addConversation(longer, at: space.now) == .known(id, addedCount: 0))
        // A retry of the first request, which arrives late.
        #expect(try space.store.addConversation(sent, at: space.now) == .known(id, addedCount: 0))
        let reader = try space.store.makeReader()
        #expect(try reader.conversation(id)?.messages.map(\.text).last == "May.")
    }

    @Test(arguments: [
        (NewConversation.fixture(agent: "noah"), ["/agent"]),
        (.fixture(channel: .email), ["/channel"]),
        (.fixture(email: "other@example.org"), ["/customer/email"]),
        (
            .fixture(at: Date(timeIntervalSince1970: 1)),
            ["/started_at", "/messages/0", "/messages/1"]
        ),
        (.fixture(text: "I was charged thrice."), ["/messages/0"]),
    ]) func `is refused when it says something else`(
        sent: NewConversation, pointers: [String]
    ) throws {
        let space = try TestSpace()
        let id = try space.addConversation(.fixture())
        #expect(
            try space.store.addConversation(sent, at: space.now) == .contradicted(pointers))
        #expect(try space.store.makeReader().conversation(id)?.messages.count == 2)
    }
}

@Suite struct `Messages that are sent again` {
    private func message(
        _ text: String, id: String? = nil, after seconds: Double = 120
    ) -> NewMessage {
        NewMessage(
            externalID: id, speaker: .customer, text: text,
            at: Date(timeIntervalSince1970: 1_800_000_000 + seconds))
    }

    @Test func `are known by their sender's name`() throws {
        let space = try TestSpace()
        let id = try space.addConversation(.fixture())
        let may = message("May.", id: "m1")
        for count in [1, 0] {
            #expect(
                try space.store.addMessages([may], to: "wa-1") == .known(id, addedCount: count))
        }
        let other = message("June.", id: "m1")
        #expect(
            try space.store.addMessages([message("Hi", id: "m2"), other], to: "wa-1")
                == .contradicted(["/messages/1"]))
        let both = [message("x", id: "m3"), message("y", id: "m3")]
        #expect(
            try space.store.addMessages(both, to: "wa-1") == .contradicted(["/messages/1"]))
        #expect(try space.store.makeReader().conversationVersion(id) == 3)
    }

    @Test func `are known without a name by who said what when`() throws {
        let space = try TestSpace()
        let id = try space.addConversation(.fixture())
        let texts = { try space.store.makeReader().messages(of: id, from: 2).map(\.text) }
        // Said twice in one moment, and told so in one request.
        let twice = [message("ok"), message("ok")]
        #expect(try space.store.addMessages(twice, to: "wa-1") == .known(id, addedCount: 2))
        #expect(try space.store.addMessages(twice, to: "wa-1") == .known(id, addedCount: 0))
        #expect(
            try space.store.addMessages([message("ok")], to: "wa-1") == .known(id, addedCount: 0))
        #expect(
            try space.store.addMessages([message("ok", after: 121)], to: "wa-1")
                == .known(id, addedCount: 1))
        #expect(try texts() == ["ok", "ok", "ok"])
        #expect(throws: StoreError.unknown("conversation")) {
            try space.store.addMessages([message("ok")], to: "wa-9")
        }
    }

    @Test func `all arrive once when they are sent from many threads`() throws {
        let space = try TestSpace()
        let id = try space.addConversation(.fixture())
        let store = space.store
        let sent = (0..<10).map { message("message \($0)", after: Double($0)) }
        let outcomes = onThreads(10) { _ in
            for message in sent { _ = try store.addMessages([message], to: "wa-1") }
        }
        for outcome in outcomes { try outcome.get() }
        let stored = try space.store.makeReader().messages(of: id, from: 2)
        #expect(Set(stored.map(\.text)) == Set(sent.map(\.text)))
        #expect(stored.map(\.position) == Array(2..<12))
    }

    @Test func `stop at the limits of a conversation`() throws {
        let space = try TestSpace()
        let id = try space.addConversation(.fixture())
        let limit = ConversationLimit.maximumMessageCount
        let fill = (2..<limit).map { message("\($0)", id: "m\($0)") }
        #expect(
            try space.store.addMessages(fill, to: "wa-1") == .known(id, addedCount: limit - 2))
        #expect(throws: StoreError.rejected([ConversationLimit.tooManyMessages])) {
            try space.store.addMessages([message("more")], to: "wa-1")
        }
        // What is there is still known.
        #expect(
            try space.store.addMessages([fill[0]], to: "wa-1") == .known(id, addedCount: 0))

        let long = try space.addConversation(.fixture("wa-2"))
        let text = String(repeating: "x", count: ConversationLimit.maximumMessageByteCount)
        for index in 0..<3 {
            #expect(
                try space.store.addMessages([message(text, id: "\(index)")], to: "wa-2")
                    == .known(long, addedCount: 1))
        }
        #expect(throws: StoreError.rejected([ConversationLimit.tooMuchText])) {
            try space.store.addMessages([message(text, id: "3")], to: "wa-2")
        }
        let summary = try #require(try space.store.makeReader().conversationSummary(long))
        #expect(summary.messageCount == 5)
        #expect(summary.lastText.count == ConversationLimit.maximumExcerptCharacters)
    }
}

extension TestSpace {
    /// Stores a conversation and gives its identifier.
    func addConversation(_ new: NewConversation) throws -> ConversationID {
        guard case .added(let id) = try store.addConversation(new, at: now) else {
            throw StoreError.corrupt("the conversation was there before")
        }
        return id
    }
}

extension NewConversation {
    /// Two messages between Ann and Mia, a minute apart.
    static func fixture(
        _ externalID: String = "wa-1", channel: Source = .whatsapp,
        email: String = "ann@example.org", phone: String = "", agent: String = "mia",
        at: Date = Date(timeIntervalSince1970: 1_800_000_000),
        text: String = "I was charged twice."
    ) -> NewConversation {
        NewConversation(
            externalID: externalID, channel: channel,
            contact: ConversationContact(name: "Ann Öre", email: email, phone: phone), agent: agent,
            startedAt: at,
            messages: [
                NewMessage(speaker: .customer, text: text, at: at),
                NewMessage(speaker: .agent, text: "Which month?", at: at.addingTimeInterval(60)),
            ])
    }

    func with(messages: [NewMessage]) -> NewConversation {
        NewConversation(
            externalID: externalID, channel: channel, contact: contact, agent: agent,
            startedAt: startedAt, messages: messages)
    }
}
