import CaseModel
import CaseStorage
import CaseWeb
import CustomerFile
import FileAccess
import Foundation
import HTTPTypes
import Testing

/// A desk with an administrator's browser, and files on their way into it.
private struct ImportDesk {
    let desk: TestDesk
    let petra: Browser

    init() throws {
        desk = try TestDesk()
        petra = try desk.browser(as: "petra")
    }

    /// Sends a file to the page of imports.
    func upload(_ bytes: [UInt8], name: String = "customers.csv") throws -> Answer {
        let token = try petra.get("/customers/import").hidden("form_token")
        return petra.post(
            "/customers/import",
            .withFile([("form_token", token)], control: "file", name: name, bytes))
    }

    func upload(_ text: String, name: String = "customers.csv") throws -> Answer {
        try upload(Array(text.utf8), name: name)
    }

    /// Starts an import with choices that are sent beside the token.
    func start(_ address: String, _ choices: [(String, String)]) throws -> Answer {
        let token = try petra.get(address).hidden("form_token")
        return petra.post(address, .urlEncoded([("form_token", token)] + choices))
    }

    /// Does what the thread of the responder does, until nothing is left.
    func finish() throws {
        let queue = ImportQueue { Issue.record("\($0)") }
        let store = try desk.openStore()
        while case .turn = queue.turn([store], at: desk.clock.now) {}
    }

    /// The bytes of a file that the answer names.
    func file(_ answer: Answer) throws -> [UInt8] {
        let named = try #require(answer.response.headerFields[.accelRedirect])
        #expect(named.hasPrefix("/protected/demo/exports/"))
        let path = desk.path + "/tenants/" + named.dropFirst("/protected/".count)
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}

extension HTTPField.Name {
    fileprivate static let accelRedirect =
        HTTPField.Name("X-Accel-Redirect") ?? .location
}

extension Form {
    /// A form with one file under a name of its own.
    fileprivate static func withFile(
        _ fields: [(String, String)], control: String, name: String, _ bytes: [UInt8]
    ) -> Form {
        let form = Form.multipart(fields, files: [(name: name, bytes: bytes)])
        let marker = Data("name=\"attachments\"".utf8)
        var body = Data(form.body)
        if let range = body.range(of: marker) {
            body.replaceSubrange(range, with: Data("name=\"\(control)\"".utf8))
        }
        return Form(contentType: form.contentType, body: [UInt8](body))
    }
}

struct `The pages of an import` {
    private let site: ImportDesk

    init() throws { site = try ImportDesk() }

    private let three =
        "Name;E-mail;Town\nBo;bo@example.org;Rome\n;x;\nHannah Schulz;H@example.org;\n"

    @Test func `lead from the file over the preview to the receipt`() throws {
        #expect(site.petra.get("/customers/import").shows("Nothing was imported yet"))
        let sent = try site.upload(three)
        #expect(sent.status.code == 303)
        let preview = site.petra.get(sent.location)
        #expect(preview.shows("3 rows in UTF-8, divided by semicolons."))
        #expect(preview.text.contains("<option value=\"name\" selected>Name</option>"))
        #expect(preview.text.contains("<option value=\"email\" selected>Email</option>"))
        #expect(preview.shows("Rome"))

        let started = try site.start(
            sent.location,
            [
                ("column_1", "name"), ("column_2", "email"), ("column_3", "remark"),
                ("existing", "update"),
            ])
        #expect(started.status.code == 303 && started.location == sent.location)
        #expect(
            site.petra.get(sent.location).text.contains(
                "<progress id=\"import-bar\" max=\"3\" value=\"0\">"))
        try site.finish()

        let receipt = site.petra.get(sent.location)
        #expect(receipt.shows("Done: 1 created, 1 left as it was, 1 refused."))
        #expect(receipt.shows("Enter the customer’s name"))
        let refused = site.petra.get(sent.location + "?outcome=refused")
        #expect(refused.text.contains("<th scope=\"row\">3</th>"))
        #expect(!refused.text.contains("<th scope=\"row\">2</th>"))
        #expect(site.petra.get("/customers/import").shows("customers.csv"))
    }

