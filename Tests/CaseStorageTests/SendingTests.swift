import CaseModel
import Foundation
import Testing

@testable import CaseStorage

@Suite struct `Sending a message` {
    let space: TestSpace
    let one = LeaseHolder()
    let other = LeaseHolder()

    init() throws {
        space = try TestSpace()
        try space.addGateways()
    }

    @Test func `leads from one step to the next`() throws {
        let id = try space.post()
        #expect(try space.message(id).state == .queued)
        #expect(try space.lease(one) == [id])
        #expect(try space.message(id).state == .leased)
        #expect(try space.store.noteHanding(id, by: one, at: space.now))
        #expect(try space.message(id).state == .handing)
        let answer = DeliveryOutcome.handedOver(answer: "250 Ok")
        #expect(try space.store.noteOutcome(id, by: one, answer, at: space.now + 1))
        let message = try space.message(id)
        #expect(message.state == .handedOver)
        #expect(message.endedAt == space.now + 1)
        #expect(message.lastAnswer == "250 Ok")
        #expect(message.attemptCount == 1)
        #expect(try space.events(id) == [.handedOver])
        #expect(try space.lease(one, later: 1_000_000) == [])
        #expect(try space.store.verify() == [])
    }

    @Test func `has the same name at every try, and another one than any other`() throws {
        let ids = [try space.post(), try space.post(to: "b@example.org")]
        let first = try space.store.leaseMessages(
            channel: .email, limit: 9, by: one, at: space.now)
        try space.store.releaseMessages(of: one, at: space.now)
        let second = try space.store.leaseMessages(
            channel: .email, limit: 9, by: other, at: space.now)
        #expect(first.map(\.id) == ids)
        #expect(first == second)
        #expect(Set(first.map(\.messageID)).count == 2)
        for message in first {
            let parts = message.messageID.split(separator: "@")
            #expect(parts.count == 2 && parts[0].count == 32 && parts[1] == "example.org")
        }
    }

    @Test func `gives none while the channel has no gateway`() throws {
        try space.store.removeGateway(of: .email, space.edit())
        let (mail, sms) = (try space.post(), try space.post(to: "+49305550142", on: .sms))
        #expect(try space.lease(one) == [])
        #expect(try space.lease(one, on: .sms) == [sms])
        #expect(try space.message(mail).waitReason == .notConfigured)
        #expect(try space.store.nextMessageDue(channel: .email, at: space.now) == nil)
        try space.addGateways()
        #expect(try space.lease(one) == [mail])
    }

    @Test func `gives each message to one of many who ask at once`() throws {
        let ids = try (0..<50).map { try space.post(to: "\($0)@example.org") }
        let (store, now) = (space.store, space.now)
        let given = onThreads(8) { _ in
            let holder = LeaseHolder()
            return try (0..<10).flatMap { _ in
                try store.leaseMessages(channel: .email, limit: 3, by: holder, at: now)
            }
        }
        let all = try given.flatMap { try $0.get() }.map(\.id)
        #expect(all.sorted() == ids)
    }

    @Test func `is not begun by who has lost the lease`() throws {
        let id = try space.post()
        _ = try space.lease(one)
        #expect(try !space.store.noteHanding(id, by: other, at: space.now))
        let end = StoreLimit.messageLease
        #expect(try space.lease(other, later: end - 0.001) == [])
        #expect(try space.lease(other, later: end) == [id])
        #expect(try !space.store.noteHanding(id, by: one, at: space.now + end))
        let outcome = DeliveryOutcome.handedOver(answer: "")
        #expect(try !space.store.noteOutcome(id, by: one, outcome, at: space.now + end))
        #expect(try space.message(id).state == .leased)
        #expect(try space.store.noteHanding(id, by: other, at: space.now + end))
    }

    @Test func `whose lease ran out before it was begun is sent by another`() throws {
        let id = try space.post()
        _ = try space.lease(one)
        #expect(try space.lease(other, later: StoreLimit.messageLease) == [id])
        #expect(try space.events(id) == [.returned])
        #expect(try space.message(id).attemptCount == 0)
    }

    @Test func `whose lease ran out after it was begun is unknown, and is not sent again`() throws {
        let id = try space.post()
        _ = try space.lease(one)
        #expect(try space.store.noteHanding(id, by: one, at: space.now))
        #expect(try space.lease(other, later: StoreLimit.messageLease) == [])
        #expect(try space.message(id).state == .unknown)
        #expect(try space.events(id) == [.unknown])
        #expect(try space.lease(other, later: 1_000_000) == [])
    }

