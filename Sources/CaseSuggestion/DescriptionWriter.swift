import CaseModel

/// Writes a description: the request in the customer's words, then what the customer gave as facts, each on a
/// line with what the agent asked for, then what the agent promised.
///
/// Of a two-sided conversation at most ``share`` of the length is kept: a description that repeats everything
/// is a transcript. A conversation of which only the customer's side is there has no such bound, because half
/// of it is missing: there only what says nothing is left out.
struct DescriptionWriter {
    /// Code points of a description.
    static let maximumLength = 20_000
    /// The share of a two-sided conversation that is kept, a little below three tenths.
    static let share = 0.28
    /// Code points that are kept of any conversation: of a short one the reason and the wish are not cut.
    static let freeLength = 200
    /// The share of that which the request may take, and the code points that it may take of a short conversation.
    static let requestShare = 0.45
    static let freeRequestLength = 120
    /// Words of an answer that is a fact as a whole.
    static let shortAnswerLength = 7
    /// Words of a message that is taken for an answer when the agent's questions are not there.
    static let loneAnswerLength = 4
    /// Words from which on a line is a sentence, which begins with a capital; fewer may be a value.
    static let sentenceLength = 3
    /// Words of an answer that means nothing without its question.
    static let bareAnswerLength = 3

    /// A line: where it stands, and what it says.
    private struct Line {
        let position: Int
        let tokens: Range<Int>
        let label: String?
        let isOutcome: Bool

        /// As it was said, the outcome last.
        var order: (Int, Int, Int) { (isOutcome ? 1 : 0, position, tokens.lowerBound) }
    }

    /// A piece of a message that holds facts.
    private struct Candidate {
        let position: Int
        let tokens: Range<Int>
        let label: String?
        /// Points of its facts for each word of it.
        let density: Double
    }

    private let reading: ConversationReading
    private let mask: SecretMask
    private let isTwoSided: Bool
    private var lines: [Line] = []
    private var said: Set<WordHash> = []
    private var left = 0
    /// The first value that names one thing, for the title.
    private(set) var identifier: SourcedText?

    init(_ reading: ConversationReading, mask: SecretMask) {
        self.reading = reading
        self.mask = mask
        isTwoSided = reading.turns.contains { $0.speaker == .agent }
        let whole = budget
        let share = max(Self.freeRequestLength, Int(Double(whole) * Self.requestShare))
        left = isTwoSided ? share : whole
        let request = left
        addRequest()
        left += whole - request
        addFacts()
        addOutcome()
        lines.sort { $0.order < $1.order }
        for line in lines where identifier == nil { identifier = identifier(in: line) }
    }

    /// Code points of this description at most.
    private var budget: Int {
        let length = reading.turns.reduce(0) { $0 + $1.text.scalars.count }
        let share = max(Self.freeLength, Int(Double(length) * Self.share))
        return min(Self.maximumLength, isTwoSided ? share : Self.maximumLength)
    }

    /// The description; nil when nothing but greetings was said.
    var description: SourcedText? {
        guard !lines.isEmpty else { return nil }
        let texts = lines.map { line in
            let spoken = writer(line.position).text(of: line.tokens)
            if let label = line.label { return "\(label): \(spoken)" }
            let isSentence = line.tokens.count >= Self.sentenceLength
            return isSentence ? SentenceText.capitalized(spoken) : spoken
        }
        return SourcedText(
            text: texts.joined(separator: "\n"),
            evidence: lines.map { writer($0.position).evidence(of: $0.tokens) }.sorted())
    }

    private func writer(_ position: Int) -> SentenceText {
        SentenceText(turn: reading.turns[position], position: position, mask: mask)
    }

    /// The sentences of the request that say something, while there is room.
    private mutating func addRequest() {
        for position in reading.lead {
            let text = reading.turns[position].text
            for (place, sentence) in Sentences.ranges(of: text).enumerated() {
                for clause in Sentences.clauses(of: sentence, in: text) {
                    let asked = label(of: clause, at: position)
                    let isAsked = place == 0 && isAnswer(clause, to: asked)
                    add(clause, at: position, label: isAsked ? asked : nil)
                }
            }
        }
    }

    /// Short answers, and sentences with a number, an address or a name: those first that hold most in few words.
    private mutating func addFacts() {
        let candidates = reading.turns.indices
            .filter { reading.turns[$0].speaker == .customer }.flatMap(candidates)
        let ranked = candidates.enumerated().sorted {
            ($1.element.density, $0.offset) < ($0.element.density, $1.offset)
        }
        for (_, candidate) in ranked {
            add(candidate.tokens, at: candidate.position, label: candidate.label)
        }
    }

    /// The pieces of a customer's message that may be facts.
    private func candidates(at position: Int) -> [Candidate] {
        let text = reading.turns[position].text
        let isAsked = hasQuestion(position)
        let isLead = reading.lead.contains(position)
        let isLone = isLoneAnswer(position)
        return Sentences.ranges(of: text).enumerated().flatMap {
            number, sentence -> [Candidate] in
            let isFirst = number == 0
            let isAnswer =
                isLone || isAsked && isFirst && sentence.count <= Self.shortAnswerLength
            return Sentences.clauses(of: sentence, in: text).compactMap { clause in
                let points = FactFinder.points(of: clause, in: text) + (isAnswer ? 1 : 0)
                guard isLead || points > 0 else { return nil }
                return Candidate(
                    position: position, tokens: clause,
                    label: isFirst ? label(of: clause, at: position) : nil,
                    density: Double(points) / Double(clause.count))
            }
        }
    }

