import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite("Creating a case")
struct CreateCaseTests {
    @Test func `shows every field of the page with its label`() throws {
        let page = try TestDesk().browser(as: "mia").get("/cases/new")
        #expect(page.status.code == 200)
        let absent: Set<CaseField> = [.customerQuery, .conversation, .messagesRead]
        for field in CaseField.allCases where !absent.contains(field) {
            #expect(page.text.contains("name=\"\(field.rawValue)\""), "\(field)")
            #expect(page.text.contains("id=\"\(field.rawValue)\""), "\(field)")
            #expect(page.shows(field.label), "\(field)")
        }
        #expect(page.shows("Europe/Berlin, UTC+01:00"))
        #expect(page.text.contains("min=\"2026-11-22T11:53\""))
        let form = page.text.range(of: "id=\"case-form\"")
        let inside = form.map { page.text[$0.upperBound...] } ?? ""
        let names = inside.split(separator: "name=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(names.first == "form_token")
    }

    @Test func `gives each person a page of their own, though it is written once for all`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let jonas = try desk.browser(as: "jonas")
        let pages = [mia.get("/cases/new"), jonas.get("/cases/new"), mia.get("/cases/new")]
        for (page, name) in zip(pages, ["Mia Keller", "Jonas Brandt", "Mia Keller"]) {
            #expect(page.text.components(separatedBy: "desk-user\">\(name)</span>").count == 2)
            #expect(page.text.hasSuffix("</html>\n"))
        }
        #expect(Set(try pages.map { try $0.hidden("draft_id") }).count == 3)
        #expect(Set(try pages.map { try $0.hidden("form_token") }).count == 3)
        for (browser, page) in [(mia, pages[0]), (jonas, pages[1])] {
            let fields = desk.caseFields(
                try page.hidden("form_token"), try page.hidden("draft_id"))
            #expect(browser.post("/cases", .multipart(fields)).status.code == 303)
        }
    }

    @Test func `shows a new type as soon as it is there, and the earliest deadline of the minute`()
        throws
    {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        #expect(!mia.get("/cases/new").shows("Moving house"))
        _ = try desk.openStore().addCaseType(
            name: "Moving house", summary: "", keywords: "", statuses: ["New"], isEnabled: true)
        #expect(mia.get("/cases/new").shows("Moving house"))
        desk.clock.advance(60)
        #expect(mia.get("/cases/new").text.contains("min=\"2026-11-22T11:54\""))
    }

    @Test func `saves a case and shows all of it`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let fields = desk.caseFields(
            token, draft, ["deadline": "2026-12-01T09:30", "notify_email": "1"])
        let answer = browser.post(
            "/cases",
            .multipart(fields, files: [("a.png", SampleFile.png), ("b.gif", SampleFile.gif)]))
        #expect(answer.status.code == 303, "\(answer.text)")
        #expect(answer.location == "/cases/1")
        let page = browser.get("/cases/1")
        for text in [
            "No internet since yesterday", "The router shows a red light.", "Internet down",
            "Hannah Schulz", "Front desk", "High", "Web", "1 Dec 2026, 09:30", "a.png", "b.gif",
            "Given to the queue by Mia Keller", "Mia Keller", "Email",
        ] { #expect(page.shows(text), "\(text)") }
        #expect(try desk.openStore().verify().isEmpty)
    }

