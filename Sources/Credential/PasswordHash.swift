internal import CSodium

/// A password as it is stored: argon2id in the PHC string format (RFC 9106), made by libsodium.
package struct PasswordHash: Equatable, Sendable {
    /// The `$argon2id$…` string.
    package let text: String

    /// Takes a hash that was stored.
    package init(stored text: String) {
        self.text = text
    }

    /// Passes over the memory: OWASP's second recommendation for argon2id (2 passes, 19 MiB).
    private static let passes: UInt64 = 2
    /// Memory of one computation, in bytes.
    private static let memoryByteCount = 19 * 1024 * 1024
    /// Longest password, in bytes: more would only cost time.
    package static let maximumPasswordByteCount = 1_024
    /// Shortest password that is taken for a new account, in characters (NIST SP 800-63B, 3.1.1).
    package static let minimumPasswordCharacters = 8

    /// Hashes a password with a new salt.
    ///
    /// - Returns: `nil` when the password is longer than ``maximumPasswordByteCount``, memory ran out, or too
    ///   many are being computed already.
    package init?(of password: String) {
        guard password.utf8.count <= Self.maximumPasswordByteCount, Self.isReady else { return nil }
        var output = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let bytes = Array(password.utf8.map { CChar(bitPattern: $0) })
        // libsodium writes at most crypto_pwhash_STRBYTES and reads exactly the count it is given.
        let status = Self.turns.take {
            unsafe crypto_pwhash_str_alg(
                &output, bytes, UInt64(bytes.count), Self.passes, Self.memoryByteCount,
                crypto_pwhash_ALG_ARGON2ID13)
        }
        guard status == 0 else { return nil }
        text = String(
            decoding: output.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Too many passwords are being computed already; it may be tried again in a moment.
    package struct Busy: Error {
        package init() {}
    }

    /// Whether this is the hash of `password`; the comparison takes the same time for every answer.
    package func matches(_ password: String) throws(Busy) -> Bool {
        guard password.utf8.count <= Self.maximumPasswordByteCount, Self.isReady,
            text.utf8.count < Int(crypto_pwhash_STRBYTES)
        else { return false }
        let bytes = Array(password.utf8.map { CChar(bitPattern: $0) })
        let isMatch = Self.turns.take {
            unsafe crypto_pwhash_str_verify(text, bytes, UInt64(bytes.count)) == 0
        }
        guard let isMatch else { throw Busy() }
        return isMatch
    }

    /// A hash that no password has, checked when an account does not exist so that the answer takes as long.
    package static let ofNobody =
        PasswordHash(of: randomText(byteCount: 32)) ?? PasswordHash(stored: "")

    private static let isReady = sodium_init() >= 0
    /// Two computations at once, as each takes 19 MiB and a core, and some more may wait; the responder's
    /// other threads stay free for pages.
    private static let turns = Turns(working: 2, waiting: 6)
}

/// Random text for tokens and first passwords, from the system's secure source.
///
/// - Returns: `byteCount` bytes as lower-case hexadecimal digits.
package func randomText(byteCount: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef")
    return String(
        (0..<(byteCount * 2)).map { _ in digits[Int.random(in: 0..<16, using: &generator)] })
}
