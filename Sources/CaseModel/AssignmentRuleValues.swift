/// What people say of an assignment rule; whether it is active is no field of its form.
///
/// Types and customers stand here as they are written in the form, by name or number; the store finds them.
package struct AssignmentRuleValues: Editable {
    package static let subject = Subject.assignmentRule

    /// The names of the form's fields.
    package enum Field {
        package static let name = "name"
        package static let defaultOwner = "default_owner"

        /// The fields of an item, which are counted from 1.
        package static func attribute(_ item: Int) -> String { "item_\(item)_attribute" }
        package static func condition(_ item: Int) -> String { "item_\(item)_condition" }
        package static func value(_ item: Int) -> String { "item_\(item)_value" }
        package static func owner(_ item: Int) -> String { "item_\(item)_owner" }

        fileprivate static func all(_ item: Int) -> [String] {
            [attribute(item), condition(item), value(item), owner(item)]
        }
    }

    /// One item as it is written.
    package struct Item: Equatable, Sendable {
        package let attribute: RuleAttribute
        package let condition: RuleCondition
        /// Without white space at its ends; a priority or source as its label.
        package let value: String
        package let owner: Owner

        package init(
            _ attribute: RuleAttribute, _ condition: RuleCondition, _ value: String, owner: Owner
        ) {
            self.attribute = attribute
            self.condition = condition
            self.value = value
            self.owner = owner
        }
    }

    private static let nameRule = TextRule(
        label: "Name", missing: "Enter a name for the assignment rule",
        limit: RuleLimit.maximumNameCharacters)

    /// Unique in the tenant space, whatever its upper and lower case.
    package let name: String
    package let defaultOwner: Owner
    /// In the order in which they are tried.
    package let items: [Item]

    /// - Parameter items: At most ``RuleLimit/maximumItems``, each with a value that fits.
    package init(name: String, defaultOwner: Owner, items: [Item]) {
        self.name = name
        self.defaultOwner = defaultOwner
        self.items = items
    }

    /// Items are tried in the order of their numbers; one of which nothing is filled in does not count.
    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        let name = check.text(Field.name, Self.nameRule)
        let filled = (1...RuleLimit.maximumItems).filter { item in
            Field.all(item).contains { !texts[$0].trimmed.isEmpty }
        }
        let items = filled.compactMap { check.item($0) }
        let owner = check.owner(
            Field.defaultOwner, missing: "Select who gets a case that no item fits")
        problems += check.problems
        guard let owner, check.problems.isEmpty else { return nil }
        self.init(name: name, defaultOwner: owner, items: items)
    }

    /// The name as it is compared: two that differ in case alone are one name to whoever reads a list.
    package var nameKey: String {
        String(decoding: FoldedText(name).bytes, as: UTF8.self)
    }

    package var texts: FieldTexts {
        var texts = FieldTexts([Field.name: name, Field.defaultOwner: defaultOwner.text])
        for (index, item) in items.enumerated() {
            texts[Field.attribute(index + 1)] = item.attribute.rawValue
            texts[Field.condition(index + 1)] = item.condition.rawValue
            texts[Field.value(index + 1)] = item.value
            texts[Field.owner(index + 1)] = item.owner.text
        }
        return texts
    }
}

extension AssignmentRule {
    /// What its form shows.
    package var values: AssignmentRuleValues {
        AssignmentRuleValues(
            name: name, defaultOwner: defaultOwner,
            items: items.map { item in
                .init(item.attribute, item.condition, item.value.formText, owner: item.owner)
            })
    }
}

extension Owner {
    /// The form value: `queue-ID` or `agent-ID`.
    package var text: String {
        switch self {
        case .queue(let queue): "queue-\(queue)"
        case .agent(let agent): "agent-\(agent)"
        }
    }

    /// Reads the form value; `nil` for anything else.
    package init?(_ text: String) {
        if text.hasPrefix("queue-"), let queue = CaseQueueID(text.dropFirst(6)) {
            self = .queue(queue)
        } else if text.hasPrefix("agent-"), let agent = EmployeeID(text.dropFirst(6)) {
            self = .agent(agent)
        } else {
            return nil
        }
    }
}

extension FieldCheck {
    fileprivate mutating func owner(_ field: String, missing: String) -> Owner? {
        let text = texts[field]
        if let owner = Owner(text) { return owner }
        refuse(
            field, text.isEmpty ? missing : "\(missing), from the list; the one sent is not on it")
        return nil
    }

    /// The item with this number, of which something is filled in.
    fileprivate mutating func item(_ item: Int) -> AssignmentRuleValues.Item? {
        let field = AssignmentRuleValues.Field.self
        let attribute: RuleAttribute? = choice(
            field.attribute(item), missing: "Select what item \(item) looks at")
        let condition = condition(item, of: attribute)
        let value = value(item, of: attribute, condition)
        let owner = owner(
            field.owner(item), missing: "Select who gets the cases that item \(item) fits")
        guard let attribute, let condition, let value, let owner else { return nil }
        return AssignmentRuleValues.Item(attribute, condition, value, owner: owner)
    }

    private mutating func condition(
        _ item: Int, of attribute: RuleAttribute?
    ) -> RuleCondition? {
        let field = AssignmentRuleValues.Field.condition(item)
        let condition: RuleCondition? = choice(
            field, missing: "Select how item \(item) compares")
        guard let condition, let attribute else { return condition }
        if attribute.conditions.contains(condition) { return condition }
        let possible = attribute.conditions.map { "“\($0.label)”" }
        refuse(
            field,
            "\(attribute.label) of item \(item) cannot be compared by “\(condition.label)”; "
                + "select \(possible.dropLast().joined(separator: ", ")) or \(possible.last ?? "")")
        return nil
    }

    private mutating func value(
        _ item: Int, of attribute: RuleAttribute?, _ condition: RuleCondition?
    ) -> String? {
        let field = AssignmentRuleValues.Field.value(item)
        let problemCount = problems.count
        let value = text(
            field,
            TextRule(
                label: "Value of item \(item)", missing: "Enter the value of item \(item)",
                limit: RuleLimit.maximumValueCharacters))
        guard problems.count == problemCount, let attribute else { return nil }
        switch attribute {
        case .title, .description, .type, .customer: return value
        case .priority: return label(item, value, Priority.allCases, \.label)
        case .source: return label(item, value, Source.allCases, \.label)
        case .deadline: return hours(item, value)
        }
    }

    /// The label of one of a closed list, which may be written as its label or raw value in any case.
    private mutating func label<Choice: RawRepresentable<String>>(
        _ item: Int, _ text: String, _ choices: [Choice], _ label: (Choice) -> String
    ) -> String? {
        let text = text.lowercased()
        if let choice = choices.first(where: {
            $0.rawValue == text || label($0).lowercased() == text
        }) {
            return label(choice)
        }
        let labels = choices.map(label)
        refuse(
            AssignmentRuleValues.Field.value(item),
            "Value of item \(item) must be \(labels.dropLast().joined(separator: ", ")) "
                + "or \(labels.last ?? "")")
        return nil
    }

    private mutating func hours(_ item: Int, _ text: String) -> String? {
        let limits = RuleLimit.hours
        if let hours = Int(text), limits.contains(hours), String(hours) == text { return text }
        refuse(
            AssignmentRuleValues.Field.value(item),
            "Value of item \(item) must be a whole number of hours from \(limits.lowerBound) to "
                + "\(groupedDigits(limits.upperBound))")
        return nil
    }
}
