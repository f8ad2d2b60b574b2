import CaseModel
import Foundation
import Testing

@Suite struct `A template's text` {
    @Test(
        arguments: [
            ("", []),
            ("Hello", [.literal("Hello")]),
            ("{case_number}", [.variable(.caseNumber)]),
            ("a{case_number}b", [.literal("a"), .variable(.caseNumber), .literal("b")]),
            (
                "{case_number}{case_title}",
                [.variable(.caseNumber), .variable(.caseTitle)]
            ),
            ("{{", [.literal("{")]),
            ("}}", [.literal("}")]),
            ("{{case_number}}", [.literal("{case_number}")]),
            ("{{{case_number}}}", [.literal("{"), .variable(.caseNumber), .literal("}")]),
            ("{{{{", [.literal("{{")]),
            ("a\n{deadline}\n", [.literal("a\n"), .variable(.deadline), .literal("\n")]),
            ("é{deadline}\u{301}", [.literal("é"), .variable(.deadline), .literal("\u{301}")]),
        ] as [(String, [TemplateText.Part])])
    func `is literal text and variables`(source: String, parts: [TemplateText.Part]) throws {
        let template = try TemplateText(source, for: .ownerChanged)
        #expect(template.parts == parts)
        #expect(template.source == source)
    }

    @Test(
        arguments: [
            ("{case_nummer}", .unknownVariable("case_nummer", .init(line: 1, column: 1))),
            ("{}", .unknownVariable("", .init(line: 1, column: 1))),
            ("{ case_number}", .unknownVariable(" case_number", .init(line: 1, column: 1))),
            ("{Case_Number}", .unknownVariable("Case_Number", .init(line: 1, column: 1))),
            ("{description}", .unknownVariable("description", .init(line: 1, column: 1))),
            ("a\nbc {x}", .unknownVariable("x", .init(line: 2, column: 4))),
            ("😀{x}", .unknownVariable("x", .init(line: 1, column: 2))),
            ("{", .unclosedBrace(.init(line: 1, column: 1))),
            ("{case_number", .unclosedBrace(.init(line: 1, column: 1))),
            ("a {case_\nnumber}", .unclosedBrace(.init(line: 1, column: 3))),
            ("{case_{number}}", .unclosedBrace(.init(line: 1, column: 1))),
            ("{{{", .unclosedBrace(.init(line: 1, column: 3))),
            ("}", .strayBrace(.init(line: 1, column: 1))),
            ("a}b", .strayBrace(.init(line: 1, column: 2))),
            ("{case_number}}", .strayBrace(.init(line: 1, column: 14))),
            ("{case_link}", .notForThisKind(.caseLink, .init(line: 1, column: 1))),
        ] as [(String, TemplateText.Fault)])
    func `says what is wrong and where`(source: String, fault: TemplateText.Fault) {
        #expect(throws: fault) { try TemplateText(source, for: .caseCreated) }
    }

    @Test(arguments: [(40, true), (41, false)])
    func `names at most 40 variables`(count: Int, isRight: Bool) {
        let source = String(repeating: "{case_title}", count: count)
        #expect(((try? TemplateText(source, for: .caseCreated)) != nil) == isRight)
    }

    @Test func `fills in what its variables stand for, and looks at that no more`() throws {
        let text = try TemplateText("{{{case_title}}} of {customer_name}", for: .caseCreated)
        let values = TemplateValues([.caseTitle: "{case_number}", .customerName: "Ann {x}"])
        #expect(text.rendered(values) == "{{case_number}} of Ann {x}")
    }

    @Test func `has an address for owners alone, and no text of a conversation for anybody`() {
        for kind in NotificationKind.allCases {
            let allowed = TemplateVariable.allowed(for: kind)
            #expect(allowed.contains(.caseLink) == (kind.audience == .owner))
            #expect(!allowed.map(\.rawValue).contains("description"))
        }
    }

    @Test func `is read in a time that grows with its length`() {
        let text = String(repeating: "{{e\u{301}\u{302}}}", count: 200_000)
        #expect(throws: Never.self) { try TemplateText(text, for: .caseCreated) }
    }
}

@Suite struct `A template` {
    private func values(
        _ key: TemplateKey, subject: String = "S", body: String = "B"
    ) -> (NotificationTemplateValues?, [FieldProblem]) {
        var problems: [FieldProblem] = []
        let texts = NotificationTemplateValues.fields(
            of: key, FieldTexts(["subject": subject, "body": body, "enabled": "1"]))
        let values = NotificationTemplateValues(texts, problems: &problems)
        return (values, problems)
    }

