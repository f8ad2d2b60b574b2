package import CaseModel

/// What of a conversation an outside engine gets to read: its beginning, with secrets masked.
///
/// It keeps where each character came from, so that what the engine quotes is found in the conversation again.
package struct OutsideTranscript: Sendable {
    /// One message as it is sent.
    struct Line: Sendable {
        /// Its index in the conversation.
        let message: Int
        let speaker: Speaker
        let scalars: [Unicode.Scalar]
        /// For each scalar its offset in the message; `nil` for what stands in the place of a secret.
        let origins: [Int?]
    }

    /// Messages that are sent; with more of them no engine answers in time.
    static let maximumMessageCount = 200
    /// Unicode scalars of all messages together, for the same reason.
    static let maximumScalarCount = 24_000

    /// In the order of the conversation; messages without a word are left out.
    let lines: [Line]
    let reading: ConversationReading
    let mask: SecretMask

    package init(_ conversation: Conversation) {
        reading = ConversationReading(conversation)
        mask = SecretMask(reading.turns)
        var lines: [Line] = []
        var left = Self.maximumScalarCount
        for (position, turn) in reading.turns.prefix(Self.maximumMessageCount).enumerated()
        where left > 0 {
            let line = Line(turn, hidden: mask.tokens[position], limit: left)
            left -= line.scalars.count
            lines.append(line)
        }
        self.lines = lines
    }

    /// Whether a customer has said anything that is sent.
    var hasRequest: Bool { lines.contains { $0.speaker == .customer } }

    /// Where a quote stands in a message: at one place, or around the secrets that are masked in it; nowhere when
    /// nobody said it there.
    func places(of quote: [Unicode.Scalar], in message: Int) -> [Evidence] {
        guard let line = lines.first(where: { $0.message == message }),
            let range = Self.range(of: quote, in: line.scalars)
        else { return [] }
        return line.origins[range].split(separator: nil).compactMap { part in
            guard let first = part.first ?? nil, let last = part.last ?? nil else { return nil }
            return Evidence(message: message, range: first..<(last + 1))
        }
    }

    /// The first place of some scalars among others, in time linear in both (Knuth, Morris and Pratt, 1977).
    private static func range(
        of wanted: [Unicode.Scalar], in scalars: [Unicode.Scalar]
    ) -> Range<Int>? {
        guard !wanted.isEmpty, wanted.count <= scalars.count else { return nil }
        // For each beginning of what is wanted, how long its own longest end is that begins it, too.
        var borders = [Int](repeating: 0, count: wanted.count)
        var length = 0
        for index in wanted.indices.dropFirst() {
            while length > 0, wanted[index] != wanted[length] { length = borders[length - 1] }
            if wanted[index] == wanted[length] { length += 1 }
            borders[index] = length
        }
        length = 0
        for (index, scalar) in scalars.enumerated() {
            while length > 0, scalar != wanted[length] { length = borders[length - 1] }
            if scalar == wanted[length] { length += 1 }
            if length == wanted.count { return (index + 1 - length)..<(index + 1) }
        }
        return nil
    }
}

extension OutsideTranscript.Line {
    /// - Parameters:
    ///   - hidden: The tokens of the turn that are masked.
    ///   - limit: Scalars that are taken at most.
    init(_ turn: ConversationReading.Turn, hidden: Set<Int>, limit: Int) {
        let taken = Array(turn.text.scalars.prefix(limit))
        let hides = Self.hidden(hidden, in: turn.text)
        var scalars: [Unicode.Scalar] = []
        var origins: [Int?] = []
        var isMasking = false
        for (offset, scalar) in taken.enumerated() {
            guard hides[offset] else {
                scalars.append(scalar)
                origins.append(offset)
                isMasking = false
                continue
            }
            if !isMasking {
                scalars += Array(SecretMask.replacement.unicodeScalars)
                origins += SecretMask.replacement.unicodeScalars.map { _ in nil }
            }
            isMasking = true
        }
        message = turn.index
        speaker = turn.speaker
        self.scalars = scalars
        self.origins = origins
    }

    /// Which scalars of a text belong to its secrets: the masked words, what stands between two of them, and the
    /// signs that are written together with them, as in a password.
    private static func hidden(_ tokens: Set<Int>, in text: TokenizedText) -> [Bool] {
        var hides = [Bool](repeating: false, count: text.scalars.count)
        for place in tokens {
            let range = text.tokens[place].range
            var start = range.lowerBound
            var end = range.upperBound
            while start > 0, text.scalars[start - 1].isSign { start -= 1 }
            while end < text.scalars.count, text.scalars[end].isSign { end += 1 }
            if tokens.contains(place + 1) { end = text.tokens[place + 1].range.lowerBound }
            for offset in start..<max(start, end) { hides[offset] = true }
        }
        return hides
    }
}

extension Unicode.Scalar {
    /// Neither white space nor part of a word.
    fileprivate var isSign: Bool { !isWordPart && !properties.isWhitespace }
}
