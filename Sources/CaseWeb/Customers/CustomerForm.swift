internal import CaseModel
internal import Markup

/// The fields of a customer as its pages show them.
enum CustomerForm {
    static let sections = [
        EditSection("Who it is", [name, gender, remark]),
        EditSection("E-mail", CustomerField.emails.map(email) + [preferredEmail]),
        EditSection("Phone", CustomerField.phones.map(phone) + [preferredPhone]),
    ]

    static let fields = sections.flatMap(\.fields)

    /// The form of a customer who is not there yet.
    static var initial: FieldTexts {
        var texts = FieldTexts()
        texts[.emailPreferred] = "1"
        texts[.phonePreferred] = "1"
        return texts
    }

    private static let name = EditField(
        name: CustomerField.name.rawValue, label: CustomerField.name.label,
        kind: .line(limit: CustomerLimit.maximumNameCharacters))

    private static let gender = EditField(
        name: CustomerField.gender.rawValue, label: CustomerField.gender.label,
        kind: .select(
            Gender.allCases.map { .init(value: $0.rawValue, label: $0.label) }, empty: "Not known"),
        isOptional: true)

    private static let remark = EditField(
        name: CustomerField.remark.rawValue, label: CustomerField.remark.label,
        kind: .lines(limit: CustomerLimit.maximumRemarkCharacters, rows: 4),
        hint: "Every colleague reads it", isOptional: true)

    private static func email(_ field: CustomerField) -> EditField {
        EditField(
            name: field.rawValue, label: field.label,
            kind: .email(limit: nil), isOptional: true)
    }

    private static func phone(_ field: CustomerField) -> EditField {
        EditField(
            name: field.rawValue, label: field.label,
            kind: .line(limit: nil),
            hint: field == .phone1 ? "Such as +49 30 5550142; an extension follows an x" : "",
            isOptional: true)
    }

    private static let preferredEmail = preferred(
        .emailPreferred, among: CustomerField.emails, "Notifications go there")
    private static let preferredPhone = preferred(
        .phonePreferred, among: CustomerField.phones, "SMS go there")

    private static func preferred(
        _ field: CustomerField, among places: [CustomerField], _ hint: String
    ) -> EditField {
        let choices = places.enumerated().map { index, place in
            EditField.Choice(value: String(index + 1), label: place.label)
        }
        return EditField(
            name: field.rawValue, label: field.label, kind: .radios(choices), hint: hint)
    }
}
