internal import CaseModel
internal import Markup

/// The parts of Configuration Center, in the order in which a new tenant space is set up.
enum ConfigurationPart: CaseIterable {
    case tenant, employees, caseRoles, caseQueues, caseTypes, assignmentRules, suggestions,
        notifications

    var label: String {
        switch self {
        case .tenant: "Tenant space"
        case .employees: "Employees"
        case .caseRoles: "Case roles"
        case .caseQueues: "Case queues"
        case .caseTypes: "Case types"
        case .assignmentRules: "Assignment rules"
        case .suggestions: "Suggestions"
        case .notifications: "Notifications"
        }
    }

    var link: Link {
        switch self {
        case .tenant: "/configuration/tenant"
        case .employees: "/configuration/employees"
        case .caseRoles: "/configuration/case-roles"
        case .caseQueues: "/configuration/case-queues"
        case .caseTypes: "/configuration/case-types"
        case .assignmentRules: "/configuration/assignment-rules"
        case .suggestions: "/configuration/suggestions"
        case .notifications: "/configuration/notifications"
        }
    }

    /// What it is for, in a sentence.
    var summary: String {
        switch self {
        case .tenant:
            "The name people read, the time zone of deadlines, and whether Case 2.0 is on."
        case .employees: "The accounts that log in and own cases."
        case .caseRoles: "Sets of rights over the cases of others, and who has them."
        case .caseQueues: "Teams that own cases until one of their members claims them."
        case .caseTypes: "The kinds of cases, and the statuses that each of them goes through."
        case .assignmentRules: "Who gets a case that is assigned by rule."
        case .suggestions:
            "How often the case types that are proposed for conversations are the right ones."
        case .notifications:
            "What customers and owners are told by e-mail and SMS, and what became of each message."
        }
    }

    /// Who may use it; the routes of the part ask for the same.
    var right: Route.Right {
        switch self {
        case .tenant, .employees, .caseRoles: .administrator
        case .caseQueues, .caseTypes, .assignmentRules, .suggestions, .notifications:
            .permission(.caseConfiguration)
        }
    }

    /// The parts that a person may use.
    static func offered(to viewer: Viewer) -> [ConfigurationPart] {
        allCases.filter { $0.right.isHeld(by: viewer) }
    }

    /// The links beside every page of Configuration Center.
    static func navigation(at here: ConfigurationPart?, for viewer: Viewer) -> HTML {
        let current: HTML = " aria-current=\"page\""
        let items = offered(to: viewer).map { part -> HTML in
            "<li><a href=\"\(part.link)\"\(current, if: part == here)>\(part.label)</a></li>\n"
        }
        return """
            <nav class="side-nav" aria-label="Configuration Center"><ul>
            <li><a href="/configuration"\(current, if: here == nil)>Overview</a></li>
            \(items)</ul></nav>
            """
    }
}
