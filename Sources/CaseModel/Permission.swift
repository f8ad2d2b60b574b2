/// Something that a person may do beyond their own cases.
///
/// Nobody has one by default: case roles confer them, and an administrator has all. The owner of a case may do
/// everything to it; the operations below are for the cases of others.
package enum Permission: String, CaseIterable, Hashable, Sendable, Codable {
    /// See the cases of every employee.
    case queryAll = "query_all"
    case close, transfer, cancel, recovery, restart, pause, upgrade
    /// Change the information and the status of others' cases.
    case editing
    /// See reports over the cases of all employees.
    case report
    /// Use the page of historical cases.
    case historicalCase = "historical_case"
    /// Use the pages of Configuration Center.
    case caseConfiguration = "case_configuration"
    /// Import, export and delete customers.
    case customerManagement = "customer_management"

    /// The words on the page.
    package var label: String {
        switch self {
        case .queryAll: "Query All"
        case .close: "Close"
        case .transfer: "Transfer"
        case .cancel: "Cancel"
        case .recovery: "Recovery"
        case .restart: "Restart"
        case .pause: "Pause"
        case .upgrade: "Upgrade/downgrade"
        case .editing: "Editing"
        case .report: "Report"
        case .historicalCase: "Historical Case"
        case .caseConfiguration: "Case Configuration"
        case .customerManagement: "Customer Management"
        }
    }

    /// What it allows, in a sentence.
    package var summary: String {
        switch self {
        case .queryAll: "See the cases of every employee"
        case .close: "Close cases of other employees"
        case .transfer: "Give cases of other employees to somebody else"
        case .cancel: "Cancel cases of other employees"
        case .recovery: "Resume cases of other employees"
        case .restart: "Start cases of other employees again"
        case .pause: "Suspend cases of other employees"
        case .upgrade: "Escalate cases of other employees, or take that back"
        case .editing: "Change the information and the status of cases of other employees"
        case .report: "See reports over the cases of all employees"
        case .historicalCase: "Use the page of historical cases"
        case .caseConfiguration: "Change case types, case queues and assignment rules"
        case .customerManagement: "Import, export and delete customers"
        }
    }

    /// Whether it is an operation on a case, which needs the case to be seen.
    package var isOperation: Bool {
        switch self {
        case .close, .transfer, .cancel, .recovery, .restart, .pause, .upgrade, .editing: true
        case .queryAll, .report, .historicalCase, .caseConfiguration, .customerManagement: false
        }
    }
}

extension Set<Permission> {
    /// These, and Query All when an operation is among them: what cannot be seen cannot be handled.
    package var withImplied: Set<Permission> {
        contains(where: \.isOperation) ? union([.queryAll]) : self
    }
}
