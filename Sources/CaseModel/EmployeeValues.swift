/// What a person logs in with: 1 to 100 of `a-z`, `0-9` and `. _ - @`.
///
/// It is never changed: colleagues, the logs and the history know the person by it, and a log-in that was given
/// up and taken by somebody else would pass for the first one there.
package struct LoginName: Hashable, Sendable, CustomStringConvertible {
    /// The name of the form's field.
    package static let field = "login"
    /// Longest login, in characters.
    package static let maximumCharacters = 100

    package let description: String

    /// Reads a login, in upper or lower case; `nil` when it breaks the rule above.
    package init?(_ text: String) {
        let name = text.trimmed.lowercased()
        let isAllowed = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
                || ".-_@".utf8.contains(byte)
        }
        guard (1...Self.maximumCharacters).contains(name.utf8.count),
            name.utf8.allSatisfy(isAllowed)
        else { return nil }
        description = name
    }

    /// The problem of a text that is no login.
    package static func problem(of text: String) -> FieldProblem {
        FieldProblem(
            field,
            text.trimmed.isEmpty
                ? "Enter a login"
                : "Login must be 1 to \(maximumCharacters) of the letters a to z, digits and . _ - @"
        )
    }
}

/// What people say of an employee, beside login and password.
package struct EmployeeValues: Editable {
    package static let subject = Subject.employee

    /// The names of the form's fields.
    package enum Field {
        package static let name = "name"
        package static let email = "email"
        package static let phone = "phone"
        package static let timeZone = "time_zone"
        package static let role = "role"
    }

    /// Longest name, in characters: a line of a list.
    package static let maximumNameCharacters = 200

    private static let nameRule = TextRule(
        label: "Name", missing: "Enter the person’s name", limit: maximumNameCharacters)

    /// What colleagues read.
    package let name: String
    /// For notices; may be empty.
    package let email: String
    /// For notices; may be empty.
    package let phone: String
    /// The zone in which times are shown to the person; `nil` for the tenant space's.
    package let timeZone: TimeZoneName?
    package let role: Role

    package init(
        name: String, email: String = "", phone: String = "", timeZone: TimeZoneName? = nil,
        role: Role
    ) {
        self.name = name
        self.email = email
        self.phone = phone
        self.timeZone = timeZone
        self.role = role
    }

    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        let name = check.text(Field.name, Self.nameRule)
        let email = check.email(Field.email)
        let phone = check.phone(Field.phone)
        let timeZone = texts[Field.timeZone].isEmpty ? nil : check.timeZone(Field.timeZone)
        let role: Role? = check.choice(Field.role, missing: "Select an account role")
        problems += check.problems
        guard let role, check.problems.isEmpty else { return nil }
        self.init(name: name, email: email, phone: phone, timeZone: timeZone, role: role)
    }

    package var texts: FieldTexts {
        FieldTexts([
            Field.name: name, Field.email: email, Field.phone: phone,
            Field.timeZone: timeZone?.description ?? "", Field.role: role.rawValue,
        ])
    }
}

extension FieldCheck {
    /// A time zone of the IANA database.
    mutating func timeZone(_ field: String) -> TimeZoneName? {
        if let name = TimeZoneName(texts[field]) { return name }
        refuse(
            field,
            texts[field].isEmpty
                ? "Select a time zone"
                : "Select a time zone from the list, such as Europe/Berlin")
        return nil
    }
}

extension Role {
    /// The word on the page.
    package var label: String {
        switch self {
        case .agent: "Agent"
        case .administrator: "Administrator"
        }
    }
}
