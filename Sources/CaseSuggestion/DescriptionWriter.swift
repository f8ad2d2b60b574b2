import CaseModel

/// Writes a description: the request in the customer's words, then what the customer gave as facts, each on a
/// line with what the agent asked for, then what the agent promised.
///
/// Of a two-sided conversation at most ``share`` of the length is kept: a description that repeats everything
/// is a transcript.
struct DescriptionWriter {
    /// Code points of a description.
    static let maximumLength = 20_000
    /// The share of a two-sided conversation that is kept, a little below three tenths.
    static let share = 0.27
    /// Code points that are kept of any conversation, however short.
    static let freeLength = 120
    /// The share of that which the request may take.
    static let requestShare = 0.45
    /// Words of an answer that is a fact as a whole.
    static let shortAnswerLength = 7

    /// A line: where it stands, and what it says.
    private struct Line {
        let position: Int
        let tokens: Range<Int>
        let text: String
        let evidence: Evidence
        let isOutcome: Bool
    }

    private let reading: ConversationReading
    private let mask: SecretMask
    private var lines: [Line] = []
    private var said: Set<WordHash> = []
    private var left: Int
    /// The first value that names one thing, for the title.
    private(set) var identifier: SourcedText?

    init(_ reading: ConversationReading, mask: SecretMask) {
        self.reading = reading
        self.mask = mask
        let length = reading.turns.reduce(0) { $0 + $1.text.scalars.count }
        let isTwoSided = reading.turns.contains { $0.speaker == .agent }
        let budget =
            isTwoSided ? max(Self.freeLength, Int(Double(length) * Self.share)) : Self.maximumLength
        left = min(Self.maximumLength, budget)
        let whole = left
        left = isTwoSided ? max(Self.freeLength, Int(Double(whole) * Self.requestShare)) : whole
        let request = left
        addRequest()
        left += whole - request
        addFacts()
        addOutcome()
    }

    /// The description; nil when nothing but greetings was said.
    var description: SourcedText? {
        guard !lines.isEmpty else { return nil }
        let ordered = lines.enumerated().sorted {
            ($0.element.isOutcome ? 1 : 0, $0.element.position, $0.element.tokens.lowerBound)
                < ($1.element.isOutcome ? 1 : 0, $1.element.position, $1.element.tokens.lowerBound)
        }
        return SourcedText(
            text: ordered.map(\.element.text).joined(separator: "\n"),
            evidence: lines.map(\.evidence).sorted())
    }

    private func writer(_ position: Int) -> SentenceText {
        SentenceText(turn: reading.turns[position], position: position, mask: mask)
    }

    /// The sentences of the request that say something, while there is room.
    private mutating func addRequest() {
        for position in reading.lead {
            for sentence in Sentences.ranges(of: reading.turns[position].text) {
                add(sentence, at: position, label: nil)
            }
        }
    }

    /// Short answers, and sentences with a number, an address or a name.
    private mutating func addFacts() {
        for position in reading.turns.indices where reading.turns[position].speaker == .customer {
            let text = reading.turns[position].text
            let question = precedingQuestion(of: position)
            let isLead = reading.lead.contains(position)
            for (number, sentence) in Sentences.ranges(of: text).enumerated() {
                let isAnswer =
                    question != nil && number == 0 && sentence.count <= Self.shortAnswerLength
                guard isLead || isAnswer || hasFact(sentence, of: text) else { continue }
                let label = number == 0 ? question.flatMap(AnswerLabel.label) : nil
                add(sentence, at: position, label: label)
            }
        }
    }

    /// The agent's message just before, if there is one.
    private func precedingQuestion(of position: Int) -> TokenizedText? {
        guard position > 0, reading.turns[position - 1].speaker == .agent else { return nil }
        return reading.turns[position - 1].text
    }

    /// A digit, an address, or a capital inside the sentence.
    private func hasFact(_ sentence: Range<Int>, of text: TokenizedText) -> Bool {
        for place in sentence {
            let token = text.tokens[place]
            if token.hasDigit || Self.quantities.contains(token.word) { return true }
            let isName = text.scalars[token.range.lowerBound].isUppercaseLetter
            if place > sentence.lowerBound, isName, !token.isStopWord { return true }
            let end = token.range.upperBound
            if end < text.scalars.count, text.scalars[end] == "@" { return true }
        }
        return false
    }

