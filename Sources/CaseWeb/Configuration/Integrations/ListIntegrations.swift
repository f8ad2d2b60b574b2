// GET /configuration/tenant/integrations: the programs that may send conversations. 200.

internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Markup

enum ListIntegrations {
    /// The address of the list.
    static let link: Link = "/configuration/tenant/integrations"

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let all = try visit.reader.integrations()
        let columns = columns(visit)
        let request = ListRequest(
            visit.query, path: link,
            sortable: columns.filter(\.order.isSortable).map(\.name), filters: [])
        let fitting = all.filter { request.matches([$0.name]) }
        let order = columns.first { $0.name == request.sort }?.order ?? columns[0].order
        return ListPage(
            visit: visit, area: .configuration(.tenant), title: "Integrations",
            noun: "integrations", request: request, filters: [], searchLabel: "Search name",
            columns: columns,
            slice: ListSlice(
                of: fitting, id: \.id.number, order: order, request: request,
                totalCount: all.count),
            actions: """
                <a class="btn btn-outline-secondary" href="\(EditTenant.link)">Tenant space</a>
                <a class="btn btn-primary" href="\(NewIntegration.link)">New integration</a>
                """,
            firstSteps: FirstSteps(
                title: "No integrations yet",
                advice: "An integration is a program, such as a chat platform, that sends "
                    + "conversations to the workbench. It is known by a token that you make here.",
                link: NewIntegration.link, button: "Make the first integration"
            ).html
        ).response()
    }

    private static func columns(_ visit: AgentVisit) -> [ListColumn<Integration>] {
        let never: HTML = "<span class=\"muted\">Never</span>"
        return [
            ListColumn(name: "name", title: "Name", order: .text(\.name)) { integration in
                "<a href=\"\(ShowIntegration.link(integration.id))\">\(integration.name)</a>"
            },
            ListColumn(name: "state", title: "Token", order: .text(\.stateWord)) { integration in
                "\(integration.stateWord) <span class=\"muted\">…\(integration.tokenEnd)</span>"
            },
            ListColumn(
                name: "last_used", title: "Last used",
                order: .number { Int64($0.lastUsedAt?.timeIntervalSince1970 ?? 0) }
            ) { integration in
                integration.lastUsedAt.map { visit.times.shortElement($0, now: visit.now) } ?? never
            },
            ListColumn(
                name: "created", title: "Made",
                order: .number { Int64($0.createdAt.timeIntervalSince1970) }
            ) { integration in
                let at = visit.times.shortElement(integration.createdAt, now: visit.now)
                return "\(at) by \(integration.creatorName)"
            },
        ]
    }
}

extension Integration {
    /// Whether its token opens anything.
    var stateWord: String { revokedAt == nil ? "Good" : "Revoked" }
}
