package import CaseModel
package import Foundation
internal import GRDB

// What people do with messages of the outbox.

extension TenantStore {
    /// Has a message sent now: one that waits, or once more one that was refused or of which the answer was lost.
    ///
    /// It keeps the name that the world calls it by, so that who gets it twice can tell.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no such message.
    package func retryMessage(
        _ id: OutboxMessageID, by employee: EmployeeID, at: Date
    ) throws(StoreError) -> MessageHandling {
        let now = at.milliseconds
        return try handle(id) { db, message in
            guard message.state.mayBeRetried else { return .notNow(message.state) }
            guard !message.isTextGone else { return .textIsGone }
            try db.requeue(message, at: now, failures: 0)
            try db.run("UPDATE message SET tryUntil = NULL WHERE id = ?", [id.number])
            try db.addEvent(.retried, to: id, by: employee, at: now)
            return .done
        }
    }

    /// Notes that a message of which the answer was lost has arrived, as somebody knows.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no such message.
    package func settleMessage(
        _ id: OutboxMessageID, by employee: EmployeeID, at: Date
    ) throws(StoreError) -> MessageHandling {
        let now = at.milliseconds
        return try handle(id) { db, message in
            guard message.state == .unknown else { return .notNow(message.state) }
            try db.end(message, as: .handedOver, at: now)
            try db.addEvent(.settled, to: id, by: employee, at: now)
            return .done
        }
    }

    /// Takes a message back that waits, or one of which the answer was lost off the list of those that somebody has
    /// to look at.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no such message.
    package func cancelMessage(
        _ id: OutboxMessageID, by employee: EmployeeID, at: Date
    ) throws(StoreError) -> MessageHandling {
        let now = at.milliseconds
        return try handle(id) { db, message in
            guard [.queued, .unknown].contains(message.state) else {
                return .notNow(message.state)
            }
            try db.end(message, as: .cancelled, at: now)
            try db.addEvent(.cancelled, to: id, by: employee, at: now)
            return .done
        }
    }

    /// Sends a text to an employee's own address, to try out a template or a gateway.
    ///
    /// - Returns: The message; `nil` when the account has no such address.
    package func sendTest(
        _ text: RenderedMessage, on channel: NotificationChannel, to employee: EmployeeID,
        at: Date
    ) throws(StoreError) -> OutboxMessageID? {
        let name = self.name
        let id = try writer.write { db -> OutboxMessageID? in
            guard let person = try db.reachable(employee) else {
                throw StoreError.unknown("employee")
            }
            guard case .address(let address, _) = person.destination(channel) else { return nil }
            return try db.insert(
                MessageDraft(
                    kind: .test, channel: channel, caseNumber: nil, customer: nil,
                    employee: employee, recipientName: person.name, address: address, text: text,
                    createdAt: at.milliseconds, dueAt: at.milliseconds),
                host: try db.messageHost(of: name))
        }
        bell(channel).ring()
        return id
    }

    private func handle(
        _ id: OutboxMessageID,
        _ work: @escaping @Sendable (Database, MessageRow) throws -> MessageHandling
    ) throws(StoreError) -> MessageHandling {
        let (handling, channel) = try writer.write { db in
            guard let message = try db.message(id) else { throw StoreError.unknown("message") }
            return (try work(db, message), message.channel)
        }
        bell(channel).ring()
        return handling
    }
}
