internal import CaseModel
internal import CaseStorage

/// Check boxes of employees: the active ones to choose from, and the names of all others who are ticked already.
enum PeopleField {
    /// - Parameters:
    ///   - name: The field's name.
    ///   - everybody: Also accounts that are out of use.
    static func boxes(
        _ name: String, label: String, hint: String = "", among everybody: [EmployeeSummary]
    ) -> EditField {
        let choices = everybody.filter(\.employee.isActive).map { person in
            EditField.Choice(
                value: person.id.description, label: person.employee.name,
                detail: person.employee.login)
        }
        let names = Dictionary(
            uniqueKeysWithValues: everybody.map { person in
                let isActive = person.employee.isActive
                return (
                    person.id.description,
                    isActive ? person.employee.name : "\(person.employee.name) (deactivated)"
                )
            })
        return EditField(
            name: name, label: label, kind: .boxes(choices), hint: hint, isOptional: true,
            spelling: { names[$0] })
    }
}