    @Test(arguments: TemplateKey.all)
    func `is built in for every kind and channel, and is its own values`(key: TemplateKey) throws {
        let template = NotificationTemplate.builtIn(key)
        #expect(template.isEnabled == (key.kind.audience == .customer))
        #expect((template.subject == nil) == (key.channel == .sms))
        var problems: [FieldProblem] = []
        let values = NotificationTemplateValues(template)
        #expect(NotificationTemplateValues(values.texts, problems: &problems) == values)
        #expect(problems == [])
    }

    @Test func `has a number of its own`() {
        #expect(TemplateKey.all.map(\.number) == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test(arguments: [
        (NotificationChannel.email, 200, 5_000, true), (.email, 201, 5_000, false),
        (.email, 200, 5_001, false), (.sms, 0, 480, true), (.sms, 0, 481, false),
    ])
    func `keeps its lengths`(
        channel: NotificationChannel, subject: Int, body: Int, isRight: Bool
    ) {
        let (values, problems) = values(
            TemplateKey(.caseCreated, channel), subject: String(repeating: "😀", count: subject),
            body: String(repeating: "b", count: body))
        #expect((values != nil) == isRight)
        #expect(problems.isEmpty == isRight)
    }

    @Test func `names every wrong field with its label`() {
        let (_, problems) = values(
            TemplateKey(.caseCreated, .email), subject: "{x}", body: "a }")
        #expect(problems.map(\.field) == ["subject", "body"])
        #expect(problems[0].message.hasPrefix("Subject names {x} in line 1 at character 1"))
        #expect(problems[1].message.hasPrefix("Text has a closing brace in line 1 at character 3"))
    }

    @Test func `asks for a subject of an e-mail and for none of an SMS`() {
        #expect(values(TemplateKey(.reminder, .email), subject: "").0 == nil)
        #expect(values(TemplateKey(.reminder, .sms), subject: "").0 != nil)
        #expect(values(TemplateKey(.reminder, .email), body: " \n").0 == nil)
    }

    @Test func `fills in nothing but number, type, title and tenant for who is not confirmed`() {
        let facts = NotifiedCase(
            number: CaseNumber(number: 7), title: "Title", typeName: "Type", status: "Step",
            priority: .critical, deadline: nil, customerName: "Ann", ownerName: "Mia")
        let tenant = TenantSpace(displayName: "Desk", timeZone: .gmt)
        let values = facts.values(recipient: "Ann", tenant: tenant, deskAddress: "https://d")
        let text = TemplateVariable.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
        let template = try? TemplateText(text, for: .ownerChanged)
        #expect(
            template?.rendered(values)
                == "7 Title Type Step Critical none Ann Mia Ann Desk https://d/cases/7")
        #expect(
            template?.rendered(values.withoutFreeText)
                == "7 Title Type – – – customer our team customer Desk ")
    }
}

@Suite struct `A wait before the next try` {
    /// The waits in minutes are those of the contract; the jitter is a fifth either way.
    @Test(arguments: [
        (1, 60.0), (2, 120), (3, 300), (4, 900), (5, 3_600), (6, 14_400), (7, 14_400),
        (1_000, 14_400),
    ])
    func `grows with the failures`(failures: Int, seconds: Double) {
        #expect(RetrySchedule.wait(afterFailures: failures, random: 0.5) == seconds)
        let least = RetrySchedule.wait(afterFailures: failures, random: 0)
        let most = RetrySchedule.wait(afterFailures: failures, random: 1)
        #expect(abs(least - seconds * 0.8) < 0.001)
        #expect(abs(most - seconds * 1.2) < 0.001)
    }
}

@Suite struct `Where somebody is told` {
    @Test(
        arguments: [
            ([], .none(lack: "has no phone number")),
            (["+49 30 5550142", "112"], .address("+49305550142", isConfirmed: true)),
            (
                ["030 5550142"],
                .none(lack: "has a phone number that lacks its country code, such as +49")
            ),
            (["+44 20 7946 0018"], .address("+442079460018", isConfirmed: false)),
        ] as [([String], Destination)])
    func `by SMS is the preferred number, if the whole world can dial it`(
        phones: [String], destination: Destination
    ) {
        let customer = Customer(
            id: CustomerID(number: 1), name: "Ann", emails: [], phones: phones, remark: "",
            unconfirmed: ["+44 20 7946 0018"])
        #expect(customer.destination(.sms) == destination)
        #expect(customer.destination(.email) == .none(lack: "has no e-mail address"))
    }
}
