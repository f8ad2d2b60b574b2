package import Foundation

/// One customer company's desk and its settings.
package struct TenantSpace: Equatable, Sendable {
    /// The name that people read, as in the bar of each page.
    package var displayName: String
    /// The zone in which deadlines are entered and times are shown.
    package var timeZone: TimeZone
    /// Whether Case 2.0 is switched on; without it no case can be made or read.
    package var isCaseEnabled: Bool

    package init(displayName: String, timeZone: TimeZone, isCaseEnabled: Bool = true) {
        self.displayName = displayName
        self.timeZone = timeZone
        self.isCaseEnabled = isCaseEnabled
    }
}

/// A team that can own cases until one of its members claims them.
package struct CaseQueue: Equatable, Sendable, Identifiable {
    package let id: CaseQueueID
    /// Unique in the tenant space.
    package var name: String

    package init(id: CaseQueueID, name: String) {
        self.id = id
        self.name = name
    }
}

/// An account of the tenant space; at the workbench, an *agent*.
package struct Employee: Equatable, Sendable, Identifiable {
    package let id: EmployeeID
    /// What the person logs in with; unique, lower case.
    package var login: String
    /// The name that colleagues read.
    package var name: String
    package var role: Role
    /// Whether the account may log in and own cases.
    package var isActive: Bool

    package init(id: EmployeeID, login: String, name: String, role: Role, isActive: Bool) {
        self.id = id
        self.login = login
        self.name = name
        self.role = role
        self.isActive = isActive
    }
}

/// Somebody a case is about.
package struct Customer: Equatable, Sendable, Identifiable {
    package let id: CustomerID
    package var name: String
    /// E-mail addresses, the preferred one first; may be empty.
    package var emails: [String]
    /// Phone numbers, the preferred one first; may be empty.
    package var phones: [String]
    package var remark: String
    /// Addresses that came out of a conversation and that nobody of the tenant space has confirmed.
    package var unconfirmed: [String]

    package init(
        id: CustomerID, name: String, emails: [String], phones: [String], remark: String,
        unconfirmed: [String] = []
    ) {
        self.id = id
        self.name = name
        self.emails = emails
        self.phones = phones
        self.remark = remark
        self.unconfirmed = unconfirmed
    }

    /// Whether somebody of the tenant space has entered or confirmed the address; see
    /// ``TemplateVariable/isForEveryAddress``.
    package func isConfirmed(_ address: String) -> Bool { !unconfirmed.contains(address) }
}

/// The options of the Case Information page as they stood at one version of the configuration.
///
/// A draft is checked against these and stored only while the version still holds, so a type that is
/// disabled between the page and Save is never used.
package struct CaseOptions: Sendable {
    /// Up to this many customers stand in the drop-down; with more, a search narrows it.
    package static let maximumListedCustomers = 200

    /// Grows with each change of the tenant's configuration or customers.
    package let version: Int64
    package let tenant: TenantSpace
    /// Enabled types by name.
    package let types: [CaseType]
    /// Queues by name.
    package let queues: [CaseQueue]
    /// Active employees by name.
    package let agents: [Employee]
    /// All customers by name, or `nil` when there are more than ``maximumListedCustomers``.
    package let customers: [Customer]?
    /// The rule that decides with Auto by rule; `nil` refuses such cases.
    package let activeRule: AssignmentRule?
    /// What is said to customers and owners, and how.
    package let notifications: NotificationSetup

    package init(
        version: Int64, tenant: TenantSpace, types: [CaseType], queues: [CaseQueue],
        agents: [Employee], customers: [Customer]?, activeRule: AssignmentRule? = nil,
        notifications: NotificationSetup = NotificationSetup()
    ) {
        self.version = version
        self.tenant = tenant
        self.types = types
        self.queues = queues
        self.agents = agents
        self.customers = customers
        self.activeRule = activeRule
        self.notifications = notifications
    }
}
