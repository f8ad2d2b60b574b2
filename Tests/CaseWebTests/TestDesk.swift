import CaseModel
import CaseStorage
import CaseWeb
import Credential
import Foundation
import HTTPTypes
import Synchronization
import Testing

/// A desk in a directory of its own, with a small tenant space, a clock that stands where a test puts it, and
/// browsers that talk to it in process.
final class TestDesk {
    let path: String
    let site: Site
    let worker = SiteWorker()
    private let data: DataDirectory
    let clock = Clock()
    let log = Log()
    let mia: Employee
    let jonas: Employee
    let petra: Employee
    let queue: CaseQueue
    let type: CaseType
    let hannah: CustomerID
    let oliver: CustomerID
    private let tenants: TenantDirectory

    static let password = "correct horse"
    private static let hash = PasswordHash(of: password)

    final class Clock: Sendable {
        /// It begins at 2026-11-22 10:53:20 UTC.
        private let moment = Mutex(Date(timeIntervalSince1970: 1_795_344_800))
        var now: Date { moment.withLock { $0 } }
        func advance(_ seconds: Double) { moment.withLock { $0.addTimeInterval(seconds) } }
    }

    final class Log: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    init(
        customerCount: Int = 2, webServerLimit: WebServerLimit? = nil, line: OutsideLine? = nil
    ) throws {
        path = NSTemporaryDirectory() + "casedesk-web-" + randomText(byteCount: 8)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        data = try DataDirectory(path: path)
        let name = try #require(TenantName("demo"))
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let made = try data.createTenant(
            name, TenantSpace(displayName: "Test Telecom", timeZone: zone))
        let hash = try #require(Self.hash).text
        func add(_ login: String, _ name: String, _ role: Role) throws -> Employee {
            try made.addEmployee(
                login: login, name: name, email: "", phone: "", role: role, passwordHash: hash)
        }
        let mia = try add("mia", "Mia Keller", .agent)
        jonas = try add("jonas", "Jonas Brandt", .agent)
        petra = try add("petra", "Petra Vogel", .administrator)
        self.mia = mia
        queue = try made.addQueue(name: "Front desk", members: [mia.id])
        type = try made.addCaseType(
            name: "Internet down", summary: "", keywords: "", statuses: ["New", "Line test"],
            isEnabled: true)
        let customers = try made.addCustomers(
            [
                NewCustomer(
                    name: "Hannah Schulz", emails: ["h@example.org"], phones: ["+49 30 5550142"]),
                NewCustomer(name: "Oliver Smith"),
            ] + (2..<max(2, customerCount)).map { NewCustomer(name: "Customer Number\($0)") })
        hannah = customers[0]
        oliver = customers[1]
        made.close()
        let clock = clock
        let log = log
        tenants = TenantDirectory(data: data, line: line) { log.add($0) }
        site = Site(
            tenants: tenants, assetVersion: "1", webServerLimit: webServerLimit,
            clock: { clock.now }, report: { log.add($0) })
    }

