/// The English (Porter2) stemmer: takes the endings off a word so that its forms compare as equal.
///
/// Written from the definition at snowballstem.org, "The English (Porter2) stemming algorithm"; the
/// steps carry its numbers. Works on lower-case ASCII letters without apostrophes.
enum Stemmer {
    /// The stem of a word of lower-case ASCII letters.
    static func stem(_ word: [UInt8]) -> [UInt8] {
        guard word.count > 2 else { return word }
        if let exception = exceptions[word] { return exception }
        var state = StemmerState(word)
        state.step1a()
        if invariantsAfterStep1a.contains(state.word) { return state.finished }
        state.step1b()
        state.step1c()
        state.step2()
        state.step3()
        state.step4()
        state.step5()
        return state.finished
    }

    private static func letters(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static let exceptions: [[UInt8]: [UInt8]] = {
        let changed = [
            "skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie",
            "idly": "idl", "gently": "gentl", "ugly": "ugli", "early": "earli", "only": "onli",
            "singly": "singl",
        ]
        var table: [[UInt8]: [UInt8]] = [:]
        for (word, stem) in changed { table[letters(word)] = letters(stem) }
        for word in ["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"] {
            table[letters(word)] = letters(word)
        }
        return table
    }()

    private static let invariantsAfterStep1a: Set<[UInt8]> = Set(
        ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"]
            .map(letters))
}

/// A word on its way through the steps, with its regions R1 and R2.
private struct StemmerState {
    var word: [UInt8]
    private var r1: Int
    private var r2: Int

    /// A `y` that is a consonant, as the definition writes it.
    private static let consonantY = UInt8(ascii: "Y")
    private static let y = UInt8(ascii: "y")
    /// Beginnings after which R1 starts, whatever the rule would say.
    private static let prefixes = ["gener", "commun", "arsen"].map { Array($0.utf8) }

    init(_ letters: [UInt8]) {
        word = letters
        for index in word.indices where word[index] == Self.y {
            if index == 0 || Self.isVowel(word[index - 1]) { word[index] = Self.consonantY }
        }
        r1 = word.count
        r2 = word.count
        let prefix = Self.prefixes.first { word.starts(with: $0) }
        r1 = prefix?.count ?? region(from: 0)
        r2 = region(from: r1)
    }

    /// The result: consonant `Y` is an ordinary letter again.
    var finished: [UInt8] { word.map { $0 == Self.consonantY ? Self.y : $0 } }

