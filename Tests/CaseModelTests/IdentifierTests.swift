import Testing

@testable import CaseModel

@Suite("Identifiers")
struct IdentifierTests {
    @Test(arguments: [
        "", "0", "-1", "+1", "01", " 1", "1 ", "1.0", "9223372036854775808", "١", "1e3",
    ])
    func `are not read from anything but their canonical form`(text: String) {
        #expect(CaseNumber(text) == nil)
    }

    @Test(arguments: [("1", Int64(1)), ("9223372036854775807", Int64.max)])
    func `are read from their canonical form`(text: String, number: Int64) {
        #expect(CaseNumber(text)?.number == number)
    }

    @Test func `of drafts are 32 lower-case hexadecimal digits, and new each time`() {
        let id = DraftID()
        #expect(DraftID(id.description) == id)
        #expect(DraftID() != id)
        #expect(DraftID(String(id.description.dropLast())) == nil)
        #expect(DraftID(id.description + "0") == nil)
        #expect(DraftID(String(repeating: "A", count: 32)) == nil)
        #expect(DraftID(String(repeating: "g", count: 32)) == nil)
    }

    @Test(arguments: [
        ("demo", true), ("a", true), ("9-b", true), ("-a", false), ("", false), ("A", false),
        ("a/b", false), ("..", false), ("a.b", false), ("ä", false),
        (String(repeating: "a", count: 40), true), (String(repeating: "a", count: 41), false),
    ])
    func `of tenant spaces are safe in a path`(text: String, isName: Bool) {
        #expect((TenantName(text) != nil) == isName)
    }
}

@Suite("Masked addresses")
struct MaskTests {
    @Test(arguments: [
        ("mia@example.org", "m•••@example.org"), ("m@example.org", "m•••@example.org"),
        ("", "•••"),
    ])
    func `show the first letter and the host of an e-mail address`(address: String, shown: String) {
        #expect(Mask.email(address) == shown)
    }

    @Test(arguments: [("+49 30 5550142", "+49 ••• 42"), ("110", "•••"), ("1234567", "•••")])
    func `show the ends of a phone number`(number: String, shown: String) {
        #expect(Mask.phone(number) == shown)
    }
}
