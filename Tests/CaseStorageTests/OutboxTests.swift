import CaseModel
import Foundation
import GRDB
import Testing

@testable import CaseStorage

@Suite struct `The outbox` {
    let space: TestSpace
    let sender = LeaseHolder()

    init() throws {
        space = try TestSpace()
        try space.addGateways()
    }

    private func list(_ query: MessageQuery) throws -> MessagePage {
        try space.store.makeReader().messages(query, at: space.now)
    }

    private func ids(_ query: MessageQuery) throws -> [OutboxMessageID] {
        try list(query).messages.map(\.id)
    }

    @Test func `is listed newest first, page by page, in both directions`() throws {
        let all = try (0..<7).map { try space.post(to: "\($0)@example.org") }
        let first = try list(MessageQuery(limit: 3))
        #expect(first.messages.map(\.id) == [all[6], all[5], all[4]])
        #expect(first.hasOlder && !first.hasNewer)
        let second = try list(MessageQuery(position: .olderThan(all[4]), limit: 3))
        #expect(second.messages.map(\.id) == [all[3], all[2], all[1]])
        #expect(second.hasOlder && second.hasNewer)
        let last = try list(MessageQuery(position: .olderThan(all[1]), limit: 3))
        #expect(last.messages.map(\.id) == [all[0]])
        #expect(!last.hasOlder && last.hasNewer)
        let back = try list(MessageQuery(position: .newerThan(all[3]), limit: 3))
        #expect(back.messages.map(\.id) == [all[6], all[5], all[4]])
        #expect(back.hasOlder && !back.hasNewer)
    }

    @Test func `is listed by state, channel, kind, case and address`() throws {
        let number = try space.createCase(try space.draft(telling: [.email]))
        let told = try #require(try space.messages(of: number).first?.id)
        let refused = try space.post(to: "B@example.org")
        let sms = try space.post(to: "+49305550142", on: .sms)
        _ = try space.lease(sender)
        _ = try space.store.noteHanding(refused, by: sender, at: space.now)
        try space.store.noteOutcome(refused, by: sender, .refused(answer: "550"), at: space.now)
        #expect(try ids(MessageQuery()) == [sms, refused, told])
        #expect(try ids(MessageQuery(states: [.queued])) == [sms])
        #expect(try ids(MessageQuery(states: [.leased, .refused])) == [refused, told])
        #expect(try ids(MessageQuery(states: [])) == [])
        #expect(try ids(MessageQuery(channel: .email)) == [refused, told])
        #expect(try ids(MessageQuery(kind: .test)) == [sms, refused])
        #expect(try ids(MessageQuery(kind: .notification(.caseCreated))) == [told])
        #expect(try ids(MessageQuery(text: " \(number) ")) == [told])
        #expect(try ids(MessageQuery(text: "b@EXAMPLE.org")) == [refused])
        #expect(try ids(MessageQuery(text: "+49 30 5550142")) == [sms])
        #expect(try ids(MessageQuery(states: [.refused], text: "b@example.org")) == [refused])
        #expect(try ids(MessageQuery(text: "nobody")) == [])
        let counts = try space.store.makeReader().messageCounts()
        #expect(counts[.queued] == 1 && counts[.leased] == 1 && counts[.refused] == 1)
        #expect(counts[.handedOver] == 0)
    }

    @Test func `knows since when the oldest message waits, and to whom the last was refused`()
        throws
    {
        let reader = try space.store.makeReader()
        #expect(try reader.oldestWaitingMessage() == nil)
        try space.post()
        #expect(try reader.oldestWaitingMessage() == space.now)
        _ = try space.send(sender, .refused(answer: "550"))
        #expect(try reader.oldestWaitingMessage() == nil)
        #expect(try reader.hasBounced("Ann@Example.org", on: .email))
        #expect(try !reader.hasBounced("ann@example.org", on: .sms))
        #expect(try !reader.hasBounced("other@example.org", on: .email))
        try space.post()
        _ = try space.send(sender)
        #expect(try !reader.hasBounced("ann@example.org", on: .email))
    }

