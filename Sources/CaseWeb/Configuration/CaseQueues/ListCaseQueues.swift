// GET /configuration/case-queues: the teams that own cases. 200.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ListCaseQueues {
    /// The address of the list.
    static let link: Link = "/configuration/case-queues"

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let all = try visit.reader.queues()
        let request = ListRequest(
            visit.query, path: link,
            sortable: columns.filter(\.order.isSortable).map(\.name), filters: [filter])
        let fitting = all.filter { queue in
            let mode = request[CaseQueueValues.Field.distribution]
            return request.matches([queue.name])
                && (mode.isEmpty || mode == queue.distribution.rawValue)
        }
        let order = columns.first { $0.name == request.sort }?.order ?? columns[0].order
        return ListPage(
            visit: visit, area: .configuration(.caseQueues), title: "Case queues",
            noun: "case queues", request: request, filters: [filter], searchLabel: "Search name",
            columns: columns,
            slice: ListSlice(
                of: fitting, id: \.id.number, order: order, request: request,
                totalCount: all.count),
            actions:
                "<a class=\"btn btn-primary\" href=\"\(NewCaseQueue.link)\">New case queue</a>",
            firstSteps: FirstSteps(
                title: "No case queues yet",
                advice: "A case queue is a team: a case that nobody has taken waits there, "
                    + "and each member sees it.",
                link: NewCaseQueue.link, button: "Make the first case queue"
            ).html
        ).response()
    }

    private static let filter = ListFilter(
        name: CaseQueueValues.Field.distribution, label: "Hand on",
        choices: Distribution.allCases.map { EditField.Choice(value: $0.rawValue, label: $0.word) })

    private static var columns: [ListColumn<CaseQueueSummary>] {
        [
            ListColumn(name: "name", title: "Name", order: .text(\.name)) { queue in
                "<a href=\"\(EditCaseQueue.link(queue.id))\">\(queue.name)</a>"
            },
            ListColumn(name: "members", title: "Members", order: .number { Int64($0.memberCount) })
            {
                let none: HTML = "<span class=\"muted\">None yet</span>"
                return $0.memberCount == 0 ? none : "\(groupedDigits($0.memberCount))"
            },
            ListColumn(name: "hand_on", title: "Hand on", order: .text(\.distribution.word)) {
                "\($0.distribution.word)"
            },
            ListColumn(
                name: "waiting", title: "Waiting cases",
                order: .number { Int64($0.waitingCaseCount) }
            ) { queue in waiting(queue) },
        ]
    }

    private static func waiting(_ queue: CaseQueueSummary) -> HTML {
        let link: Link = "/cases?owner=queue-\(queue.id.description)&state=pending"
        let maximum = CaseQueueSummary.maximumCountedCases
        let isMore = queue.waitingCaseCount > maximum
        let text = isMore ? "more than \(groupedDigits(maximum))" : "\(queue.waitingCaseCount)"
        let none: HTML = "<span class=\"muted\">0</span>"
        return queue.waitingCaseCount == 0 ? none : "<a href=\"\(link)\">\(text)</a>"
    }
}
