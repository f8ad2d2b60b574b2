package import HTTPTypes

/// A request as the site sees it: what the web server passed on, and nothing of the transport.
package struct Request: Sendable {
    package let method: HTTPRequest.Method
    /// The path of the address, percent-encoded as it was sent, without the query.
    package let path: String
    /// The query of the address without its question mark; empty when there is none.
    package let query: String
    /// The `Cookie` header field; empty when there is none, as with the two that follow.
    package let cookies: String
    /// The `Content-Type` header field.
    package let contentType: String
    /// The `Accept` header field.
    package let accept: String
    /// The `Authorization` header field.
    package let authorization: String
    /// The size of the body in bytes, as it was announced.
    package let contentLength: Int
    /// The tenant space that the web server chose by the host.
    package let tenant: String
    /// The name of this request in the web server's log.
    package let id: String
    /// The address of the browser, as the web server saw it.
    package let remoteAddress: String
    /// Whether the browser speaks TLS to the web server.
    package let isSecure: Bool

    package init(
        method: HTTPRequest.Method, path: String, query: String, cookies: String,
        contentType: String, accept: String, authorization: String = "", contentLength: Int,
        tenant: String, id: String, remoteAddress: String, isSecure: Bool
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.cookies = cookies
        self.contentType = contentType
        self.accept = accept
        self.authorization = authorization
        self.contentLength = contentLength
        self.tenant = tenant
        self.id = id
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
    }

    /// Whether the script of a page asks, and wants JSON instead of a page.
    var wantsJSON: Bool {
        accept.hasPrefix("application/json")
    }

    /// Whether a program asks, which gets JSON for every answer.
    var isForInterface: Bool {
        path.hasPrefix("/api/")
    }

    /// The value of a cookie (RFC 6265, 4.2.1); the first one when a name comes twice.
    func cookie(_ name: String) -> String? {
        let wanted = Array(name.utf8)
        for pair in Array(cookies.utf8).split(separator: UInt8(ascii: ";")) {
            let text = pair.drop { $0 == UInt8(ascii: " ") }
            let rest = text.dropFirst(wanted.count)
            if text.starts(with: wanted), rest.first == UInt8(ascii: "=") {
                return String(decoding: rest.dropFirst(), as: UTF8.self)
            }
        }
        return nil
    }
}

/// Reads the next bytes of the request's body into the buffer and returns their count, 0 at the end.
///
/// It throws when the body ends before its announced length.
package typealias BodyReader = (inout [UInt8]) throws -> Int
