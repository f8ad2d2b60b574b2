import CaseModel
import Foundation
import GRDB
import Testing

@testable import CaseStorage

/// A tenant space in a directory of its own that goes with the last reference: two agents, an
/// administrator, two queues, two types, a customer.
final class TestSpace {
    let root: String
    let data: DataDirectory
    let store: TenantStore
    let mia: Employee
    let noah: Employee
    let ada: Employee
    let billing: CaseQueue
    let repairs: CaseQueue
    let refund: CaseType
    let outage: CaseType
    let customer: CustomerID
    let now = Date(timeIntervalSince1970: 1_800_000_000)

    init(parent: String = NSTemporaryDirectory()) throws {
        root = parent + "/casedesk-test-" + DraftID().description
        data = try DataDirectory(path: root)
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let name = try #require(TenantName("main"))
        store = try data.createTenant(name, TenantSpace(displayName: "Main", timeZone: zone))
        let store = self.store
        func employee(_ login: String, _ role: Role) throws -> Employee {
            try store.addEmployee(
                login: login, name: login.capitalized, email: login + "@example.org", phone: "",
                role: role, passwordHash: "$argon2id$" + login)
        }
        mia = try employee("mia", .agent)
        noah = try employee("noah", .agent)
        ada = try employee("ada", .administrator)
        billing = try store.addQueue(name: "Billing", members: [mia.id])
        repairs = try store.addQueue(name: "Repairs", members: [noah.id])
        refund = try store.addCaseType(
            name: "Refund", summary: "Money back", keywords: "", statuses: ["New", "Checked"],
            isEnabled: true)
        outage = try store.addCaseType(
            name: "Outage", summary: "", keywords: "", statuses: ["New"], isEnabled: true)
        customer = try #require(
            store.addCustomers([
                NewCustomer(
                    name: "Ann Öre", emails: ["ann@example.org"], phones: ["+49 30 123456"])
            ]).first)
    }

    deinit {
        store.close()
        try? FileManager.default.removeItem(atPath: root)
    }

    var database: String { store.directory + "/casedesk.sqlite" }

    /// A viewer with the queues of the fixture.
    func viewer(_ employee: Employee) -> Viewer {
        let queues: [EmployeeID: Set<CaseQueueID>] = [mia.id: [billing.id], noah.id: [repairs.id]]
        return Viewer(employee: employee, queues: queues[employee.id] ?? [])
    }

    /// A checked draft, by way of the form.
    func draft(
        by creator: Employee? = nil, title: String = "Charged twice",
        description: String = "The bill of May was charged twice.", type: CaseType? = nil,
        owner: Owner? = nil, conversation: ConversationID? = nil, customer: CustomerID? = nil,
        telling channels: Set<NotificationChannel> = []
    ) throws -> CaseDraft {
        let customer = customer ?? self.customer
        var values = CaseFormValues.initial
        values[.caseType] = (type ?? refund).id.description
        values[.title] = title
        values[.description] = description
        values[.customer] = customer.description
        let owner = owner ?? .queue(billing.id)
        values[.ownerType] = owner.type.rawValue
        switch owner {
        case .queue(let queue): values[.ownerQueue] = queue.description
        case .agent(let agent): values[.ownerAgent] = agent.description
        }
        if channels.contains(.email) { values[.notifyEmail] = "1" }
        if channels.contains(.sms) { values[.notifySMS] = "1" }
        let reader = try store.makeReader()
        let context = CaseDraftContext(
            options: try reader.options(), customer: try reader.customer(customer),
            creator: creator ?? mia, now: now, conversation: conversation)
        var problems: [Problem] = []
        let draft = CaseDraft(values, in: context, problems: &problems)
        #expect(problems.isEmpty)
        return try #require(draft)
    }

    /// Stores a case and gives its number.
    @discardableResult
    func createCase(
        _ draft: CaseDraft, from id: DraftID = DraftID(), by creator: Employee? = nil,
        files: [ReceivedFile] = []
    ) throws -> CaseNumber {
        let creation = try store.createCase(
            draft, from: id, by: (creator ?? mia).id, adding: files,
            optionsVersion: try store.makeReader().options().version, at: now)
        guard case .created(let number) = creation else {
            throw StoreError.corrupt("the case was there before")
        }
        return number
    }

    /// Receives a file whole.
    func receive(_ text: String, name: String = "file.pdf") throws -> ReceivedFile {
        let reception = try store.receiveFile()
        try reception.append(Array(text.utf8)[...])
        return reception.finish(name: name, format: "pdf")
    }

    /// Where a file of these bytes is kept.
    func path(of content: FileContent) -> String {
        store.directory + "/attachments/" + content.sha256.prefix(2) + "/" + content.sha256
    }

    /// Changes the database behind the store's back.
    func tamper(_ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: database, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// Counts rows without the store.
    func count(_ table: String) throws -> Int {
        let queue = try DatabaseQueue(path: database)
        defer { try? queue.close() }
        return try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    /// Makes a file look as if it was last changed so long ago.
    func age(_ path: String, hours: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -hours * 3_600)], ofItemAtPath: path)
    }
}

/// Runs work on threads of its own and waits for all of them.
func onThreads<Value: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Int) throws -> Value
) -> [Result<Value, any Error>] {
    let results = Results<Value>()
    let threads = DispatchGroup()
    for index in 0..<count {
        threads.enter()
        Thread {
            results.append(Result { try work(index) })
            threads.leave()
        }.start()
    }
    threads.wait()
    return results.all
}

private final class Results<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Result<Value, any Error>] = []

    func append(_ value: Result<Value, any Error>) { lock.withLock { values.append(value) } }
    var all: [Result<Value, any Error>] { lock.withLock { values } }
}
