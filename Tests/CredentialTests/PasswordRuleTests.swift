import Testing

@testable import Credential

@Suite("Choosing a password")
struct PasswordRuleTests {
    private let rule = PasswordRule(names: ["petra.vogel", "Petra Vogel", "Müller & Söhne Telekom"])

    @Test(arguments: [
        "correct horse", "zwölf Zeichen", "aaaabbbbcdef", "Passwort ist nicht geheim",
        "petra vogel mag Kaffee", "8392746501938", "            x y z w",
    ])
    func `takes what is long enough, whatever it is made of`(password: String) {
        #expect(rule.problem(of: password) == nil)
    }

    @Test(arguments: [(11, false), (12, true), (13, true)])
    func `counts characters, not bytes`(count: Int, isTaken: Bool) {
        let letters = Array("äöüßéèàçñøåæþ")
        let password = String((0..<count).map { letters[$0 % letters.count] })
        #expect((rule.problem(of: password) == nil) == isTaken)
        #expect(isTaken || rule.problem(of: password)?.contains("12 characters") == true)
    }

    @Test(arguments: [(1_024, true), (1_025, false)])
    func `ends at a length that costs time alone`(count: Int, isTaken: Bool) {
        let password = String((0..<count).map { Array("abcdefg7")[$0 % 8] })
        #expect((rule.problem(of: password) == nil) == isTaken)
    }

    @Test(arguments: [
        "petra.vogel2026", "Petra Vogel 1", "vogelpetra!!!!", "PETRAVOGELPETRAVOGEL",
        "Müller&Söhne-Telekom", "CaseDesk-2026!", "casedeskcasedesk",
    ])
    func `refuses one's own names and the desk's`(password: String) {
        #expect(rule.problem(of: password)?.contains("name or login") == true)
    }

    @Test(arguments: ["anna.schmidt@example.org", "ANNA.SCHMIDT@example.org", "anna-schmidt-1"])
    func `refuses a login that is an address, whole and without its host`(password: String) {
        let rule = PasswordRule(names: ["anna.schmidt@example.org"])
        #expect(rule.problem(of: password)?.contains("name or login") == true)
    }

    @Test(arguments: [
        "123456789012", "Password1234", "passwordpassword", "administrator", "1q2w3e4r5t6y",
        "Willkommen!1", "QWERTYUIOP12", "P@ssw0rd1234",
    ])
    func `refuses what is tried first`(password: String) {
        #expect(rule.problem(of: password)?.contains("commonest") == true)
    }

    @Test(arguments: ["aaaaaaaaaaaa", "abababababab", "abcdabcdabcd", "111122223333"])
    func `refuses a few characters over and over`(password: String) {
        #expect(rule.problem(of: password)?.contains("over and over") == true)
    }

    @Test func `needs no names`() {
        #expect(PasswordRule(names: [""]).problem(of: "correct horse") == nil)
        #expect(PasswordRule(names: []).problem(of: "????:::..--") != nil)
    }
}
