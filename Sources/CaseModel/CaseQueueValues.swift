/// What people say of a case queue.
package struct CaseQueueValues: Editable {
    package static let subject = Subject.caseQueue

    /// The names of the form's fields.
    package enum Field {
        package static let name = "name"
        package static let distribution = "distribution"
        package static let members = "members"
    }

    /// Longest name, in characters: a line of a list.
    package static let maximumNameCharacters = 200

    private static let nameRule = TextRule(
        label: "Name", missing: "Enter a name for the case queue", limit: maximumNameCharacters)

    /// Unique in the tenant space, whatever its upper and lower case.
    package let name: String
    /// Who handles a case that comes to the queue.
    package let distribution: Distribution
    /// Who sees the cases of the queue and may claim them.
    package let members: Set<EmployeeID>

    package init(name: String, distribution: Distribution, members: Set<EmployeeID>) {
        self.name = name
        self.distribution = distribution
        self.members = members
    }

    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        let name = check.text(Field.name, Self.nameRule)
        let distribution: Distribution? = check.choice(
            Field.distribution, missing: "Select how cases are handed on")
        let members: [EmployeeID] = check.ids(Field.members)
        problems += check.problems
        guard let distribution, check.problems.isEmpty else { return nil }
        self.init(name: name, distribution: distribution, members: Set(members))
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.name: name, Field.distribution: distribution.rawValue,
            Field.members: members.lines,
        ])
    }
}
