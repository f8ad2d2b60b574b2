/// What a template may name in braces, such as `{case_number}`.
///
/// There is none for the description: it is a customer's or agent's free text of any length, and what is said to
/// the desk does not belong into a message that passes through others' hands.
package enum TemplateVariable: String, CaseIterable, Sendable, Codable {
    case caseNumber = "case_number"
    case caseTitle = "case_title"
    case caseType = "case_type"
    case caseStatus = "case_status"
    case casePriority = "case_priority"
    case deadline
    case customerName = "customer_name"
    case ownerName = "owner_name"
    case recipientName = "recipient_name"
    case tenantName = "tenant_name"
    case caseLink = "case_link"

    /// What it stands for.
    package var label: String {
        switch self {
        case .caseNumber: "Number of the case"
        case .caseTitle: "Title of the case"
        case .caseType: "Type of the case"
        case .caseStatus: "Status of the case"
        case .casePriority: "Priority of the case"
        case .deadline: "Deadline of the case"
        case .customerName: "Name of the customer"
        case .ownerName: "Name of the owner or case queue"
        case .recipientName: "Name of the person who gets the message"
        case .tenantName: "Name of the tenant space"
        case .caseLink: "Address of the case’s page"
        }
    }

    /// The variables that a kind's templates may name: customers have no use for an address that asks for a log-in.
    package static func allowed(for kind: NotificationKind) -> [TemplateVariable] {
        switch kind.audience {
        case .owner: allCases
        case .customer: allCases.filter { $0 != .caseLink }
        }
    }

    /// Whether it is filled in for an address that nobody of the tenant space has confirmed.
    ///
    /// Whoever makes a case in somebody else's name must not be able to have their own words sent to them;
    /// the title is short.
    package var isForEveryAddress: Bool {
        switch self {
        case .caseNumber, .caseTitle, .caseType, .tenantName: true
        case .caseStatus, .casePriority, .deadline, .customerName, .ownerName, .recipientName,
            .caseLink:
            false
        }
    }

    /// What stands for it where it is not filled in.
    package var neutralText: String {
        switch self {
        case .caseNumber, .caseTitle, .caseType, .tenantName, .caseLink: ""
        case .caseStatus, .casePriority, .deadline: "–"
        case .customerName, .recipientName: "customer"
        case .ownerName: "our team"
        }
    }
}

/// What variables stand for in one message; one that is absent is left out.
package struct TemplateValues: Equatable, Sendable {
    private var texts: [TemplateVariable: String]

    package init(_ texts: [TemplateVariable: String] = [:]) { self.texts = texts }

    package subscript(variable: TemplateVariable) -> String {
        get { texts[variable] ?? "" }
        set { texts[variable] = newValue }
    }

    /// The same for an address that nobody has confirmed.
    package var withoutFreeText: TemplateValues {
        TemplateValues(
            Dictionary(
                uniqueKeysWithValues: TemplateVariable.allCases.map { variable in
                    (variable, variable.isForEveryAddress ? self[variable] : variable.neutralText)
                }))
    }
}
