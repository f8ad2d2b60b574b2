import CaseModel
import CaseStorage
import Foundation
import Synchronization
import Testing
import Transfer

@testable import CaseDelivery

@Suite("Delivering the outbox")
struct DeliveryTests {
    private let handsOver = StagedCourier { message, mayHand in
        mayHand() ? .ended(.handedOver(answer: "250 ok \(message.text.body)")) : .withheld
    }

    @Test func `hands every message over once, in order to one address`() throws {
        let space = try DeliverySpace()
        let ids = try (0..<30).map { try space.send(String($0), to: $0 % 3) }
        try space.deliver(with: handsOver) {
            try ids.allSatisfy { try space.details($0).message.state == .handedOver }
        }
        #expect(handsOver.texts.sorted() == ids.indices.map(String.init).sorted())
        for person in 0..<3 {
            let numbers = handsOver.texts.compactMap { Int($0) }.filter { $0 % 3 == person }
            #expect(numbers == numbers.sorted())
        }
        #expect(try space.details(ids[7]).message.lastAnswer == "250 ok 7")
    }

    @Test func `takes a message that is made while it waits`() throws {
        let space = try DeliverySpace()
        var id: OutboxMessageID?
        try space.deliver(with: handsOver) {
            guard let id else {
                id = try space.send("late")
                return false
            }
            return try space.details(id).message.state == .handedOver
        }
    }

    @Test func `notes on the disk that it hands over before it does`() throws {
        let space = try DeliverySpace()
        let id = try space.send("one")
        let states = Mutex<[MessageState?]>([])
        let store = space.store
        let courier = StagedCourier { message, mayHand in
            func look() {
                let state = try? store.makeReader().message(message.id, at: Date())?.message.state
                states.withLock { $0.append(state) }
            }
            look()
            _ = mayHand()
            look()
            return .ended(.handedOver(answer: "ok"))
        }
        try space.deliver(with: courier) { try space.details(id).message.state == .handedOver }
        #expect(states.withLock { $0 } == [.leased, .handing])
    }

    @Test func `hands over nothing whose lease was lost`() throws {
        let space = try DeliverySpace()
        let id = try space.send("one")
        let store = space.store
        let answers = Mutex<[Bool]>([])
        let courier = StagedCourier { message, mayHand in
            // Another sender, two minutes later.
            _ = try? store.leaseMessages(
                channel: .email, limit: 1, by: LeaseHolder(),
                at: Date() + StoreLimit.messageLease + 1)
            let may = mayHand()
            answers.withLock { $0.append(may) }
            return .withheld
        }
        try space.deliver(with: courier) { answers.withLock { !$0.isEmpty } }
        #expect(answers.withLock { $0 } == [false])
        #expect(try space.details(id).message.state == .leased)
    }

    @Test(arguments: [
        (DeliveryOutcome.refused(answer: "550 no"), MessageState.refused),
        (.later(answer: "451 later"), .queued), (.unknown(answer: "lost"), .unknown),
    ])
    func `notes how it ended, and the next message goes`(
        outcome: DeliveryOutcome, state: MessageState
    ) throws {
        let space = try DeliverySpace()
        let (first, second) = (try space.send("first", to: 0), try space.send("second", to: 1))
        let courier = StagedCourier { message, mayHand in
            _ = mayHand()
            return .ended(message.text.body == "first" ? outcome : .handedOver(answer: "ok"))
        }
        try space.deliver(with: courier) {
            try space.details(second).message.state == .handedOver
                && space.details(first).message.attemptCount == 1
        }
        #expect(try space.details(first).message.state == state)
        #expect(courier.texts.count == 2)
    }

    @Test func `leaves the others alone while the gateway cannot be reached`() throws {
        let space = try DeliverySpace()
        let ids = try (0..<3).map { try space.send(String($0), to: $0) }
        let courier = StagedCourier { _, _ in .unreachable("connection refused") }
        try space.deliver(with: courier) { !courier.texts.isEmpty }
        let states = try ids.map { try space.details($0).message }
        #expect(states.allSatisfy { $0.state == .queued })
        #expect(states.map(\.attemptCount).reduce(0, +) == courier.texts.count)
        #expect(courier.texts.count < 3)
        #expect(states.contains { $0.lastAnswer == "connection refused" })
    }

    @Test func `gives back what it has not begun when it is ended`() throws {
        let space = try DeliverySpace()
        let ids = try (0..<3).map { try space.send(String($0), to: $0) }
        let hasLeased = DispatchSemaphore(value: 0)
        let courier = StagedCourier { _, _ in .unreachable("stopped") }
        let delivery = Delivery(store: space.store, report: { _ in }) { _, stop in
            stop.stop()
            hasLeased.signal()
            return courier
        }
        delivery.start()
        hasLeased.wait()
        Delivery.end([delivery])
        let states = try ids.map { try space.details($0).message }
        #expect(states.allSatisfy { $0.state == .queued && $0.attemptCount == 0 })
    }

    @Test func `waits for the answer of what it has handed over when it is ended`() throws {
        let space = try DeliverySpace()
        let id = try space.send("one")
        let (handing, go) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let courier = StagedCourier { _, mayHand in
            _ = mayHand()
            handing.signal()
            go.wait()
            return .ended(.handedOver(answer: "ok"))
        }
        let delivery = Delivery(store: space.store, report: { _ in }) { _, _ in courier }
        delivery.start()
        handing.wait()
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.2)
            go.signal()
        }
        Delivery.end([delivery])
        #expect(try space.details(id).message.state == .handedOver)
    }
}

@Suite("The pause of a gateway")
struct GatewayPauseTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test func `is longer each time, up to a minute, and over when the gateway answers`() {
        let pause = GatewayPause()
        var now = start
        var lengths: [TimeInterval] = []
        for index in 0..<6 {
            #expect(pause.begin(at: now) == (index == 0))
            let end = pause.end(at: now) ?? now
            lengths.append(end.timeIntervalSince(now))
            now = end
            #expect(pause.end(at: now) == nil)
        }
        #expect(lengths == [5, 10, 20, 40, 60, 60])
        #expect(pause.end())
        #expect(!pause.end())
        #expect(pause.begin(at: now))
        #expect(pause.end(at: now) == now + 5)
    }

    @Test func `counts senders that fail together once`() {
        let pause = GatewayPause()
        #expect(pause.begin(at: start))
        #expect(!pause.begin(at: start + 1))
        #expect(pause.end(at: start + 1) == start + 5)
    }
}
