import CaseModel
import Foundation
import GRDB
import Testing

@testable import CaseStorage

@Suite struct `Telling the customer` {
    let space: TestSpace

    init() throws { space = try TestSpace() }

    @Test func `is stored with the case`() throws {
        let number = try space.createCase(
            try space.draft(owner: .agent(space.mia.id), telling: [.email, .sms]))
        let messages = try space.messages(of: number)
        #expect(messages.map(\.channel) == [.email, .sms])
        #expect(messages.map(\.address) == ["ann@example.org", "+4930123456"])
        #expect(messages.allSatisfy { $0.kind == .notification(.caseCreated) })
        #expect(messages.allSatisfy { $0.recipient == .customer(space.customer) })
        #expect(messages.allSatisfy { $0.state == .queued && $0.waitReason == .notConfigured })
        #expect(messages.allSatisfy { $0.createdAt == space.now && $0.dueAt == space.now })
        #expect(messages[0].text.subject == "Your case \(number): Charged twice")
        #expect(messages[0].text.body.contains("Hello Ann Öre,"))
        #expect(messages[0].text.body.contains("(Refund)"))
        #expect(messages[1].text.body == "Main: your case \(number) is open. Charged twice")
        #expect(try space.history(number).count == 2)
        #expect(try space.store.verify() == [])
    }

    @Test func `leaves nothing when the case is not stored`() throws {
        let draft = try space.draft(telling: [.email])
        #expect(throws: StoreError.optionsChanged) {
            try space.store.createCase(
                draft, from: DraftID(), by: space.mia.id, adding: [], optionsVersion: 0,
                at: space.now)
        }
        #expect(try space.count("message") == 0)
        // The message is refused, so the case is, too.
        try space.tamper(
            """
            CREATE TRIGGER failing BEFORE INSERT ON message BEGIN
                SELECT raise(ABORT, 'no message'); END
            """)
        #expect(throws: StoreError.self) { try space.createCase(draft) }
        #expect(try space.count("caseRecord") == 0)
    }

    @Test func `happens once for a case that is saved twice`() throws {
        let draft = try space.draft(telling: [.email])
        let (id, store, now, mia) = (DraftID(), space.store, space.now, space.mia.id)
        let version = try store.makeReader().options().version
        let made = onThreads(8) { _ in
            try store.createCase(
                draft, from: id, by: mia, adding: [], optionsVersion: version, at: now)
        }
        for creation in made { _ = try creation.get() }
        #expect(try space.count("message") == 1)
    }

    @Test func `happens without a word when no box is ticked`() throws {
        let number = try space.createCase(try space.draft())
        #expect(try space.messages(of: number) == [])
        #expect(try space.history(number).count == 2)
    }

    @Test func `is left out, and the history says why`() throws {
        try space.setTemplate(.caseCreated, .email, isEnabled: false)
        try space.tamper("UPDATE customer SET phones = '030 5550142'")
        let number = try space.createCase(try space.draft(telling: [.email, .sms]))
        #expect(try space.messages(of: number) == [])
        #expect(
            try space.history(number).suffix(2) == [
                "Not told by e-mail: the template “Case created” is switched off",
                "Not told by SMS: the customer has a phone number that lacks its country code, "
                    + "such as +49",
            ])
    }

    @Test func `is left out when the address went while the case was saved`() throws {
        let draft = try space.draft(telling: [.sms])
        try space.tamper("UPDATE customer SET phones = ''")
        let number = try space.createCase(draft)
        #expect(
            try space.history(number).last == "Not told by SMS: the customer has no phone number")
    }

    @Test func `says little to an address that nobody has confirmed`() throws {
        try space.setTemplate(
            .caseCreated, .email,
            body: "{recipient_name}/{customer_name}/{case_status}/{case_title}/{owner_name}")
        try space.tamper("UPDATE customer SET unconfirmed = 'ann@example.org'")
        let first = try space.createCase(try space.draft(telling: [.email, .sms]))
        let edit = space.edit()
        try space.store.confirmAddresses(of: space.customer, edit)
        let second = try space.createCase(try space.draft(telling: [.email]))
        #expect(
            try space.messages(of: first).map(\.text.body) == [
                "customer/customer/–/Charged twice/our team",
                "Main: your case \(first) is open. Charged twice",
            ])
        #expect(
            try space.messages(of: second).map(\.text.body)
                == ["Ann Öre/Ann Öre/New/Charged twice/Billing"])
        let changes = try space.store.makeReader().changes(
            of: .customer, space.customer.number, limit: 9)
        #expect(changes.map(\.field) == [StoredCustomer.unconfirmedField])
    }

    @Test func `of another status goes with further ones within two minutes`() throws {
        let number = try space.createCase(
            try space.draft(owner: .agent(space.mia.id), telling: [.email]))
        try space.addGateways()
        let sender = LeaseHolder()
        #expect(try space.send(sender) != nil)
        func change(to status: String, later seconds: Double) throws {
            let (mia, name) = (space.mia.id, space.store.name)
            let at = (space.now + seconds).milliseconds
            _ = try space.store.writer.write { db in
                try db.run(
                    "UPDATE caseRecord SET status = ? WHERE number = ?", [status, number.number])
                return try db.noteStatusChange(of: number, by: mia, at: at, in: name).messageCount
            }
        }
        try change(to: "Checked", later: 0)
        let id = try #require(try space.messages(of: number).last?.id)
        #expect(try space.message(id, later: 119).waitReason == .furtherChanges)
        #expect(try space.lease(sender, later: 119) == [])
        try change(to: "Asked back", later: 119)
        #expect(try space.messages(of: number).count == 2)
        #expect(try space.events(id) == [.replaced])
        #expect(try space.message(id).text.body.contains("“Asked back”"))
        #expect(try space.lease(sender, later: 119.999) == [])
        #expect(try space.lease(sender, later: 120) == [id])
        // On its way by now, so a further change is told of by itself.
        try change(to: "Done", later: 121)
        #expect(try space.messages(of: number).count == 3)
        #expect(try space.message(id).text.body.contains("“Asked back”"))
        #expect(try space.store.verify() == [])
    }

    @Test func `of a further change waits no longer than of the first, also when nothing is sent`()
        throws
    {
        let number = try space.createCase(try space.draft(telling: [.email]))
        let (mia, name, at) = (space.mia.id, space.store.name, space.now)
        for seconds in [0.0, 119, 120, 121, 600] {
            _ = try space.store.writer.write { db in
                try db.noteStatusChange(
                    of: number, by: mia, at: (at + seconds).milliseconds, in: name
                ).messageCount
            }
        }
        let messages = try space.messages(of: number)
        #expect(messages.count == 2)
        #expect(messages.last?.dueAt == space.now + 120)
    }
}