    @Test(arguments: [
        (
            MessageState.queued, MessageHandling.done, MessageHandling.notNow(.queued),
            MessageHandling.done
        ),
        (.leased, .notNow(.leased), .notNow(.leased), .notNow(.leased)),
        (.handing, .notNow(.handing), .notNow(.handing), .notNow(.handing)),
        (.handedOver, .notNow(.handedOver), .notNow(.handedOver), .notNow(.handedOver)),
        (.refused, .done, .notNow(.refused), .notNow(.refused)),
        (.unknown, .done, .done, .done),
        (.cancelled, .notNow(.cancelled), .notNow(.cancelled), .notNow(.cancelled)),
    ])
    func `lets people do with a message what its state allows`(
        state: MessageState, retried: MessageHandling, settled: MessageHandling,
        cancelled: MessageHandling
    ) throws {
        let (store, mia, now) = (space.store, space.mia.id, space.now)
        func message(_ index: Int) throws -> OutboxMessageID {
            let id = try space.post(to: "\(state.rawValue)\(index)@example.org")
            if state == .queued { return id }
            if state == .cancelled {
                _ = try store.cancelMessage(id, by: mia, at: now)
                return id
            }
            _ = try space.lease(sender, limit: 1)
            if state == .leased { return id }
            _ = try store.noteHanding(id, by: sender, at: now)
            switch state {
            case .handedOver:
                try store.noteOutcome(id, by: sender, .handedOver(answer: ""), at: now)
            case .refused: try store.noteOutcome(id, by: sender, .refused(answer: ""), at: now)
            case .unknown: try store.noteOutcome(id, by: sender, .unknown(answer: ""), at: now)
            default: break
            }
            return id
        }
        let first = try message(1)
        #expect(try space.message(first).state == state)
        #expect(try store.retryMessage(first, by: mia, at: now) == retried)
        if retried == .done { #expect(try space.message(first).state == .queued) }
        if state != .queued { _ = try space.store.cancelMessage(first, by: mia, at: now) }
        let second = try message(2)
        #expect(try store.settleMessage(second, by: mia, at: now) == settled)
        if settled == .done { #expect(try space.message(second).state == .handedOver) }
        let third = try message(3)
        #expect(try store.cancelMessage(third, by: mia, at: now) == cancelled)
        if cancelled == .done { #expect(try space.message(third).state == .cancelled) }
        let nobody = OutboxMessageID(number: 999)
        #expect(throws: StoreError.unknown("message")) {
            try store.retryMessage(nobody, by: mia, at: now)
        }
        #expect(try store.verify() == [])
    }

    @Test func `keeps the name of a message that is sent again, and who wanted it`() throws {
        let id = try space.post()
        let name = try space.message(id).messageID
        _ = try space.send(sender, .unknown(answer: "The connection ended"))
        _ = try space.store.retryMessage(id, by: space.mia.id, at: space.now)
        #expect(try space.lease(sender) == [id])
        #expect(try space.message(id).messageID == name)
        let details = try #require(try space.store.makeReader().message(id, at: space.now))
        #expect(details.events.map(\.kind) == [.unknown, .retried])
        #expect(details.events.map(\.employeeName) == [nil, "Mia"])
        #expect(details.events.first?.answer == "The connection ended")
    }

    @Test func `takes a test to the own address alone`() throws {
        let text = RenderedMessage(subject: "S", body: "B")
        let id = try #require(
            try space.store.sendTest(text, on: .email, to: space.mia.id, at: space.now))
        let message = try space.message(id)
        #expect(message.address == "mia@example.org")
        #expect(message.kind == .test && message.caseNumber == nil && message.text == text)
        #expect(
            try space.store.sendTest(text, on: .sms, to: space.mia.id, at: space.now) == nil)
    }

    @Test func `forgets the texts of messages that ended 90 days ago`() throws {
        let (old, open) = (try space.post(), try space.post(to: "b@example.org"))
        _ = try space.send(sender)
        let lifetime = 90.0 * 86_400
        #expect(try space.store.sweep(now: space.now + lifetime).messageTexts == 0)
        #expect(try space.store.sweep(now: space.now + lifetime + 0.001).messageTexts == 1)
        let message = try space.message(old)
        #expect(message.isTextGone && message.text.subject.isEmpty && message.lastAnswer.isEmpty)
        #expect(message.state == .handedOver && message.address == "ann@example.org")
        #expect(try !space.message(open).isTextGone)
        #expect(try space.store.sweep(now: space.now + lifetime + 1).messageTexts == 0)
        #expect(try space.store.verify() == [])
    }

