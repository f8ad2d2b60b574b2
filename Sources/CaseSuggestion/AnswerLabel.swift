/// The short name of what an agent asks for: "Order number", "E-mail".
enum AnswerLabel {
    /// The label of what the last question of a message asks for; nil when it asks for nothing that has a name.
    static func label(of message: TokenizedText) -> String? {
        guard let question = question(in: message) else { return nil }
        for token in message.tokens[question].reversed() {
            if let label = labels[token.stem] { return label }
        }
        return nil
    }

    /// The last sentence with a question mark; without one, the last with a word that asks.
    private static func question(in message: TokenizedText) -> Range<Int>? {
        let sentences = Sentences.ranges(of: message)
        let marked = sentences.last { sentence in
            let end = message.tokens[sentence.upperBound - 1].range.upperBound
            return end < message.scalars.count && message.scalars[end].isQuestionMark
        }
        return marked
            ?? sentences.last { message.tokens[$0].contains { asking.contains($0.word) } }
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
    static let identifiers: Set<String> = [
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
