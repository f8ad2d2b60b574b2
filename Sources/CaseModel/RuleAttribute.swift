// The closed lists of an assignment rule. Raw values are form values and stored values; labels are for people.

/// What an item of an assignment rule looks at.
package enum RuleAttribute: String, CaseIterable, Sendable, Codable {
    case title, description, type, priority, source, customer
    case deadline = "deadline_within"

    /// The words on the page.
    package var label: String {
        switch self {
        case .title: "Title"
        case .description: "Description"
        case .type: "Case type"
        case .priority: "Priority"
        case .source: "Source"
        case .customer: "Customer"
        case .deadline: "Deadline"
        }
    }

    /// The words in the drop-down, where the unit of the value has to be said.
    package var choiceLabel: String {
        self == .deadline ? "Deadline within hours" : label
    }

    /// The conditions that make sense for it, in the order of ``RuleCondition``.
    package var conditions: [RuleCondition] {
        switch self {
        case .title, .description, .customer: [.equals, .doesNotEqual, .includes, .doesNotInclude]
        case .type, .priority, .source: [.equals, .doesNotEqual]
        case .deadline: [.before, .after]
        }
    }
}

/// How an item of an assignment rule compares.
package enum RuleCondition: String, CaseIterable, Sendable, Codable {
    case equals
    case doesNotEqual = "does_not_equal"
    case includes
    case doesNotInclude = "does_not_include"
    case before, after

    /// The words on the page.
    package var label: String {
        switch self {
        case .equals: "equals"
        case .doesNotEqual: "does not equal"
        case .includes: "includes"
        case .doesNotInclude: "does not include"
        case .before: "before"
        case .after: "after"
        }
    }

    /// Whether it looks for a part of a text.
    package var looksInside: Bool { self == .includes || self == .doesNotInclude }

    /// Whether it fits when the comparison fails.
    var isNegative: Bool { self == .doesNotEqual || self == .doesNotInclude }
}

/// The limits of an assignment rule, each declared once for pages, rules and storage.
package enum RuleLimit {
    /// Items of one rule, as people know it from the reference product.
    package static let maximumItems = 10
    /// Characters (Unicode code points) of a rule's name: a line of a list.
    package static let maximumNameCharacters = 200
    /// Characters (Unicode code points) of an item's value: a phrase, or the name of a type or customer.
    package static let maximumValueCharacters = 200
    /// Hours from the save within which a deadline can be asked for: up to a year.
    package static let hours = 1...8_760
    /// Characters (Unicode code points) that are kept of a text that an item looked at: enough to know it by.
    package static let maximumShownCharacters = 120
    /// Days of cases that a rule can be tried on.
    package static let trialDays = 30
    /// Cases that a rule is tried on at most, the newest of those days.
    package static let maximumTrialCases = 20_000
}
