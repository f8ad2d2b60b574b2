import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

private let home = "/configuration/notifications"

@Suite struct `The texts of notifications` {
    private let desk: TestDesk
    private let petra: Browser

    init() throws {
        desk = try TestDesk()
        petra = try desk.browser(as: "petra")
    }

    /// Sends the form of a template with changed texts.
    private func send(
        _ address: String, _ changes: [String: String], to act: String = ""
    ) throws -> Answer {
        let page = petra.get(home + address)
        let texts = [
            "enabled": "1", "subject": "Case {case_number}", "body": "Hello {recipient_name}",
            "preview_case": "",
        ].merging(changes) { $1 }
        let fields =
            [
                ("form_token", try page.hidden("form_token")), ("base", try page.hidden("base")),
            ] + texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return petra.post(home + address + act, .urlEncoded(fields))
    }

    private func template(_ key: TemplateKey) throws -> NotificationTemplate {
        try desk.openStore().makeReader().notificationSetup()[key]
    }

    @Test func `are listed with their states, and each has a page`() throws {
        let page = petra.get(home)
        for key in TemplateKey.all {
            let address = "\(home)/\(key.kind.rawValue)/\(key.channel.rawValue)"
            #expect(page.text.contains("href=\"\(address)\""))
            let form = petra.get(address)
            #expect(form.status.code == 200)
            #expect(form.shows("{case_number}"))
            #expect(form.shows("{case_link}") == (key.kind.audience == .owner))
        }
        #expect(petra.get(home + "/case_created/fax").status.code == 404)
        #expect(petra.get(home + "/nothing/email").status.code == 404)
    }

    @Test func `are saved and keep their history`() throws {
        let answer = try send(
            "/case_created/email", ["subject": "No. {case_number}", "enabled": ""])
        #expect(answer.location == home + "/case_created/email?saved=1")
        let stored = try template(TemplateKey(.caseCreated, .email))
        #expect(stored.subject?.source == "No. {case_number}")
        #expect(stored.body.source == "Hello {recipient_name}" && !stored.isEnabled)
        let page = petra.get(answer.location)
        #expect(page.shows("Saved.") && page.shows("changed") && page.shows("Petra Vogel"))
    }

    @Test(arguments: [
        ("body", "{case_numbr}", "names {case_numbr} in line 1 at character 1"),
        ("body", "See {case_link}", "names {case_link} in line 1 at character 5"),
        ("subject", "Case {", "has a brace in line 1 at character 6"),
        ("subject", "", "Enter a subject"), ("body", " ", "Enter a text"),
        ("body", String(repeating: "x", count: 5_001), "5,000"),
    ])
    func `are refused when they are no template, and what was typed stays`(
        field: String, text: String, sentence: String
    ) throws {
        for act in ["", "/preview"] {
            let answer = try send("/case_created/email", [field: text], to: act)
            #expect(answer.status.code == 422)
            #expect(answer.hasProblem(field))
            #expect(answer.shows(sentence) && (text.isEmpty || answer.shows(text)))
        }
        let key = TemplateKey(.caseCreated, .email)
        #expect(try template(key) == .builtIn(key))
    }

