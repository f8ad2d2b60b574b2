import Testing

@testable import CaseModel

/// Values from 3GPP TS 23.038 (6.2.1, 6.2.1.1, 6.2.3) and TS 23.040 (9.2.3.24.1).
@Suite("A short message")
struct ShortMessageTests {
    @Test(arguments: [
        (0, 1), (1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4),
    ])
    func `of 7 bits has 160 characters, or 153 in each of several parts`(count: Int, parts: Int) {
        let message = ShortMessage(String(repeating: "ä", count: count))
        #expect(message.alphabet == .gsm7)
        #expect(message.unitCount == count)
        #expect(message.parts.count == parts)
    }

    @Test(arguments: [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
    func `of 16 bits has 70 characters, or 67 in each of several parts`(count: Int, parts: Int) {
        let message = ShortMessage(String(repeating: "ж", count: count))
        #expect(message.alphabet == .ucs2)
        #expect(message.unitCount == count)
        #expect(message.parts.count == parts)
    }

    @Test func `takes the whole default alphabet as 7 bits`() {
        let columns = [
            "@£$¥èéùìòÇ\nØø\rÅå", "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ", " !\"#¤%&'()*+,-./", "0123456789:;<=>?",
            "¡ABCDEFGHIJKLMNO", "PQRSTUVWXYZÄÖÑÜ§", "¿abcdefghijklmno", "pqrstuvwxyzäöñüà",
        ]
        #expect(columns.map { $0.unicodeScalars.count }.reduce(0, +) == 127)
        for column in columns {
            #expect(ShortMessage(column).alphabet == .gsm7)
            #expect(ShortMessage(column).unitCount == column.unicodeScalars.count)
        }
    }

    @Test(arguments: ["\u{C}", "^", "{", "}", "\\", "[", "~", "]", "|", "€"])
    func `counts a character of the extension table twice`(character: String) {
        #expect(ShortMessage(character).alphabet == .gsm7)
        #expect(ShortMessage(character).unitCount == 2)
    }

    @Test(arguments: ["ç", "`", "á", "ő", "\t", "–", "“", "ж", "中", "😀", "\u{1B}", "\u{301}"])
    func `is of 16 bits for one character beyond`(character: String) {
        #expect(ShortMessage("a" + character).alphabet == .ucs2)
    }

    @Test func `reads a letter and its accent as one character`() {
        let message = ShortMessage("e\u{301}a\u{308}")
        #expect(message.alphabet == .gsm7)
        #expect(Array(message.text.unicodeScalars) == ["\u{E9}", "\u{E4}"])
    }

    @Test(arguments: [(158, 1, 160), (159, 2, 161)])
    func `counts a pair at the end of one part`(count: Int, parts: Int, units: Int) {
        let message = ShortMessage(String(repeating: "a", count: count) + "€")
        #expect(message.unitCount == units)
        #expect(message.parts.count == parts)
    }

    @Test func `splits no pair of 7 bits`() {
        let message = ShortMessage(
            String(repeating: "a", count: 152) + "€" + String(repeating: "b", count: 151))
        #expect(message.unitCount == 305)
        #expect(
            message.parts == [
                String(repeating: "a", count: 152), "€" + String(repeating: "b", count: 151),
            ])
        let longer = ShortMessage(message.text + "b")
        #expect(longer.unitCount == 306)
        #expect(longer.parts.map(\.count) == [152, 152, 1])
    }

    @Test func `splits no pair of 16 bits`() {
        let message = ShortMessage(String(repeating: "😀", count: 36))
        #expect(message.unitCount == 72)
        #expect(message.parts.map(\.unicodeScalars.count) == [33, 3])
        #expect(ShortMessage(String(repeating: "😀", count: 35)).parts.count == 1)
    }

    @Test func `has the whole text in its parts`() {
        let text = (0..<480).map { $0 % 3 == 0 ? "€" : $0 % 7 == 0 ? "\n" : "a" }.joined()
        #expect(ShortMessage(text).parts.joined() == text)
        #expect(ShortMessage(text + "😀").parts.joined() == text + "😀")
    }
}

/// Values from ITU-T E.164 (6.2.1).
@Suite("A number for short messages")
struct E164NumberTests {
    private func number(_ text: String) throws -> E164Number {
        try E164Number(PhoneNumber(text))
    }

    @Test(arguments: [
        ("+49 30 5550142", "+49305550142"), ("0049 (30) 5550142", "+49305550142"),
        ("+49 (0)30 5550142", "+49305550142"), ("+1 212-555-0100", "+12125550100"),
        ("+123456789012345", "+123456789012345"), ("+683 4000", "+6834000"),
    ])
    func `has its country code`(text: String, expected: String) throws {
        #expect(try number(text).description == expected)
        #expect(try number(text).digits == expected.dropFirst())
    }

    @Test(arguments: [
        ("030 5550142", E164Number.Fault.noCountry), ("5550142", .noCountry), ("112", .noCountry),
        ("+49 30 555x12", .hasExtension), ("+0123456789", .unknownCountry),
        ("+683 400", .tooShort), ("+1234567890123456", .tooLong),
    ])
    func `is not every number`(text: String, fault: E164Number.Fault) {
        #expect(throws: fault) { try number(text) }
    }
}
