/// Finds secrets in one message.
struct SecretFinder {
    typealias Found = [(token: Int, kind: SecretKind)]

    private let text: TokenizedText
    /// Runs of neighbouring tokens of digits alone: "4111 1111-1111.1111" is one.
    private let numbers: [Range<Int>]
    /// The run that each token is in.
    private let runs: [Range<Int>?]

    init(_ text: TokenizedText) {
        self.text = text
        numbers = Self.numbers(in: text)
        var runs = [Range<Int>?](repeating: nil, count: text.tokens.count)
        for run in numbers { for place in run { runs[place] = run } }
        self.runs = runs
    }

    /// Card numbers and social security numbers, wherever they stand.
    func byPattern() -> Found {
        var found: Found = []
        for run in numbers {
            for start in run {
                var digits: [UInt8] = []
                for end in start..<run.upperBound {
                    digits += self.digits(of: end)
                    if digits.count > Self.cardLength.upperBound { break }
                    guard isCard(digits, groups: start...end) else { continue }
                    found += (start...end).map { ($0, .cardNumber) }
                }
            }
            if isSocialSecurityNumber(run) { found += run.map { ($0, .socialSecurityNumber) } }
        }
        return found
    }

    /// Values beside a word that names a secret: "my PIN is 1234", "1234 is my PIN", "password: x".
    func byNeighbours() -> Found {
        var found: Found = []
        for place in text.tokens.indices {
            guard let kind = kind(at: place) else { continue }
            if kind == .password {
                found += password(after: place).map { ($0, kind) }
            } else if let run = number(near: place) {
                found += run.map { ($0, kind) }
            }
        }
        return found
    }

    /// The kinds that an agent's message asks for.
    func askedKinds() -> Set<SecretKind> {
        let stems = Set(text.tokens.map(\.stem))
        guard text.scalars.contains("?") || !stems.isDisjoint(with: Self.asking) else { return [] }
        var kinds = Set(text.tokens.indices.compactMap(kind))
        if stems.contains(Self.card), !stems.isDisjoint(with: Self.cardParts) {
            kinds.insert(.cardNumber)
        }
        if stems.contains(Self.social) { kinds.insert(.socialSecurityNumber) }
        if !stems.isDisjoint(with: Self.notAsking) { kinds.remove(.password) }
        return kinds
    }

    /// The secrets in an answer to a question for them.
    func asAnswer(to asked: Set<SecretKind>) -> Found {
        var found: Found = []
        if let kind = asked.filter({ $0 != .password }).min() {
            for (place, token) in text.tokens.enumerated()
            where token.hasDigit || runs[place] != nil {
                let isGrouped = (runs[place]?.count ?? 0) > 1
                if token.range.count >= 3 || isGrouped { found.append((place, kind)) }
            }
        }
        if asked.contains(.password) {
            let said = text.tokens.indices.filter { !text.tokens[$0].isStopWord }
            let isShort = said.count <= Self.maximumPasswordTokens
            for place in said where isShort || text.tokens[place].hasDigit {
                if kind(at: place) == nil { found.append((place, .password)) }
            }
        }
        return found
    }

    /// Tokens of an answer, or behind "password is", that are taken as a password as a whole.
    private static let maximumPasswordTokens = 8
    /// Digits of a card number.
    private static let cardLength = 13...19
    /// Tokens between a word and the number that it names.
    private static let reach = 7