    /// The last thing that the agent says was done or will be done.
    private mutating func addOutcome() {
        let agents = reading.turns.indices.reversed().filter { reading.turns[$0].speaker == .agent }
        for position in agents {
            let text = reading.turns[position].text
            for sentence in Sentences.ranges(of: text).reversed() {
                let isOutcome = text.tokens[sentence].contains { Self.outcomes.contains($0.stem) }
                let isQuestion = text.tokens[sentence].contains { Self.asking.contains($0.word) }
                if isOutcome, !isQuestion, sentence.count <= Self.maximumOutcomeLength {
                    add(sentence, at: position, label: "Agent", isOutcome: true)
                    return
                }
            }
        }
    }

    /// Words of a sentence that is taken as an outcome.
    private static let maximumOutcomeLength = 30

    /// Adds a sentence without its politeness, unless all it says was said or there is no room.
    private mutating func add(
        _ sentence: Range<Int>, at position: Int, label: String?, isOutcome: Bool = false
    ) {
        let writer = writer(position)
        guard let tokens = writer.trimmed(sentence) else { return }
        let all = writer.turn.text.tokens
        let telling = tokens.filter {
            !all[$0].isStopWord && !StopWords.agreements.contains(all[$0].word)
                && !mask.hides($0, in: position)
        }
        let words = telling.map { all[$0].stem }
        guard words.contains(where: { !said.contains($0) }) else { return }
        let label = isOutcome || fits(label, tokens, of: writer) ? label : nil
        let spoken = writer.text(of: tokens)
        let text = label.map { "\($0): \(spoken)" } ?? spoken
        let length = text.unicodeScalars.count + 1
        guard length <= left else { return }
        left -= length
        said.formUnion(words)
        let evidence = writer.evidence(of: tokens)
        lines.append(
            Line(
                position: position, tokens: tokens, text: text, evidence: evidence,
                isOutcome: isOutcome))
        noteIdentifier(in: tokens, at: position, label: label)
    }

    /// A label fits a short value; one that names a thing fits a value with a number.
    private func fits(_ label: String?, _ tokens: Range<Int>, of writer: SentenceText) -> Bool {
        guard let label, tokens.count <= Self.valueLength else { return false }
        return !AnswerLabel.identifiers.contains(label)
            || writer.turn.text.tokens[tokens].contains(where: \.hasDigit)
    }

    /// Words of the longest value that has a label.
    private static let valueLength = 6

    /// A number behind a label that names one thing.
    private mutating func noteIdentifier(in tokens: Range<Int>, at position: Int, label: String?) {
        guard identifier == nil, reading.turns[position].speaker == .customer else { return }
        let text = reading.turns[position].text
        var named = label
        for place in tokens {
            let token = text.tokens[place]
            named = AnswerLabel.label(of: token.stem) ?? named
            guard let named, AnswerLabel.identifiers.contains(named), token.hasDigit,
                token.range.count >= Self.identifierLength, !mask.hides(place, in: position)
            else { continue }
            let value = String(String.UnicodeScalarView(text.scalars[token.range]))
            let place = Evidence(message: reading.turns[position].index, range: token.range)
            identifier = SourcedText(text: "\(named.lowercased()) \(value)", evidence: [place])
            return
        }
    }

    /// Characters of the shortest number that names one thing.
    private static let identifierLength = 4

    private static func words(_ list: String) -> Set<WordHash> {
        Set(list.split(separator: " ").map { WordHash($0.utf8) })
    }

    private static let quantities = words(
        """
        one two three four five six seven eight nine ten eleven twelve dozen half quarter first second third \
        monday tuesday wednesday thursday friday saturday sunday january february march april june july \
        august september october november december today tomorrow yesterday tonight morning afternoon \
        evening noon midnight
        """)
    private static let outcomes: Set<WordHash> = [
        "booked", "scheduled", "reserved", "confirmed", "refunded", "cancelled", "sent", "created",
        "updated", "processed", "submitted", "transferred", "successful", "successfully",
        "completed",
        "escalated", "ordered", "shipped", "replaced", "changed", "added", "removed", "reset",
    ].reduce(into: []) { $0.insert(WordHash(Stemmer.stem(Array($1.utf8)))) }
    private static let asking = words("would should could may can do what which when where how")
}
