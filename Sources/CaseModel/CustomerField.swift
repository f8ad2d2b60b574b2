/// A field of a customer, in the order of the page.
///
/// The raw value is the control's `name` and `id`, the field's name in the history, and the name of its column in
/// a file of customers. Declared once, here.
package enum CustomerField: String, CaseIterable, Sendable {
    case name
    case gender
    case email1 = "email_1"
    case email2 = "email_2"
    case email3 = "email_3"
    case emailPreferred = "email_preferred"
    case phone1 = "phone_1"
    case phone2 = "phone_2"
    case phone3 = "phone_3"
    case phonePreferred = "phone_preferred"
    case remark

    /// The addresses, in the order of ``emailPreferred``'s numbers.
    package static let emails: [CustomerField] = [.email1, .email2, .email3]
    /// The numbers, in the order of ``phonePreferred``'s numbers.
    package static let phones: [CustomerField] = [.phone1, .phone2, .phone3]

    /// The words beside the control.
    package var label: String {
        switch self {
        case .name: "Name"
        case .gender: "Gender"
        case .email1: "E-mail 1"
        case .email2: "E-mail 2"
        case .email3: "E-mail 3"
        case .emailPreferred: "Preferred e-mail"
        case .phone1: "Phone 1"
        case .phone2: "Phone 2"
        case .phone3: "Phone 3"
        case .phonePreferred: "Preferred phone"
        case .remark: "Remark"
        }
    }
}

/// The limits of a customer, each declared once for pages, rules and storage.
package enum CustomerLimit {
    /// Characters (Unicode code points) of a name.
    package static let maximumNameCharacters = 80
    /// Addresses of one customer, and numbers of one customer.
    package static let maximumAddresses = 3
    /// Characters of an e-mail address: what fits into a mail server's path (RFC 5321, 4.5.3.1.3).
    package static let maximumEmailCharacters = 254
    /// Characters before the `@` of an e-mail address (RFC 5321, 4.5.3.1.1).
    package static let maximumLocalPartCharacters = 64
    /// Characters of a phone number as it is written.
    package static let maximumPhoneCharacters = 20
    /// Digits that a phone number has at least, as emergency numbers do.
    package static let minimumPhoneDigits = 3
    /// Characters (Unicode code points) of a remark.
    package static let maximumRemarkCharacters = 2_000
}

extension FieldTexts {
    /// The text of a customer's field.
    package subscript(field: CustomerField) -> String {
        get { self[field.rawValue] }
        set { self[field.rawValue] = newValue }
    }
}

extension FieldProblem {
    /// A problem of a customer's field.
    package init(_ field: CustomerField, _ message: String) {
        self.init(field.rawValue, message)
    }
}
