import CaseModel
import Testing

@Suite struct `A mail gateway` {
    private func problems(_ changes: [String: String]) -> [String] {
        var texts = FieldTexts([
            "host": "mail.example.org", "port": "587", "security": "starttls",
            "sender_address": "desk@example.org",
        ])
        for (field, text) in changes { texts[field] = text }
        var problems: [FieldProblem] = []
        let values = MailGatewayValues(texts, problems: &problems)
        #expect((values == nil) == !problems.isEmpty)
        if let values {
            var none: [FieldProblem] = []
            #expect(MailGatewayValues(values.texts, problems: &none) == values)
        }
        return problems.map(\.field)
    }

    @Test(arguments: [
        [:], ["host": "127.0.0.1"], ["host": "localhost", "port": "25", "security": "none"],
        ["login": "desk", "sender_name": "Ünser Desk", "certificate_file": "/etc/ssl/ca.pem"],
        ["port": "65535"], ["port": "1"],
    ])
    func `takes what is right`(changes: [String: String]) {
        #expect(problems(changes) == [])
    }

    @Test(arguments: [
        ("host", ""), ("host", "mail example"), ("host", "mail/../x"), ("host", "-a.example"),
        ("host", "a..b"), ("host", "user@host"), ("host", "host:25"), ("host", "bücher.example"),
        ("port", "0"), ("port", "65536"), ("port", "+25"), ("port", ""), ("port", "25 25"),
        ("security", "ssl"), ("security", "none"),
        ("sender_address", "desk"), ("sender_address", ""),
        ("sender_name", "a\nb"), ("login", "a\nb"), ("certificate_file", "ca.pem"),
    ])
    func `refuses what is wrong`(field: String, text: String) {
        #expect(problems([field: text]) == [field])
    }

    @Test func `never writes its password out`() {
        #expect("\(Secret("x1y2"))" == "set")
        #expect("\(Secret(""))" == "not set")
    }
}

@Suite struct `An SMS gateway` {
    private func problems(_ kind: String, _ address: String, sender: String = "") -> [String] {
        var problems: [FieldProblem] = []
        let texts = FieldTexts(["kind": kind, "address": address, "sender": sender])
        let values = SMSGatewayValues(texts, problems: &problems)
        #expect((values == nil) == !problems.isEmpty)
        return problems.map(\.field)
    }

    @Test(arguments: [
        ("kannel", "http://127.0.0.1:13013/cgi-bin/sendsms"),
        ("template", "https://sms.example.org/send?to={number}&text={text}&from={sender}"),
        ("template", "https://sms.example.org/{login}/{password}?n={number}&t={text}&i={id}"),
    ])
    func `takes what is right`(kind: String, address: String) {
        #expect(problems(kind, address) == [])
    }

    @Test(arguments: [
        ("kannel", ""), ("kannel", "ftp://host/"), ("kannel", "http://"), ("kannel", "http:///x"),
        ("kannel", "http://user:secret@host/"), ("kannel", "http://host:0/"),
        ("kannel", "http://host/ x"), ("kannel", "http://host/#x"), ("kannel", "http://host/?a=b"),
        ("kannel", "http://host/{number}"), ("template", "http://host/?n={number}"),
        ("template", "http://host/?n={number}&t={text}&x={y}"),
        ("template", "http://{text}/?n={number}"), ("template", "http://h/?n={number}&t={text"),
        ("template", "http://h/{{number}}&{text}"),
    ])
    func `refuses what is wrong`(kind: String, address: String) {
        #expect(problems(kind, address) == ["address"])
    }

    @Test(arguments: [("Desk", true), ("+4930555", true), ("Bücher", false)])
    func `has a sender of plain letters`(sender: String, isRight: Bool) {
        let found = problems("kannel", "http://host/", sender: sender)
        #expect(found == (isRight ? [] : ["sender"]))
    }
}

@Suite struct `Limits of notifications` {
    private func settings(_ changes: [String: String]) -> NotificationSettings? {
        var texts = NotificationSettings().texts
        for (field, text) in changes { texts[field] = text }
        var problems: [FieldProblem] = []
        return NotificationSettings(texts, problems: &problems)
    }

    @Test func `are 10, 20 and 5,000 an hour until somebody says otherwise`() {
        #expect(settings([:]) == NotificationSettings())
        let limits = NotificationLimit.allCases.map { NotificationSettings()[$0] }
        #expect(limits == [10, 20, 5_000])
    }

    @Test(
        arguments: [
            ("1", 1), ("100000", 100_000), ("0", nil), ("100001", nil), ("-1", nil), ("1.5", nil),
            ("", nil), ("99999999999999999999", nil),
        ] as [(String, Int?)])
    func `are whole numbers`(text: String, limit: Int?) {
        #expect(settings(["limit_recipient": text])?.perRecipient == limit)
    }

    @Test(
        arguments: [
            ("https://desk.example.org/", "https://desk.example.org"), ("", ""),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("desk.example.org", nil),
            ("javascript:alert(1)", nil), ("https://desk example.org", nil),
        ] as [(String, String?)])
    func `come with the address of the desk`(text: String, address: String?) {
        #expect(settings(["desk_address": text])?.deskAddress == address)
    }
}
