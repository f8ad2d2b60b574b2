// A case queue: GET /configuration/case-queues/new and /configuration/case-queues/ID show the form,
// POST /configuration/case-queues and /configuration/case-queues/ID send it.
// 303 to the queue; 422, 409 and 503 with the page again; 404 for a queue that does not exist.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum NewCaseQueue {
    static let link: Link = "/configuration/case-queues/new"

    /// GET /configuration/case-queues/new.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit).response()
    }

    /// POST /configuration/case-queues.
    static func create(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        try Self.form(visit).create(form) { (values, key, edit) throws(StoreError) in
            EditCaseQueue.link(try visit.desk.addQueue(values, key: key, edit))
        }
    }

    private static func form(_ visit: AgentVisit) throws -> EditPage {
        EditPage(
            visit: visit, area: .configuration(.caseQueues), title: "New case queue",
            action: ListCaseQueues.link, back: ListCaseQueues.link,
            sections: [EditSection(nil, EditCaseQueue.fields(try visit.reader.employees()))],
            origin: .new(DraftID()),
            texts: FieldTexts([
                CaseQueueValues.Field.distribution: Distribution.claim.rawValue
            ]))
    }
}

enum EditCaseQueue {
    /// The address of a queue.
    static func link(_ id: CaseQueueID) -> Link {
        "/configuration/case-queues/\(id.description)"
    }

    /// GET /configuration/case-queues/ID.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try form(visit, path.first(as: CaseQueueID.self)).response()
    }

    /// POST /configuration/case-queues/ID.
    static func save(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: CaseQueueID.self)
        return try Self.form(visit, id).save(form) { (values, edit) throws(StoreError) in
            try visit.desk.updateQueue(id, values, edit)
            return link(id)
        }
    }

    private static func form(_ visit: AgentVisit, _ id: CaseQueueID) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .caseQueue, id.number)
        guard let queue = try visit.reader.queue(id) else { throw Refusal.notFound }
        let fields = fields(try visit.reader.employees())
        let delete: Link = "\(link(id))/delete"
        return EditPage(
            visit: visit, area: .configuration(.caseQueues), title: "Case queue “\(queue.name)”",
            action: link(id), back: ListCaseQueues.link, sections: [EditSection(nil, fields)],
            origin: .stored(base: base), texts: queue.texts,
            head: """
                <div class="page-actions">
                <a class="btn btn-outline-secondary" href="\(cases(of: id))">Its cases</a>
                <a class="btn btn-outline-secondary" href="\(delete)">Delete</a></div>
                """,
            below: try HistorySection(of: .caseQueue, id.number, fields: fields, visit).html)
    }

    private static func cases(of id: CaseQueueID) -> Link { "/cases?owner=queue-\(id.description)" }

    static func fields(_ everybody: [EmployeeSummary]) -> [EditField] {
        [
            EditField(
                name: CaseQueueValues.Field.name, label: "Name",
                kind: .line(limit: CaseQueueValues.maximumNameCharacters)),
            EditField(
                name: CaseQueueValues.Field.distribution, label: "Hand on",
                kind: .select(
                    Distribution.allCases.map {
                        EditField.Choice(value: $0.rawValue, label: $0.word)
                    }, empty: nil),
                hint: Distribution.allCases.map { "\($0.word): \($0.sentence)." }
                    .joined(separator: " ")),
            PeopleField.boxes(
                CaseQueueValues.Field.members, label: "Members",
                hint: "Each member sees the cases of the queue and may claim them.",
                among: everybody),
        ]
    }
}

extension Distribution {
    /// The words on the page.
    var word: String {
        switch self {
        case .claim: "Members claim"
        case .roundRobin: "In turn"
        case .leastOpen: "Fewest open cases"
        }
    }

    /// What happens, without the full stop.
    var sentence: String {
        switch self {
        case .claim: "a case waits until a member claims it"
        case .roundRobin: "each new case goes to the next member who is present"
        case .leastOpen:
            "each new case goes to the member present who has the fewest open cases"
        }
    }
}
