import CaseModel
import Testing

@testable import CaseSuggestion

@Suite("Secrets")
struct SecretTests {
    private let engine = SuggestionEngine(types: Desk.types)

    /// Lines of a conversation, the secret in them, and its kind.
    ///
    /// The card numbers are the schemes' published test numbers, but for two that no scheme would accept.
    static let said: [([String], String, SecretKind)] = [
        (["c: my card 4111 1111 1111 1111 was declined"], "4111", .cardNumber),
        (["c: my card 4111-1111-1111-1111 was declined"], "1111", .cardNumber),
        (["c: order with 378282246310005 failed to pay"], "378282246310005", .cardNumber),
        (["c: credit card number 4795345267495215 is refused"], "4795345267495215", .cardNumber),
        (["c: pay with ４１１１１１１１１１１１１１１１ today please"], "４１１１", .cardNumber),
        (["c: my ssn is 123-45-6789 for the account"], "6789", .socialSecurityNumber),
        (["c: social security number 987654321 belongs to me"], "987654321", .socialSecurityNumber),
        (["c: close my account, the PIN is 8361"], "8361", .pin),
        (["c: close my account, 8361 is my pin"], "8361", .pin),
        (["c: close my account, pin eight three six one"], "three", .pin),
        (["c: I cannot log in, password is Blue!Whale7"], "Whale7", .password),
        (["c: I cannot log in, my password: sunflower"], "sunflower", .password),
        (["c: cannot log in with password m 0 n 3 y today"], "0 n 3", .password),
        (["c: cannot log in, password hunter2 does nothing"], "hunter2", .password),
        (["c: cannot log in, the cvv is 123 on the back"], "123", .securityCode),
        (["c: reset my login", "a: What is your password?", "c: rosebud"], "rosebud", .password),
        (["c: reset it now please", "a: Please tell me your PIN.", "c: it's 4471"], "4471", .pin),
        (
            [
                "c: close my account now", "a: May I have the last four digits of your social?",
                "c: 5512",
            ], "5512", .socialSecurityNumber
        ),
        (
            ["c: it was declined again", "a: Which card number did you use?", "c: 55554444333"],
            "55554444333", .cardNumber
        ),
        (
            ["c: I cannot log in", "a: Your new password is: qW9zzk2", "c: qW9zzk2 works now"],
            "qW9zzk2", .password
        ),
    ]

    @Test(arguments: said)
    func `are not repeated in title and description, and their kind is named`(
        lines: [String], secret: String, kind: SecretKind
    ) {
        let conversation = Conversation(messages: lines.map(Desk.message))
        let proposal = engine.proposal(for: conversation)
        #expect(proposal.title?.text.contains(secret) != true)
        #expect(proposal.description?.text.contains(secret) != true)
        #expect(proposal.maskedSecrets.contains(kind))
        #expect(proposal.note?.contains(kind.label) == true)
    }

    @Test
    func `are masked again where they are repeated without a word beside them`() {
        let proposal = engine.proposal(
            for: Desk.conversation(
                "c: my pin is 90317", "a: You said 90317?", "c: yes order 90317 it is"))
        #expect(proposal.description?.text.contains("90317") != true)
    }

    @Test(
        arguments: [
            "I forgot my password and cannot log in", "what is my password reset link",
            "my pin is blocked since Monday", "cancel order 3348917502 from the shop",
            "call me at 415 555 0100 about the parcel", "the card was declined twice",
        ])
    func `are not seen in ordinary words and numbers`(text: String) {
        let proposal = engine.proposal(for: Desk.conversation("c: \(text)"))
        #expect(proposal.maskedSecrets.isEmpty)
        #expect(proposal.note == nil)
        #expect(proposal.title?.text.contains(SecretMask.replacement) == false)
    }

    @Test(
        arguments: [
            ("4111111111111111", true), ("4111111111111112", false), ("378282246310005", true),
            ("0000000000000", false), ("5555555555554444", true),
        ])
    func `of cards are told by their check digit`(number: String, isValid: Bool) {
        let digits = number.utf8.map { $0 - UInt8(ascii: "0") }
        #expect(SecretFinder.isLuhnValid(digits) == isValid)
    }
}
