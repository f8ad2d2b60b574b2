package import CaseModel

/// What a tenant says about one of its case types; the only types that can be suggested.
package struct TypeText: Hashable, Sendable {
    /// The type it belongs to.
    package let id: CaseTypeID
    /// Its name, as in the list.
    package let name: String
    /// One sentence on what such a case is about; may be empty.
    package let summary: String
    /// Words that customers use for it; may be empty.
    package let keywords: [String]

    package init(id: CaseTypeID, name: String, summary: String, keywords: [String] = []) {
        self.id = id
        self.name = name
        self.summary = summary
        self.keywords = keywords
    }
}
