/// Which passwords a person may choose, after NIST SP 800-63B (3.1.1.2).
///
/// Long enough, and none of those that are tried first: the commonest, the person's own names, the desk's, one
/// character over and over. There are no rules on kinds of characters: they make people write `Password2026!`.
package struct PasswordRule: Sendable {
    /// Shortest password, in characters (Unicode code points).
    package static let minimumCharacters = 12
    /// Fewest different characters.
    static let minimumDifferentCharacters = 5

    /// What the password must not be, in letters alone.
    private let ownWords: Set<String>

    /// - Parameter names: What a stranger would try first: the person's login and name, the tenant space's.
    package init(names: [String]) {
        let parts = names.map { String($0.prefix { $0 != "@" }) }
        let turned = names.map { $0.split(separator: " ").reversed().joined() }
        ownWords = Set((names + parts + turned + ["casedesk"]).map(Self.letters)).subtracting([""])
    }

    /// What is wrong with a password, as a sentence that says what to do; `nil` when it may be used.
    package func problem(of password: String) -> String? {
        let count = password.unicodeScalars.count
        if count < Self.minimumCharacters {
            return "Password must be \(Self.minimumCharacters) characters or more"
        }
        if password.utf8.count > PasswordHash.maximumPasswordByteCount {
            return "Password must be \(PasswordHash.maximumPasswordByteCount) bytes or less"
        }
        if Set(password.unicodeScalars).count < Self.minimumDifferentCharacters {
            return "Password must not be a few characters over and over; choose another"
        }
        let letters = Self.letters(password)
        if Self.isRepetition(of: ownWords, letters) {
            return "Password must not be the person’s name or login, or the name of this desk"
        }
        if Self.commonTexts.contains(password.lowercased())
            || Self.isRepetition(of: Self.commonWords, letters)
        {
            return "Password is one of the commonest, which are tried first; choose another"
        }
        return nil
    }

    /// The letters of a text in lower case: what is left of `Petra.Vogel_2026!` is `petravogel`.
    private static func letters(_ text: String) -> String {
        String(text.lowercased().filter(\.isLetter))
    }

    /// Whether a text is one of the words, or it over and over.
    private static func isRepetition(of words: Set<String>, _ text: String) -> Bool {
        words.contains { word in
            let count = text.count / word.count
            return count > 0 && text == String(repeating: word, count: count)
        }
    }
}

extension PasswordRule {
    /// What stands at the top of lists of leaked passwords, without the digits and signs around it.
    private static let commonWords: Set<String> = [
        "password", "passwort", "passw", "pass", "passphrase", "secret", "letmein", "welcome",
        "willkommen", "changeme", "default", "temporary", "temp", "test", "testing", "guest",
        "admin", "administrator", "root", "user", "login", "master", "qwerty", "qwertz", "azerty",
        "qwertyuiop", "qwertyuiopasdf", "qwertyuiopasdfgh", "asdfghjkl", "zxcvbnm", "qazwsx",
        "qazwsxedc", "qazwsxedcrfv", "qweasdzxc", "abc", "abcd", "abcdef", "abcdefgh",
        "abcdefghijkl", "abcdefghijklm", "abcdefghijklmnopqrstuvwxyz", "iloveyou", "sunshine",
        "princess", "football", "baseball", "basketball", "monkey", "dragon", "superman", "batman",
        "starwars", "pokemon", "trustno", "whatever", "computer", "internet", "michael",
        "charlie", "summer", "winter", "spring", "autumn", "january", "monday", "hello",
        "helloworld", "company", "service", "support", "helpdesk", "callcenter", "contactcenter",
    ]

    /// Common ones of digits, or of digits and letters in turn, whole.
    private static let commonTexts: Set<String> = [
        "123456789012", "1234567890123", "12345678901234", "123456789012345", "1234567890123456",
        "123456789101", "1234567891011", "123456789123", "123456789987",
        "0123456789012", "012345678901", "012345678910", "098765432109", "987654321098",
        "9876543210987", "123123123123", "1234512345123", "123451234512345", "123456123456",
        "123456654321", "112233445566", "147258369147", "147258369000", "1q2w3e4r5t6y",
        "1q2w3e4r5t6y7u", "1q2w3e4r5t6y7u8i", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "q1w2e3r4t5y6",
        "a1b2c3d4e5f6", "zaq12wsxcde3", "passw0rd1234", "p@ssw0rd1234",
        "p@ssword1234", "p@ssw0rd12345", "passw0rd12345", "passw0rd2026", "p@ssw0rd2026",
    ]
}
