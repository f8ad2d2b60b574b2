// GET /configuration: what can be set up in Configuration Center, how much of it there is, and what it is for.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ConfigurationHome {
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let counts = try visit.reader.configurationCounts()
        let cards = ConfigurationPart.offered(to: visit.viewer).map { part in
            card(part.label, part.link, part.summary, state(of: part, counts, visit.options))
        }
        let customers = card(
            "Customer Center", "/customers", "The people and companies that cases are about.",
            counted(counts.customers, "customer"))
        let content: HTML = """
            <div class="page-head"><h1>Configuration Center</h1></div>
            \(try FirstRunGuide.inConfiguration(visit))<ul class="part-cards">\(cards)\(customers)</ul>
            """
        return .page(
            DeskArea.configuration(nil).page(title: "Configuration Center", content: content, visit)
                .html(for: visit))
    }

    private static func card(_ label: String, _ link: Link, _ summary: String, _ state: String)
        -> HTML
    {
        """
        <li class="part-card"><h2><a href="\(link)">\(label)</a></h2>
        <p class="part-state">\(state)</p><p class="muted">\(summary)</p></li>

        """
    }

    /// How much there is of a part, or how it stands.
    private static func state(
        of part: ConfigurationPart, _ counts: ConfigurationCounts, _ options: CaseOptions
    ) -> String {
        switch part {
        case .tenant: options.tenant.isCaseEnabled ? "Case 2.0 is on" : "Case 2.0 is off"
        case .employees: counted(counts.activeEmployees, "active employee")
        case .caseRoles: counted(counts.caseRoles, "case role")
        case .caseQueues: counted(counts.queues, "case queue")
        case .caseTypes:
            "\(groupedDigits(counts.enabledTypes)) of \(counted(counts.types, "case type")) enabled"
        case .assignmentRules:
            options.activeRule.map { "“\($0.name)” is active" } ?? "No rule is active"
        case .notifications: NotificationsHome.state(options.notifications)
        case .suggestions: wordless(options.types.count { $0.summary.isEmpty })
        }
    }

    /// How many types the suggestions know little more of than their name.
    private static func wordless(_ count: Int) -> String {
        switch count {
        case 0: "Every enabled case type has a description"
        case 1: "1 case type lacks a description"
        default: "\(groupedDigits(count)) case types lack a description"
        }
    }
}

/// A number with its noun: `1 customer`, `1,000 customers`.
func counted(_ count: Int, _ noun: String) -> String {
    "\(groupedDigits(count)) \(noun)\(count == 1 ? "" : "s")"
}
