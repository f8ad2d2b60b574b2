import CaseModel
import Testing

@Suite struct `The values of a customer` {
    /// The fields of a customer in whom nothing is wrong, with changes.
    static func texts(_ changes: [CustomerField: String] = [:]) -> FieldTexts {
        var texts = FieldTexts()
        texts[.name] = "Hannah Schulz"
        for (field, text) in changes { texts[field] = text }
        return texts
    }

    static func values(_ changes: [CustomerField: String]) throws -> CustomerValues {
        var problems: [FieldProblem] = []
        let values = CustomerValues(texts(changes), problems: &problems)
        #expect(problems == [])
        return try #require(values)
    }

    /// The fields that a person has to correct.
    static func problems(_ changes: [CustomerField: String]) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let values = CustomerValues(texts(changes), problems: &problems)
        #expect((values == nil) == !problems.isEmpty)
        return problems
    }

    /// A field, a text in it, and whether it is taken.
    static let table: [(CustomerField, String, Bool)] = [
        (.name, "", false), (.name, " \n ", false), (.name, "L", true),
        (.name, String(repeating: "ä", count: 79), true),
        (.name, String(repeating: "ä", count: 80), true),
        (.name, String(repeating: "ä", count: 81), false),
        (.name, "e\u{301}" + String(repeating: "x", count: 79), false),
        (.name, "Two\nlines", false),
        (.gender, "", true), (.gender, "male", true), (.gender, "female", true),
        (.gender, "Male", false), (.gender, "other", false),
        (.phone1, "112", true), (.phone2, "11", false), (.phone3, "+49 (30) 555-01/42", true),
        (.phone1, "030.5550142 x12", true), (.phone1, "1234567890123456789", true),
        (.phone1, "12345678901234567890", true), (.phone1, "123456789012345678901", false),
        (.phone1, "+-() /", false), (.phone1, "030 555O142", false),
        (.phone1, "030–5550142", false), (.phone1, "٣٤٥٦", false),
        (.remark, "", true), (.remark, "Two\nlines", true),
        (.remark, String(repeating: "x", count: 1_999), true),
        (.remark, String(repeating: "x", count: 2_000), true),
        (.remark, String(repeating: "x", count: 2_001), false),
        (.emailPreferred, "", true), (.emailPreferred, "1", true), (.emailPreferred, "3", true),
        (.emailPreferred, "0", false), (.emailPreferred, "4", false), (.emailPreferred, "a", false),
        (.phonePreferred, "4", false),
    ]

    @Test(arguments: table) func `are taken, or their field has a problem`(
        field: CustomerField, text: String, isTaken: Bool
    ) {
        let problems = Self.problems([field: text])
        #expect(problems.map(\.field) == (isTaken ? [] : [field.rawValue]))
    }

    @Test func `come back from their fields as they are`() throws {
        for changes: [CustomerField: String] in [
            [:],
            [.email2: "a@example.org", .phone1: "112", .phone3: "110", .phonePreferred: "3"],
            [.gender: "female", .email1: "a@b.c", .email3: "d@e.f", .remark: "x\ny"],
        ] {
            let values = try Self.values(changes)
            var problems: [FieldProblem] = []
            #expect(CustomerValues(values.texts, problems: &problems) == values)
        }
    }

    @Test func `have no white space around them`() throws {
        let values = try Self.values([
            .name: " Hannah \n", .email1: " h@example.org ", .phone1: "\t112 ", .remark: "\n x \n",
        ])
        #expect(values.name == "Hannah")
        #expect(values.emails.preferredFirst == ["h@example.org"])
        #expect(values.phones.preferredFirst == ["112"])
        #expect(values.remark == "x")
    }

    /// Places, the preferred one as sent, and the addresses as they are used.
    static let order: [([String], String, [String])] = [
        (["a@x", "b@x", "c@x"], "", ["a@x", "b@x", "c@x"]),
        (["a@x", "b@x", "c@x"], "1", ["a@x", "b@x", "c@x"]),
        (["a@x", "b@x", "c@x"], "2", ["b@x", "a@x", "c@x"]),
        (["a@x", "b@x", "c@x"], "3", ["c@x", "a@x", "b@x"]),
        (["", "b@x", "c@x"], "1", ["b@x", "c@x"]),
        (["", "", "c@x"], "", ["c@x"]), (["", "", "c@x"], "3", ["c@x"]),
        (["a@x", "", "c@x"], "3", ["c@x", "a@x"]),
        (["", "", ""], "2", []),
    ]

    @Test(arguments: order) func `put the preferred address first`(
        places: [String], preferred: String, wanted: [String]
    ) throws {
        let values = try Self.values([
            .email1: places[0], .email2: places[1], .email3: places[2], .emailPreferred: preferred,
        ])
        #expect(values.emails.preferredFirst == wanted)
    }

    @Test func `refuse a preferred place that is free`() {
        let problems = Self.problems([.email1: "a@x", .emailPreferred: "2", .phone2: "112"])
        #expect(problems.map(\.field) == ["email_preferred"])
    }

    @Test func `keep the place of an address when another one goes`() throws {
        let values = try Self.values([.email2: "b@x"])
        #expect(values.texts[.email1] == "")
        #expect(values.texts[.email2] == "b@x")
    }

    @Test func `refuse an address that stands there twice`() {
        #expect(
            Self.problems([.email1: "a@x.org", .email3: "A@X.ORG"]).map(\.field) == ["email_3"])
        #expect(
            Self.problems([.phone1: "+49 30 5550142", .phone2: "0049 (30) 5550142"]).map(\.field)
                == ["phone_2"])
    }

    @Test func `name every problem at once, in the order of the page`() {
        let problems = Self.problems([
            .remark: String(repeating: "x", count: 2_001), .name: "", .gender: "x", .phone2: "1",
            .email3: "@",
        ])
        #expect(problems.map(\.field) == ["name", "gender", "email_3", "phone_2", "remark"])
        for problem in problems { #expect(!problem.message.hasSuffix(".")) }
    }
}

