internal import Crypto
internal import Foundation

/// The secret that proves that a form was sent from a page of ours.
///
/// A log-in has one, random and kept with the session (the synchronizer token pattern); it stands in the
/// body of a form only, never in an address. The log-in page, which has no session yet, derives one from a
/// random cookie, so that nobody can log a browser in as somebody else from another site.
struct FormToken: Equatable, Sendable {
    /// The name of the hidden field; always the first of a form.
    static let fieldName = "form_token"

    private let secret: [UInt8]

    /// The length of a secret, in bytes: that of a SHA-256, with which it is masked.
    static let secretByteCount = 32

    /// The token of a session.
    init(secret: [UInt8]) {
        self.secret = secret
    }

    /// The token of the log-in page for a browser that holds this cookie.
    init(logInCookie cookie: String) {
        secret = Array(SHA256.hash(data: Data(("log-in form " + cookie).utf8)))
    }

    /// The token for one page, in hexadecimal digits: a random mask, then the secret under it.
    ///
    /// It looks different each time, so that the size of a compressed page that repeats a visitor's text
    /// tells nothing of the secret (the BREACH attack).
    func masked() -> String {
        var generator = SystemRandomNumberGenerator()
        let seed = generator.next()
        let seedBytes = stride(from: 0, to: 64, by: 8).map { UInt8(truncatingIfNeeded: seed >> $0) }
        let mask = Array(SHA256.hash(data: seedBytes))
        return hexadecimal(mask + zip(mask, secret).map { $0 ^ $1 })
    }

    /// Whether the sent text is this token under some mask; takes the same time wherever they differ.
    func matches(_ sent: [UInt8]) -> Bool {
        guard sent.count == secret.count * 4 else { return false }
        var difference: UInt8 = 0
        for index in secret.indices {
            guard let mask = byte(sent, at: index),
                let masked = byte(sent, at: secret.count + index)
            else { return false }
            difference |= mask ^ masked ^ secret[index]
        }
        return difference == 0
    }

    /// The byte that two digits stand for.
    private func byte(_ digits: [UInt8], at index: Int) -> UInt8? {
        guard let high = half(digits[2 * index]), let low = half(digits[2 * index + 1]) else {
            return nil
        }
        return high << 4 | low
    }

    private func half(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * bytes.underestimatedCount)
    func append(_ half: UInt8) {
        digits.append(half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "a") - 10 + half)
    }
    for byte in bytes {
        append(byte >> 4)
        append(byte & 15)
    }
    return String(decoding: digits, as: UTF8.self)
}
