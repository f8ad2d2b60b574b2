/// A kind of case, and the process that cases of it go through.
package struct CaseType: Equatable, Sendable, Identifiable {
    /// The built-in last status of every process.
    package static let completedStatus = "Completed"

    package let id: CaseTypeID
    /// Unique in the tenant space.
    package var name: String
    /// The type that this one is a special case of; `nil` at the top of the tree.
    package var parent: CaseTypeID?
    /// One sentence on what such a case is about; may be empty.
    package var summary: String
    /// Words that customers use for it; may be empty.
    package var keywords: [String]
    /// The ordered statuses; the last is always ``completedStatus``.
    package var statuses: [String]
    /// Whether a case may only go to the next status, not to any.
    package var isStrict: Bool
    /// Whether a case can be closed only when all its tasks are completed.
    package var verifiesTasks: Bool
    /// Whether new cases may be of this type.
    package var isEnabled: Bool

    package init(
        id: CaseTypeID, name: String, parent: CaseTypeID? = nil, summary: String,
        keywords: [String] = [], statuses: [String], isStrict: Bool = false,
        verifiesTasks: Bool = false, isEnabled: Bool
    ) {
        self.id = id
        self.name = name
        self.parent = parent
        self.summary = summary
        self.keywords = keywords
        self.statuses = statuses
        self.isStrict = isStrict
        self.verifiesTasks = verifiesTasks
        self.isEnabled = isEnabled
    }

    /// A type of these values.
    package init(id: CaseTypeID, values: CaseTypeValues, isEnabled: Bool) {
        self.init(
            id: id, name: values.name, parent: values.parent, summary: values.summary,
            keywords: values.keywords, statuses: values.statuses, isStrict: values.isStrict,
            verifiesTasks: values.verifiesTasks, isEnabled: isEnabled)
    }

    /// What of it people edit.
    package var values: CaseTypeValues { CaseTypeValues(self) }
}