@Suite struct `Telling the owner` {
    let space: TestSpace

    init() throws {
        space = try TestSpace()
        try space.setTemplate(.ownerChanged, .email)
        try space.store.updateNotificationSettings(
            NotificationSettings(deskAddress: "https://desk.example.org"), .commandLine)
    }

    /// Who is told of a case, by address.
    private func told(_ number: CaseNumber) throws -> [String] {
        try space.messages(of: number).filter { $0.state == .queued }.map(\.address)
    }

    @Test func `tells an agent, with a link, but not who has made the case`() throws {
        let own = try space.createCase(try space.draft(owner: .agent(space.mia.id)))
        #expect(try told(own) == [])
        let number = try space.createCase(try space.draft(owner: .agent(space.noah.id)))
        let message = try #require(try space.messages(of: number).first)
        #expect(message.recipient == .employee(space.noah.id))
        #expect(message.address == "noah@example.org")
        #expect(message.dueAt == space.now + 120)
        #expect(message.text.subject == "Case \(number) is with Noah: Charged twice")
        #expect(message.text.body.hasSuffix("https://desk.example.org/cases/\(number)"))
    }

    @Test func `tells the active members of a queue but not who has made the case`() throws {
        let queue = try space.store.addQueue(
            name: "Team", members: [space.mia.id, space.noah.id, space.ada.id])
        let number = try space.createCase(try space.draft(owner: .queue(queue.id)))
        #expect(try told(number) == ["noah@example.org", "ada@example.org"])
        try space.tamper("UPDATE employee SET isActive = 0 WHERE login = 'noah'")
        let next = try space.createCase(try space.draft(owner: .queue(queue.id)))
        #expect(try told(next) == ["ada@example.org"])
    }

