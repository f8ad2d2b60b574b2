internal import CaseModel
internal import GRDB

/// A case on its way into the tables; what can be made ready before the transaction is.
struct NewCase: Sendable {
    /// Epoch milliseconds.
    let createdAt: Int64
    private let type: CaseTypeID
    private let statuses: String
    private let status: String
    private var state: CaseState
    private let deadline: Int64?
    private let priority: Priority?
    private let source: Source?
    private let customer: CustomerID
    private let assignmentMode: AssignmentMode
    private(set) var owner: Owner
    private var ownerReason: String
    /// What the active rule said, when it gave the case.
    let decision: RuleDecision?
    private let creator: EmployeeID
    private let notifiesByEmail: Bool
    private let notifiesBySMS: Bool
    private let conversation: ConversationID?
    private let title: String
    private let description: String
    /// What the search index gets.
    private var words: String

    init(_ draft: CaseDraft, by creator: EmployeeID, at: Int64) {
        createdAt = at
        type = draft.type.id
        statuses = Lines.joined(draft.type.statuses)
        status = draft.type.statuses.first ?? CaseType.completedStatus
        state = draft.initialState
        deadline = draft.deadline?.milliseconds
        priority = draft.priority
        source = draft.source
        customer = draft.customer
        assignmentMode = draft.assignmentMode
        owner = draft.owner
        ownerReason = draft.ownerReason
        decision = draft.decision
        self.creator = creator
        notifiesByEmail = draft.notifiesByEmail
        notifiesBySMS = draft.notifiesBySMS
        conversation = draft.conversation
        title = draft.title
        description = draft.description
        words = SearchIndex.words(
            title: title, description: description,
            marks: SearchIndex.marks(
                creator: creator, owner: owner, type: type, state: state))
    }

    init(_ made: GeneratedCase) {
        createdAt = made.createdAt
        type = made.type.id
        statuses = Lines.joined(made.type.statuses)
        status = made.status
        state = made.state
        deadline = nil
        priority = made.priority
        source = made.source
        customer = made.customer
        assignmentMode = .manual
        owner = made.owner
        ownerReason = ""
        decision = nil
        creator = made.creator
        notifiesByEmail = false
        notifiesBySMS = false
        conversation = nil
        title = made.title
        description = made.description
        words = SearchIndex.words(
            title: title, description: description,
            marks: SearchIndex.marks(
                creator: creator, owner: owner, type: type, state: state))
    }

    /// Whether the customer is to hear of it.
    var notifiesCustomer: Bool { notifiesByEmail || notifiesBySMS }

    /// The same case, handed on by the queue that the rule named, or left with it.
    ///
    /// - Parameter member: Who gets it; `nil` when it waits to be claimed.
    /// - Parameter reason: Why, as a part of a sentence.
    func handedOn(to member: EmployeeID?, reason: String) -> NewCase {
        var new = self
        new.ownerReason += "; \(reason)"
        guard let member else { return new }
        new.owner = .agent(member)
        new.state = .processing
        new.words = SearchIndex.words(
            title: title, description: description,
            marks: SearchIndex.marks(
                creator: creator, owner: new.owner, type: type, state: new.state))
        return new
    }

    /// Writes the record, its files in their order, its search entry and its first two events.
    ///
    /// - Throws: ``StoreError/tooManyFiles``, ``StoreError/unknown(_:)`` for an owner that is gone.
    func insert(
        _ files: [(name: String, content: FileContent)] = [], into db: Database
    ) throws -> CaseNumber {
        guard files.count <= CaseLimit.maximumAttachments else { throw StoreError.tooManyFiles }
        let ownerName = try db.name(of: owner)
        try insertRecord(attachmentCount: files.count, into: db)
        let number = CaseNumber(number: db.lastInsertedRowID)
        for (name, content) in files {
            try db.run(
                """
                INSERT INTO attachment (caseNumber, name, sha256, byteCount, format, addedAt)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                [number.number, name, content.sha256, content.byteCount, content.format, createdAt])
        }
        try db.run("INSERT INTO caseText (rowid, words) VALUES (?, ?)", [number.number, words])
        try nameCustomer(in: db)
        let reason = ownerReason.isEmpty ? "" : ": \(ownerReason)"
        let assignment = "Assigned to \(ownerName)\(reason)"
        // One row a statement: for a statement that writes several, SQLite begins a savepoint, and there FTS5
        // writes its part of each case by itself, which costs more than the case.
        for (index, text) in ["Case created", assignment].enumerated() {
            try db.run(
                """
                INSERT INTO caseEvent (caseNumber, position, at, employee, text)
                VALUES (?, ?, ?, ?, ?)
                """, [number.number, index + 1, createdAt, creator.number, text])
        }
        return number
    }

    /// A conversation whose customer nobody knew is with the customer of the case that it became.
    private func nameCustomer(in db: Database) throws {
        guard let conversation else { return }
        try db.run(
            """
            UPDATE conversation SET customer = ?, customerChosenBy = ?
            WHERE id = ? AND customer IS NULL
            """, [customer.number, creator.number, conversation.number])
    }

    private func insertRecord(attachmentCount: Int, into db: Database) throws {
        try db.run(
            """
            INSERT INTO caseRecord (
                caseType, statuses, status, state, statusSince, deadline, priority, source,
                customer, assignmentMode, ownerQueue, ownerAgent, ownerReason, creator,
                notifiesByEmail, notifiesBySMS, createdAt, conversation, attachmentCount, title,
                description)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                type.number, statuses, status, state.rawValue, createdAt, deadline,
                priority?.rawValue, source?.rawValue, customer.number, assignmentMode.rawValue,
                owner.queueColumn, owner.agentColumn, ownerReason, creator.number,
                notifiesByEmail, notifiesBySMS, createdAt, conversation?.number, attachmentCount,
                title, description,
            ])
    }
}

extension SearchIndex {
    /// The marks of a case.
    static func marks(
        creator: EmployeeID, owner: Owner, type: CaseTypeID, state: CaseState
    ) -> [Mark] {
        let ownerMark: Mark =
            switch owner {
            case .agent(let agent): .agent(agent)
            case .queue(let queue): .queue(queue)
            }
        return [.creator(creator), ownerMark, .type(type), .state(state)]
    }
}

extension Database {
    /// What people read for an owner.
    ///
    /// - Throws: ``StoreError/unknown(_:)`` for one that is gone.
    func name(of owner: Owner) throws -> String {
        let name =
            switch owner {
            case .agent(let id):
                try text("SELECT name FROM employee WHERE id = ?", [id.number])
            case .queue(let id):
                try text("SELECT name FROM caseQueue WHERE id = ?", [id.number])
            }
        guard let name else { throw StoreError.unknown("owner") }
        return name
    }
}
