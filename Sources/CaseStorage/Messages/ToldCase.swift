internal import CaseModel
internal import Foundation
internal import GRDB

/// What of a stored case is told, and to whom.
struct ToldCase {
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

/// Somebody who may be told.
struct Reachable {
    let customer: CustomerID?
    let employee: EmployeeID?
    let name: String
    private let emails: [String]
    private let phones: [String]
    /// Addresses that nobody of the tenant space has confirmed.
    private let unconfirmed: [String]

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

    /// Where the person is told.
    func destination(_ channel: NotificationChannel) -> Destination {
        Destination(
            channel == .email ? emails : phones, unconfirmed: unconfirmed, on: channel)
    }
}

extension Database {
    func toldCase(_ number: CaseNumber) throws -> ToldCase? {
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
}

extension Reachable {
    fileprivate init(employee row: Row) {
        self.init(
            employee: row.id("id"), name: row["name"], email: row["email"], phone: row["phone"])
    }
}
