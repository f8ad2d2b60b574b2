/// The identifier of an ``AssignmentRule``.
package struct AssignmentRuleID: RowIdentifier {
    package let number: Int64
    package init(number: Int64) { self.number = number }
}

/// Who gets a case with Auto by rule: ordered items, of which the first that fits decides, and a default owner.
package struct AssignmentRule: Equatable, Sendable, Identifiable {
    package let id: AssignmentRuleID
    /// Unique in the tenant space, whatever its upper and lower case.
    package let name: String
    /// Whether it decides now; of all rules of a tenant space at most one does.
    package let isActive: Bool
    /// At most ``RuleLimit/maximumItems``, tried from the first to the last.
    package let items: [RuleItem]
    /// Who gets a case that no item fits.
    package let defaultOwner: Owner
    /// People among the owners whose accounts are switched off; their items are passed over.
    package let inactiveOwners: Set<EmployeeID>

    package init(
        id: AssignmentRuleID, name: String, isActive: Bool, items: [RuleItem], defaultOwner: Owner,
        inactiveOwners: Set<EmployeeID> = []
    ) {
        self.id = id
        self.name = name
        self.isActive = isActive
        self.items = items
        self.defaultOwner = defaultOwner
        self.inactiveOwners = inactiveOwners
    }

    /// Whether an owner can get cases.
    package func canGive(to owner: Owner) -> Bool {
        if case .agent(let agent) = owner { !inactiveOwners.contains(agent) } else { true }
    }
}

/// One line of an assignment rule: what a case must be like, and who gets it then.
package struct RuleItem: Equatable, Sendable {
    package let attribute: RuleAttribute
    package let condition: RuleCondition
    package let value: RuleValue
    package let owner: Owner
    /// The value as texts are compared with it.
    let folded: FoldedText

    /// `nil` for a condition or a value that does not fit the attribute.
    package init?(
        _ attribute: RuleAttribute, _ condition: RuleCondition, _ value: RuleValue, owner: Owner
    ) {
        guard attribute.conditions.contains(condition), value.fits(attribute, condition) else {
            return nil
        }
        self.attribute = attribute
        self.condition = condition
        self.value = value
        self.owner = owner
        folded =
            if case .text(let text) = value { FoldedText(text.trimmed) } else { FoldedText("") }
    }

    /// What it asks, as a part of a sentence: “Title includes “refund””.
    package var words: String {
        switch value {
        case .hours: "\(attribute.label) \(condition.label) \(value.label)"
        default: "\(attribute.label) \(condition.label) “\(value.label)”"
        }
    }
}

/// What an item compares an attribute with.
package enum RuleValue: Equatable, Sendable {
    case text(String)
    case type(CaseTypeID, name: String)
    case priority(Priority)
    case source(Source)
    case customer(CustomerID, name: String)
    /// Hours from the moment at which the case is saved.
    case hours(Int)

    /// The value as people read it.
    package var label: String {
        switch self {
        case .text(let text): text
        case .type(_, let name), .customer(_, let name): name
        case .priority(let priority): priority.label
        case .source(let source): source.label
        case .hours(let hours): "\(groupedDigits(hours)) hour\(hours == 1 ? "" : "s") from the save"
        }
    }

    /// The value as it is written in the form; customers of one name are told apart by their number.
    package var formText: String {
        switch self {
        case .text, .type, .priority, .source: label
        case .customer(let id, let name): "\(name) (\(id))"
        case .hours(let hours): String(hours)
        }
    }

    fileprivate func fits(_ attribute: RuleAttribute, _ condition: RuleCondition) -> Bool {
        switch (attribute, self) {
        case (.title, .text(let text)), (.description, .text(let text)): !text.trimmed.isEmpty
        case (.customer, .text(let text)): condition.looksInside && !text.trimmed.isEmpty
        case (.customer, .customer): !condition.looksInside
        case (.type, .type), (.priority, .priority), (.source, .source): true
        case (.deadline, .hours(let hours)): RuleLimit.hours.contains(hours)
        default: false
        }
    }
}
