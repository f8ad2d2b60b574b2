package import Foundation

/// A program that may send conversations, as it is known by its token.
package struct Integration: Equatable, Sendable, Identifiable {
    package let id: IntegrationID
    /// What people call it.
    package let name: String
    /// The last characters of its token, to tell which one a program holds.
    package let tokenEnd: String
    package let createdAt: Date
    /// Who made it.
    package let creatorName: String
    /// When its token was last used, some minutes late; `nil` when it never was.
    package let lastUsedAt: Date?
    /// When its token was taken back; `nil` while it is good.
    package let revokedAt: Date?

    package init(
        id: IntegrationID, name: String, tokenEnd: String, createdAt: Date, creatorName: String,
        lastUsedAt: Date?, revokedAt: Date?
    ) {
        self.id = id
        self.name = name
        self.tokenEnd = tokenEnd
        self.createdAt = createdAt
        self.creatorName = creatorName
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }

    /// Characters of a token that are kept; with so few of them nobody comes nearer to it.
    package static let tokenEndCharacters = 4
}

/// What of an integration people enter.
package struct IntegrationValues: Editable {
    package static let subject = Subject.integration
    /// Characters (Unicode code points) of a name.
    package static let maximumNameCharacters = 80

    package enum Field {
        package static let name = "name"
    }

    package let name: String

    package init?(_ texts: FieldTexts, problems: inout [FieldProblem]) {
        var check = FieldCheck(texts)
        name = check.text(
            Field.name,
            TextRule(
                label: "Name", missing: "Enter a name, such as that of the program",
                limit: Self.maximumNameCharacters))
        problems += check.problems
        guard check.problems.isEmpty else { return nil }
    }

    package var texts: FieldTexts { FieldTexts([Field.name: name]) }
}
