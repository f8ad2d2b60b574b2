import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite struct `The boxes of Customer Notification` {
    private let desk: TestDesk
    private let mia: Browser

    init() throws {
        desk = try TestDesk()
        mia = try desk.browser(as: "mia")
    }

    /// The page of a draft about this customer, as the button without script leads to it.
    private func draftPage(_ customer: CustomerID, _ changes: [String: String] = [:]) throws
        -> Answer
    {
        let (token, draft) = try mia.newCase()
        var changes = changes
        changes["customer"] = customer.description
        changes["action"] = "preview"
        let fields = desk.caseFields(token, draft, changes)
        let answer = mia.post("/cases", .multipart(fields))
        #expect(answer.location == "/cases/new?draft=\(draft)#notify-field")
        return mia.get("/cases/new?draft=\(draft)")
    }

    @Test func `show where a message would go and what it would say before it is saved`() throws {
        let page = try draftPage(desk.hannah, ["title": "No line & no dial tone"])
        #expect(page.shows("h•••@example.org") && page.shows("+49 ••• 42"))
        #expect(page.shows("Your case (the new case’s number): No line & no dial tone"))
        #expect(page.shows("Hello Hannah Schulz,") && page.shows("1 SMS part"))
        #expect(page.shows("Not configured yet: E-mail and SMS."))
        let saved = mia.post(
            "/cases",
            .multipart(
                desk.caseFields(
                    try page.hidden("form_token"), try page.hidden("draft_id"),
                    ["title": "No line & no dial tone", "notify_email": "1"])))
        #expect(saved.location == "/cases/1")
        let sent = try #require(try desk.messages().first)
        #expect(sent.text.subject == "Your case 1: No line & no dial tone")
        let shown = sent.text.body.replacing("case 1 ", with: "case (the new case’s number) ")
        #expect(page.shows(shown))
    }

    @Test func `are greyed with the reason where the customer cannot be told`() throws {
        let page = try draftPage(desk.oliver)
        #expect(page.shows("Oliver Smith has no e-mail address"))
        #expect(page.shows("Oliver Smith has no phone number"))
        #expect(page.text.components(separatedBy: "value=\"1\" disabled").count == 3)
        #expect(!page.text.contains("id=\"notify_email-text\""))
    }

    @Test func `are greyed when the message is switched off`() throws {
        let template = NotificationTemplate.builtIn(TemplateKey(.caseCreated, .sms))
        try desk.openStore().updateTemplate(
            NotificationTemplateValues(
                NotificationTemplate(
                    key: template.key, isEnabled: false, subject: nil, body: template.body)),
            Edit(base: .max, by: nil, at: desk.clock.now))
        for page in [mia.get("/cases/new"), try draftPage(desk.hannah)] {
            #expect(page.shows("Switched off in Configuration Center"))
            #expect(page.text.contains("value=\"1\" disabled data-off"))
            #expect(!page.text.contains("id=\"notify_sms-text\""))
        }
    }

    @Test func `say that the last message to the address was refused`() throws {
        let (token, draft) = try mia.newCase()
        let fields = desk.caseFields(token, draft, ["notify_email": "1"])
        #expect(mia.post("/cases", .multipart(fields)).status.code == 303)
        #expect(try !draftPage(desk.hannah).shows("The last message to this address was refused."))
        try desk.configureMail()
        try desk.deliver(.refused(answer: "550 no such user"))
        #expect(try draftPage(desk.hannah).shows("The last message to this address was refused."))
    }

    @Test func `are shown to the script for the form's own values`() throws {
        let query =
            "customer=\(desk.hannah)&title=Dead%20line&case_type=\(desk.type.id)&owner_type=queue"
            + "&owner_queue=\(desk.queue.id)&assignment_mode=manual"
        let page = mia.get("/notifications/preview?\(query)")
        #expect(page.status.code == 200)
        #expect(page.shows("Dead line") && page.shows("(Internet down)"))
        for id in ["notify_email-told", "notify_sms-told", "notify_email-hint"] {
            #expect(page.text.contains("id=\"\(id)\""))
        }
        #expect(mia.get("/notifications/preview?customer=99").status.code == 404)
        #expect(mia.get("/notifications/preview").status.code == 404)
    }

    @Test func `make the page hardly longer while nobody is chosen`() {
        let page = mia.get("/cases/new").text
        let start = page.range(of: "id=\"notify-field\"")?.lowerBound ?? page.endIndex
        let part = page[start...].prefix { _ in true }
        let end = part.range(of: "</fieldset>")?.upperBound ?? part.endIndex
        #expect(part[..<end].utf8.count < 2_000)
    }
}

@Suite struct `The messages of a case` {
    private let desk: TestDesk
    private let mia: Browser

    init() throws {
        desk = try TestDesk()
        mia = try desk.browser(as: "mia")
        try desk.configureMail()
        let (token, draft) = try mia.newCase()
        let fields = desk.caseFields(token, draft, ["notify_email": "1"])
        let answer = mia.post("/cases", .multipart(fields))
        #expect(answer.location == "/cases/1")
    }

