internal import CaseModel
internal import Foundation
internal import GRDB

// Who is told what of a case. All of this happens in the transaction of the change that is told of: either all of it
// is stored, or nothing. Whoever cannot be told stops no change; the history of the case says so.

/// What came of telling.
struct Told {
    /// Messages that were made, or have the text of this change.
    var messageCount = 0
    /// The channels on which something is to be sent that was not before.
    var channels: Set<NotificationChannel> = []
    /// Why others were not told, a sentence each.
    var reasons: [String] = []

    static func + (left: Told, right: Told) -> Told {
        Told(
            messageCount: left.messageCount + right.messageCount,
            channels: left.channels.union(right.channels), reasons: left.reasons + right.reasons)
    }
}

/// Tells people of one case.
struct Telling {
    let db: Database
    let number: CaseNumber
    /// Who has made the change; they are not told of what they have done.
    let actor: EmployeeID
    let at: Int64
    private let told: ToldCase
    private let setup: NotificationSetup
    private let tenant: TenantSpace
    /// What stands behind the @ of the messages' names.
    private let host: String

    /// The messages to one address on one channel.
    private struct Line: Hashable {
        let channel: NotificationChannel
        let addressKey: String
    }

    /// - Throws: ``StoreError/unknown(_:)`` when there is no such case.
    init(
        _ db: Database, of number: CaseNumber, by actor: EmployeeID, at: Int64, in name: TenantName
    ) throws {
        guard let told = try db.toldCase(number) else { throw StoreError.unknown("case") }
        self.db = db
        self.number = number
        self.actor = actor
        self.at = at
        self.told = told
        setup = try db.notificationSetup()
        tenant = try db.tenantSpace()
        host = try db.messageHost(of: name)
    }

    /// What people read for the owner.
    var ownerName: String { told.facts.ownerName }

    /// Tells the customer on the channels whose boxes are ticked.
    func tellCustomer(_ kind: NotificationKind) throws -> Told {
        let waiting = try waitingMessages(kind)
        var result = Told()
        for channel in NotificationChannel.allCases where told.isTicked(channel) {
            let template = setup[TemplateKey(kind, channel)]
            guard template.isEnabled else {
                result.reasons.append(
                    "Not told by \(channel.noun): the template “\(kind.label)” is switched off")
                continue
            }
            if let lack = try tell(told.customer, template, replacing: waiting, &result) {
                result.reasons.append("Not told by \(channel.noun): the customer \(lack)")
            }
        }
        return result
    }

    /// Tells the owner, or the members of the queue that owns it, on the channels whose templates are
    /// switched on.
    func tellOwner(_ kind: NotificationKind) throws -> Told {
        let people = try db.reachable(told.owner).filter { $0.employee != actor }
        var result = Told()
        if kind == .ownerChanged { try withdraw(besides: people, &result) }
        let waiting = try waitingMessages(kind)
        for channel in NotificationChannel.allCases {
            let template = setup[TemplateKey(kind, channel)]
            guard template.isEnabled else { continue }
            var lacking: [(name: String, lack: String)] = []
            for person in people {
                if let lack = try tell(person, template, replacing: waiting, &result) {
                    lacking.append((person.name, lack))
                }
            }
            guard let first = lacking.first else { continue }
            let who =
                lacking.count == 1
                ? "\(first.name) \(first.lack)"
                : "\(lacking.count) members of \(told.facts.ownerName) cannot be reached so"
            result.reasons.append("Not told by \(channel.noun): \(who)")
        }
        return result
    }

    /// - Returns: Why the person cannot be told, as what follows a name; `nil` when they are.
    private func tell(
        _ person: Reachable, _ template: NotificationTemplate,
        replacing waiting: [Line: OutboxMessageID], _ result: inout Told
    ) throws -> String? {
        let channel = template.key.channel
        let kind = template.key.kind
        let (address, isConfirmed): (String, Bool)
        switch person.destination(channel) {
        case .none(let lack): return lack
        case .address(let found, let confirmed): (address, isConfirmed) = (found, confirmed)
        }
        let values = told.facts.values(
            recipient: person.name, tenant: tenant, deskAddress: setup.settings.deskAddress)
        let message = MessageDraft(
            kind: .notification(kind), channel: channel, caseNumber: number,
            customer: person.customer, employee: person.employee, recipientName: person.name,
            address: address,
            text: template.rendered(isConfirmed ? values : values.withoutFreeText),
            createdAt: at,
            dueAt: kind.isChange ? at + Int64(StoreLimit.changeWindow * 1_000) : at)
        if let id = waiting[Line(channel: channel, addressKey: message.addressKey)] {
            try replace(id, with: message)
        } else {
            _ = try db.insert(message, host: host)
        }
        result.messageCount += 1
        result.channels.insert(channel)
        return nil
    }