    @Test func `are previewed as they were typed, with a case, and nothing is stored`() throws {
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        let fields = desk.caseFields(token, draft, ["title": "Line <dead>"])
        #expect(mia.post("/cases", .multipart(fields)).status.code == 303)
        let answer = try send(
            "/case_created/sms",
            ["body": "{{No. {case_number}: {case_title}, dear {customer_name}"], to: "/preview")
        #expect(answer.status.code == 200)
        #expect(answer.shows("{No. 1: Line <dead>, dear Hannah Schulz"))
        // Nobody has confirmed the other's address, so the name is left out.
        #expect(answer.shows("{No. 1: Line <dead>, dear customer"))
        #expect(answer.shows("1 SMS part"))
        #expect(
            try template(TemplateKey(.caseCreated, .sms)) == .builtIn(.init(.caseCreated, .sms)))
        #expect(!petra.get("\(home)/case_created/sms?preview_case=1").shows("No. 1"))
    }

    @Test func `are previewed only with a case that the person may see`() throws {
        try desk.give([.caseConfiguration], to: desk.jonas)
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        let fields = desk.caseFields(token, draft, ["title": "Secret matter"])
        #expect(mia.post("/cases", .multipart(fields)).status.code == 303)
        let jonas = try desk.browser(as: "jonas")
        let address = home + "/case_created/email"
        let texts = [("subject", "x {case_title}"), ("body", "x"), ("preview_case", "1")]
        let answer = try jonas.send(address + "/preview", [("base", "0")] + texts)
        #expect(answer.status.code == 422 && answer.hasProblem("preview_case"))
        #expect(!answer.shows("Secret matter"))
        #expect(!jonas.get(address + "?preview_case=1").shows("Secret matter"))
        #expect(!jonas.get(address).shows("Secret matter"))
        #expect(try jonas.send(address + "/test", [("preview_case", "1")]).status.code == 404)
    }

    @Test func `are sent as a test to the person who asks, and to nobody else`() throws {
        let address = home + "/case_created/email"
        let refused = try petra.send(address + "/test", [])
        #expect(refused.status.code == 409)
        #expect(refused.shows("Your account has no e-mail address"))
        try desk.openStore().updateEmployee(
            desk.petra.id,
            EmployeeValues(
                name: "Petra Vogel", email: "petra@example.org", role: .administrator),
            Edit(base: .max, by: desk.petra.id, at: desk.clock.now))
        let answer = try petra.send(address + "/test", [])
        #expect(answer.status.code == 303)
        #expect(petra.get(answer.location).shows("The test is in the outbox."))
        let messages = try desk.messages()
        #expect(messages.map(\.address) == ["petra@example.org"])
        #expect(messages.map(\.kind) == [.test])
        #expect(messages.first?.text.body.contains("Hello Petra Vogel") == true)
    }

    @Test func `show two people's changes side by side`() throws {
        let page = petra.get(home + "/reminder/sms")
        #expect(try send("/reminder/sms", ["body": "Theirs"]).status.code == 303)
        let fields = [
            ("form_token", try page.hidden("form_token")), ("base", try page.hidden("base")),
            ("enabled", ""), ("body", "Mine"),
        ]
        let answer = petra.post(home + "/reminder/sms", .urlEncoded(fields))
        #expect(answer.status.code == 409)
        #expect(answer.shows("Mine") && answer.shows("Theirs"))
    }
}

@Suite struct `The gateways` {
    private let desk: TestDesk
    private let petra: Browser
    private static let mail = [
        ("host", "smtp.example.org"), ("port", "587"), ("security", "starttls"),
        ("login", "desk"), ("sender_address", "desk@example.org"), ("sender_name", ""),
        ("certificate_file", ""),
    ]

    init() throws {
        desk = try TestDesk()
        petra = try desk.browser(as: "petra")
    }

    private func send(_ channel: String, _ fields: [(String, String)]) throws -> Answer {
        let address = "\(home)/gateways/\(channel)"
        let page = petra.get(address)
        let identity = [
            ("form_token", try page.hidden("form_token")), ("base", try page.hidden("base")),
        ]
        return petra.post(address, .urlEncoded(identity + fields))
    }

    private func password() throws -> String? {
        try desk.openStore().makeReader().mailGateway()?.password.text
    }

    @Test func `keep a password that is never shown`() throws {
        #expect(petra.get(home).shows("Not configured"))
        let answer = try send("email", Self.mail + [("password", "s3cret<word>")])
        #expect(answer.status.code == 303)
        #expect(try send("email", Self.mail + [("password", "")]).status.code == 303)
        #expect(try password() == "s3cret<word>")
        for address in ["", "/gateways", "/gateways/email"] {
            #expect(!petra.get(home + address).shows("s3cret"))
        }
        #expect(petra.get(home + "/gateways").shows("desk, password set"))
        #expect(petra.get(home + "/gateways/email").shows("One is set"))
        let removed = try send("email", Self.mail + [("remove_password", "1")])
        #expect(removed.status.code == 303)
        #expect(try password() == "")
    }