    @Test func `tell the script how far it is`() throws {
        let sent = try site.upload(three)
        _ = try site.start(sent.location, [("column_1", "name")])
        let before = site.petra.get(sent.location, accept: "application/json")
        #expect(
            before.text.contains("\"state\":\"running\"") && before.text.contains("\"total\":3"))
        try site.finish()
        let after = site.petra.get(sent.location, accept: "application/json")
        #expect(after.text.contains("\"state\":\"done\"") && after.text.contains("\"done\":3"))
    }

    @Test func `give the refused rows back with their reason, without a formula`() throws {
        let sent = try site.upload("name,phone,note\n=1+1,12,\nBo,\"+49 30 123,x\",=2\n")
        _ = try site.start(
            sent.location,
            [("column_1", "name"), ("column_2", "phone"), ("column_3", "remark")])
        try site.finish()
        let bytes = try site.file(site.petra.get(sent.location + "/refused"))
        let sheet = try CustomerSheet(of: BytesInMemory(bytes))
        #expect(sheet.columnNames == ["name", "phone", "note", "Row", "Reason"])
        #expect(
            sheet.firstRows.map { Array($0.cells.prefix(4)) } == [
                ["'=1+1", "12", "", "2"], ["Bo", "'+49 30 123,x", "'=2", "3"],
            ])
        #expect(sheet.firstRows.allSatisfy { !$0[4].isEmpty })
    }

    @Test func `ask again when the columns do not do`() throws {
        let sent = try site.upload(three)
        let answer = try site.start(
            sent.location, [("column_1", "email"), ("column_2", ""), ("column_3", "remark")])
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("column_1"))
        #expect(answer.shows("Choose the column that holds the name"))
        #expect(answer.text.contains("<option value=\"remark\" selected>Remark</option>"))
    }

    @Test func `want a word about letters that are a guess`() throws {
        let latin =
            Array("Name,Town\nZo".utf8) + [0xEB] + Array(",K".utf8) + [0xF6] + Array("ln\n".utf8)
        let sent = try site.upload(latin)
        let preview = site.petra.get(sent.location)
        #expect(preview.shows("Are these letters right?") && preview.shows("Zoë"))
        let choices = [("column_1", "name")]
        #expect(try site.start(sent.location, choices).hasProblem("letters"))
        #expect(try site.start(sent.location, choices + [("letters", "1")]).status.code == 303)
        try site.finish()
        #expect(site.petra.get("/customers?q=zoe").shows("Zoë"))
    }

    @Test(arguments: [
        ("", "The file is empty"), ("PK\u{3}\u{4}", "The file is a workbook, not CSV"),
        ("Name,Email\n", "The file has no customers below its first row"),
        ("Ann,a@example.org\nBo,b@example.org\n", "The first row holds a customer"),
    ])
    func `refuse a file with what to do`(text: String, sentence: String) throws {
        let answer = try site.upload(text)
        #expect(answer.status.code == 422)
        #expect(answer.hasProblem("file"))
        #expect(answer.shows(sentence))
        #expect(try site.desk.openStore().makeReader().customerImports(limit: 9).isEmpty)
    }

    @Test func `refuse a form without a file, and one that is too large`() throws {
        let token = try site.petra.get("/customers/import").hidden("form_token")
        let empty = site.petra.post("/customers/import", .multipart([("form_token", token)]))
        #expect(empty.status.code == 422 && empty.hasProblem("file"))
        let large = [UInt8](repeating: 0x41, count: CustomerFileLimit.maximumByteCount + 1)
        let answer = try site.upload(large)
        #expect(answer.status.code == 422)
        #expect(answer.shows("larger than 32 MB"))
    }

    @Test func `stop before and during the import`() throws {
        for isStarted in [false, true] {
            let sent = try site.upload(three)
            if isStarted { _ = try site.start(sent.location, [("column_1", "name")]) }
            let token = try site.petra.get(sent.location).hidden("form_token")
            let answer = site.petra.post(
                sent.location + "/cancel", .urlEncoded([("form_token", token)]))
            #expect(answer.status.code == 303)
            try site.finish()
            let page = site.petra.get(sent.location)
            #expect(page.shows("Cancelled: nothing was imported."))
        }
    }

    @Test func `are there for those who may manage customers alone`() throws {
        let sent = try site.upload(three)
        let mia = try site.desk.browser(as: "mia")
        for address in [
            "/customers/import", sent.location, sent.location + "/refused", "/customers/export",
        ] {
            #expect(mia.get(address).status.code == 403)
        }
        #expect(site.petra.get("/customers/import/99").status.code == 404)
        #expect(site.petra.get("/customers/import/99/refused").status.code == 404)
    }
}

struct `The export of customers` {
    private let site: ImportDesk

    init() throws { site = try ImportDesk() }

    private func names(_ address: String) throws -> [String] {
        let answer = site.petra.get(address)
        #expect(answer.response.headerFields[.contentType] == "text/csv; charset=utf-8")
        let bytes = try site.file(answer)
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        var reader = SheetReader(
            BytesInMemory(bytes), SheetFormat(encoding: .utf8, delimiter: .comma))
        #expect(try reader.next()?.cells == SheetWriter.customerColumns)
        var names: [String] = []
        while let row = try reader.next() { names.append(row[0]) }
        return names
    }

    @Test func `holds all customers, or those that a search finds`() throws {
        #expect(try names("/customers/export") == ["Hannah Schulz", "Oliver Smith"])
        #expect(try names("/customers/export?q=smi") == ["Oliver Smith"])
        #expect(try names("/customers/export?q=nobody") == [])
    }

    @Test func `goes on behind what is read at once`() throws {
        let more = (0..<1_100).map { NewCustomer(name: "Someone \($0)") }
        _ = try site.desk.openStore().addCustomers(more)
        #expect(try names("/customers/export").count == 1_102)
        #expect(try names("/customers/export?q=someone").count == 1_100)
    }

    @Test func `changes nothing when it is imported as it is`() throws {
        _ = try site.desk.openStore().addCustomers([
            NewCustomer(
                name: "=Formula", emails: ["f@example.org"], phones: ["+49 40 1234567", "112"],
                remark: "-1\n@x")
        ])
        let bytes = try site.file(site.petra.get("/customers/export?q=formula"))
        let sent = try site.upload(bytes)
        let choices = [
            "name", "gender", "phone", "phone", "phone", "email", "email", "email", "remark",
        ].enumerated().map { ("column_\($0 + 1)", $1) }
        _ = try site.start(sent.location, choices)
        try site.finish()
        #expect(site.petra.get(sent.location).shows("Done: 1 left as it was."))
    }
}
