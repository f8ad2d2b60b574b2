package import Foundation

/// What an assignment rule looks at of a case.
package struct CaseAttributes: Equatable, Sendable {
    package let title: String
    package let description: String
    package let type: CaseTypeID
    package let typeName: String
    package let priority: Priority?
    package let source: Source?
    package let customer: CustomerID
    package let customerName: String
    package let deadline: Date?
    /// When the case was saved, from which the hours of a deadline count.
    package let savedAt: Date

    package init(
        title: String, description: String, type: CaseTypeID, typeName: String,
        priority: Priority?, source: Source?, customer: CustomerID, customerName: String,
        deadline: Date?, savedAt: Date
    ) {
        self.title = title
        self.description = description
        self.type = type
        self.typeName = typeName
        self.priority = priority
        self.source = source
        self.customer = customer
        self.customerName = customerName
        self.deadline = deadline
        self.savedAt = savedAt
    }
}

/// What a rule says of a case, and what it looked at to say so.
package struct RuleDecision: Equatable, Sendable {
    package let rule: AssignmentRuleID
    package let ruleName: String
    /// Which item decided, 1 for the first; `nil` when none fits and the default owner gets the case.
    package let itemPosition: Int?
    /// Who gets the case: a person, or a queue that may hand it on to one of its members.
    package let target: Owner
    /// The items that were tried, up to the one that decided.
    package let looks: [RuleLook]

    /// Why the target gets the case, in a sentence for the case's page and history.
    package var sentence: String {
        guard let itemPosition, let look = looks.last else {
            return "Auto by rule “\(ruleName)”: no item fits, so its default owner"
        }
        return "Auto by rule “\(ruleName)”, item \(itemPosition): \(look.asked)"
    }
}

/// One item as it was tried on a case.
package struct RuleLook: Equatable, Sendable, Codable {
    /// 1 for the first item of the rule.
    package let position: Int
    package let attribute: RuleAttribute
    /// What the item asked, in words.
    package let asked: String
    /// What the case had, shortened to ``RuleLimit/maximumShownCharacters``.
    package let found: String
    package let fits: Bool
    /// Whether it fits and still did not decide, as its owner's account is switched off.
    package let isPassedOver: Bool

    package init(
        position: Int, attribute: RuleAttribute, asked: String, found: String, fits: Bool,
        isPassedOver: Bool = false
    ) {
        self.position = position
        self.attribute = attribute
        self.asked = asked
        self.found = found
        self.fits = fits
        self.isPassedOver = isPassedOver
    }
}

extension AssignmentRule {
    /// Tries the items from the first to the last; the first that fits decides, else the default owner.
    ///
    /// An item whose owner's account is switched off is passed over. Whether the target can get cases is
    /// left to be asked of the default owner (``canGive(to:)``).
    package func decide(_ attributes: CaseAttributes) -> RuleDecision {
        var folding = TextFolding()
        var texts = FoldedAttributes(attributes: attributes)
        var looks: [RuleLook] = []
        for (index, item) in items.enumerated() {
            let fits = item.fits(&texts, &folding)
            looks.append(
                RuleLook(
                    position: index + 1, attribute: item.attribute, asked: item.words,
                    found: attributes.shown(item.attribute), fits: fits,
                    isPassedOver: fits && !canGive(to: item.owner)))
            if fits && canGive(to: item.owner) {
                return decision(item: index + 1, item.owner, looks)
            }
        }
        return decision(item: nil, defaultOwner, looks)
    }

    /// What ``decide(_:)`` says, without what it looked at.
    ///
    /// - Parameter folding: Remembers characters from one case to the next.
    /// - Returns: The position of the item that decides, `nil` for the default owner; and who gets the case.
    func outcome(
        of attributes: CaseAttributes, with folding: inout TextFolding
    ) -> (item: Int?, target: Owner) {
        var texts = FoldedAttributes(attributes: attributes)
        for (index, item) in items.enumerated() where canGive(to: item.owner) {
            if item.fits(&texts, &folding) { return (index + 1, item.owner) }
        }
        return (nil, defaultOwner)
    }

    private func decision(item: Int?, _ target: Owner, _ looks: [RuleLook]) -> RuleDecision {
        RuleDecision(
            rule: id, ruleName: name, itemPosition: item, target: target, looks: looks)
    }
}

/// The texts of a case, each folded once and only when an item looks at it.
private struct FoldedAttributes {
    let attributes: CaseAttributes
    private var folded: [RuleAttribute: FoldedText] = [:]

    init(attributes: CaseAttributes) {
        self.attributes = attributes
    }

    mutating func text(_ attribute: RuleAttribute, _ folding: inout TextFolding) -> FoldedText {
        if let text = folded[attribute] { return text }
        let text = FoldedText(attributes.text(attribute).trimmed, with: &folding)
        folded[attribute] = text
        return text
    }
}

extension RuleItem {
    fileprivate func fits(
        _ texts: inout FoldedAttributes, _ folding: inout TextFolding
    ) -> Bool {
        let attributes = texts.attributes
        switch value {
        case .text:
            let text = texts.text(attribute, &folding)
            let isFound = condition.looksInside ? text.includes(folded) : text == folded
            return isFound != condition.isNegative
        case .type(let type, _): return (attributes.type == type) != condition.isNegative
        case .priority(let priority):
            return (attributes.priority == priority) != condition.isNegative
        case .source(let source): return (attributes.source == source) != condition.isNegative
        case .customer(let customer, _):
            return (attributes.customer == customer) != condition.isNegative
        case .hours(let hours):
            guard let deadline = attributes.deadline else { return false }
            let limit = attributes.savedAt.addingTimeInterval(Double(hours) * 3_600)
            return condition == .before ? deadline < limit : deadline > limit
        }
    }
}

extension CaseAttributes {
    /// What texts are compared with.
    fileprivate func text(_ attribute: RuleAttribute) -> String {
        switch attribute {
        case .title: title
        case .description: description
        case .customer: customerName
        case .type, .priority, .source, .deadline: ""
        }
    }

    /// What people read of an attribute.
    fileprivate func shown(_ attribute: RuleAttribute) -> String {
        switch attribute {
        case .title: title.shortened
        case .description: description.shortened
        case .type: typeName.shortened
        case .priority: priority?.label ?? "None"
        case .source: source?.label ?? "None"
        case .customer: customerName.shortened
        case .deadline: deadline.map(shownHours) ?? "None"
        }
    }

    /// How long after the save a deadline is: such as “5 hours after the save”.
    private func shownHours(_ deadline: Date) -> String {
        let minutes = Int((deadline.timeIntervalSince(savedAt) / 60).rounded(.down))
        guard minutes >= 60 else { return "\(max(0, minutes)) minutes after the save" }
        let hours = minutes / 60
        return "\(groupedDigits(hours)) hour\(hours == 1 ? "" : "s") after the save"
    }
}

extension String {
    /// One line of at most ``RuleLimit/maximumShownCharacters``; a longer text ends with an ellipsis.
    fileprivate var shortened: String {
        let limit = RuleLimit.maximumShownCharacters
        let text = unicodeScalars.drop(while: \.properties.isWhitespace).prefix(limit + 1)
        var result = String.UnicodeScalarView()
        for scalar in text.prefix(limit) { result.append(scalar == "\n" ? " " : scalar) }
        if text.count > limit {
            result.removeLast()
            result.append("…")
        }
        return String(result).trimmed
    }
}
