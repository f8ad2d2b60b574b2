/// The short name of what an agent asks for: "Order number", "E-mail".
enum AnswerLabel {
    /// The label of a question; nil when it asks for nothing that has a name.
    static func label(of question: TokenizedText) -> String? {
        for token in question.tokens.reversed() {
            if let label = labels[token.stem] { return label }
        }
        return nil
    }

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