    @Test func `saves a case sent url-encoded`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        #expect(
            browser.post("/cases", .urlEncoded(desk.caseFields(token, draft))).location
                == "/cases/1")
    }

    @Test func `saves a draft once, however often it is sent`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let form = Form.multipart(desk.caseFields(token, draft), files: [("a.png", SampleFile.png)])
        #expect(browser.post("/cases", form).location == "/cases/1")
        desk.clock.advance(30 * 60)
        #expect(browser.post("/cases", form).location == "/cases/1")
        let changed = Form.multipart(desk.caseFields(token, draft, ["title": ""]))
        #expect(browser.post("/cases", changed).location == "/cases/1")
        #expect(browser.get("/cases/new?draft=\(draft)").location == "/cases/1")
        #expect(browser.get("/cases/2").status.code == 404)
    }

    @Test(arguments: [
        ("case_type", ""), ("title", ""), ("description", ""), ("customer", ""),
        ("owner_queue", ""), ("assignment_mode", ""), ("case_type", "999"), ("customer", "999"),
        ("owner_queue", "999"), ("priority", "urgent"), ("source", "fax"), ("owner_type", "robot"),
        ("deadline", "2026-11-22T11:52"), ("deadline", "2027-02-30T10:00"),
        ("deadline", "2027-03-28T02:30"), ("deadline", "soon"), ("notify_email", "1"),
        ("title", String(repeating: "😀", count: 129)),
        ("description", String(repeating: "é", count: 20_001)),
    ])
    func `names what is wrong beside the field and keeps everything`(
        field: String, value: String
    ) throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        var changes = [field: value]
        if field == "notify_email" { changes["customer"] = desk.oliver.description }
        let fields = desk.caseFields(token, draft, changes)
        let answer = browser.post("/cases", .multipart(fields, files: [("a.png", SampleFile.png)]))
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem(field))
        #expect(answer.text.components(separatedBy: "<li><a href=\"#").count == 2)
        if field != "title" { #expect(answer.shows("No internet since yesterday")) }
        if ["title", "description", "deadline"].contains(field), !value.isEmpty {
            #expect(answer.shows(value))
        }
        #expect(answer.shows("a.png"))
        #expect(try answer.hidden("draft_id") == draft)
        #expect(browser.get("/cases/1").status.code == 404)

        let again = browser.post(
            "/cases",
            .multipart(desk.caseFields(token, draft, ["customer": desk.hannah.description])))
        #expect(again.location == "/cases/1")
        #expect(browser.get("/cases/1").shows("a.png"))
    }

    @Test func `names all problems at once`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let answer = browser.post(
            "/cases",
            .multipart(
                desk.caseFields(
                    token, draft,
                    [
                        "case_type": "", "title": "", "description": "", "customer": "",
                        "owner_queue": "",
                    ]),
                files: [("x.exe", Array("MZ".utf8))]))
        for field in [
            "case_type", "title", "description", "customer", "owner_queue", "attachments",
        ] {
            #expect(answer.hasProblem(field), "\(field)")
        }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"quoted\" 'single' & <b>", "e\u{301}\"\u{301}<\u{200D}",
        "\u{202E}abc", "line\u{2028}separator",
    ])
    func `shows text that looks like markup as text`(text: String) throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let changes = ["title": text, "description": text, "case_type": ""]
        let wrong = browser.post("/cases", .multipart(desk.caseFields(token, draft, changes)))
        let right = browser.post(
            "/cases",
            .multipart(desk.caseFields(token, draft, ["title": text, "description": text])))
        for page in [wrong, browser.get(right.location), browser.get("/cases")] {
            #expect(page.shows(text))
            #expect(!page.text.contains("<script>alert"))
            #expect(!page.text.contains("<b>"))
        }
    }

    @Test func `folds line ends and keeps a first empty line`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let fields = desk.caseFields(token, draft, ["description": "\r\none\r\ntwo\rthree"])
        let number = browser.post("/cases", .multipart(fields)).location
        #expect(number == "/cases/1")
        let details = try desk.openStore().makeReader().caseDetails(CaseNumber(number: 1))
        #expect(details?.case.description == "\none\ntwo\nthree")
    }

    @Test(
        arguments: [[0x00], [0xFF, 0xFE], [0x1B, 0x5B], [0xC0, 0xAF], [0xED, 0xA0, 0x80]]
            as [[UInt8]])
    func `refuses bytes that are no text, and shows where they were`(bytes: [UInt8]) throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let fields = desk.caseFields(token, draft).map { name, value -> (String, [UInt8]) in
            (
                name,
                name == "title"
                    ? Array("before ".utf8) + bytes + Array(" after".utf8) : Array(value.utf8)
            )
        }
        let answer = browser.post("/cases", .raw(fields))
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("title"))
        #expect(answer.text.contains("value=\"before \u{FFFD}"))
    }

    @Test func `gives a form with a wrong token back, and stores nothing of it`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let draft = try browser.newCase().draft
        let answer = browser.post(
            "/cases",
            .multipart(desk.caseFields("wrong", draft), files: [("a.png", SampleFile.png)]))
        #expect(answer.status.code == 403)
        #expect(answer.shows("No internet since yesterday") && answer.shows("a.png"))
        #expect(try desk.openStore().makeReader().drafts(of: desk.mia.id, limit: 9).isEmpty)
        let staged = try FileManager.default.contentsOfDirectory(
            atPath: desk.path + "/tenants/demo/staging")
        #expect(staged.isEmpty)
        let token = try answer.hidden("form_token")
        let again = desk.caseFields(token, try answer.hidden("draft_id"))
        #expect(browser.post("/cases", .multipart(again)).location == "/cases/1")
    }

    @Test func `keeps a form whose session is over, for the same person to go on`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        desk.clock.advance(SessionCookie.idleLimit + 1)
        let answer = browser.post(
            "/cases", .multipart(desk.caseFields(token, draft), files: [("a.png", SampleFile.png)]))
        #expect(answer.status.code == 303)
        #expect(answer.location == "/login?next=%2Fcases%2Fnew%3Fdraft%3D\(draft)")
        let mia = try desk.browser(as: "mia")
        let page = mia.get("/cases/new?draft=\(draft)")
        #expect(page.shows("No internet since yesterday") && page.shows("a.png"))
        let fields = desk.caseFields(try page.hidden("form_token"), draft)
        #expect(mia.post("/cases", .multipart(fields)).location == "/cases/1")
        #expect(mia.get("/cases/1").shows("a.png"))
    }

    @Test func `gives the texts back when session and token are both wrong`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let draft = try browser.newCase().draft
        desk.clock.advance(SessionCookie.idleLimit + 1)
        let answer = browser.post("/cases", .multipart(desk.caseFields("wrong", draft)))
        #expect(answer.status.code == 403)
        #expect(answer.shows("No internet since yesterday"))
        #expect(try desk.openStore().makeReader().drafts(of: desk.mia.id, limit: 9).isEmpty)
    }

    @Test func `gives the texts back to somebody who is not known`() throws {
        let desk = try TestDesk()
        let stranger = desk.browser()
        let answer = stranger.post("/cases", .multipart(desk.caseFields("x", "y")))
        #expect(answer.status.code == 403)
        #expect(answer.shows("No internet since yesterday"))
    }

    @Test func `refuses another person's draft and leaves it as it was`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        let fields = desk.caseFields(token, draft, ["case_type": "", "title": "Mia's"])
        #expect(mia.post("/cases", .multipart(fields)).status.code == 422)
        let jonas = try desk.browser(as: "jonas")
        let (otherToken, _) = try jonas.newCase()
        let answer = jonas.post(
            "/cases", .multipart(desk.caseFields(otherToken, draft, ["title": "Jonas's"])))
        #expect(answer.status.code == 403)
        #expect(answer.shows("Jonas's") && !answer.shows("Mia's"))
        #expect(try answer.hidden("draft_id") != draft)
        #expect(jonas.get("/cases/new?draft=\(draft)").status.code == 403)
        #expect(mia.get("/cases/new?draft=\(draft)").shows("Mia's"))
    }

    @Test func `checks a type that was disabled after the page was opened`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        try desk.openStore().setCaseType(desk.type.id, isEnabled: false)
        let answer = browser.post("/cases", .multipart(desk.caseFields(token, draft)))
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("case_type"))
    }

    @Test(arguments: [("owner_queue", "1"), ("claim", "1"), ("owner_agent", "1")])
    func `refuses an owner with Auto`(field: String, value: String) throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        var changes = ["assignment_mode": "auto", "owner_queue": ""]
        changes[field] = value
        let answer = browser.post("/cases", .multipart(desk.caseFields(token, draft, changes)))
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem(field))
    }

    @Test func `answers a form that cannot be read with 400 or 415`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let form = Form.multipart(desk.caseFields(token, draft))
        let cut = Array(form.body.dropLast(20))
        func status(_ contentType: String?, _ body: [UInt8], announced: Int? = nil) -> Int {
            browser.send(
                .post, "/cases", contentType: contentType, body: body, announced: announced
            ).status.code
        }
        #expect(status("multipart/form-data", form.body) == 400)
        #expect(status("multipart/form-data; boundary=other", form.body) == 400)
        #expect(status(form.contentType, cut) == 400)
        #expect(status(form.contentType, cut, announced: form.body.count) == 400)
        #expect(status("application/json", Array("{}".utf8)) == 415)
        #expect(status(nil, []) == 415)
        let twice = desk.caseFields(token, draft) + [("title", "again")]
        #expect(browser.post("/cases", .multipart(twice)).status.code == 400)
        #expect(desk.log.all.isEmpty)
    }

    @Test func `keeps the text of a form that is too large, and says so`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let large = (name: "large.pdf", bytes: [UInt8](repeating: 0x20, count: 12 * 1024 * 1024))
        let form = Form.multipart(
            desk.caseFields(token, draft), files: [large, large, ("a.png", SampleFile.png), large])
        let answer = browser.post("/cases", form)
        #expect(answer.status.code == 413)
        #expect(answer.shows("No internet since yesterday") && answer.shows("a.png"))
        #expect(answer.hasProblem("attachments"))
        let huge = browser.send(
            .post, "/cases", contentType: form.contentType, body: [],
            announced: CaseForm.maximumReadByteCount + 1)
        #expect(huge.status.code == 413)
    }
}
