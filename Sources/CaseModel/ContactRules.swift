// What an e-mail address and a phone number of an employee are: the same as a customer's, or nothing.

extension FieldCheck {
    /// An e-mail address that may be empty.
    mutating func email(_ field: String) -> String {
        let text = texts[field].trimmed
        if !text.isEmpty, (try? EmailAddress(text)) == nil {
            refuse(field, "E-mail must be an address such as name@example.org, or empty")
        }
        return text
    }

    /// A phone number that may be empty.
    mutating func phone(_ field: String) -> String {
        let text = texts[field].trimmed
        if !text.isEmpty, (try? PhoneNumber(text)) == nil {
            refuse(
                field,
                "Phone must be a number such as +49 30 5550142, of at most "
                    + "\(CustomerLimit.maximumPhoneCharacters) characters, or empty")
        }
        return text
    }
}
