internal import CaseModel
internal import CaseStorage
internal import Markup

/// The addresses of assignment rules.
enum RuleLink {
    static let list: Link = "/configuration/assignment-rules"
    static let new: Link = "/configuration/assignment-rules/new"

    static func one(_ id: AssignmentRuleID) -> Link { "\(list)/\(id.description)" }
}

/// The fields of an assignment rule's page.
struct RuleFields {
    private typealias Field = AssignmentRuleValues.Field

    private let owners: [EditField.Choice]
    /// What an owner reads like that cannot be chosen any more.
    private let names: [String: String]

    init(_ visit: AgentVisit) throws {
        let queues = visit.options.queues.map { queue in
            EditField.Choice(value: Owner.queue(queue.id).text, label: "\(queue.name) (queue)")
        }
        let agents = visit.options.agents.map { agent in
            EditField.Choice(value: Owner.agent(agent.id).text, label: agent.name)
        }
        owners = queues + agents
        let people = try visit.reader.employees().map { person in
            (Owner.agent(person.id).text, "\(person.employee.name) (switched off)")
        }
        names = Dictionary(people) { first, _ in first }
    }

    var sections: [EditSection] {
        [EditSection(nil, [name, defaultOwner])]
            + (1...RuleLimit.maximumItems).map { item in
                EditSection("Item \(item)", fields(of: item))
            }
    }

    /// The fields, and what else its history tells of.
    var history: [EditField] {
        sections.flatMap(\.fields) + [
            EditField(name: AssignmentRule.activeField, label: "Active", kind: .box)
        ]
    }

    private var name: EditField {
        EditField(
            name: Field.name, label: "Name",
            kind: .line(limit: RuleLimit.maximumNameCharacters))
    }

    private var defaultOwner: EditField {
        owner(
            Field.defaultOwner, "Default owner", empty: "Select an owner",
            hint: "Gets the cases that no item fits")
    }

    private func fields(of item: Int) -> [EditField] {
        [
            EditField(
                name: Field.attribute(item), label: "Attribute of item \(item)",
                kind: .select(
                    RuleAttribute.allCases.map { attribute in
                        EditField.Choice(
                            value: attribute.rawValue, label: attribute.choiceLabel)
                    }, empty: "–")),
            EditField(
                name: Field.condition(item), label: "Condition of item \(item)",
                kind: .select(
                    RuleCondition.allCases.map { condition in
                        EditField.Choice(value: condition.rawValue, label: condition.label)
                    }, empty: "–")),
            EditField(
                name: Field.value(item), label: "Value of item \(item)",
                kind: .line(limit: RuleLimit.maximumValueCharacters)),
            owner(Field.owner(item), "Owner of item \(item)", empty: "–"),
        ]
    }

    private func owner(
        _ name: String, _ label: String, empty: String, hint: String = ""
    ) -> EditField {
        EditField(
            name: name, label: label, kind: .select(owners, empty: empty), hint: hint,
            spelling: { [names] text in names[text] })
    }

    /// What items can ask, and what is written as their value.
    static let guide: HTML = {
        let rows = RuleAttribute.allCases.map { attribute -> HTML in
            """
            <tr><th scope="row">\(attribute.choiceLabel)</th>
            <td>\(attribute.conditions.map(\.label).joined(separator: ", "))</td>
            <td>\(attribute.valueAdvice)</td></tr>

            """
        }
        return """
            <details class="card-plain rule-guide" id="rule-guide"><summary>How a rule decides</summary>
            <p>The items are tried from the first to the last; the first that fits a case decides who gets \
            it. An item of which nothing is filled in does not count. Upper and lower case are the same.</p>
            <div class="table-wrap"><table class="table desk-table"><thead><tr><th scope="col">Attribute</th>
            <th scope="col">Conditions</th><th scope="col">Value</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            <p>A queue hands its cases on as it is set up: to its members who are present, in turn or by \
            the fewest open cases, or to whoever claims them.</p></details>

            """
    }()
}

extension RuleAttribute {
    /// What to write as the value of an item.
    fileprivate var valueAdvice: String {
        switch self {
        case .title, .description:
            "A text of up to \(RuleLimit.maximumValueCharacters) characters"
        case .type: "The name of a case type"
        case .priority: Priority.allCases.map(\.label).joined(separator: ", ")
        case .source: Source.allCases.map(\.label).joined(separator: ", ")
        case .customer:
            "For equals the name or number of a customer, for includes a part of a name"
        case .deadline:
            "Whole hours from the save, \(RuleLimit.hours.lowerBound) to "
                + "\(groupedDigits(RuleLimit.hours.upperBound)); a case without a deadline never fits"
        }
    }
}