    @Test func `forgets texts and addresses of a customer who is deleted`() throws {
        let secret = "hannah.secret@example.org"
        let id = try space.addCustomer([.email1: secret])
        func post(_ address: String) throws -> OutboxMessageID {
            try space.post(to: address, customer: id)
        }
        let sent = try post(secret)
        _ = try space.send(sender, .refused(answer: "550 \(secret) is unknown"))
        let waiting = try post(secret)
        let begun = try post("x.\(secret)")
        let stranger = try space.post(to: "b@example.org")
        let leased = try space.lease(sender)
        #expect(leased == [waiting, begun, stranger])
        try space.store.deleteCustomer(id, space.edit())
        for id in [sent, waiting, begun] {
            let message = try space.message(id)
            #expect(message.recipient == .erased && message.recipientName.isEmpty)
            #expect(message.address.isEmpty && message.isTextGone && message.lastAnswer.isEmpty)
            #expect(!message.state.isOpen)
            #expect(try !space.store.noteHanding(id, by: sender, at: space.now))
        }
        #expect(try space.store.retryMessage(sent, by: space.mia.id, at: space.now) == .textIsGone)
        #expect(try space.store.noteHanding(stranger, by: sender, at: space.now))
        #expect(try space.store.verify() == [])
        space.store.close()
        let bytes = try Data(contentsOf: URL(filePath: space.database))
        #expect(bytes.range(of: Data(secret.utf8)) == nil)
    }

    @Test func `of a copy sends nothing by itself`() throws {
        let ended = try space.post()
        _ = try space.send(sender)
        let open = [try space.post(), try space.post(to: "b@example.org")]
        _ = try space.lease(sender, limit: 1)
        try space.store.backup(to: space.root + "/tenants/copy")
        let name = try #require(TenantName("copy"))
        let copy = try #require(try space.data.openTenant(name))
        defer { copy.close() }
        #expect(try copy.verify() == [])
        let reader = try copy.makeReader()
        for id in open {
            let details = try #require(try reader.message(id, at: space.now))
            #expect(details.message.state == .unknown)
            #expect(details.events.map(\.kind) == [.restored])
        }
        #expect(try reader.message(ended, at: space.now)?.message.state == .handedOver)
        let leased = try copy.leaseMessages(
            channel: .email, limit: 9, by: LeaseHolder(), at: space.now + 1_000_000)
        #expect(leased == [])
        #expect(try copy.retryMessage(open[0], by: space.mia.id, at: space.now) == .done)
        // The original goes on.
        #expect(try space.message(open[1]).state == .queued)
    }

    @Test(arguments: [
        ("UPDATE message SET isFirst = 0", "message 1: no message to its address is the next"),
        ("UPDATE message SET attemptCount = 2", "message 1: its count of tries is wrong"),
        ("UPDATE message SET kind = 'reminder'", "message 1: it is about no case"),
    ])
    func `is verified`(sql: String, finding: String) throws {
        try space.post()
        #expect(try space.store.verify() == [])
        try space.tamper(sql)
        #expect(try space.store.verify() == [finding])
    }

    @Test func `with a template that is none is found, too`() throws {
        try space.setTemplate(.reminder, .sms)
        try space.tamper("UPDATE notificationTemplate SET body = '{nobody}'")
        #expect(try space.store.verify().count == 1)
    }