    @Test func `ask once more for a password when something else was wrong`() throws {
        let fields = Self.mail.map { $0.0 == "port" ? ("port", "0") : $0 }
        let answer = try send("email", fields + [("password", "typed once")])
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("port") && answer.hasProblem("password"))
        #expect(!answer.shows("typed once") && answer.shows("smtp.example.org"))
        let long = String(repeating: "x", count: Secret.maximumCharacters + 1)
        let tooLong = try send("email", Self.mail + [("password", long)])
        #expect(tooLong.status.code == 422 && tooLong.hasProblem("password"))
        #expect(try password() == nil)
    }

    @Test func `take an SMS gateway by address, and are removed after a question`() throws {
        let bad = try send(
            "sms", [("kind", "template"), ("address", "https://sms.example.org/?to={number}")])
        #expect(bad.status.code == 422 && bad.hasProblem("address"))
        let good = try send(
            "sms",
            [
                ("kind", "template"),
                ("address", "https://sms.example.org/send?to={number}&text={text}"),
            ])
        #expect(good.status.code == 303)
        let address = home + "/gateways/sms/remove"
        #expect(petra.get(home).shows("Configured"))
        #expect(petra.get(address).shows("Remove the gateway for SMS?"))
        #expect(try petra.send(address, []).status.code == 303)
        #expect(petra.get(address).status.code == 404)
        #expect(try desk.openStore().makeReader().smsGateway() == nil)
    }

    @Test func `have limits that are whole numbers`() throws {
        let address = home + "/limits"
        func save(_ recipient: String, _ desk: String) throws -> Answer {
            let page = petra.get(address)
            return petra.post(
                address,
                .urlEncoded([
                    ("form_token", try page.hidden("form_token")),
                    ("base", try page.hidden("base")), ("limit_recipient", recipient),
                    ("limit_customer", "30"), ("limit_tenant", "1000"), ("desk_address", desk),
                ]))
        }
        #expect(try save("5", "https://desk.example.org/").status.code == 303)
        let settings = try desk.openStore().makeReader().notificationSetup().settings
        #expect(
            settings
                == NotificationSettings(
                    perRecipient: 5, perCustomer: 30, perTenant: 1_000,
                    deskAddress: "https://desk.example.org"))
        let answer = try save("0", "javascript:alert(1)")
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("limit_recipient") && answer.hasProblem("desk_address"))
    }
}

@Suite struct `The outbox` {
    private let desk: TestDesk
    private let petra: Browser
    private let store: TenantStore

    init() throws {
        desk = try TestDesk()
        petra = try desk.browser(as: "petra")
        store = try desk.openStore()
        for person in [desk.petra, desk.mia] {
            try store.updateEmployee(
                person.id,
                EmployeeValues(
                    name: person.name, email: "\(person.login)@example.org", role: person.role),
                Edit(base: .max, by: desk.petra.id, at: desk.clock.now))
        }
    }

