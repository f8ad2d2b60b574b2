import CaseModel

/// Finds the turns that carry the request.
enum LeadFinder {
    /// Substantive customer turns that are taken from the beginning.
    static let leadTurnCount = 2

    /// The positions of the first substantive customer turns and of answers to a question for the reason.
    ///
    /// When no customer turn is substantive, all of them are the lead; without a customer, nothing is.
    static func lead(of turns: [ConversationReading.Turn]) -> [Int] {
        let customers = turns.indices.filter { turns[$0].speaker == .customer }
        var lead = Array(customers.filter { turns[$0].isSubstantive }.prefix(leadTurnCount))
        if lead.isEmpty { return Array(customers.prefix(maximumFallbackCount)) }
        for position in customers where position > 0 && !lead.contains(position) {
            let isAnswer = turns[position - 1].speaker == .agent
            if isAnswer && asksForReason(turns[position - 1]) { lead.append(position) }
            if lead.count >= maximumFallbackCount { break }
        }
        return lead.sorted()
    }

    /// Turns that are taken at most.
    private static let maximumFallbackCount = 6

    /// "What happened", "what is the reason", "how can I help": the answer says what it is about.
    private static func asksForReason(_ turn: ConversationReading.Turn) -> Bool {
        turn.text.tokens.contains { reasonWords.contains($0.stem) }
    }

    private static let reasonWords: Set<WordHash> = [
        "reason", "happened", "problem", "issue", "describe", "explain", "elaborate",
    ].reduce(into: []) { $0.insert(WordHash(Stemmer.stem(Array($1.utf8)))) }
}
