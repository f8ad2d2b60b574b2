import FormData
import Testing

@Suite("The text of a field")
struct FormTextTests {
    @Test(arguments: [
        ("", ""),
        ("one\ntwo\tthree", "one\ntwo\tthree"),
        ("one\r\ntwo", "one\ntwo"),
        ("one\rtwo", "one\ntwo"),
        ("\r\r\n\n\r", "\n\n\n\n"),
        (
            "e\u{301}\u{200F}\u{200D}\u{FEFF}😀\u{10FFFF}\u{A0}",
            "e\u{301}\u{200F}\u{200D}\u{FEFF}😀\u{10FFFF}\u{A0}"
        ),
    ])
    func `folds line ends and changes nothing else`(sent: String, text: String) throws {
        let decoded = try FormText.decode(Array(sent.utf8))
        #expect(Array(decoded.utf8) == Array(text.utf8))
    }

    @Test(
        arguments: [
            [0xFF], [0xC3], [0x61, 0xC3, 0x28], [0xC0, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE2, 0x98],
        ] as [[UInt8]])
    func `refuses what is not UTF-8`(bytes: [UInt8]) {
        #expect(throws: FormTextError.notUTF8) { try FormText.decode(bytes) }
    }

    @Test(arguments: Array(0..<0x20) + Array(0x7F..<0xA0) as [UInt32])
    func `refuses every control character but newline and tab`(code: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(code))
        let bytes = Array("a\(Character(scalar))b".utf8)
        switch code {
        case 0x09, 0x0A, 0x0D: #expect(throws: Never.self) { try FormText.decode(bytes) }
        default:
            #expect(throws: FormTextError.controlCharacter(code: code)) {
                try FormText.decode(bytes)
            }
        }
    }

    @Test
    func `names the character in its error`() {
        #expect(
            FormTextError.controlCharacter(code: 0x1B).description
                == "The text holds the control character U+001B.")
    }
}
