internal import CaseModel
internal import Foundation
internal import GRDB

// Many believable cases, to measure with: what a list costs at a million cannot be known at ten.

extension TenantStore {
    /// Cases of one transaction: large enough that the waits for the disk do not count.
    private static let generatedAtOnce = 2_000

    /// Adds `count` cases over the types, queues, employees and customers that exist, the newest of
    /// now, one a minute back from there; always the same for the same count.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` when there is no type, queue, employee or customer.
    package func generateCases(count: Int) throws(StoreError) {
        let reader = try makeReader()
        var generator = try CaseGenerator(
            options: try reader.options(), customers: try reader.someCustomers(),
            start: Date().milliseconds - Int64(count) * 60_000)
        var made = 0
        while made < count {
            let batch = (made..<min(count, made + Self.generatedAtOnce)).map { index in
                NewCase(generator.next(index))
            }
            try writer.write { db in
                for new in batch { _ = try new.insert(into: db) }
            }
            made += batch.count
        }
    }
}

extension StoreReader {
    /// Some customers for generated cases to be about.
    fileprivate func someCustomers() throws(StoreError) -> [CustomerID] {
        try query { db in
            try db.rows("SELECT id FROM customer ORDER BY id LIMIT 10000").map { $0.id("id") }
        }
    }
}

/// What is made up of a case.
struct GeneratedCase {
    let createdAt: Int64
    let type: CaseType
    let status: String
    let state: CaseState
    let priority: Priority?
    let source: Source?
    let customer: CustomerID
    let owner: Owner
    let creator: EmployeeID
    let title: String
    let description: String
}

/// Makes up cases: most are completed, some words are common and most are rare, as in real ones.
private struct CaseGenerator {
    private let options: CaseOptions
    private let customers: [CustomerID]
    private let start: Int64
    private var random = RepeatableRandom(state: 1)

    init(options: CaseOptions, customers: [CustomerID], start: Int64) throws(StoreError) {
        guard !options.types.isEmpty else { throw .unknown("case type") }
        guard !options.queues.isEmpty else { throw .unknown("case queue") }
        guard !options.agents.isEmpty else { throw .unknown("employee") }
        guard !customers.isEmpty else { throw .unknown("customer") }
        self.options = options
        self.customers = customers
        self.start = start
    }

    mutating func next(_ index: Int) -> GeneratedCase {
        let type = pick(options.types)
        let state = pick(Self.states)
        let owner: Owner =
            state == .pending ? .queue(pick(options.queues).id) : .agent(pick(options.agents).id)
        let subject = words(4)
        return GeneratedCase(
            createdAt: start + Int64(index) * 60_000, type: type,
            status: state == .completed
                ? CaseType.completedStatus : type.statuses.first ?? CaseType.completedStatus,
            state: state, priority: pick(Priority.allCases), source: pick(Source.allCases),
            customer: pick(customers), owner: owner, creator: pick(options.agents).id,
            title: "\(type.name): \(subject)",
            description: "The customer reports \(words(12)). Order \(100_000 + index). "
                + "We have to \(words(8)) and \(words(8)).")
    }

    private static let states: [CaseState] = [
        .completed, .completed, .completed, .completed, .completed, .completed, .completed,
        .processing, .processing, .pending,
    ]

    private mutating func pick<Element>(_ list: [Element]) -> Element {
        list[Int.random(in: 0..<list.count, using: &random)]
    }

    /// Words of which the first on the list come far more often than the last.
    private mutating func words(_ count: Int) -> String {
        (0..<count).map { _ in
            let place = Double.random(in: 0..<1, using: &random)
            return Self.vocabulary[Int(place * place * Double(Self.vocabulary.count))]
        }.joined(separator: " ")
    }

    private static let vocabulary = """
        invoice refund payment delivery router password account contract order number address late
        broken missing wrong double cancelled renewed blocked changed charged returned waiting lost
        phone cable modem screen battery parcel receipt discount voucher tariff roaming signal
        invoices payments deliveries parcels charges the with after before since again still never
        always today yesterday morning evening technician driver shop branch hotline website app
        login email letter reminder dunning interest deposit instalment bank card transfer booking
        upgrade downgrade activation porting line speed outage noise echo installation appointment
        visit key meter reading consumption winter summer moving house neighbour guarantee warranty
        repair exchange spare part colour size weight damaged scratched wet empty open sealed stolen
        insurance police report witness photo document signature translation complaint praise idea
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
}
