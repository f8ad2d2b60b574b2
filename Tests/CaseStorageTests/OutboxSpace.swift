import CaseModel
import Foundation
import Testing

@testable import CaseStorage

extension TestSpace {
    /// Sets up both gateways.
    func addGateways() throws {
        let sender = try EmailAddress("desk@example.org")
        try store.updateMailGateway(
            MailGatewayValues(
                host: "127.0.0.1", port: 25, security: .none, login: "desk", senderAddress: sender),
            password: .replace(Secret("s3cret")), edit())
        try store.updateSMSGateway(
            SMSGatewayValues(kind: .kannel, address: "http://127.0.0.1:13013/cgi-bin/sendsms"),
            password: .keep, edit())
    }

    /// Switches a template on or off, or changes its text.
    func setTemplate(
        _ kind: NotificationKind, _ channel: NotificationChannel, isEnabled: Bool = true,
        body: String? = nil
    ) throws {
        let key = TemplateKey(kind, channel)
        let template = NotificationTemplate.builtIn(key)
        try store.updateTemplate(
            NotificationTemplateValues(
                NotificationTemplate(
                    key: key, isEnabled: isEnabled, subject: template.subject,
                    body: try body.map { try TemplateText($0, for: kind) } ?? template.body)),
            .commandLine)
    }

    /// Puts a message into the outbox.
    @discardableResult
    func post(
        to address: String = "ann@example.org", on channel: NotificationChannel = .email,
        customer: CustomerID? = nil, dueIn seconds: Double = 0
    ) throws -> OutboxMessageID {
        let at = now.milliseconds
        let due = (now + seconds).milliseconds
        return try store.writer.write { db in
            try db.insert(
                MessageDraft(
                    kind: .test, channel: channel, caseNumber: nil, customer: customer,
                    employee: nil, recipientName: "Ann", address: address,
                    text: RenderedMessage(subject: "Subject", body: "Body"), createdAt: at,
                    dueAt: due),
                host: "example.org")
        }
    }

    /// What a sender gets.
    func lease(
        _ holder: LeaseHolder, on channel: NotificationChannel = .email, limit: Int = 100,
        later seconds: Double = 0
    ) throws -> [OutboxMessageID] {
        try store.leaseMessages(
            channel: channel, limit: limit, by: holder, at: now + seconds
        ).map(\.id)
    }

    /// Leases one message and hands it over.
    func send(
        _ holder: LeaseHolder, on channel: NotificationChannel = .email,
        _ outcome: DeliveryOutcome = .handedOver(answer: "250 Ok"), later seconds: Double = 0
    ) throws -> OutboxMessageID? {
        guard let id = try lease(holder, on: channel, limit: 1, later: seconds).first else {
            return nil
        }
        #expect(try store.noteHanding(id, by: holder, at: now + seconds))
        #expect(try store.noteOutcome(id, by: holder, outcome, at: now + seconds))
        return id
    }

    /// A message as people see it.
    func message(_ id: OutboxMessageID, later seconds: Double = 0) throws -> StoredMessage {
        try #require(try store.makeReader().message(id, at: now + seconds)).message
    }

    /// What happened to a message.
    func events(_ id: OutboxMessageID) throws -> [MessageEvent.Kind] {
        try #require(try store.makeReader().message(id, at: now)).events.map(\.kind)
    }

    /// The messages of a case, oldest first.
    func messages(of number: CaseNumber) throws -> [StoredMessage] {
        try store.makeReader().messages(ofCase: number, limit: 100, at: now).reversed()
    }

    /// The history of a case.
    func history(_ number: CaseNumber) throws -> [String] {
        try details(number).events.map(\.text)
    }
}
