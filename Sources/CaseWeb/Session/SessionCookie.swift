internal import CaseModel
internal import CaseStorage
internal import Credential
internal import Crypto
internal import Foundation
internal import HTTPTypes

/// The cookie by which a browser is known, and the limits of a log-in.
enum SessionCookie {
    /// The cookie's name.
    static let name = "casedesk_session"
    /// The cookie of a browser that sees the log-in page.
    static let logInName = "casedesk_visit"
    /// A log-in ends after an hour without a request, in seconds.
    static let idleLimit: TimeInterval = 60 * 60
    /// A log-in ends after twelve hours in any case, a long shift, in seconds.
    static let absoluteLimit: TimeInterval = 12 * 60 * 60
    /// The time of the last request is noted at most this often, to spare writes.
    static let touchInterval: TimeInterval = 60
    /// 256 bits, from the system's secure source.
    private static let tokenByteCount = 32

    /// A new token for the browser, and the key under which the session is stored.
    ///
    /// Only a hash is stored: who reads the database cannot log in with it.
    static func makeToken() -> (token: String, key: [UInt8]) {
        let token = randomText(byteCount: tokenByteCount)
        return (token, key(of: token))
    }

    /// The key of a session: the SHA-256 of the cookie's text.
    static func key(of token: String) -> [UInt8] {
        Array(SHA256.hash(data: Data(token.utf8)))
    }

    /// The header field that sets a cookie (RFC 6265bis), kept until the browser closes.
    static func setting(_ name: String, to value: String, for request: Request) -> String {
        "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax" + (request.isSecure ? "; Secure" : "")
    }

    /// The header field that deletes a cookie.
    static func deleting(_ name: String, for request: Request) -> String {
        setting(name, to: "", for: request) + "; Max-Age=0"
    }
}

/// What a request's cookie says about who is there.
enum SessionStatus {
    /// Nobody is known.
    case none
    /// Logged in.
    case live(StoredSession)
    /// Was logged in until lately: may still have the form kept that they typed in.
    case over(StoredSession)

    init(of request: Request, reader: StoreReader, now: Date) throws {
        guard let token = request.cookie(SessionCookie.name), !token.isEmpty,
            let session = try reader.session(SessionCookie.key(of: token)),
            session.viewer.employee.isActive
        else {
            self = .none
            return
        }
        let isLive =
            session.endedAt == nil
            && now.timeIntervalSince(session.lastSeenAt) < SessionCookie.idleLimit
            && now.timeIntervalSince(session.startedAt) < SessionCookie.absoluteLimit
        self = isLive ? .live(session) : .over(session)
    }
}
