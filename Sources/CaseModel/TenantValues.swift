/// What administrators say of a tenant space.
package struct TenantValues: Editable {
    package static let subject = Subject.tenant
    /// The number under which the history has the tenant space; there is one in a store.
    package static let id: Int64 = 1

    /// The names of the form's fields.
    package enum Field {
        package static let name = "name"
        package static let timeZone = "time_zone"
        package static let caseEnabled = "case_enabled"
    }

    /// Longest name, in characters: it stands in the bar of each page.
    package static let maximumNameCharacters = 200

    private static let nameRule = TextRule(
        label: "Name", missing: "Enter a name for the tenant space", limit: maximumNameCharacters)

    /// The name that people read.
    package let name: String
    /// The zone in which deadlines are entered, and times shown to who has none of their own.
    package let timeZone: TimeZoneName
    /// Whether Case 2.0 is switched on.
    package let isCaseEnabled: Bool

    package init(name: String, timeZone: TimeZoneName, isCaseEnabled: Bool) {
        self.name = name
        self.timeZone = timeZone
        self.isCaseEnabled = isCaseEnabled
    }

    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        let name = check.text(Field.name, Self.nameRule)
        let timeZone = check.timeZone(Field.timeZone)
        problems += check.problems
        guard let timeZone, check.problems.isEmpty else { return nil }
        self.init(name: name, timeZone: timeZone, isCaseEnabled: check.isTicked(Field.caseEnabled))
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.name: name, Field.timeZone: timeZone.description,
            Field.caseEnabled: isCaseEnabled ? "1" : "",
        ])
    }
}
