// GET /configuration/case-types: all case types as a tree. ?q= searches name, description and keywords; ?state=
// filters; ?sort=, ?after= and ?before= as in every list.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ListCaseTypes {
    /// A type with its place in the tree.
    private struct TypeRow {
        let node: CaseTypeTree.Node
        let openCaseCount: Int
        /// Its place in the tree, from the top down.
        let position: Int

        var type: CaseType { node.type }
    }

    private static let filters = [
        ListFilter(
            name: "state", label: "State",
            choices: [
                EditField.Choice(value: "enabled", label: "Enabled"),
                EditField.Choice(value: "disabled", label: "Disabled"),
            ])
    ]

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let rows = try rows(visit)
        let sortable = columns(isTree: false).filter(\.order.isSortable).map(\.name)
        let request = ListRequest(
            visit.query, path: CaseTypeLink.list, sortable: sortable, filters: filters)
        let fitting = rows.filter { row in
            let state = row.type.isEnabled ? "enabled" : "disabled"
            return request.matches([row.node.path, row.type.summary] + row.type.keywords)
                && (request["state"].isEmpty || request["state"] == state)
        }
        let columns = columns(isTree: request.wantsAll && request.sort.isEmpty)
        let order =
            columns.first { $0.name == request.sort }?.order ?? .number { Int64($0.position) }
        let slice = ListSlice(
            of: fitting, id: \.type.id.number, order: order, request: request,
            totalCount: rows.count)
        return ListPage(
            visit: visit, area: .configuration(.caseTypes), title: "Case types",
            noun: "case types", request: request, filters: filters,
            searchLabel: "Search name, description and keywords", columns: columns, slice: slice,
            actions: """
                <a class="btn btn-primary" href="\(CaseTypeLink.new)" id="new">New case type</a>
                """,
            firstSteps: firstSteps
        ).response()
    }

    private static let firstSteps = FirstSteps(
        title: "No case types yet",
        advice: "A case type says what a case is about and which statuses it goes through. "
            + "Agents choose one for each case, so a desk begins with two or three of them.",
        link: CaseTypeLink.new, button: "Make the first case type"
    ).html

    private static func rows(_ visit: AgentVisit) throws -> [TypeRow] {
        let all = try visit.reader.caseTypes()
        let counts = Dictionary(
            all.map { ($0.type.id, $0.openCaseCount) }, uniquingKeysWith: { first, _ in first })
        return CaseTypeTree(all.map(\.type)).nodes.enumerated().map { position, node in
            TypeRow(
                node: node, openCaseCount: counts[node.type.id] ?? 0, position: position)
        }
    }

    private static func columns(isTree: Bool) -> [ListColumn<TypeRow>] {
        [
            ListColumn(name: "name", title: "Name", order: .text(\.type.name)) { row in
                isTree ? indented(row) : named(row)
            },
            ListColumn(name: "description", title: "Description") { row in
                "<span class=\"clamp\">\(row.type.summary)</span>"
            },
            ListColumn(name: "statuses", title: "Statuses") { row in
                "<span class=\"muted clamp\">\(row.type.statuses.joined(separator: " → "))</span>"
            },
            ListColumn(
                name: "open", title: "Open cases", order: .number { Int64($0.openCaseCount) },
                cell: openCases),
            ListColumn(name: "state", title: "State", order: .text { stateText($0.type) }) { row in
                OnOff.mark(row.type.isEnabled, stateText(row.type))
            },
        ]
    }

    private static func stateText(_ type: CaseType) -> String {
        type.isEnabled ? "Enabled" : "Disabled"
    }

    private static func link(_ type: CaseType) -> HTML {
        "<a href=\"\(CaseTypeLink.one(type.id))\">\(type.name)</a>"
    }

    /// The name as far to the right as it stands deep in the tree.
    private static func indented(_ row: TypeRow) -> HTML {
        row.node.depth == 0
            ? link(row.type)
            : "<span class=\"tree-\(row.node.depth)\">\(link(row.type))</span>"
    }

    /// The name with what stands above it.
    private static func named(_ row: TypeRow) -> HTML {
        let above = row.node.ancestors.map(\.name).joined(separator: " › ")
        let path: HTML = " <span class=\"muted\">in \(above)</span>"
        return "\(link(row.type))\(path, if: !above.isEmpty)"
    }

    private static func openCases(_ row: TypeRow) -> HTML {
        guard row.openCaseCount > 0 else { return "<span class=\"muted\">0</span>" }
        let link: Link = "/cases?type=\(row.type.id.description)"
        return "<a href=\"\(link)\">\(groupedDigits(row.openCaseCount))</a>"
    }
}