    /// Whether a piece of the request answers what was asked for: a number does, and a few words do.
    private func isAnswer(_ clause: Range<Int>, to label: String?) -> Bool {
        clause.count <= Self.bareAnswerLength || label.map(AnswerLabel.isIdentifier) ?? false
    }

    /// What stands before an answer: the name of what was asked for; before a word or two that mean nothing alone, what
    /// the question was about.
    private func label(of clause: Range<Int>, at position: Int) -> String? {
        guard hasQuestion(position) else { return nil }
        let question = reading.turns[position - 1].text
        func isHidden(_ place: Int) -> Bool { mask.hides(place, in: position - 1) }
        if let label = AnswerLabel.label(of: question, hiding: isHidden) { return label }
        guard clause.count <= Self.bareAnswerLength else { return nil }
        return AnswerLabel.subject(
            of: question, notIn: reading.turns[position].text.tokens[clause], hiding: isHidden)
    }

    /// Whether the agent spoke just before.
    private func hasQuestion(_ position: Int) -> Bool {
        position > 0 && reading.turns[position - 1].speaker == .agent
    }

    /// A few words after the request, where the agent's side was not kept: the answer to a question.
    private func isLoneAnswer(_ position: Int) -> Bool {
        guard !isTwoSided, let first = reading.lead.first, position > first else { return false }
        let tokens = reading.turns[position].text.tokens
        let trimmed = writer(position).trimmed(tokens.indices) ?? 0..<0
        return trimmed.count <= Self.loneAnswerLength
    }

    /// The last thing that the agent says was done or will be done.
    private mutating func addOutcome() {
        let agents = reading.turns.indices.reversed().filter { reading.turns[$0].speaker == .agent }
        for position in agents {
            let text = reading.turns[position].text
            for sentence in Sentences.ranges(of: text).reversed()
            where sentence.count <= Self.maximumOutcomeLength
                && AgentOutcome.isOne(sentence, in: text)
            {
                add(sentence, at: position, label: "Agent", isOutcome: true)
                return
            }
        }
    }

    /// Words of a sentence that is taken as an outcome.
    private static let maximumOutcomeLength = 30

    /// Adds a piece without its politeness, unless all it says was said or there is no room.
    ///
    /// What the agent says stays as it is: without "I will" a promise reads as done.
    private mutating func add(
        _ piece: Range<Int>, at position: Int, label: String?, isOutcome: Bool = false
    ) {
        let writer = writer(position)
        guard let tokens = isOutcome ? piece : writer.trimmed(piece) else { return }
        let all = writer.turn.text.tokens
        let telling = tokens.filter {
            !all[$0].isStopWord && !StopWords.agreements.contains(all[$0].word)
                && !mask.hides($0, in: position)
        }
        let words = telling.map { all[$0].stem }
        guard words.contains(where: { !said.contains($0) }) else { return }
        let label = isOutcome || fits(label, tokens, of: writer) ? label : nil
        let labelLength = label.map { $0.unicodeScalars.count + 2 } ?? 0
        let length = labelLength + writer.text(of: tokens).unicodeScalars.count + 1
        guard length <= left else { return }
        left -= length
        said.formUnion(words)
        lines.append(
            Line(position: position, tokens: tokens, label: label, isOutcome: isOutcome))
    }

    /// A label fits a short value; one that names a thing fits a value that is long enough and has a digit.
    private func fits(_ label: String?, _ tokens: Range<Int>, of writer: SentenceText) -> Bool {
        guard let label, tokens.count <= Self.valueLength else { return false }
        guard AnswerLabel.isIdentifier(label) else { return true }
        let pieces = writer.turn.text.tokens[tokens].filter { $0.hasDigit || $0.range.count == 1 }
        return pieces.contains(where: \.hasDigit)
            && pieces.reduce(0) { $0 + $1.range.count } >= Self.identifierLength
    }

    /// Words of the longest value that has a label.
    private static let valueLength = 6

    /// A number behind a label that names one thing.
    private func identifier(in line: Line) -> SourcedText? {
        guard reading.turns[line.position].speaker == .customer else { return nil }
        let text = reading.turns[line.position].text
        var named = line.label
        for place in line.tokens {
            let token = text.tokens[place]
            named = AnswerLabel.label(of: token.stem) ?? named
            guard let named, AnswerLabel.isIdentifier(named), token.hasDigit,
                token.range.count >= Self.identifierLength, !mask.hides(place, in: line.position)
            else { continue }
            let range = code(around: place, of: line, in: text)
            let value = String(String.UnicodeScalarView(text.scalars[range]))
            let place = Evidence(message: reading.turns[line.position].index, range: range)
            return SourcedText(text: "\(named.lowercased()) \(value)", evidence: [place])
        }
        return nil
    }

    /// A number with the pieces it is written in: "RX-20993-B", "4471 0982".
    private func code(
        around place: Int, of line: Line, in text: TokenizedText
    ) -> Range<Int> {
        func isOne(_ left: Int, _ right: Int) -> Bool {
            if mask.hides(left, in: line.position) || mask.hides(right, in: line.position) {
                return false
            }
            let (first, second) = (text.tokens[left], text.tokens[right])
            let gap = text.scalars[first.range.upperBound..<second.range.lowerBound]
            guard gap.count == 1, let mark = gap.first else { return false }
            return "-/_.".unicodeScalars.contains(mark)
                || mark == " " && first.hasDigit && second.hasDigit
        }
        var (first, last) = (place, place)
        while first > line.tokens.lowerBound, isOne(first - 1, first) { first -= 1 }
        while last + 1 < line.tokens.upperBound, isOne(last, last + 1) { last += 1 }
        return text.tokens[first].range.lowerBound..<text.tokens[last].range.upperBound
    }

    /// Characters of the shortest number that names one thing.
    private static let identifierLength = 4
}
