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
        let name = check.line(
            Field.name, "Name", missing: "Enter a name for the case queue",
            maximumCharacters: Self.maximumNameCharacters)
        let distribution: Distribution? = check.choice(
            Field.distribution, missing: "Select how cases are handed on")
        let members: Set<EmployeeID>? = check.identifiers(
            Field.members, "Tick members from the list; one that was sent does not exist")
        problems += check.problems
        guard let name, let distribution, let members else { return nil }
        self.init(name: name, distribution: distribution, members: members)
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.name: name, Field.distribution: distribution.rawValue,
            Field.members: FieldTexts.lines(of: members),
        ])
    }
}