    private static func numbers(in text: TokenizedText) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for (place, token) in text.tokens.enumerated() {
            let isNumber = spokenDigits[token.word] != nil || isDigits(token, of: text)
            if let first = start {
                if isNumber && isJoined(place, of: text) { continue }
                runs.append(first..<place)
                start = nil
            }
            if isNumber { start = place }
        }
        if let start { runs.append(start..<text.tokens.count) }
        return runs.filter { run in
            run.count >= leastSpokenDigits || isDigits(text.tokens[run.lowerBound], of: text)
        }
    }

    private static func isDigits(_ token: Token, of text: TokenizedText) -> Bool {
        token.hasDigit && text.letters[token.letters].allSatisfy { $0.digit != nil }
    }

    /// Whether little stands between a token and the one before.
    private static func isJoined(_ place: Int, of text: TokenizedText) -> Bool {
        let gap = text.tokens[place - 1].range.upperBound..<text.tokens[place].range.lowerBound
        return gap.count <= 3 && !gap.contains { text.scalars[$0] == "\n" }
    }

    /// Digits as words that make a number.
    private static let leastSpokenDigits = 3

    private func digits(of place: Int) -> [UInt8] {
        if let digit = Self.spokenDigits[text.tokens[place].word] { return [digit] }
        return text.letters[text.tokens[place].letters].compactMap(\.digit)
    }

    /// Valid by Luhn, or of a card's shape: 15 or 16 digits in one group, or four groups of four.
    private func isCard(_ digits: [UInt8], groups: ClosedRange<Int>) -> Bool {
        guard Self.cardLength.contains(digits.count) else { return false }
        if Self.isLuhnValid(digits) { return true }
        let lengths = groups.map { text.tokens[$0].letters.count }
        return [[4, 4, 4, 4], [15], [16], [4, 6, 5]].contains(lengths)
    }

    /// The check digit of ISO/IEC 7812-1.
    static func isLuhnValid(_ digits: [UInt8]) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum > 0 && sum % 10 == 0
    }

    /// Three, two and four digits.
    private func isSocialSecurityNumber(_ run: Range<Int>) -> Bool {
        run.map { text.tokens[$0].letters.count } == [3, 2, 4]
    }

    /// The kind that a word names, alone or with the next.
    private func kind(at place: Int) -> SecretKind? {
        let token = text.tokens[place]
        if let kind = Self.names[token.word] { return kind }
        let letters = text.letters[token.letters]
        if letters.suffix(3).elementsEqual("ssn".unicodeScalars) { return .socialSecurityNumber }
        guard place + 1 < text.tokens.count else { return nil }
        var pair = token.word
        pair.add(text.tokens[place + 1].word)
        return Self.pairs[pair]
    }

    /// The next number, or one just before ("1234 is my PIN").
    private func number(near place: Int) -> Range<Int>? {
        let end = min(text.tokens.count, place + 1 + Self.reach)
        for next in (place + 1)..<max(place + 1, end) { if let run = runs[next] { return run } }
        for before in stride(from: place - 1, through: max(0, place - 4), by: -1) {
            guard let run = runs[before] else { continue }
            return isJoinedByIs(run.upperBound..<place) ? run : nil
        }
        return nil
    }

    private func isJoinedByIs(_ between: Range<Int>) -> Bool {
        between.contains { Self.joints.contains(text.tokens[$0].word) }
    }

    /// What follows "password", past "is", to the end of the clause; nothing when the talk is about it.
    private func password(after place: Int) -> [Int] {
        var next = place + 1
        var isJoined = false
        while next < text.tokens.count, next - place <= 5 {
            let word = text.tokens[next].word
            let gap = text.tokens[next - 1].range.upperBound..<text.tokens[next].range.lowerBound
            isJoined =
                isJoined || gap.contains { text.scalars[$0] == ":" || text.scalars[$0] == "=" }
            if Self.joints.contains(word) {
                isJoined = true
            } else if !Self.connecting.contains(word) || isJoined {
                break
            }
            next += 1
        }
        guard next < text.tokens.count, !Self.states.contains(text.tokens[next].stem) else {
            return []
        }
        let first = text.tokens[next]
        let isUnknown = !first.isStopWord && Thesaurus.neighbours(of: first.stem).isEmpty
        let isSpelt = isFragment(next) && next + 1 < text.tokens.count && isFragment(next + 1)
        guard isJoined || first.hasDigit || isSpelt || (isUnknown && next == place + 1) else {
            return []
        }
        var end = next + 1
        while end < text.tokens.count, end - next < Self.maximumPasswordTokens,
            isJoined ? !endsClause(before: end) : isFragment(end)
        {
            end += 1
        }
        return Array(next..<end)
    }

    /// A piece of a password that was said letter by letter.
    private func isFragment(_ place: Int) -> Bool {
        text.tokens[place].hasDigit || text.tokens[place].range.count == 1
    }

    private func endsClause(before place: Int) -> Bool {
        if Self.clauseEnds.contains(text.tokens[place].word) { return true }
        let gap = text.tokens[place - 1].range.upperBound..<text.tokens[place].range.lowerBound
        return gap.count > 1 && gap.contains { ",.;!?\n".unicodeScalars.contains(text.scalars[$0]) }
    }

    private static func words(_ list: String) -> Set<WordHash> {
        Set(list.split(separator: " ").map { WordHash($0.utf8) })
    }

    private static func stems(_ list: String) -> Set<WordHash> {
        Set(list.split(separator: " ").map { WordHash(Stemmer.stem(Array($0.utf8))) })
    }

    private static let names: [WordHash: SecretKind] = {
        var names: [WordHash: SecretKind] = [:]
        for word in words("ssn ssns sin tin itin") { names[word] = .socialSecurityNumber }
        for word in words("pin pins pincode passcode") { names[word] = .pin }
        for word in words("cvv cvc cvv2 otp") { names[word] = .securityCode }
        for word in words("password passwords passwort passphrase pw pwd psw") {
            names[word] = .password
        }
        return names
    }()

    private static let pairs: [WordHash: SecretKind] = {
        let named: [(String, String, SecretKind)] = [
            ("social", "security", .socialSecurityNumber),
            ("social", "number", .socialSecurityNumber),
            ("security", "code", .securityCode), ("verification", "code", .securityCode),
            ("security", "number", .socialSecurityNumber), ("security", "answer", .password),
            ("card", "number", .cardNumber), ("card", "no", .cardNumber),
            ("credit", "card", .cardNumber),
            ("debit", "card", .cardNumber), ("card", "digits", .cardNumber),
            ("credit", "number", .cardNumber),
            ("credit", "no", .cardNumber),
        ]
        return named.reduce(into: [:]) { pairs, name in
            var pair = WordHash(name.0)
            pair.add(WordHash(name.1))
            pairs[pair] = name.2
        }
    }()

    private static let joints = words("is was its are equals")
    private static let connecting = words(
        "no num number my the for is was its account of to login you your new temporary here old current"
    )
    private static let clauseEnds = words("and but so because then or please thanks thank")
    private static let states = stems(
        """
        not wrong incorrect expired lost forgotten blocked locked correct working invalid being still never \
        required needed reset change changed to the a on in so very too also what where how please again \
        recovery problem issue help link page and or but
        """
    ).union([StopWords.not])
    private static let asking = stems(
        "provide enter give tell share confirm verify need require type state send may could can what"
    )
    private static let card = WordHash("card")
    private static let social = WordHash("social")
    private static let cardParts = stems("digits number last four")
    private static let spokenDigits: [WordHash: UInt8] = {
        let words = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
        ]
        var digits: [WordHash: UInt8] = [WordHash("oh"): 0]
        for (digit, word) in words.enumerated() { digits[WordHash(word)] = UInt8(digit) }
        return digits
    }()
    private static let notAsking = stems("forgot forget reset recover changed sent")
}
