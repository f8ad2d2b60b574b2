import CaseModel

/// Finds what must not be repeated: card numbers, passwords, PINs, security codes, social security numbers.
///
/// By pattern (Luhn for cards, ISO/IEC 7812-1 annex B), by the word that stands beside a value, and by the
/// agent's question before it. A value that was found once is masked wherever it is said. When in doubt it is
/// masked: a number too few in a description is asked for again, a secret too many cannot be called back.
struct SecretMask: Sendable {
    /// What takes the place of a secret.
    static let replacement = "•••"
    /// Customer turns after a question that may hold the answer.
    static let maximumAnswerTurns = 3

    /// The masked tokens of each turn that was read, by position.
    private(set) var tokens: [Set<Int>]
    /// The kinds that were found.
    private(set) var kinds: Set<SecretKind> = []

    init(_ turns: [ConversationReading.Turn]) {
        tokens = turns.map { _ in [] }
        var asked: Set<SecretKind> = []
        var answersLeft = 0
        for (position, turn) in turns.enumerated() {
            let finder = SecretFinder(turn.text)
            mark(finder.byPattern(), in: position)
            mark(finder.byNeighbours(), in: position)
            if turn.speaker == .agent {
                asked = finder.askedKinds()
                answersLeft = Self.maximumAnswerTurns
            } else if !asked.isEmpty, answersLeft > 0 {
                mark(finder.asAnswer(to: asked), in: position)
                answersLeft -= 1
            }
        }
        maskRepetitions(in: turns)
    }

    /// Whether a token of a turn is masked.
    func hides(_ token: Int, in position: Int) -> Bool {
        tokens[position].contains(token)
    }

    private mutating func mark(_ found: [(token: Int, kind: SecretKind)], in position: Int) {
        for (token, kind) in found {
            tokens[position].insert(token)
            kinds.insert(kind)
        }
    }

    private mutating func maskRepetitions(in turns: [ConversationReading.Turn]) {
        var values: Set<WordHash> = []
        for (position, turn) in turns.enumerated() {
            for place in tokens[position] {
                let token = turn.text.tokens[place]
                if token.range.count >= 3, !token.isStopWord { values.insert(token.word) }
            }
        }
        guard !values.isEmpty else { return }
        for (position, turn) in turns.enumerated() {
            for (place, token) in turn.text.tokens.enumerated() where values.contains(token.word) {
                tokens[position].insert(place)
            }
        }
    }
}