    /// A message to Mia with this outcome; `nil` for one that waits.
    private func message(_ outcome: DeliveryOutcome?) throws -> OutboxMessageID {
        let text = RenderedMessage(subject: "A <subject>", body: "A <body>")
        let id = try #require(
            try store.sendTest(text, on: .email, to: desk.mia.id, at: desk.clock.now))
        guard let outcome else { return id }
        try desk.configureMail()
        try desk.deliver(outcome)
        return id
    }

    @Test func `says that there is nothing, and what waits for what`() throws {
        let address = home + "/outbox"
        #expect(petra.get(address).shows("No messages yet"))
        _ = try message(nil)
        let page = petra.get(address)
        #expect(page.shows("A <subject>") && page.shows("mia@example.org"))
        #expect(page.shows("Waiting") && page.shows("No gateway is configured, so it waits"))
        #expect(page.text.contains("id=\"outbox-age\""))
    }

    @Test(arguments: [
        ("state=queued", true), ("state=refused", false), ("channel=email", true),
        ("channel=sms", false), ("kind=test", true), ("kind=reminder", false),
        ("q=mia%40example.org", true), ("q=nobody%40example.org", false), ("q=7", false),
        ("state=sending", false), ("state=nonsense", true), ("after=1.", false),
    ])
    func `is filtered`(query: String, isFound: Bool) throws {
        _ = try message(nil)
        #expect(petra.get("\(home)/outbox?\(query)").shows("A <subject>") == isFound)
    }

    @Test func `shows the text, the server's answers, and what was done`() throws {
        let id = try message(.refused(answer: "550 5.1.1 <no> such user"))
        let address = "\(home)/outbox/\(id)"
        let page = petra.get(address)
        #expect(page.shows("A <subject>") && page.shows("A <body>"))
        #expect(page.shows("550 5.1.1 <no> such user") && page.shows("Refused"))
        #expect(try petra.send(address + "/retry", []).status.code == 303)
        let again = petra.get(address)
        #expect(again.shows("Waiting") && again.shows("To be sent now"))
        #expect(again.shows("Petra Vogel"))
        #expect(try petra.send(address + "/cancel", []).status.code == 303)
        #expect(petra.get(address).shows("Cancelled"))
        #expect(try petra.send(address + "/retry", []).status.code == 409)
        #expect(petra.get("\(home)/outbox/99").status.code == 404)
        #expect(try petra.send("\(home)/outbox/99/retry", []).status.code == 404)
    }

    @Test func `never sends a message again by itself of which the answer was lost`() throws {
        let id = try message(.unknown(answer: "the connection was closed"))
        let address = "\(home)/outbox/\(id)"
        let page = petra.get(address)
        #expect(page.shows("Unknown") && page.shows("It arrived") && page.shows("Send it again"))
        #expect(try petra.send(address + "/settle", []).status.code == 303)
        let settled = petra.get(address)
        #expect(settled.shows("Handed over") && settled.shows("Said to have arrived"))
        #expect(!settled.shows("It arrived"))
    }

    @Test func `hides text and address from those who may not see the case`() throws {
        try desk.give([.caseConfiguration], to: desk.jonas)
        let id = try message(.refused(answer: "550 <mia@example.org> unknown"))
        let jonas = try desk.browser(as: "jonas")
        for address in ["\(home)/outbox", "\(home)/outbox/\(id)"] {
            let page = jonas.get(address)
            #expect(page.status.code == 200)
            #expect(!page.shows("A <subject>") && !page.shows("mia@example.org"))
            #expect(page.shows("m•••@example.org"))
        }
    }

    @Test func `tells its age to whoever watches`() throws {
        let stranger = desk.browser()
        #expect(stranger.get("/health").text == "ok\n")
        let empty = #"{"oldest_waiting_message_seconds":null,"status":"ok"}"#
        #expect(stranger.get("/health?detail=1").text == empty)
        _ = try message(nil)
        desk.clock.advance(90)
        let waiting = #"{"oldest_waiting_message_seconds":90,"status":"ok"}"#
        #expect(stranger.get("/health?detail=1").text == waiting)
    }
}

extension TestDesk {
    /// Every message of the outbox, newest first.
    func messages() throws -> [StoredMessage] {
        try openStore().makeReader().messages(MessageQuery(limit: 100), at: clock.now).messages
    }

    /// Sets a mail gateway up, to which nothing is sent.
    func configureMail() throws {
        var problems: [FieldProblem] = []
        let values = MailGatewayValues(
            FieldTexts([
                "host": "localhost", "port": "25", "security": "none",
                "sender_address": "desk@example.org",
            ]), problems: &problems)
        try openStore().updateMailGateway(
            #require(values), password: .keep, Edit(base: .max, by: nil, at: clock.now))
    }

    /// Hands over what is due by e-mail, with this outcome each.
    func deliver(_ outcome: DeliveryOutcome) throws {
        let holder = LeaseHolder()
        let store = try openStore()
        let due = try store.leaseMessages(channel: .email, limit: 9, by: holder, at: clock.now)
        for message in due {
            #expect(try store.noteHanding(message.id, by: holder, at: clock.now))
            #expect(try store.noteOutcome(message.id, by: holder, outcome, at: clock.now))
        }
    }
}
