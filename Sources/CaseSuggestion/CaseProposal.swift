/// What the desk proposes for a case: the types that may fit, a title, a description.
///
/// What has no source in the conversation is empty. The words of a conversation are data: nothing that is said
/// in it changes anything but these texts.
package struct CaseProposal: Hashable, Sendable {
    /// The types, best first, at most three; empty when none fits.
    package let types: [TypeSuggestion]
    /// At most 128 code points; nil when the customer said nothing of the matter.
    package let title: SourcedText?
    /// At most 20,000 code points; nil when the customer said nothing of the matter.
    package let description: SourcedText?
    /// The kinds of secrets that were said and are left out, each once.
    package let maskedSecrets: [SecretKind]

    /// The sentence that says what was left out; nil when nothing was.
    package var note: String? {
        guard !maskedSecrets.isEmpty else { return nil }
        let kinds = maskedSecrets.map(\.label).joined(separator: ", ")
        return "Left out of title and description: \(kinds)."
    }
}
