internal import CaseModel
internal import Foundation
internal import GRDB

// Who is told what of a case. All of this happens in the transaction of the change that is told of: either all of it
// is stored, or nothing. Whoever cannot be told stops no change; the history of the case says so.

/// Somebody who may be told.
struct Reachable {
    let customer: CustomerID?
    let employee: EmployeeID?
    let name: String
    fileprivate let emails: [String]
    fileprivate let phones: [String]
    /// Addresses that nobody of the tenant space has confirmed.
    fileprivate let unconfirmed: [String]

    init(_ customer: Customer) {
        self.customer = customer.id
        employee = nil
        name = customer.name
        emails = customer.emails
        phones = customer.phones
        unconfirmed = customer.unconfirmed
    }

    init(employee: EmployeeID, name: String, email: String, phone: String) {
        customer = nil
        self.employee = employee
        self.name = name
        emails = email.isEmpty ? [] : [email]
        phones = phone.isEmpty ? [] : [phone]
        unconfirmed = []
    }

    /// Where the person is told; `nil` without such an address.
    func address(for channel: NotificationChannel) -> String? {
        switch channel {
        case .email: emails.first
        case .sms: phones.first
        }
    }

    fileprivate func isConfirmed(_ address: String) -> Bool { !unconfirmed.contains(address) }
}

/// What came of telling.
struct Told {
    /// How many messages wait now that did not before, or have a newer text.
    var messageCount = 0
    /// The channels that have such messages.
    var channels: Set<NotificationChannel> = []
    /// Why others were not told, a sentence each.
    var reasons: [String] = []
}

/// Tells people of a case.
struct Telling {
    let db: Database
    let tenant: TenantName
    let number: CaseNumber
    /// Who has made the change; they are not told of what they have done.
    let actor: EmployeeID
    let at: Int64

    /// Tells the customer on the channels whose boxes are ticked.
    func tellCustomer(_ kind: NotificationKind) throws -> Told {
        guard let told = try db.toldCase(number) else { return Told() }
        let setup = try db.notificationSetup()
        var result = Told()
        for channel in NotificationChannel.allCases where told.isTicked(channel) {
            let template = setup[TemplateKey(kind, channel)]
            guard template.isEnabled else {
                result.reasons.append(
                    "Not told by \(channel.noun): the template “\(kind.label)” is switched off")
                continue
            }
            try tell(told.customer, of: told, template, setup, &result)
        }
        return result
    }

    /// Tells the owner, or the members of the queue that owns it, on the channels whose templates are
    /// switched on.
    func tellOwner(_ kind: NotificationKind) throws -> Told {
        let setup = try db.notificationSetup()
        let templates = NotificationChannel.allCases.map { setup[TemplateKey(kind, $0)] }
            .filter(\.isEnabled)
        guard !templates.isEmpty, let told = try db.toldCase(number) else {
            return Told(
                reasons: ["No template “\(kind.label)” is switched on, so the owner is not told"])
        }
        let people = try db.reachable(told.owner).filter { $0.employee != actor }
        var result = Told()
        for template in templates {
            for person in people { try tell(person, of: told, template, setup, &result) }
        }
        return result
    }

    private func tell(
        _ person: Reachable, of told: ToldCase, _ template: NotificationTemplate,
        _ setup: NotificationSetup, _ result: inout Told
    ) throws {
        let channel = template.key.channel
        guard let address = person.address(for: channel) else {
            let who = person.customer == nil ? person.name : "the customer"
            result.reasons.append(
                "Not told by \(channel.noun): \(who) has no \(channel.addressNoun)")
            return
        }
        let values = told.facts.values(
            recipient: person.name, tenant: try db.tenantSpace(),
            deskAddress: setup.settings.deskAddress)
        let kind = template.key.kind
        let message = MessageDraft(
            kind: .notification(kind), channel: channel, caseNumber: number,
            customer: person.customer, employee: person.employee, recipientName: person.name,
            address: address,
            text: template.rendered(
                person.isConfirmed(address) ? values : values.withoutFreeText),
            createdAt: at,
            dueAt: kind.isChange ? at + Int64(StoreLimit.changeWindow * 1_000) : at)
        if try !replace(with: message) {
            _ = try db.insert(message, host: try db.messageHost(of: tenant))
        }
        result.messageCount += 1
        result.channels.insert(channel)
    }

