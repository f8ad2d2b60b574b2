internal import Foundation
package import HTTPTypes
internal import Markup

/// An answer: status, header fields and bytes.
package struct Response: Sendable {
    package var status: HTTPResponse.Status
    package var headerFields: HTTPFields
    package var body: [UInt8]

    package init(status: HTTPResponse.Status, headerFields: HTTPFields, body: [UInt8]) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
    }

    /// Whether the web server adds the body itself, as this answer only names a file.
    package var namesFile: Bool { headerFields[.xAccelRedirect] != nil }

    /// A page of the desk.
    static func page(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headerFields: SecurityHeaders.ofPages, body: html.bytes)
    }

    /// Sends the browser on after a write, so that a reload repeats nothing (RFC 9110, 15.4.4).
    static func seeOther(_ link: Link) -> Response {
        var fields = SecurityHeaders.ofPages
        fields[.location] = link.address
        return Response(status: .seeOther, headerFields: fields, body: [])
    }

    /// An answer to the script of a page.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var fields = SecurityHeaders.ofPages
        fields[.contentType] = "application/json"
        let bytes = (try? encoder.encode(value)).map(Array.init) ?? []
        return Response(status: status, headerFields: fields, body: bytes)
    }

    /// A short plain text, for programs.
    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        var fields = SecurityHeaders.ofPages
        fields[.contentType] = "text/plain; charset=utf-8"
        return Response(status: status, headerFields: fields, body: Array(text.utf8))
    }
}

/// The header fields that keep a browser from doing what a page did not mean.
enum SecurityHeaders {
    /// Of every page: nothing but the desk's own scripts and styles, no frame around it, no guessing of
    /// types, no cache that outlives the log-in.
    static let ofPages: HTTPFields = [
        .contentType: "text/html; charset=utf-8",
        .cacheControl: "no-store",
        .contentSecurityPolicy:
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
            + "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'",
        .xContentTypeOptions: "nosniff",
        .referrerPolicy: "same-origin",
        .crossOriginOpenerPolicy: "same-origin",
    ]

    /// Of a file: nothing in it may run, even where a browser shows it.
    static let ofFiles: HTTPFields = [
        .cacheControl: "private, no-cache",
        .contentSecurityPolicy: "default-src 'none'; sandbox; frame-ancestors 'none'",
        .xContentTypeOptions: "nosniff",
        .referrerPolicy: "same-origin",
        .crossOriginResourcePolicy: "same-origin",
    ]
}

extension HTTPField.Name {
    static let crossOriginOpenerPolicy = constant("Cross-Origin-Opener-Policy")
    static let referrerPolicy = constant("Referrer-Policy")
    /// Tells nginx to send a file from an internal location (nginx, X-Accel).
    static let xAccelRedirect = constant("X-Accel-Redirect")
    static let xRequestID = constant("X-Request-Id")

    private static func constant(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else {
            preconditionFailure("\(name) is no token (RFC 9110, 5.6.2)")
        }
        return field
    }
}
