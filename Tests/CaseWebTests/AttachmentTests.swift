import CaseModel
import CaseStorage
import Foundation
import HTTPTypes
import Testing

@testable import CaseWeb

@Suite("Attaching files")
struct AttachmentTests {
    @Test func `takes five files and names the sixth`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let files = (1...6).map { (name: "f\($0).png", bytes: SampleFile.png) }
        let six = browser.post("/cases", .multipart(desk.caseFields(token, draft), files: files))
        #expect(six.status.code == 422)
        #expect(six.hasProblem("attachments"))
        #expect(six.shows("f6.png is one too many; a case can have up to 5 files"))
        #expect(six.shows("f5.png"))
        let saved = browser.post("/cases", .multipart(desk.caseFields(token, draft)))
        #expect(saved.location == "/cases/1")
        let page = browser.get("/cases/1")
        #expect(page.shows("f5.png") && !page.shows("f6.png"))
    }

    @Test func `counts the files that wait already`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        for round in 1...2 {
            let files = (1...3).map { (name: "r\(round)f\($0).png", bytes: SampleFile.png) }
            let answer = browser.post(
                "/drafts/\(draft)/attachments",
                .multipart(desk.caseFields(token, draft), files: files))
            #expect(answer.status.code == (round == 1 ? 303 : 422))
        }
        let page = browser.get("/cases/new?draft=\(draft)")
        #expect(page.text.components(separatedBy: "class=\"file\"").count == 6)
    }

    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func `takes exactly 5 MB`(extra: Int, isTaken: Bool) throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let size = CaseLimit.maximumAttachmentByteCount + extra
        let answer = browser.post(
            "/cases",
            .multipart(
                desk.caseFields(token, draft), files: [("large.png", Self.png(ofSize: size))]))
        #expect(answer.status.code == (isTaken ? 303 : 422))
        if !isTaken { #expect(answer.shows("large.png must be 5 MB or smaller")) }
    }

    /// A PNG of exactly this size: a private chunk before the end holds what is missing.
    private static func png(ofSize size: Int) -> [UInt8] {
        let end = 12
        let filling = size - SampleFile.png.count - 12
        let kind = Array("teSt".utf8)
        let content = [UInt8](repeating: 0x2E, count: filling)
        var file = Array(SampleFile.png.dropLast(end))
        file += bigEndian(UInt32(filling))
        file += kind + content
        file += bigEndian(crc32(kind + content))
        return file + SampleFile.png.suffix(end)
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// CRC-32 as PNG computes it (PNG, annex D).
    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        let table = (0..<256).map { index -> UInt32 in
            (0..<8).reduce(UInt32(index)) { value, _ in
                value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
            }
        }
        return ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }

    @Test(arguments: [
        ("empty.png", [] as [UInt8]), ("a.exe", Array("MZ\u{90}".utf8)), ("a.jpg", SampleFile.png),
        ("a.pdf", Array("<html>".utf8)), ("noextension", SampleFile.png),
    ])
    func `refuses a file with a sentence and keeps the rest`(name: String, bytes: [UInt8]) throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let answer = browser.post(
            "/cases",
            .multipart(
                desk.caseFields(token, draft), files: [(name, bytes), ("good.png", SampleFile.png)])
        )
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("attachments"))
        #expect(answer.shows(bytes.isEmpty ? "\(name) is empty" : "\(name): "))
        #expect(answer.text.contains("<span class=\"file-name\">good.png</span>"))
        #expect(!answer.text.contains("<span class=\"file-name\">\(name)</span>"))
    }

    @Test(arguments: [
        ("..\\..\\photo.png", "photo.png"), ("/etc/photo.png", "photo.png"),
        ("two%0Alines.png", "twolines.png"), ("a%22b.png", "a\"b.png"),
        ("\u{202E}gnp.png", "gnp.png"), ("....png", "file.png"),
    ])
    func `makes a file's name safe`(sent: String, shown: String) throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let answer = browser.post(
            "/cases", .multipart(desk.caseFields(token, draft), files: [(sent, SampleFile.png)]))
        #expect(answer.status.code == 303, "\(answer.text)")
        #expect(browser.get("/cases/1").shows(shown))
    }

    @Test func `removes a file by its button and keeps the texts`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let upload = browser.post(
            "/drafts/\(draft)/attachments",
            .multipart(
                desk.caseFields(token, draft),
                files: [("a.png", SampleFile.png), ("b.png", SampleFile.png)]))
        #expect(upload.status.code == 303)
        let page = browser.get("/cases/new?draft=\(draft)")
        #expect(page.shows("No internet since yesterday"))
        let start = try #require(page.text.range(of: "formaction=\"/drafts/\(draft)/attachments/"))
            .upperBound
        let id = page.text[start...].prefix { $0 != "/" }
        let removed = browser.post(
            "/drafts/\(draft)/attachments/\(id)/remove",
            .multipart(desk.caseFields(token, draft, ["title": "Changed meanwhile"])))
        #expect(removed.status.code == 303)
        let after = browser.get("/cases/new?draft=\(draft)")
        #expect(after.shows("Changed meanwhile") && after.shows("b.png") && !after.shows("a.png"))
    }

    @Test func `keeps a repeated upload once`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let form = Form.multipart(
            [("form_token", token), ("draft_id", draft)], files: [("a.png", SampleFile.png)])
        let address = "/drafts/\(draft)/attachments"
        let first = browser.post(address, form, accept: "application/json")
        let second = browser.post(address, form, accept: "application/json")
        #expect(first.status.code == 200 && first.text == second.text)
    }

    @Test func `answers a draft that is a case already, whatever is done to it`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let fields = desk.caseFields(token, draft)
        #expect(browser.post("/cases", .multipart(fields)).location == "/cases/1")
        let add = browser.post(
            "/drafts/\(draft)/attachments", .multipart(fields, files: [("a.png", SampleFile.png)]))
        #expect(add.location == "/cases/1")
        let only = [("form_token", token)]
        for address in ["attachments/1/remove", "discard"] {
            let answer = browser.post("/drafts/\(draft)/\(address)", .multipart(only))
            #expect(answer.status.code == 409 || answer.status.code == 303)
        }
        desk.clock.advance(SessionCookie.idleLimit + 1)
        #expect(browser.post("/cases", .multipart(fields)).status.code == 303)
        #expect(desk.log.all.isEmpty)
    }

    @Test func `tells the script of a page in JSON`() throws {
        let desk = try TestDesk()
        let browser = try desk.browser(as: "mia")
        let (token, draft) = try browser.newCase()
        let saved = browser.post(
            "/drafts/\(draft)", .multipart(desk.caseFields(token, draft)),
            accept: "application/json")
        #expect(saved.status.code == 200)
        #expect(saved.text == "{\"saved\":\"11:53\"}")
        let only = [("form_token", token), ("draft_id", draft)]
        let attached = browser.post(
            "/drafts/\(draft)/attachments", .multipart(only, files: [("a.png", SampleFile.png)]),
            accept: "application/json")
        #expect(attached.status.code == 200)
        #expect(
            attached.text.contains("\"name\":\"a.png\"")
                && attached.text.contains("\"picture\":true"))
        let refused = browser.post(
            "/drafts/\(draft)/attachments", .multipart(only, files: [("b.exe", [0x4D, 0x5A])]),
            accept: "application/json")
        #expect(refused.status.code == 422)
        #expect(refused.text.contains("\"error\":\"b.exe: "))
        #expect(browser.get("/cases/new?draft=\(draft)").shows("No internet since yesterday"))
        #expect(
            browser.post("/cases", .multipart(desk.caseFields(token, draft))).location == "/cases/1"
        )
        let late = browser.post(
            "/drafts/\(draft)", .multipart(desk.caseFields(token, draft)),
            accept: "application/json")
        #expect(late.status.code == 409)
        #expect(late.text == "{\"case\":\"/cases/1\"}")
    }

    @Test func `sends a file to those who may see its case, and to nobody else`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        let form = Form.multipart(
            desk.caseFields(token, draft), files: [("bericht ü.png", SampleFile.png)])
        #expect(mia.post("/cases", form).location == "/cases/1")
        let page = mia.get("/cases/1")
        let start = try #require(page.text.range(of: "href=\"/cases/1/attachments/")).upperBound
        let address = "/cases/1/attachments/" + page.text[start...].prefix { $0 != "\"" }
        let fields = mia.get(address).response.headerFields
        #expect(fields[.xAccelRedirect]?.hasPrefix("/protected/demo/attachments/") == true)
        #expect(fields[.contentType] == "image/png")
        #expect(
            fields[.contentDisposition]
                == "attachment; filename=\"bericht _.png\"; filename*=UTF-8\u{27}\u{27}bericht%20%C3%BC.png"
        )
        #expect(fields[.contentSecurityPolicy]?.contains("sandbox") == true)
        let inline = mia.get(address + "?inline=1").response.headerFields
        #expect(inline[.contentDisposition]?.hasPrefix("inline;") == true)
        #expect(try desk.browser(as: "petra").get(address).status.code == 200)
        #expect(try desk.browser(as: "jonas").get(address).status.code == 404)
        #expect(mia.get("/cases/2/attachments/1").status.code == 404)
    }

    @Test func `shows a waiting file to its owner alone`() throws {
        let desk = try TestDesk()
        let mia = try desk.browser(as: "mia")
        let (token, draft) = try mia.newCase()
        let form = Form.multipart(desk.caseFields(token, draft), files: [("a.png", SampleFile.png)])
        #expect(mia.post("/drafts/\(draft)/attachments", form).status.code == 303)
        let page = mia.get("/cases/new?draft=\(draft)")
        let start = try #require(page.text.range(of: "src=\"/drafts/")).upperBound
        let address = "/drafts/" + page.text[start...].prefix { $0 != "\"" }
        #expect(mia.get(address).status.code == 200)
        #expect(try desk.browser(as: "petra").get(address).status.code == 404)
    }
}
