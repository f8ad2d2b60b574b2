/// The numbers of the comparison; ``standard`` was chosen on public sets of conversations.
package struct ScoringWeights: Sendable {
    /// A word of the type's name, its keywords, its summary.
    package var name: Float = 3
    package var keyword: Float = 2
    package var summary: Float = 1
    /// A neighbour in the thesaurus, as a share of the word it stands beside.
    package var neighbour: Float = 0.25
    /// A turn that carries the request, another turn of the customer, a turn of the agent.
    package var leadTurn: Float = 10
    package var customerTurn: Float = 0.5
    package var agentTurn: Float = 0.3
    /// How soon repetition stops counting, and how much long texts are held back (BM25's k1 and b).
    package var saturation: Float = 1.2
    package var lengthPenalty: Float = 0.6
    /// The n-grams of characters beside the words.
    package var grams: Float = 0.3
    /// Pairs of words that stand together in the name.
    package var pairs: Float = 0.25
    /// How much of the name's weight the conversation covers.
    package var coverage: Float = 0.6

    package init() {}

    package static let standard = ScoringWeights()
}