    /// The messages of the case that tell of such a change and have not gone, by channel and address.
    ///
    /// A case has few messages, and its index alone finds them; what waits can be many.
    private func waitingMessages(
        _ kind: NotificationKind
    ) throws -> [Line: OutboxMessageID] {
        guard kind.isChange else { return [:] }
        let ofCase = try db.rows(
            "SELECT id, kind, channel, addressKey, state FROM message WHERE caseNumber = ?",
            [number.number])
        var waiting: [Line: OutboxMessageID] = [:]
        for row in ofCase
        where try row.choice("kind") == MessageKind.notification(kind)
            && row.choice("state") == MessageState.queued
        {
            let line = Line(channel: try row.choice("channel"), addressKey: row["addressKey"])
            waiting[line] = row.id("id")
        }
        return waiting
    }

    /// Puts the text of a further change in the place of one that has not gone yet.
    private func replace(_ id: OutboxMessageID, with message: MessageDraft) throws {
        try db.run(
            "UPDATE message SET recipientName = ?, subject = ?, body = ? WHERE id = ?",
            [message.recipientName, message.text.subject, message.text.body, id.number])
        try db.addEvent(.replaced, to: id, at: at)
    }

    /// Takes back what tells others that the case is theirs and has not gone yet: it is not any more.
    private func withdraw(besides people: [Reachable], _ result: inout Told) throws {
        let staying = Set(people.compactMap(\.employee?.number))
        let waiting = try db.rows(
            """
            SELECT * FROM message
            WHERE caseNumber = ? AND kind = 'owner_changed' AND state = 'queued'
            """, [number.number])
        for row in waiting {
            let employee: Int64? = row["employee"]
            guard let employee, !staying.contains(employee) else { continue }
            let message = try MessageRow(row)
            try db.end(message, as: .cancelled, at: at)
            try db.addEvent(
                .cancelled, to: message.id, at: at, answer: "The case has another owner")
            result.channels.insert(message.channel)
        }
    }
}

extension Database {
    /// Tells of a case that was just made; costs nothing when there is nobody to tell.
    func tellOfCreation(
        _ number: CaseNumber, _ new: NewCase, by creator: EmployeeID, in tenant: TenantName
    ) throws -> Told {
        let isForOthers = try new.owner != .agent(creator) && tellsOwners(.ownerChanged)
        guard new.notifiesCustomer || isForOthers else { return Told() }
        let telling = try Telling(self, of: number, by: creator, at: new.createdAt, in: tenant)
        var told = Told()
        if new.notifiesCustomer { told = try telling.tellCustomer(.caseCreated) }
        if isForOthers { told = told + (try telling.tellOwner(.ownerChanged)) }
        try addReasons(told, telling)
        return told
    }

    /// Tells of another owner, after the case has it; what told of the one before and has not gone is taken back.
    func noteOwnerChange(
        of number: CaseNumber, by actor: EmployeeID, at: Int64, in tenant: TenantName
    ) throws -> Told {
        let telling = try Telling(self, of: number, by: actor, at: at, in: tenant)
        let told = try telling.tellOwner(.ownerChanged)
        try addReasons(told, telling)
        return told
    }

    /// Tells the customer of another status, after the case has it, when they are to be told.
    ///
    /// Whoever changes the status of a case calls it inside the transaction of the change, and rings the bells of
    /// the channels afterwards.
    func noteStatusChange(
        of number: CaseNumber, by actor: EmployeeID, at: Int64, in tenant: TenantName
    ) throws -> Told {
        let telling = try Telling(self, of: number, by: actor, at: at, in: tenant)
        let told = try telling.tellCustomer(.statusChanged)
        try addReasons(told, telling)
        return told
    }

    /// The history of the case says who was not told.
    func addReasons(_ told: Told, _ telling: Telling) throws {
        for reason in told.reasons {
            try addEvent(reason, to: telling.number, by: telling.actor, at: telling.at)
        }
    }

    /// Whether a template for owners is switched on, which none is as built in.
    func tellsOwners(_ kind: NotificationKind) throws -> Bool {
        try number(
            "SELECT 1 FROM notificationTemplate WHERE kind = ? AND isEnabled = 1 LIMIT 1",
            [kind.rawValue]) != nil
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
