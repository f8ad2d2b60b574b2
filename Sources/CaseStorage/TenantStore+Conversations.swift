package import CaseModel
package import Foundation
internal import GRDB

/// How a conversation or its messages were taken.
package enum ConversationReceipt: Equatable, Sendable {
    /// The conversation is new.
    case added(ConversationID)
    /// It was there; so many of the messages were not.
    case known(ConversationID, addedCount: Int)
    /// What was sent says something else than what is stored, at these places (JSON Pointer, RFC 6901) of the
    /// request; nothing of it is stored.
    case contradicted([String])
}

extension TenantStore {
    /// Stores a conversation under its sender's name for it.
    ///
    /// Sent again it stores nothing. What is said in it may have grown: messages after those that are stored are
    /// added. A conversation that is new is linked with its customer when e-mail address and phone number lead
    /// to exactly one.
    ///
    /// - Parameter at: When it came.
    /// - Throws: ``StoreError/rejected(_:)`` for an agent who does not exist or is switched off, or more messages
    ///   than ``ConversationLimit``; the field is a JSON Pointer.
    package func addConversation(
        _ new: NewConversation, at: Date
    ) throws(StoreError) -> ConversationReceipt {
        try writer.write { db in try db.take(new, at: at.milliseconds) }
    }

    /// Stores conversations as ``addConversation(_:at:)`` does, all in one transaction.
    ///
    /// - Returns: For each how it was taken, or what is wrong with it; the others are stored.
    package func addConversations(
        _ all: [NewConversation], at: Date
    ) throws(StoreError) -> [Result<ConversationReceipt, StoreError>] {
        try writer.write { db in
            try all.map { new in
                do {
                    return .success(try db.take(new, at: at.milliseconds))
                } catch let error as StoreError {
                    // Found out before anything of it was written.
                    guard case .rejected = error else { throw error }
                    return .failure(error)
                }
            }
        }
    }

    /// Adds messages to the conversation that its sender calls so.
    ///
    /// A message that is there is not added again: one with a name is known by it, one without by who said what
    /// when, where two equal ones in one call are two.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no such conversation, ``StoreError/rejected(_:)`` for
    ///   more messages than ``ConversationLimit``.
    package func addMessages(
        _ messages: [NewMessage], to externalID: String
    ) throws(StoreError) -> ConversationReceipt {
        try writer.write { db in
            guard let stored = try db.conversation(named: externalID) else {
                throw StoreError.unknown("conversation")
            }
            let sorted = try db.sort(messages, for: stored.id)
            guard sorted.contradicting.isEmpty else {
                return .contradicted(sorted.contradicting.map { "/messages/\($0)" })
            }
            try db.refuseTooMuch(sorted.new, in: stored)
            try db.append(sorted.new, to: stored.id)
            return .known(stored.id, addedCount: sorted.new.count)
        }
    }

    /// Says who a conversation is with.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no such conversation or customer.
    package func setCustomer(
        of conversation: ConversationID, to customer: CustomerID, by employee: EmployeeID
    ) throws(StoreError) {
        try writer.write { db in
            try db.run(
                "UPDATE conversation SET customer = ?, customerChosenBy = ? WHERE id = ?",
                [customer.number, employee.number, conversation.number])
            guard db.changesCount == 1 else { throw StoreError.unknown("conversation") }
        }
    }
}

extension Database {
    /// Stores a conversation, or what is new of one that is there.
    fileprivate func take(_ new: NewConversation, at: Int64) throws -> ConversationReceipt {
        if let stored = try conversation(named: new.externalID) {
            return try resume(stored, with: new)
        }
        let agent = try activeAgent(login: new.agent)
        let id = try insert(new, of: agent, at: at)
        try append(new.messages, to: id)
        return .added(id)
    }

    /// A conversation by its sender's name for it.
    fileprivate func conversation(named externalID: String) throws -> StoredHead? {
        try row(
            """
            SELECT c.id, c.channel, c.contactName, c.contactEmail, c.contactPhone, e.login,
                c.startedAt, c.messageCount, c.byteCount
            FROM conversation c JOIN employee e ON e.id = c.agent WHERE c.externalID = ?
            """, [externalID]
        ).map(StoredHead.init)
    }

    /// Compares a conversation that was sent again with what is stored, and adds what is new at its end.
    fileprivate func resume(
        _ stored: StoredHead, with sent: NewConversation
    ) throws -> ConversationReceipt {
        let known = try sentMessages(of: stored.id)
        let changed = zip(sent.messages, known).enumerated()
            .filter { !$0.element.0.repeats($0.element.1) }.map { "/messages/\($0.offset)" }
        let contradictions = stored.differences(from: sent) + changed
        guard contradictions.isEmpty else { return .contradicted(contradictions) }
        let rest = Array(sent.messages.dropFirst(known.count))
        let sorted = try sort(rest, for: stored.id)
        guard sorted.contradicting.isEmpty else {
            return .contradicted(
                sorted.contradicting.map { "/messages/\($0 + known.count)" })
        }
        try refuseTooMuch(sorted.new, in: stored)
        try append(sorted.new, to: stored.id)
        return .known(stored.id, addedCount: sorted.new.count)
    }

    fileprivate func activeAgent(login: String) throws -> EmployeeID {
        let found = try row("SELECT id, isActive FROM employee WHERE login = ?", [login])
        guard let found else {
            throw StoreError.rejected([
                FieldProblem("/agent", "No account of this tenant space has this log-in")
            ])
        }
        guard found["isActive"] else {
            throw StoreError.rejected([
                FieldProblem("/agent", "The account with this log-in is switched off")
            ])
        }
        return found.id("id")
    }

    fileprivate func insert(
        _ new: NewConversation, of agent: EmployeeID, at: Int64
    ) throws -> ConversationID {
        let candidates = try customers(reachedBy: new.contact)
        let customer = candidates.count == 1 ? candidates.first : nil
        try run(
            """
            INSERT INTO conversation (
                externalID, channel, contactName, contactEmail, contactPhone, customer, agent,
                startedAt, receivedAt, lastMessageAt, messageCount, byteCount)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
            """,
            [
                new.externalID, new.channel.rawValue, new.contact.name, new.contact.email,
                new.contact.phone, customer?.number, agent.number, new.startedAt.milliseconds, at,
                new.startedAt.milliseconds,
            ])
        return ConversationID(number: lastInsertedRowID)
    }
}
