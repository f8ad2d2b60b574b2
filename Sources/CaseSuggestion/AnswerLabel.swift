/// The short name of what an agent asks for: "Order number", "E-mail".
enum AnswerLabel {
    /// The label of what the last question of a message asks for; nil when it asks for nothing that has a name.
    ///
    /// - Parameter isHidden: Whether the word at a place is a secret, which no label repeats.
    static func label(of message: TokenizedText, hiding isHidden: (Int) -> Bool) -> String? {
        guard let question = question(in: message) else { return nil }
        for place in question.reversed() {
            if let label = labels[message.tokens[place].stem] { return label }
            if place > question.lowerBound, !isHidden(place - 1),
                let label = numberLabel(at: place, in: message)
            {
                return label
            }
        }
        return nil
    }

    /// "Customer number" for a word before "number": whatever a desk numbers, under the word its agents use.
    private static func numberLabel(at place: Int, in message: TokenizedText) -> String? {
        guard numbers.contains(message.tokens[place].word) else { return nil }
        let named = message.tokens[place - 1]
        guard !named.isStopWord || StopWords.requests.contains(named.word), !named.hasDigit,
            labels[named.stem] == nil, named.letters.count <= maximumNameLength
        else { return nil }
        let letters = String(String.UnicodeScalarView(message.letters[named.letters]))
        return SentenceText.capitalized(letters) + numberSuffix
    }

    private static let numbers: Set<WordHash> = [WordHash("number"), WordHash("id")]
    private static let numberSuffix = " number"
    /// Characters of a word that names a number.
    private static let maximumNameLength = 20

    /// What a bare answer is about: the last words of the question that say something.
    ///
    /// - Parameter isHidden: Whether the word at a place is a secret, which no label repeats.
    /// - Returns: nil when the question says nothing, or the answer repeats a word of it.
    static func subject(
        of message: TokenizedText, notIn answer: ArraySlice<Token>, hiding isHidden: (Int) -> Bool
    ) -> String? {
        guard let question = question(in: message) else { return nil }
        let telling = question.filter { !isHidden($0) }.map { message.tokens[$0] }.filter {
            !$0.isStopWord && !$0.hasDigit && !StopWords.agreements.contains($0.word)
                && $0.stem != StopWords.not
        }.suffix(subjectLength)
        let stems = Set(answer.map(\.stem))
        guard !telling.isEmpty, !telling.contains(where: { stems.contains($0.stem) }),
            telling.allSatisfy({ $0.letters.count <= maximumNameLength })
        else { return nil }
        let words = telling.map {
            String(String.UnicodeScalarView(message.scalars[$0.range]))
        }
        return SentenceText.capitalized(words.joined(separator: " "))
    }

    /// Words of a subject.
    private static let subjectLength = 2

    /// The last sentence with a question mark; without one, the last with a word that asks.
    private static func question(in message: TokenizedText) -> Range<Int>? {
        let sentences = Sentences.ranges(of: message)
        let marked = sentences.last { isMarked($0, in: message) }
        return marked
            ?? sentences.last { message.tokens[$0].contains { asking.contains($0.word) } }
    }

    /// Whether a question mark stands behind a sentence.
    static func isMarked(_ sentence: Range<Int>, in message: TokenizedText) -> Bool {
        let end = message.tokens[sentence.upperBound - 1].range.upperBound
        return end < message.scalars.count && message.scalars[end].isQuestionMark
    }

    /// Words of a sentence that asks for something, with or without a question mark.
    private static let asking: Set<WordHash> = [
        "provide", "enter", "give", "tell", "share", "confirm", "verify", "need", "may", "could",
        "can", "what", "whats", "which", "when", "where", "who", "how", "please", "state", "send",
        "know", "kindly", "mention", "spell",
    ].reduce(into: []) { $0.insert(WordHash($1)) }

    /// Labels of what a customer says of oneself: a sentence that says such a word gives its value.
    static let given: Set<String> = [
        "Name", "Phone", "E-mail", "Address", "Postcode", "City", "Company", "User name",
        "Membership", "Destination", "Order", "Account", "Policy", "Claim", "Booking", "Invoice",
    ]

    /// Labels whose values name one thing: they go into a title.
    static func isIdentifier(_ label: String) -> Bool {
        identifiers.contains(label) || label.hasSuffix(numberSuffix)
    }

    private static let identifiers: Set<String> = [
        "Order", "Account", "Policy", "Claim", "Booking", "Invoice", "Reference",
    ]

    /// The label that a word of the customer names before a number: "order 3348917502".
    static func label(of word: WordHash) -> String? { labels[word] }

    private static let labels: [WordHash: String] = {
        let words = [
            ("order", "Order"), ("account", "Account"), ("policy", "Policy"), ("claim", "Claim"),
            ("confirmation", "Booking"), ("booking", "Booking"), ("reservation", "Booking"),
            ("invoice", "Invoice"), ("reference", "Reference"), ("ticket", "Reference"),
            ("name", "Name"), ("phone", "Phone"), ("mobile", "Phone"), ("email", "E-mail"),
            ("address", "Address"), ("zip", "Postcode"), ("postcode", "Postcode"),
            ("city", "City"), ("date", "Date"), ("day", "Date"), ("time", "Time"),
            ("amount", "Amount"), ("price", "Amount"), ("charge", "Amount"),
            ("reason", "Reason"), ("happened", "Reason"), ("model", "Model"), ("size", "Size"),
            ("color", "Colour"), ("quantity", "Quantity"), ("username", "User name"),
            ("company", "Company"), ("membership", "Membership"), ("destination", "Destination"),
        ]
        return words.reduce(into: [:]) { $0[WordHash(Stemmer.stem(Array($1.0.utf8)))] = $1.1 }
    }()
}

extension Unicode.Scalar {
    /// The question marks of the scripts whose other sentence marks are known.
    fileprivate var isQuestionMark: Bool { self == "?" || self == "？" || self == "؟" }
}
