import CaseModel

/// What is learned from a conversation: weighted features in four namespaces.
///
/// Words and pairs of words of the customer; stems of the request and what the thesaurus has beside them; n-grams of the
/// request's characters; words of the agent. Numbers count by their length: an order number says something, which one says nothing.
struct CaseFeatures: Sendable {
    /// The namespaces, in the order they are kept, and the most features kept of each.
    enum Space: Int, CaseIterable, Sendable {
        case words, request, grams, agent

        var limit: Int {
            switch self {
            case .words: 240
            case .request: 200
            case .grams: 360
            case .agent: 100
            }
        }
    }

    /// The features of each namespace, in the order they first occur.
    private(set) var keys: [[WordHash]]
    /// Their damped weights.
    private(set) var weights: [[Float]]

    init(_ reading: ConversationReading) {
        var bags = Space.allCases.map { _ in WeightedBag() }
        let lead = Set(reading.lead)
        for (position, turn) in reading.turns.enumerated() {
            if turn.speaker == .agent {
                Self.addWords(
                    of: turn.text, weight: 1, to: &bags[Space.agent.rawValue], pairs: false)
            } else {
                let isLead = lead.contains(position)
                Self.addWords(
                    of: turn.text, weight: isLead ? 3 : 1, to: &bags[Space.words.rawValue],
                    pairs: true)
                if isLead { Self.addRequest(of: turn.text, to: &bags) }
            }
        }
        keys = zip(Space.allCases, bags).map { Array($1.keys.prefix($0.limit)) }
        weights = zip(Space.allCases, bags).map { Array($1.damped.prefix($0.limit)) }
    }

    /// The features of a type's own text, as if a customer had said it.
    init(_ type: TypeText) {
        let words = [type.name] + type.keywords + [type.summary]
        let said = Message(speaker: .customer, text: words.joined(separator: ". "))
        self.init(ConversationReading(Conversation(messages: [said])))
    }

    /// A number as it counts: its length, up to twenty digits.
    static func feature(of token: Token) -> WordHash {
        token.hasDigit ? WordHash("#").salted(UInt64(min(token.range.count, 20))) : token.word
    }

    /// The namespace of single words; evidence looks them up.
    static func word(_ token: Token) -> WordHash { feature(of: token).salted(11) }
    /// The namespace of stems of the request.
    private static func request(_ stem: WordHash) -> WordHash { stem.salted(13) }

    /// All neighbours of a stem in the thesaurus beside the stem: with few saved cases, what was learned from one word
    /// is known of the others.
    private static let neighbourWeight: Float = 0.6

    private static func addWords(
        of text: TokenizedText, weight: Float, to bag: inout WeightedBag, pairs: Bool
    ) {
        var before: WordHash?
        for token in text.tokens {
            let feature = feature(of: token)
            bag.add(feature.salted(pairs ? 11 : 12), weight)
            if pairs, let before {
                var pair = before.salted(14)
                pair.add(feature)
                bag.add(pair, weight)
            }
            before = feature
        }
    }

    private static func addRequest(of text: TokenizedText, to bags: inout [WeightedBag]) {
        for token in text.tokens where !token.isStopWord {
            if token.hasDigit { continue }
            bags[Space.request.rawValue].add(request(token.stem), 1)
            let neighbours = Thesaurus.neighbours(of: token.stem)
            let weight = neighbourWeight / Float(neighbours.count).squareRoot()
            for neighbour in neighbours {
                bags[Space.request.rawValue].add(request(neighbour), weight)
            }
            CharacterGrams.forEach(of: text.letters[token.letters], salt: 15) {
                bags[Space.grams.rawValue].add($0, 1)
            }
        }
    }
}