    deinit {
        tenants.close()
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The open store behind the site.
    func openStore(_ tenant: String = "demo") throws -> TenantStore {
        try #require(try tenants.store(named: tenant))
    }

    /// Another tenant space in the same process, with an administrator of this login.
    func addTenant(_ name: String, administrator login: String) throws -> TenantStore {
        let zone = try #require(TimeZone(identifier: "Asia/Tokyo"))
        let made = try data.createTenant(
            #require(TenantName(name)), TenantSpace(displayName: "Other company", timeZone: zone))
        _ = try made.addEmployee(
            login: login, name: login.capitalized, email: "", phone: "", role: .administrator,
            passwordHash: #require(Self.hash).text)
        made.close()
        return try openStore(name)
    }

    /// Gives a person a case role with these permissions.
    func give(_ permissions: Set<Permission>, to employee: Employee) throws {
        _ = try openStore().addCaseRole(
            CaseRoleValues(
                name: "Role \(DraftID())", permissions: permissions, employees: [employee.id]),
            key: DraftID(), Edit(base: .max, by: petra.id, at: clock.now))
    }

    /// A browser that nobody has logged in.
    func browser(in tenant: String = "demo") -> Browser { Browser(desk: self, tenant: tenant) }

    /// A browser in which this person is logged in.
    func browser(as login: String, in tenant: String = "demo") throws -> Browser {
        let browser = browser(in: tenant)
        let answer = try browser.logIn(login, TestDesk.password)
        try #require(answer.status.code == 303, "\(answer.text)")
        return browser
    }
}

/// A browser without script: keeps cookies, reads forms, sends them.
final class Browser {
    private let desk: TestDesk
    private let tenant: String
    private(set) var cookies: [String: String] = [:]

    init(desk: TestDesk, tenant: String = "demo") {
        self.desk = desk
        self.tenant = tenant
    }

    func forgetCookies() { cookies = [:] }

    /// Takes the cookies of another browser, as somebody who has stolen them would.
    func takeCookies(of other: Browser) { cookies = other.cookies }

    /// Sends a form with the token of the person's own pages.
    func send(_ address: String, _ fields: [(String, String)]) throws -> Answer {
        let token = try get("/password").hidden("form_token")
        return post(address, .urlEncoded([("form_token", token)] + fields))
    }

    func get(_ address: String, accept: String = "text/html") -> Answer {
        send(.get, address, contentType: nil, body: [], accept: accept)
    }

    func post(_ address: String, _ form: Form, accept: String = "text/html") -> Answer {
        send(.post, address, contentType: form.contentType, body: form.body, accept: accept)
    }

    func logIn(_ login: String, _ password: String) throws -> Answer {
        let token = try get("/login").hidden("form_token")
        return post(
            "/login",
            .urlEncoded([("form_token", token), ("login", login), ("password", password)]))
    }

    /// The token and the draft's name of a new Case Information page.
    func newCase() throws -> (token: String, draft: String) {
        let page = get("/cases/new")
        return (try page.hidden("form_token"), try page.hidden("draft_id"))
    }

    func send(
        _ method: HTTPRequest.Method, _ address: String, contentType: String?, body: [UInt8],
        accept: String = "text/html", announced: Int? = nil
    ) -> Answer {
        let parts = address.split(separator: "?", maxSplits: 1)
        let request = Request(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "",
            cookies: cookies.map { "\($0)=\($1)" }.joined(separator: "; "),
            contentType: contentType ?? "", accept: accept, contentLength: announced ?? body.count,
            tenant: tenant,
            id: "test",
            remoteAddress: "127.0.0.1", isSecure: false)
        var rest = body[...]
        let response = desk.site.respond(
            to: request,
            body: { buffer in
                let count = min(buffer.count, rest.count)
                buffer.replaceSubrange(0..<count, with: rest.prefix(count))
                rest = rest.dropFirst(count)
                if count == 0, let announced, announced > body.count { throw BodyFault() }
                return count
            }, worker: desk.worker)
        for cookie in response.headerFields[values: .setCookie] {
            let pair = cookie.prefix { $0 != ";" }.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies[String(pair[0])] = cookie.contains("Max-Age=0") ? nil : String(pair[1])
        }
        return Answer(response: response)
    }
}

/// What came back.
struct Answer {
    let response: Response
    var status: HTTPResponse.Status { response.status }
    var text: String { String(decoding: response.body, as: UTF8.self) }
    var location: String { response.headerFields[.location] ?? "" }

    /// The value of a hidden field of the page.
    func hidden(_ name: String) throws -> String {
        let marker = "name=\"\(name)\" value=\""
        let start = try #require(text.range(of: marker), "no \(name) in \(text)").upperBound
        return String(text[start...].prefix { $0 != "\"" })
    }

    /// Whether the page shows this text, escaped as a page has to; compared byte by byte.
    func shows(_ plain: String) -> Bool {
        let entities: [Unicode.Scalar: String] = [
            "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;",
        ]
        let escaped = plain.unicodeScalars.flatMap { scalar in
            Array((entities[scalar] ?? String(scalar)).utf8)
        }
        return Data(response.body).range(of: Data(escaped)) != nil
    }

    /// Whether there is a problem beside this field, and the summary leads to it.
    func hasProblem(_ field: String) -> Bool {
        text.contains("id=\"\(field)-error\"") && text.contains("<a href=\"#\(field)\">")
            && text.contains("<title>Error: ")
    }
}

/// A form body, as a browser writes it.
struct Form {
    let contentType: String
    let body: [UInt8]

    static func urlEncoded(_ fields: [(String, String)]) -> Form {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        let pairs = fields.map { name, value in
            name + "=" + (value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")
        }
        return Form(
            contentType: "application/x-www-form-urlencoded",
            body: Array(pairs.joined(separator: "&").utf8))
    }

    static func multipart(
        _ fields: [(String, String)], files: [(name: String, bytes: [UInt8])] = []
    ) -> Form {
        raw(fields.map { ($0, Array($1.utf8)) }, files: files)
    }

    static func raw(
        _ fields: [(String, [UInt8])], files: [(name: String, bytes: [UInt8])] = []
    ) -> Form {
        let boundary = "----TestBoundary7MA4YWxk"
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n".utf8)
            body += value + Array("\r\n".utf8)
        }
        for file in files {
            let head =
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"attachments\"; "
                + "filename=\"\(file.name)\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            body += Array(head.utf8) + file.bytes + Array("\r\n".utf8)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        return Form(contentType: "multipart/form-data; boundary=\(boundary)", body: body)
    }
}

extension TestDesk {
    /// The fields of a form that is right, in the order of the page, with changes.
    func caseFields(
        _ token: String, _ draft: String, _ changes: [String: String] = [:]
    ) -> [(String, String)] {
        let fields = [
            ("form_token", token), ("draft_id", draft), ("case_type", type.id.description),
            ("title", "No internet since yesterday"),
            ("description", "The router shows a red light."),
            ("deadline", ""), ("priority", "high"), ("source", "web"),
            ("customer", hannah.description), ("assignment_mode", "manual"),
            ("owner_type", "queue"), ("owner_queue", queue.id.description), ("owner_agent", ""),
        ]
        let changed = fields.map { ($0.0, changes[$0.0] ?? $0.1) }
        let added = changes.filter { change in !fields.contains { $0.0 == change.key } }
        return changed + added.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

/// Small files of each kind, made by other programs.
enum SampleFile {
    /// 1 x 1 pixel PNG (Python: zlib.compress of one scan line, CRCs by zlib.crc32).
    static let png = bytes(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
            + "f8cfc0f01f00050001ff89993d1d0000000049454e44ae426082")

    /// 1 x 1 pixel GIF.
    static let gif = bytes(
        "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")

    static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal.utf8)
        return stride(from: 0, to: digits.count, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)
        }
    }
}