    private func message() throws -> StoredMessage { try #require(try desk.messages().first) }

    @Test func `stand on its page with state, times and text`() throws {
        let page = mia.get("/cases/1")
        #expect(page.shows("Case created by e-mail") && page.shows("Waiting"))
        #expect(page.shows("It is next") && page.shows("Hello Hannah Schulz,"))
        try desk.deliver(.later(answer: "421 try again later"))
        let later = mia.get("/cases/1")
        #expect(later.shows("421 try again later"))
        #expect(later.shows("The last try failed; it is tried again"))
        desk.clock.advance(600)
        try desk.deliver(.handedOver(answer: "250 queued as 4711"))
        let done = mia.get("/cases/1")
        #expect(done.shows("Handed over") && !done.shows("421 try again later"))
        #expect(!done.shows("Send now"))
    }

    @Test func `are handled by those whose case it is, and by no others`() throws {
        try desk.deliver(.unknown(answer: "closed after the data"))
        let id = try message().id
        let act = "/cases/1/messages/\(id)/settle"
        #expect(mia.get("/cases/1").shows("It arrived"))
        try desk.give([.queryAll], to: desk.jonas)
        let jonas = try desk.browser(as: "jonas")
        let page = jonas.get("/cases/1")
        #expect(page.shows("Unknown") && !page.shows("It arrived"))
        #expect(try jonas.send(act, []).status.code == 403)
        #expect(try mia.send("/cases/2/messages/\(id)/settle", []).status.code == 404)
        #expect(try mia.send("/cases/1/messages/99/settle", []).status.code == 404)
        let settled = try mia.send(act, [])
        #expect(settled.location == "/cases/1#messages")
        #expect(try message().state == .handedOver)
        #expect(try mia.send(act, []).status.code == 409)
    }

    @Test func `are sent again only when somebody wants it`() throws {
        try desk.deliver(.refused(answer: "550 no"))
        let first = try message()
        #expect(mia.get("/cases/1").shows("550 no"))
        #expect(try mia.send("/cases/1/messages/\(first.id)/retry", []).status.code == 303)
        let again = try message()
        #expect(again.state == .queued && again.messageID == first.messageID)
    }

    @Test func `remind the owner once an hour, for who made the case or may escalate`() throws {
        let store = try desk.openStore()
        let template = NotificationTemplate.builtIn(TemplateKey(.reminder, .email))
        let edit = Edit(base: .max, by: nil, at: desk.clock.now)
        #expect(mia.get("/cases/1").shows("Remind the owner"))
        #expect(try mia.send("/cases/1/remind", []).status.code == 409)
        try store.updateTemplate(
            NotificationTemplateValues(
                NotificationTemplate(
                    key: template.key, isEnabled: true, subject: template.subject,
                    body: template.body)), edit)
        try store.updateQueue(
            desk.queue.id,
            CaseQueueValues(
                name: "Front desk", distribution: .claim, members: [desk.mia.id, desk.jonas.id]),
            edit)
        try store.updateEmployee(
            desk.jonas.id,
            EmployeeValues(name: "Jonas Brandt", email: "jonas@example.org", role: .agent), edit)
        let jonas = try desk.browser(as: "jonas")
        #expect(!jonas.get("/cases/1").shows("Remind the owner"))
        #expect(try jonas.send("/cases/1/remind", []).status.code == 403)
        let answer = try mia.send("/cases/1/remind", [])
        #expect(answer.location == "/cases/1?reminded=1")
        #expect(mia.get(answer.location).shows("The owner is reminded"))
        #expect(try message().address == "jonas@example.org")
        let tooSoon = try mia.send("/cases/1/remind", [])
        #expect(tooSoon.status.code == 409 && tooSoon.shows("less than an hour ago"))
        desk.clock.advance(3_600)
        try desk.give([.queryAll, .upgrade], to: desk.petra)
        let petra = try desk.browser(as: "petra")
        #expect(try petra.send("/cases/1/remind", []).status.code == 303)
    }
}

@Suite struct `Addresses out of a conversation` {
    @Test func `get only what is no free text until somebody confirms them`() throws {
        let desk = try TestDesk()
        let conversation = try desk.addConversation(
            contact: ConversationContact(name: "Eve <b>", email: "eve@example.org"))
        let store = try desk.openStore()
        var problems: [FieldProblem] = []
        let values = try #require(
            CustomerValues(
                FieldTexts([
                    "name": "Eve <b>", "email_1": "eve@example.org", "email_preferred": "1",
                    "phone_preferred": "1",
                ]), problems: &problems))
        let id = try store.createCustomer(
            values, key: DraftID(), from: conversation,
            Edit(base: 0, by: desk.mia.id, at: desk.clock.now))
        let mia = try desk.browser(as: "mia")
        let address = "/customers/\(id)"
        let preview = "/notifications/preview?customer=\(id)&title=Hello"
        let customer = mia.get(address)
        #expect(customer.shows("Addresses to confirm") && customer.shows("eve@example.org"))
        #expect(mia.get(preview).shows("Nobody has confirmed this address yet"))
        #expect(!mia.get(preview).shows("Hello Eve"))
        #expect(try mia.send(address + "/confirm", []).status.code == 303)
        #expect(!mia.get(address).shows("confirm_addresses"))
        #expect(mia.get(preview).shows("Hello Eve <b>,"))
        #expect(try mia.send("/customers/99/confirm", []).status.code == 404)
    }
}