@Suite struct `An e-mail address` {
    static let longLocal = String(repeating: "a", count: 64)
    /// 255 characters: a local part of 64, and labels of 63, 63 and 62.
    static let tooLong =
        longLocal + "@" + String(repeating: "b", count: 63) + "."
        + String(repeating: "c", count: 63) + "." + String(repeating: "d", count: 62)

    static let taken = [
        "a@b", "a@b.c", "name@example.org", "a.b+c@x-y.example", "o'brien@sons.ie", "1@2.3",
        "!#$%&'*+/=?^_`{|}~-@a.b", "..@a", longLocal + "@x.org", String(tooLong.dropLast()),
        "x@xn--mller-kva.de",
    ]

    @Test(arguments: taken) func `is taken as browsers take it`(text: String) throws {
        #expect(try EmailAddress(text).description == text)
    }

    static let refused: [(String, EmailAddress.Fault)] = [
        ("", .unreadable), ("@", .unreadable), ("a@", .unreadable), ("@b", .unreadable),
        ("a", .unreadable), ("a@b@c", .unreadable), ("a b@c", .unreadable), ("a@b c", .unreadable),
        ("a@-b", .unreadable), ("a@b-", .unreadable), ("a@b..c", .unreadable),
        ("a@b.", .unreadable), ("a@.b", .unreadable), ("a@b_c", .unreadable),
        ("a\"@b", .unreadable),
        ("ä@b.de", .unreadable), ("a(b)@c", .unreadable), ("A <a@b.c>", .unreadable),
        ("a@b" + String(repeating: "x", count: 63), .unreadable), ("a@müller.de", .foreignDomain),
        ("a" + longLocal + "@x.org", .tooLong), (tooLong, .tooLong),
    ]

    @Test(arguments: refused) func `is refused for its fault`(
        text: String, fault: EmailAddress.Fault
    ) {
        #expect(throws: fault) { try EmailAddress(text) }
    }

    @Test func `is compared without regard to case`() throws {
        #expect(try EmailAddress("Ann@Example.ORG").key == EmailAddress("ann@example.org").key)
    }
}

@Suite struct `A phone number` {
    static let same: [(String, String)] = [
        ("+49 30 5550142", "0049 (30) 555-0142"), ("+49 (0)30 5550142", "+49305550142"),
        ("0049 (0)30 5550142", "+49 30/5550142"), ("+49 30 5550142", "030 5550142"),
        ("030 5550142", "030/555 01 42"), ("0305550142", "+4930.5550142"), ("112", "1 1 2"),
        ("+1 (212) 555-0142", "001 212 5550142"), ("030 5550142 x7", "+49 30 5550142x7"),
        ("030 55501", "+49 30 55501"), ("+353 1 5550142", "01 5550142"),
    ]

    @Test(arguments: same) func `is the same however it is written`(
        one: String, other: String
    ) throws {
        let (one, other) = (try PhoneNumber(one), try PhoneNumber(other))
        #expect(one.isSame(as: other))
        #expect(other.isSame(as: one))
        #expect(one.key == other.key)
    }

    static let different: [(String, String)] = [
        ("+49 30 5550142", "+43 30 5550142"), ("+49 30 5550142", "+49 30 5550143"),
        ("030 5550142", "040 5550142"), ("+49 40 5550142", "030 5550142"),
        ("030 5550142 x7", "030 5550142"), ("030 5550142x7", "030 5550142x8"),
        ("5550142", "030 5550142"), ("+49 30 5550142", "5550142"), ("112", "110"),
        // Too short to tell countries apart.
        ("0123456", "+49 123456"),
        // Four digits are no country's code.
        ("030 5550142", "+1234 30 5550142"),
    ]

    @Test(arguments: different) func `is another one where that is not certain`(
        one: String, other: String
    ) throws {
        #expect(try !PhoneNumber(one).isSame(as: PhoneNumber(other)))
        #expect(try !PhoneNumber(other).isSame(as: PhoneNumber(one)))
    }
}
