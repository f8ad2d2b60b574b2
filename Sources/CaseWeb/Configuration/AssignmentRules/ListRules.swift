// GET /configuration/assignment-rules: all assignment rules, and which one decides. ?q= searches names, values and
// owners; ?sort=, ?after= and ?before= as in every list.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ListRules {
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let rules = try visit.reader.assignmentRules()
        let names = try OwnerNames(visit)
        let columns = columns(names)
        let request = ListRequest(
            visit.query, path: RuleLink.list,
            sortable: columns.filter(\.order.isSortable).map(\.name))
        let fitting = rules.filter { rule in
            let owners = ([rule.defaultOwner] + rule.items.map(\.owner)).map { names[$0] }
            return request.matches([rule.name] + rule.items.map(\.words) + owners)
        }
        let order = columns.first { $0.name == request.sort }?.order ?? .text(\.name)
        let slice = ListSlice(
            of: fitting, id: \.id.number, order: order, request: request, totalCount: rules.count)
        return ListPage(
            visit: visit, area: .configuration(.assignmentRules), title: "Assignment rules",
            noun: "assignment rules", request: request,
            searchLabel: "Search names, items and owners", columns: columns, slice: slice,
            actions: """
                <a class="btn btn-primary" href="\(RuleLink.new)" id="new">New assignment rule</a>
                """,
            above: state(visit, hasRules: !rules.isEmpty), firstSteps: firstSteps
        ).response()
    }

    private static let firstSteps = FirstSteps(
        title: "No assignment rules yet",
        advice:
            "A rule says who gets a case with Auto by rule: its items are tried in their order, "
            + "and a default owner gets what none of them fits. Until one is active, such cases "
            + "are refused.",
        link: RuleLink.new, button: "Make the first assignment rule"
    ).html

    private static func state(_ visit: AgentVisit, hasRules: Bool) -> HTML {
        if let active = visit.options.activeRule {
            return """
                <p id="active-rule"><strong><a href="\(RuleLink.one(active.id))">\(active.name)</a></strong> \
                decides on cases with Auto by rule.</p>
                """
        }
        guard hasRules else { return .empty }
        return """
            <p id="active-rule">No rule is active: cases with Auto by rule are refused until you activate \
            one.</p>
            """
    }

    private static func columns(_ names: OwnerNames) -> [ListColumn<AssignmentRule>] {
        [
            ListColumn(name: "name", title: "Name", order: .text(\.name)) { rule in
                "<a href=\"\(RuleLink.one(rule.id))\">\(rule.name)</a>"
            },
            ListColumn(name: "items", title: "Items", order: .number { Int64($0.items.count) }) {
                rule in
                let words = rule.items.map { "\($0.words) → \(names[$0.owner])" }
                return "<span class=\"clamp\">\(words.joined(separator: "; "))</span>"
            },
            ListColumn(
                name: "default", title: "Default owner",
                order: .text { names[$0.defaultOwner] }
            ) { rule in "\(names[rule.defaultOwner])" },
            ListColumn(name: "state", title: "State", order: .number { $0.isActive ? 0 : 1 }) {
                rule in OnOff.mark(rule.isActive, rule.isActive ? "Active" : "Not active")
            },
        ]
    }
}

/// What people read for the owners of rules, also for those that are switched off.
struct OwnerNames {
    private let names: [Owner: String]

    init(_ visit: AgentVisit) throws {
        let queues = visit.options.queues.map { (Owner.queue($0.id), $0.name) }
        let people = try visit.reader.employees().map { (Owner.agent($0.id), $0.employee.name) }
        names = Dictionary(queues + people) { first, _ in first }
    }

    init(_ names: [Owner: String]) {
        self.names = names
    }

    subscript(owner: Owner) -> String {
        switch owner {
        case .queue: names[owner] ?? "a deleted queue"
        case .agent: names[owner] ?? "somebody unknown"
        }
    }
}
