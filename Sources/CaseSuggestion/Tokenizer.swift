/// One word of a text.
struct Token: Sendable {
    /// Where it stands, in Unicode scalars of the text.
    let range: Range<Int>
    /// Its letters in lower case, as a range of ``TokenizedText/letters``.
    let letters: Range<Int>
    /// What it is compared by: its stem, or `not` for any negation.
    let stem: WordHash
    /// The word as written, in lower case.
    let word: WordHash
    /// Whether it is made of digits, or of digits and letters.
    let hasDigit: Bool
    /// Whether it says nothing of the matter: a greeting, a politeness, a function word.
    let isStopWord: Bool
}

/// A text cut into words: runs of letters, marks and digits of any script, with apostrophes inside.
///
/// At most ``ReadingLimit/maximumScalarCountPerMessage`` scalars are read; the time is linear in them.
struct TokenizedText: Sendable {
    /// The scalars that were read, as written.
    let scalars: [Unicode.Scalar]
    /// The letters of all words in lower case, one behind the other.
    private(set) var letters: [Unicode.Scalar] = []
    /// The words in order.
    private(set) var tokens: [Token] = []

    init(_ text: String, limit: Int = ReadingLimit.maximumScalarCountPerMessage) {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(min(text.utf8.count, limit))
        for scalar in text.unicodeScalars.prefix(limit) { scalars.append(scalar) }
        self.scalars = scalars
        letters.reserveCapacity(scalars.count)
        tokens.reserveCapacity(scalars.count / 4)
        readWords()
    }

    private mutating func readWords() {
        var position = 0
        while position < scalars.count {
            guard scalars[position].isWordPart else {
                position += 1
                continue
            }
            let start = position
            let firstLetter = letters.count
            var hasDigit = false
            while position < scalars.count, position - start < ReadingLimit.maximumWordLength {
                let scalar = scalars[position]
                if scalar.isWordPart {
                    hasDigit = hasDigit || scalar.digit != nil
                    scalar.appendLowercase(to: &letters)
                } else if !isApostropheInside(at: position) {
                    break
                }
                position += 1
            }
            addToken(range: start..<position, firstLetter: firstLetter, hasDigit: hasDigit)
        }
    }

    private func isApostropheInside(at position: Int) -> Bool {
        scalars[position].isApostrophe && position + 1 < scalars.count
            && scalars[position + 1].isWordPart
    }

    private mutating func addToken(range: Range<Int>, firstLetter: Int, hasDigit: Bool) {
        let ownLetters = firstLetter..<letters.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(ownLetters.count)
        var isASCII = true
        for letter in letters[ownLetters] {
            if letter.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: letter.value))
            } else {
                isASCII = false
                bytes.append(contentsOf: UTF8.encode(letter) ?? .init())
            }
        }
        let word = WordHash(bytes)
        let isNegation = StopWords.negations.contains(word)
        let stem: WordHash
        if isNegation {
            stem = StopWords.not
        } else if isASCII && !hasDigit {
            stem = WordHash(Stemmer.stem(bytes))
        } else {
            stem = word
        }
        tokens.append(
            Token(
                range: range, letters: ownLetters, stem: stem, word: word, hasDigit: hasDigit,
                isStopWord: !isNegation && StopWords.all.contains(word)))
    }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { value >= 0x30 && value <= 0x39 }

    /// The value of a decimal digit of any script.
    var digit: UInt8? {
        if isASCII { return isASCIIDigit ? UInt8(value - 0x30) : nil }
        guard properties.generalCategory == .decimalNumber else { return nil }
        return properties.numericValue.map { UInt8($0) }
    }

    var isASCIILetter: Bool {
        let lower = value | 0x20
        return lower >= 0x61 && lower <= 0x7A
    }

    /// Letters, marks that belong to letters, and digits, of any script.
    var isWordPart: Bool {
        if isASCII { return isASCIILetter || isASCIIDigit }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .decimalNumber:
            return true
        default:
            return false
        }
    }

    var isApostrophe: Bool { value == 0x27 || value == 0x2019 }

    var isUppercaseLetter: Bool {
        isASCII ? value >= 0x41 && value <= 0x5A : properties.isUppercase
    }

    func appendLowercase(to letters: inout [Unicode.Scalar]) {
        if isASCII {
            let isUpper = value >= 0x41 && value <= 0x5A
            letters.append(isUpper ? Unicode.Scalar(UInt8(value) + 0x20) : self)
        } else {
            letters.append(contentsOf: properties.lowercaseMapping.unicodeScalars)
        }
    }
}