    @Test func `is taken back when somebody else has the case before it went`() throws {
        let number = try space.createCase(try space.draft(by: space.ada), by: space.ada)
        #expect(try told(number) == ["mia@example.org"])
        #expect(
            try space.store.claimCase(number, by: space.mia.id, at: space.now + 60) == .claimed)
        #expect(try told(number) == [])
        let message = try #require(try space.messages(of: number).first)
        #expect(message.state == .cancelled)
        #expect(try space.events(message.id) == [.cancelled])
    }

    @Test func `says who cannot be told`() throws {
        try space.setTemplate(.ownerChanged, .sms)
        let queue = try space.store.addQueue(
            name: "Team", members: [space.mia.id, space.noah.id, space.ada.id])
        let number = try space.createCase(try space.draft(owner: .queue(queue.id)))
        #expect(
            try space.history(number).last
                == "Not told by SMS: 2 members of Team cannot be reached so")
        let single = try space.createCase(try space.draft(owner: .agent(space.noah.id)))
        #expect(
            try space.history(single).last == "Not told by SMS: Noah has no phone number")
    }

    @Test func `says nothing while its templates are switched off`() throws {
        try space.setTemplate(.ownerChanged, .email, isEnabled: false)
        let number = try space.createCase(try space.draft(owner: .agent(space.noah.id)))
        #expect(try space.count("message") == 0)
        #expect(try space.history(number).count == 2)
    }
}

@Suite struct `Reminding the owner` {
    let space: TestSpace

    init() throws {
        space = try TestSpace()
        try space.setTemplate(.reminder, .email)
    }

    private func remind(
        _ number: CaseNumber, by employee: Employee? = nil, later seconds: Double = 0
    ) throws -> ReminderOutcome {
        try space.store.remindOwner(
            of: number, by: (employee ?? space.ada).id, at: space.now + seconds)
    }

    @Test func `happens at most once in an hour`() throws {
        let number = try space.createCase(try space.draft())
        #expect(try remind(number) == .reminded(messageCount: 1))
        #expect(try remind(number, later: 3_599) == .tooSoon(next: space.now + 3_600))
        #expect(try remind(number, later: 3_600) == .reminded(messageCount: 1))
        #expect(try space.count("message") == 2)
        #expect(try space.history(number).suffix(2) == ["Reminded Billing", "Reminded Billing"])
        #expect(
            try space.messages(of: number).map(\.address) == [
                "mia@example.org", "mia@example.org",
            ])
        let next = try space.store.makeReader().nextReminder(of: number)
        #expect(next == space.now + 7_200)
    }

    @Test func `goes to nobody when there is nobody else, no template or no case`() throws {
        let own = try space.createCase(try space.draft(owner: .agent(space.mia.id)))
        #expect(try remind(own, by: space.mia) == .nobody(["Nobody else owns the case"]))
        try space.tamper("UPDATE employee SET email = '' WHERE login = 'mia'")
        #expect(
            try remind(own) == .nobody(["Not told by e-mail: Mia has no e-mail address"]))
        try space.setTemplate(.reminder, .email, isEnabled: false)
        #expect(try remind(own) == .nobody(["The template “Reminder” is switched off"]))
        try space.tamper("UPDATE caseRecord SET state = 'completed'")
        #expect(try remind(own) == .completed)
        #expect(throws: StoreError.unknown("case")) { try remind(CaseNumber(number: 99)) }
        #expect(try space.history(own).count == 2)
    }
}

@Suite struct `A customer's address` {
    let space: TestSpace

    init() throws { space = try TestSpace() }

    private func unconfirmed(_ id: CustomerID) throws -> [String] {
        try #require(try space.store.makeReader().customer(id)).unconfirmed
    }

    @Test func `that a conversation brought is unconfirmed until somebody has seen it`() throws {
        let values = try space.customerValues([
            .email1: "h@example.org", .email2: "typed@example.org", .phone1: "+49 30 5550142",
        ])
        let conversation = try space.addConversation(
            .fixture(email: "H@example.org", phone: "0049 30 5550142"))
        let key = DraftID()
        func make() throws -> CustomerID {
            try space.store.createCustomer(values, key: key, from: conversation, space.edit())
        }
        let id = try make()
        #expect(try unconfirmed(id) == ["h@example.org", "+49 30 5550142"])
        try space.store.updateCustomer(id, to: values, space.edit())
        #expect(try unconfirmed(id) == [])
        // The same form again finds the customer and doubts nothing.
        #expect(try make() == id)
        #expect(try unconfirmed(id) == [])
    }

    @Test func `that somebody typed is confirmed`() throws {
        #expect(try unconfirmed(try space.addCustomer([.email1: "h@example.org"])) == [])
        let typed = try space.store.createCustomer(
            try space.customerValues([.email1: "other@example.org"]), key: nil,
            from: try space.addConversation(.fixture(email: "h@example.org")), space.edit())
        #expect(try unconfirmed(typed) == [])
    }
}