    @Test func `that is unknown takes the answer of its last sender`() throws {
        let id = try space.post()
        _ = try space.lease(one)
        _ = try space.store.noteHanding(id, by: one, at: space.now)
        _ = try space.lease(other, later: 1_000)
        let outcome = DeliveryOutcome.handedOver(answer: "250 late")
        #expect(try !space.store.noteOutcome(id, by: other, outcome, at: space.now + 1_001))
        #expect(try space.store.noteOutcome(id, by: one, outcome, at: space.now + 1_001))
        #expect(try space.message(id).state == .handedOver)
        #expect(try space.store.verify() == [])
    }

    @Test func `ends with a clean stop of its sender`() throws {
        let (begun, waiting) = (try space.post(), try space.post(to: "b@example.org"))
        _ = try space.lease(one)
        _ = try space.store.noteHanding(begun, by: one, at: space.now)
        try space.store.releaseMessages(of: one, at: space.now)
        #expect(try space.message(begun).state == .unknown)
        #expect(try space.lease(other) == [waiting])
    }

    @Test func `keeps a long answer short`() throws {
        try space.post()
        let id = try #require(
            try space.send(one, .refused(answer: String(repeating: "é", count: 10_000))))
        #expect(try space.message(id).lastAnswer == String(repeating: "é", count: 500))
    }

    @Test func `of one address waits for the earlier one`() throws {
        let ids = [
            try space.post(), try space.post(to: "ANN@example.org"), try space.post(),
        ]
        let free = try space.post(to: "b@example.org")
        let sms = try space.post(to: "+49305550142", on: .sms)
        #expect(try space.lease(one) == [ids[0], free])
        #expect(try space.lease(one, on: .sms) == [sms])
        #expect(try space.lease(other) == [])
        #expect(try space.message(ids[1]).waitReason == .earlierMessage)
        _ = try space.store.noteHanding(ids[0], by: one, at: space.now)
        #expect(try space.lease(other) == [])
        try space.store.noteOutcome(ids[0], by: one, .handedOver(answer: ""), at: space.now)
        #expect(try space.lease(other) == [ids[1]])
        _ = try space.store.noteHanding(ids[1], by: other, at: space.now)
        try space.store.noteOutcome(ids[1], by: other, .later(answer: "451"), at: space.now)
        #expect(try space.lease(other) == [])
        #expect(try space.store.verify() == [])
        #expect(try space.lease(other, later: 72) == [ids[1]])
        _ = try space.store.noteHanding(ids[1], by: other, at: space.now + 72)
        try space.store.noteOutcome(ids[1], by: other, .unknown(answer: ""), at: space.now + 72)
        #expect(try space.lease(other, later: 72) == [ids[2]])
    }

    @Test func `again by hand waits for the one to its address that is on its way`() throws {
        let (first, second) = (try space.post(), try space.post())
        #expect(try space.send(one, .refused(answer: "550")) == first)
        #expect(try space.lease(one) == [second])
        #expect(
            try space.store.retryMessage(first, by: space.mia.id, at: space.now) == .done)
        #expect(try space.lease(other) == [])
        _ = try space.store.noteHanding(second, by: one, at: space.now)
        try space.store.noteOutcome(second, by: one, .later(answer: "421"), at: space.now)
        // Both wait; the earlier one goes first.
        #expect(try space.lease(other) == [first])
        #expect(try space.store.verify() == [])
    }

    @Test func `is put off for longer each time, and given up after three days`() throws {
        let id = try space.post()
        var seconds = 0.0
        var waits: [Double] = []
        while try space.send(one, .later(answer: "451 later"), later: seconds) == id {
            let message = try space.message(id)
            guard message.state == .queued else { break }
            let due = message.dueAt.timeIntervalSince(space.now)
            waits.append((due - seconds) / 60)
            #expect(try space.lease(one, later: due - 0.001) == [])
            seconds = due
        }
        for (wait, minutes) in zip(waits, [1, 2, 5, 15, 60, 240, 240]) {
            #expect((0.799...1.201).contains(wait / Double(minutes)))
        }
        #expect(waits.count > 20)
        #expect(seconds == 3 * 86_400)
        #expect(try space.message(id).state == .refused)
        #expect(try space.message(id).attemptCount == waits.count + 1)
        #expect(try space.store.verify() == [])
    }

    @Test func `says when to look again`() throws {
        func due(_ seconds: Double = 0) throws -> Double? {
            try space.store.nextMessageDue(channel: .email, at: space.now + seconds)
                .map { $0.timeIntervalSince(space.now) }
        }
        #expect(try due() == nil)
        let id = try space.post(dueIn: 30)
        try space.post(to: "b@example.org", dueIn: 40)
        #expect(try due() == 30)
        #expect(try space.lease(one, limit: 1, later: 30) == [id])
        #expect(try due() == 40)
        #expect(try space.lease(one, limit: 1, later: 40) != [])
        #expect(try due() == 150)
    }

    @Test func `wakes one sender with any number of messages`() throws {
        let bell = space.store.bell(.email)
        while bell.wait(until: Date()) {}
        let text = RenderedMessage(subject: "s", body: "b")
        for _ in 0..<3 {
            _ = try space.store.sendTest(text, on: .email, to: space.mia.id, at: space.now)
        }
        #expect(bell.wait(until: .distantFuture))
        #expect(!bell.wait(until: Date()))
        #expect(space.store.bell(.sms).wait(until: Date()))
    }
}