    /// Puts the text of a further change in the place of one that has not gone yet.
    ///
    /// - Returns: Whether there was one.
    private func replace(with message: MessageDraft) throws -> Bool {
        guard case .notification(let kind) = message.kind, kind.isChange,
            let waiting = try db.number(
                """
                SELECT id FROM message
                WHERE caseNumber = ? AND kind = ? AND channel = ? AND addressKey = ?
                    AND state = 'queued'
                ORDER BY id DESC LIMIT 1
                """,
                [
                    number.number, message.kind.rawValue, message.channel.rawValue,
                    message.addressKey,
                ])
        else { return false }
        try db.run(
            "UPDATE message SET recipientName = ?, subject = ?, body = ? WHERE id = ?",
            [message.recipientName, message.text.subject, message.text.body, waiting])
        try db.addEvent(.replaced, to: OutboxMessageID(number: waiting), at: at)
        return true
    }
}

/// What of a stored case is told, and to whom.
private struct ToldCase {
    let facts: NotifiedCase
    let customer: Reachable
    let owner: Owner
    private let notifiesByEmail: Bool
    private let notifiesBySMS: Bool

    init(_ row: Row) throws {
        guard
            let owner = Owner(queueColumn: row["ownerQueue"], agentColumn: row["ownerAgent"])
        else { throw StoreError.corrupt("a case has no owner") }
        self.owner = owner
        facts = NotifiedCase(
            number: row.id("number"), title: row["title"], typeName: row["typeName"],
            status: row["status"], priority: row.optionalChoice("priority"),
            deadline: row.optionalDate("deadline"), customerName: row["name"],
            ownerName: row["ownerName"])
        customer = Reachable(Customer(row))
        notifiesByEmail = row["notifiesByEmail"]
        notifiesBySMS = row["notifiesBySMS"]
    }

    /// Whether the box of the channel is ticked.
    func isTicked(_ channel: NotificationChannel) -> Bool {
        switch channel {
        case .email: notifiesByEmail
        case .sms: notifiesBySMS
        }
    }
}

extension Database {
    fileprivate func toldCase(_ number: CaseNumber) throws -> ToldCase? {
        try row(
            """
            SELECT c.number, c.title, c.status, c.priority, c.deadline, c.ownerQueue, c.ownerAgent,
                c.notifiesByEmail, c.notifiesBySMS, t.name AS typeName,
                coalesce(q.name, e.name) AS ownerName, u.id, u.name, u.emails, u.emailPreferred,
                u.phones, u.phonePreferred, u.remark, u.unconfirmed
            FROM caseRecord c
            JOIN caseType t ON t.id = c.caseType
            JOIN customer u ON u.id = c.customer
            LEFT JOIN caseQueue q ON q.id = c.ownerQueue
            LEFT JOIN employee e ON e.id = c.ownerAgent
            WHERE c.number = ?
            """, [number.number]
        ).map(ToldCase.init)
    }

    /// An account that may be told something; `nil` when there is none.
    func reachable(_ id: EmployeeID) throws -> Reachable? {
        try row("SELECT id, name, email, phone FROM employee WHERE id = ?", [id.number])
            .map(Reachable.init(employee:))
    }

    /// The people behind an owner whose accounts are active.
    func reachable(_ owner: Owner) throws -> [Reachable] {
        switch owner {
        case .agent(let id):
            try rows(
                "SELECT id, name, email, phone FROM employee WHERE id = ? AND isActive = 1",
                [id.number]
            ).map(Reachable.init(employee:))
        case .queue(let id):
            try rows(
                """
                SELECT e.id, e.name, e.email, e.phone
                FROM queueMember m JOIN employee e ON e.id = m.employee
                WHERE m.queue = ? AND e.isActive = 1 ORDER BY e.id
                """, [id.number]
            ).map(Reachable.init(employee:))
        }
    }

    /// What stands behind the @ of names of messages: the domain that they come from, as RFC 5322 (3.6.4) wants
    /// one that is the sender's; while no gateway is set up, a name that nobody else has either.
    func messageHost(of tenant: TenantName) throws -> String {
        let sender = try row("SELECT senderAddress FROM mailGateway").map { row in
            row["senderAddress"] as String
        }
        let domain = sender.flatMap { $0.split(separator: "@").last.map(String.init) }
        return domain ?? "\(tenant).casedesk"
    }
}

extension Reachable {
    fileprivate init(employee row: Row) {
        self.init(
            employee: row.id("id"), name: row["name"], email: row["email"], phone: row["phone"])
    }
}