    private static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"), UInt8(ascii: "y"):
            true
        default: false
        }
    }

    /// After the first non-vowel that follows a vowel.
    private func region(from start: Int) -> Int {
        var index = start + 1
        while index < word.count {
            if !Self.isVowel(word[index]) && Self.isVowel(word[index - 1]) { return index + 1 }
            index += 1
        }
        return word.count
    }

    private func ends(with suffix: Suffix) -> Bool {
        let offset = word.count - suffix.letters.count
        guard offset >= 0 else { return false }
        var index = suffix.letters.count - 1
        while index >= 0 {
            if word[offset + index] != suffix.letters[index] { return false }
            index -= 1
        }
        return true
    }

    private func longest(of suffixes: [Suffix]) -> Suffix? {
        suffixes.first(where: ends)
    }

    private func isInR1(_ suffix: Suffix) -> Bool { word.count - suffix.letters.count >= r1 }
    private func isInR2(_ suffix: Suffix) -> Bool { word.count - suffix.letters.count >= r2 }

    private mutating func replace(_ suffix: Suffix, with ending: [UInt8]) {
        word.removeLast(suffix.letters.count)
        word.append(contentsOf: ending)
    }

    private func hasVowel(before end: Int) -> Bool {
        word[..<max(0, end)].contains(where: Self.isVowel)
    }

    /// A vowel between non-vowels, the last not w, x or Y; or a vowel at the start before a non-vowel.
    private func endsInShortSyllable(at end: Int) -> Bool {
        if end == 2 { return Self.isVowel(word[0]) && !Self.isVowel(word[1]) }
        guard end > 2 else { return false }
        let last = word[end - 1]
        return !Self.isVowel(last) && !"wxY".utf8.contains(last) && Self.isVowel(word[end - 2])
            && !Self.isVowel(word[end - 3])
    }

    mutating func step1a() {
        guard let suffix = longest(of: Suffix.step1a) else { return }
        switch suffix.name {
        case "sses":
            word.removeLast(2)
        case "ied", "ies":
            word.removeLast(word.count > 4 ? 2 : 1)
        case "s":
            if hasVowel(before: word.count - 2) { word.removeLast() }
        default:
            break
        }
    }

    mutating func step1b() {
        guard let suffix = longest(of: Suffix.step1b) else { return }
        if suffix.name.hasPrefix("ee") {
            if isInR1(suffix) { replace(suffix, with: Array("ee".utf8)) }
            return
        }
        guard hasVowel(before: word.count - suffix.letters.count) else { return }
        word.removeLast(suffix.letters.count)
        if longest(of: Suffix.takesE) != nil {
            word.append(UInt8(ascii: "e"))
        } else if longest(of: Suffix.doubles) != nil {
            word.removeLast()
        } else if r1 >= word.count && endsInShortSyllable(at: word.count) {
            word.append(UInt8(ascii: "e"))
        }
    }

    mutating func step1c() {
        guard word.count > 2, let last = word.last, last == Self.y || last == Self.consonantY,
            !Self.isVowel(word[word.count - 2])
        else { return }
        word[word.count - 1] = UInt8(ascii: "i")
    }

    mutating func step2() {
        guard let suffix = longest(of: Suffix.step2), isInR1(suffix) else { return }
        let before = word.dropLast(suffix.letters.count).last
        switch suffix.name {
        case "ogi" where before != UInt8(ascii: "l"):
            return
        case "li" where !(before.map { "cdeghkmnrt".utf8.contains($0) } ?? false):
            return
        default:
            replace(suffix, with: suffix.replacement)
        }
    }

    mutating func step3() {
        guard let suffix = longest(of: Suffix.step3), isInR1(suffix) else { return }
        if suffix.name == "ative" && !isInR2(suffix) { return }
        replace(suffix, with: suffix.replacement)
    }

    mutating func step4() {
        guard let suffix = longest(of: Suffix.step4), isInR2(suffix) else { return }
        if suffix.name == "ion" {
            let before = word.dropLast(3).last
            guard before == UInt8(ascii: "s") || before == UInt8(ascii: "t") else { return }
        }
        word.removeLast(suffix.letters.count)
    }

    mutating func step5() {
        guard let last = word.last else { return }
        let end = word.count - 1
        if last == UInt8(ascii: "e") {
            if end >= r2 || (end >= r1 && !endsInShortSyllable(at: end)) { word.removeLast() }
        } else if last == UInt8(ascii: "l"), end >= r2, end > 0, word[end - 1] == last {
            word.removeLast()
        }
    }
}

/// An ending and what takes its place.
private struct Suffix: Sendable {
    let name: String
    let letters: [UInt8]
    let replacement: [UInt8]

    init(_ name: String, _ replacement: String = "") {
        self.name = name
        letters = Array(name.utf8)
        self.replacement = Array(replacement.utf8)
    }

    /// Longest first, so that the first that fits is the longest.
    private static func sorted(_ suffixes: [Suffix]) -> [Suffix] {
        suffixes.sorted { $0.letters.count > $1.letters.count }
    }

    static let step1a = sorted(["sses", "ied", "ies", "us", "ss", "s"].map { Suffix($0) })
    static let step1b = sorted(["eedly", "eed", "ingly", "edly", "ing", "ed"].map { Suffix($0) })
    static let takesE = ["at", "bl", "iz"].map { Suffix($0) }
    static let doubles = ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"].map { Suffix($0) }
    static let step2 = sorted([
        Suffix("tional", "tion"), Suffix("enci", "ence"), Suffix("anci", "ance"),
        Suffix("abli", "able"), Suffix("entli", "ent"), Suffix("izer", "ize"),
        Suffix("ization", "ize"), Suffix("ational", "ate"), Suffix("ation", "ate"),
        Suffix("ator", "ate"), Suffix("alism", "al"), Suffix("aliti", "al"), Suffix("alli", "al"),
        Suffix("fulness", "ful"), Suffix("ousli", "ous"), Suffix("ousness", "ous"),
        Suffix("iveness", "ive"), Suffix("iviti", "ive"), Suffix("biliti", "ble"),
        Suffix("bli", "ble"), Suffix("ogi", "og"), Suffix("fulli", "ful"),
        Suffix("lessli", "less"), Suffix("li"),
    ])
    static let step3 = sorted([
        Suffix("tional", "tion"), Suffix("ational", "ate"), Suffix("alize", "al"),
        Suffix("icate", "ic"), Suffix("iciti", "ic"), Suffix("ical", "ic"), Suffix("ful"),
        Suffix("ness"), Suffix("ative"),
    ])
    static let step4 = sorted(
        [
            "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism",
            "ate", "iti", "ous", "ive", "ize", "ion",
        ].map { Suffix($0) })
}
