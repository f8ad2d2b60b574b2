// What is an e-mail address and a phone number of an employee. Neither is tried out: the rules only find what was
// mistyped so that nothing could ever arrive.

extension EmployeeValues {
    /// Longest e-mail address, in characters (RFC 5321, 4.5.3.1.3: a path of 256 with its brackets).
    package static let maximumEmailCharacters = 254
    /// Longest phone number, in characters, as the reference product has it.
    package static let maximumPhoneCharacters = 20
    /// Fewest digits of a phone number: an extension inside a company.
    fileprivate static let minimumPhoneDigits = 3
}

extension FieldCheck {
    /// An e-mail address that may be empty.
    mutating func email(_ field: String) -> String {
        let text = text(
            field, TextRule(label: "E-mail", limit: EmployeeValues.maximumEmailCharacters))
        if !text.isEmpty && !text.isEmailAddress {
            refuse(field, "E-mail must be an address such as name@example.org, or empty")
        }
        return text
    }

    /// A phone number that may be empty.
    mutating func phone(_ field: String) -> String {
        let text = text(field, TextRule(label: "Phone", limit: EmployeeValues.maximumPhoneCharacters))
        if !text.isEmpty && !text.isPhoneNumber {
            refuse(
                field,
                "Phone must be a number such as +49 30 5550142, with digits, spaces and + ( ) - . / "
                    + "only, or empty")
        }
        return text
    }
}

extension String {
    /// Whether there is one `@` with something before it and a host of labels after it.
    fileprivate var isEmailAddress: Bool {
        let parts = unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty,
            !unicodeScalars.contains(where: \.properties.isWhitespace)
        else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { !$0.isEmpty && $0.first != "-" && $0.last != "-" }
    }

    fileprivate var isPhoneNumber: Bool {
        let digits = unicodeScalars.filter { ("0"..."9").contains($0) }.count
        return digits >= EmployeeValues.minimumPhoneDigits
            && unicodeScalars.allSatisfy { "0123456789+()-./ ".unicodeScalars.contains($0) }
            && unicodeScalars.dropFirst().allSatisfy { $0 != "+" }
    }
}
