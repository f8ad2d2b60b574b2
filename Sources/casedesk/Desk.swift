internal import CaseWeb
internal import FastCGI
internal import HTTPTypes

/// The bridge from FastCGI to the site: makes a request of an exchange, and an exchange's answer of a response.
final class Desk: Sendable {
    private let site: Site
    /// One for each worker thread, which alone uses it.
    private let workers: [SiteWorker]

    init(site: Site, workerCount: Int) {
        self.site = site
        workers = (0..<workerCount).map { _ in SiteWorker() }
    }

    func answer(_ exchange: inout Exchange, worker: Int) {
        let request = Request(exchange)
        let response = site.respond(
            to: request,
            body: { buffer throws in
                do {
                    return try exchange.readBody(into: &buffer)
                } catch {
                    throw BodyFault()
                }
            }, worker: workers[worker])
        let body = request.method == .head ? [] : response.body
        // A browser that has left gets nothing; there is nobody to tell.
        try? exchange.send(head: response.head(), body: body)
    }
}

extension Request {
    /// Takes the CGI variables of an exchange (RFC 3875, 4.1), and those that our nginx adds.
    fileprivate init(_ exchange: borrowing Exchange) {
        let address = exchange.parameter("REQUEST_URI") ?? "/"
        let question = address.utf8.firstIndex(of: UInt8(ascii: "?"))
        self.init(
            method: HTTPRequest.Method(exchange.parameter("REQUEST_METHOD") ?? "") ?? .get,
            path: String(address[..<(question ?? address.endIndex)]),
            query: question.map { String(address[address.index(after: $0)...]) } ?? "",
            cookies: exchange.parameter("HTTP_COOKIE") ?? "",
            contentType: exchange.parameter("CONTENT_TYPE") ?? "",
            accept: exchange.parameter("HTTP_ACCEPT") ?? "",
            authorization: exchange.parameter("HTTP_AUTHORIZATION") ?? "",
            contentLength: exchange.declaredContentLength ?? 0,
            tenant: exchange.parameter("CASEDESK_TENANT") ?? "",
            id: exchange.parameter("CASEDESK_REQUEST_ID") ?? "",
            remoteAddress: exchange.parameter("REMOTE_ADDR") ?? "",
            isSecure: exchange.parameter("HTTPS") == "on")
    }
}

extension Response {
    /// The header of a CGI answer (RFC 3875, 6.2.1 and 6.3).
    fileprivate func head() -> [UInt8] {
        // Bytes from the beginning: a text of so many pieces would cost four times as much.
        var head: [UInt8] = []
        head.reserveCapacity(1024)
        head += "Status: \(status.code) \(status.reasonPhrase)\r\n".utf8
        for field in headerFields {
            head += field.name.rawName.utf8
            head += ": ".utf8
            head += field.value.utf8
            head += "\r\n".utf8
        }
        if !namesFile { head += "Content-Length: \(body.count)\r\n".utf8 }
        head += "\r\n".utf8
        return head
    }
}
