package import Foundation

/// What of a case can be told, and to whom: the one place where variables get their texts, for messages and for
/// what a page shows of them before.
package struct NotifiedCase: Equatable, Sendable {
    /// `nil` for a case that is not stored yet.
    package var number: CaseNumber?
    package var title: String
    package var typeName: String
    package var status: String
    package var priority: Priority?
    package var deadline: Date?
    package var customerName: String
    /// The employee or queue; empty when that is not decided yet.
    package var ownerName: String

    package init(
        number: CaseNumber?, title: String, typeName: String, status: String, priority: Priority?,
        deadline: Date?, customerName: String, ownerName: String
    ) {
        self.number = number
        self.title = title
        self.typeName = typeName
        self.status = status
        self.priority = priority
        self.deadline = deadline
        self.customerName = customerName
        self.ownerName = ownerName
    }

    /// What stands for the number of a case that is not stored yet.
    package static let pendingNumber = "(the new case’s number)"

    /// What the variables stand for.
    ///
    /// - Parameters:
    ///   - recipient: The name of the person who gets the message.
    ///   - tenant: Its name, and its zone for the deadline.
    ///   - deskAddress: Where the desk's pages are; without it the link is a path.
    package func values(
        recipient: String, tenant: TenantSpace, deskAddress: String
    ) -> TemplateValues {
        TemplateValues([
            .caseNumber: number?.description ?? Self.pendingNumber, .caseTitle: title,
            .caseType: typeName, .caseStatus: status, .casePriority: priority?.label ?? "not set",
            .deadline: deadlineText(in: tenant.timeZone), .customerName: customerName,
            .ownerName: ownerName.isEmpty ? TemplateVariable.ownerName.neutralText : ownerName,
            .recipientName: recipient, .tenantName: tenant.displayName,
            .caseLink: number.map { "\(deskAddress)/cases/\($0)" } ?? "",
        ])
    }

    private func deadlineText(in zone: TimeZone) -> String {
        guard let deadline else { return "none" }
        let text = Deadline.text(of: deadline, in: zone).replacing("T", with: " ")
        return "\(text) (\(zone.identifier))"
    }
}
