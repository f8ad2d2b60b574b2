internal import CaseModel
internal import CaseStorage
internal import Credential
internal import Crypto
internal import Foundation

/// The secret by which a program is known that sends conversations.
struct InterfaceToken {
    /// What the program sends.
    let text: String

    /// Says whose the secret is when it is found where it should not be.
    private static let prefix = "casedesk_"
    /// 256 bits, from the system's secure source.
    private static let secretByteCount = 32
    /// The time of the last use is noted at most this often, in seconds, to spare writes.
    private static let noteInterval: TimeInterval = 60

    /// Makes a new one.
    init() { text = Self.prefix + randomText(byteCount: Self.secretByteCount) }

    /// Takes what stands in an `Authorization` header field (RFC 6750, 2.1); `nil` when it is no bearer token.
    init?(authorization field: String) {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        text = parts[1].trimmed
    }

    /// What of it is stored: only a hash, so that who reads the database cannot use it.
    var hash: [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }

    /// Its last characters, which are shown.
    var end: String { String(text.suffix(Integration.tokenEndCharacters)) }

    /// The integration that a request's token belongs to.
    ///
    /// - Throws: ``Refusal/noInterfaceToken`` when it has none that is good.
    static func integration(of visit: Visit) throws -> Integration {
        guard let token = InterfaceToken(authorization: visit.request.authorization),
            let integration = try visit.reader.integration(withToken: token.hash)
        else { throw Refusal.noInterfaceToken }
        let last = integration.lastUsedAt ?? .distantPast
        if visit.now.timeIntervalSince(last) > noteInterval {
            try visit.desk.noteUse(of: integration.id, at: visit.now)
        }
        return integration
    }
}

extension Substring {
    fileprivate var trimmed: String { String(self).trimmed }
}
