import CaseModel
import CaseStorage
import Foundation
import Synchronization
import Testing

@testable import CaseDelivery

/// A tenant space with a mail gateway, and employees whom messages go to; it goes with the last reference.
final class DeliverySpace {
    let root: String
    let store: TenantStore
    let people: [Employee]

    init(peopleCount: Int = 3) throws {
        root = NSTemporaryDirectory() + "/casedesk-test-" + DraftID().description
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let name = try #require(TenantName("main"))
        let store = try DataDirectory(path: root).createTenant(
            name, TenantSpace(displayName: "Main", timeZone: zone))
        self.store = store
        people = try (0..<peopleCount).map { index in
            try store.addEmployee(
                login: "agent\(index)", name: "Agent \(index)", email: "agent\(index)@example.org",
                phone: "+49 30 555014\(index)", role: .agent, passwordHash: "$argon2id$")
        }
        try store.updateMailGateway(
            MailGatewayValues(
                host: "127.0.0.1", port: 25, security: .none,
                senderAddress: try EmailAddress("desk@example.org")),
            password: .keep, Edit(base: 0, by: nil, at: Date()))
    }

    deinit {
        store.close()
        try? FileManager.default.removeItem(atPath: root)
    }

    /// Puts a message to a person into the outbox.
    @discardableResult
    func send(_ text: String, to index: Int = 0, at: Date = Date()) throws -> OutboxMessageID {
        try #require(
            try store.sendTest(
                RenderedMessage(subject: text, body: text), on: .email, to: people[index].id, at: at
            ))
    }

    /// Where a message stands.
    func details(_ id: OutboxMessageID) throws -> MessageDetails {
        try #require(try store.makeReader().message(id, at: Date()))
    }

    /// Delivers until a condition holds, and ends the delivery.
    func deliver(with courier: StagedCourier, until isDone: () throws -> Bool) throws {
        let delivery = Delivery(store: store, report: { _ in }) { _, _ in courier }
        delivery.start()
        defer { Delivery.end([delivery]) }
        let patience = Date() + 20
        while try !isDone() {
            guard Date() < patience else {
                Issue.record("was not done in time")
                return
            }
            Thread.sleep(forTimeInterval: 0.01)
        }
    }
}

/// A courier that does what a test says with each message.
final class StagedCourier: Courier, Sendable {
    private let work: @Sendable (OutgoingMessage, () -> Bool) -> Handover
    private let taken = Mutex<[String]>([])

    init(_ work: @escaping @Sendable (OutgoingMessage, () -> Bool) -> Handover) {
        self.work = work
    }

    /// What it was given, in order.
    var texts: [String] { taken.withLock { $0 } }

    func deliver(_ message: OutgoingMessage, mayHand: () -> Bool) -> Handover {
        taken.withLock { $0.append(message.text.body) }
        return work(message, mayHand)
    }

    func rest() {}
}