    @Test func `is found by its indexes alone`() throws {
        func plan(_ sql: String) throws -> String {
            try space.store.makeReader().query { db in
                try db.rows("EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
                    .joined(separator: "; ")
            }
        }
        let due = try plan(
            """
            SELECT id FROM message
            WHERE channel = 'email' AND state = 'queued' AND isFirst = 1 AND dueAt <= 1
            ORDER BY dueAt, id LIMIT 1
            """)
        #expect(due.contains("messageDue (channel=? AND dueAt<?)") && !due.contains("B-TREE"))
        let lease = try plan("SELECT * FROM message WHERE channel = 'email' AND leaseUntil <= 1")
        #expect(lease.contains("messageLease (channel=? AND leaseUntil<?)"))
        let next = try plan(
            """
            SELECT id FROM message
            WHERE channel = 'email' AND addressKey = 'a' AND endedAt IS NULL ORDER BY id LIMIT 1
            """)
        #expect(next.contains("messageLine (channel=? AND addressKey=?)"))
        #expect(!next.contains("B-TREE"))
        let slice = try plan(
            """
            SELECT id FROM message
            WHERE kind = 'test' AND channel = 'sms' AND state = 'refused' AND id < 9
            ORDER BY id DESC LIMIT 1
            """)
        #expect(slice.contains("messageSlice (kind=? AND channel=? AND state=? AND rowid<?)"))
        #expect(!slice.contains("B-TREE"))
        for (scope, index) in [
            ("1", "messageCounted (countedAt>?)"),
            ("channel = 'email' AND addressKey = 'a'", "messageCountedAddress (channel=? AND"),
            ("customer = 1", "messageCountedCustomer (customer=? AND countedAt>?)"),
        ] {
            let counted = try plan(
                """
                SELECT countedAt FROM message WHERE \(scope) AND countedAt > 1
                ORDER BY countedAt DESC LIMIT 1 OFFSET 9
                """)
            #expect(counted.contains(index) && !counted.contains("B-TREE"), "\(counted)")
        }
    }
}

@Suite struct `What is set up of notifications` {
    let space: TestSpace

    init() throws { space = try TestSpace() }

    @Test func `is built in until somebody changes it, and known to the options of a case`() throws
    {
        let reader = try space.store.makeReader()
        let before = try reader.options()
        #expect(before.notifications == NotificationSetup())
        try space.setTemplate(.reminder, .sms, body: "Do {case_number}")
        try space.addGateways()
        try space.store.updateNotificationSettings(
            NotificationSettings(perRecipient: 3), .commandLine)
        let after = try reader.options()
        #expect(after.version > before.version)
        let template = after.notifications[TemplateKey(.reminder, .sms)]
        #expect(template.isEnabled && template.body.source == "Do {case_number}")
        #expect(after.notifications.configuredChannels == [.email, .sms])
        #expect(after.notifications.settings.perRecipient == 3)
        #expect(try reader.notificationSetup() == after.notifications)
        try space.store.removeGateway(of: .sms, space.edit())
        #expect(try reader.options().notifications.configuredChannels == [.email])
        #expect(throws: StoreError.unknown("gateway")) {
            try space.store.removeGateway(of: .sms, space.edit())
        }
    }

    @Test func `of a template keeps what two people changed`() throws {
        let key = TemplateKey(.caseCreated, .email)
        let base = NotificationTemplateValues(.builtIn(key)).texts
        func change(_ field: String, to text: String, by employee: Employee) throws {
            var texts = base
            texts[field] = text
            var problems: [FieldProblem] = []
            let values = try #require(NotificationTemplateValues(texts, problems: &problems))
            try space.store.updateTemplate(
                values, Edit(base: 0, by: employee.id, at: space.now))
        }
        try change("subject", to: "One", by: space.mia)
        try change("body", to: "Two", by: space.noah)
        let stored = try space.store.makeReader().notificationSetup()[key]
        #expect(stored.subject?.source == "One" && stored.body.source == "Two")
        #expect(throws: StoreError.self) { try change("subject", to: "Three", by: space.ada) }
        let changes = try space.store.makeReader().changes(
            of: .notificationTemplate, key.number, limit: 9)
        #expect(changes.map(\.field) == ["body", "subject"])
    }

    @Test func `of a gateway keeps its password to itself`() throws {
        try space.addGateways()
        let reader = try space.store.makeReader()
        let gateway = try #require(try reader.mailGateway())
        #expect(gateway.password.text == "s3cret")
        try space.store.updateMailGateway(
            gateway.values, password: .replace(Secret("n3w")), .commandLine)
        try space.store.updateMailGateway(gateway.values, password: .keep, .commandLine)
        #expect(try reader.mailGateway()?.password.text == "n3w")
        try space.store.updateMailGateway(gateway.values, password: .remove, .commandLine)
        #expect(
            try reader.mailGateway() == MailGateway(values: gateway.values, password: Secret("")))
        let changes = try reader.changes(of: .mailGateway, MailGatewayValues.id, limit: 9)
        #expect(changes.map(\.field) == ["password", "password", "password", ""])
        #expect(changes.map(\.after) == ["not set", "replaced", "set", ""])
        #expect(changes.map(\.before) == ["set", "set", "not set", ""])
    }
}