@Suite struct `Limits of an hour` {
    let space: TestSpace
    let sender = LeaseHolder()

    init() throws {
        space = try TestSpace()
        try space.addGateways()
    }

    private func set(_ recipient: Int, _ customer: Int, _ tenant: Int) throws {
        try space.store.updateNotificationSettings(
            NotificationSettings(
                perRecipient: recipient, perCustomer: customer, perTenant: tenant), .commandLine)
    }

    /// Posts and sends so many, each at a second of its own, and gives what is left.
    private func send(_ count: Int, post: (Int) throws -> OutboxMessageID) throws
        -> [OutboxMessageID]
    {
        var waiting = try (0..<count).map(post)
        for second in 0..<count {
            guard let id = try space.send(sender, later: Double(second)) else { break }
            waiting.removeAll { $0 == id }
        }
        return waiting
    }

    @Test(arguments: [(2, 0), (3, 0), (4, 1)])
    func `hold messages to one address`(count: Int, left: Int) throws {
        try set(3, 100, 100)
        let waiting = try send(count) { _ in try space.post() }
        #expect(waiting.count == left)
        for id in waiting {
            #expect(try space.message(id, later: 4).waitReason == .limit(.recipient))
            #expect(try space.message(id).dueAt == space.now + 3_600)
            #expect(try space.lease(sender, later: 3_599.999) == [])
            #expect(try space.lease(sender, later: 3_600) == [id])
        }
        #expect(try space.store.verify() == [])
    }

    @Test(arguments: [(2, 0), (3, 0), (4, 1)])
    func `hold messages to one customer on all channels`(count: Int, left: Int) throws {
        try set(100, 3, 100)
        let waiting = try send(count) { index in
            try space.post(to: "\(index)@example.org", customer: space.customer)
        }
        #expect(waiting.count == left)
        for id in waiting {
            #expect(try space.message(id, later: 4).waitReason == .limit(.customer))
            let sms = try space.post(to: "+49305550142", on: .sms, customer: space.customer)
            #expect(try space.lease(sender, on: .sms, later: 5) == [])
            #expect(try space.message(sms, later: 5).waitReason == .limit(.customer))
            #expect(try space.lease(sender, later: 3_600) == [id])
        }
    }

    @Test(arguments: [(2, 0), (3, 0), (4, 1)])
    func `hold messages of the tenant space`(count: Int, left: Int) throws {
        try set(100, 100, 3)
        let waiting = try send(count) { index in try space.post(to: "\(index)@example.org") }
        #expect(waiting.count == left)
        for id in waiting {
            #expect(try space.message(id, later: 4).waitReason == .limit(.tenant))
            let next = try space.store.nextMessageDue(channel: .email, at: space.now + 4)
            #expect(next == space.now + 3_600)
            #expect(try space.lease(sender, later: 3_599.999) == [])
            #expect(try space.lease(sender, later: 3_600) == [id])
        }
    }

    @Test func `hold within one lease, too`() throws {
        try set(100, 2, 3)
        for index in 0..<5 {
            try space.post(
                to: "\(index)@example.org", customer: index < 3 ? space.customer : nil)
        }
        #expect(try space.lease(sender).count == 3)
    }

    @Test func `count what has or may have arrived, and nothing else`() throws {
        try set(2, 100, 100)
        for outcome in [
            DeliveryOutcome.refused(answer: "550"), .refused(answer: "550"),
            .handedOver(answer: "250"), .unknown(answer: ""),
        ] {
            try space.post()
            #expect(try space.send(sender, outcome) != nil)
        }
        let id = try space.post()
        #expect(try space.lease(sender) == [])
        #expect(try space.message(id).waitReason == .limit(.recipient))
    }

    @Test func `let go at once what they held when they are raised`() throws {
        try set(1, 100, 100)
        try space.post()
        let id = try space.post()
        #expect(try space.send(sender) != nil)
        #expect(try space.lease(sender) == [])
        try set(2, 100, 100)
        #expect(try space.lease(sender, later: 1_000_000) == [id])
    }
}
