/// An address on this site: a path from the root, a query, a fragment.
///
/// Escaping does not stop `javascript:` or an address of another host, so addresses in pages and
/// redirects have a type of their own. What is put into the literal is percent-encoded as one value
/// (everything but the unreserved characters of RFC 3986, 2.3), so it can neither end the path nor
/// begin another parameter:
///
///     let link: Link = "/cases?q=\(text)"
package struct Link: ExpressibleByStringInterpolation, Hashable, Sendable {
    /// The address, encoded: begins with a single `/`, or with `?` or `#` on the same page.
    package let address: String

    package init(stringLiteral address: String) {
        precondition(Self.isOnThisSite(address), "A link names a place on this site")
        self.address = address
    }

    package init(stringInterpolation pieces: Interpolation) {
        precondition(Self.isOnThisSite(pieces.address), "A link names a place on this site")
        address = pieces.address
    }

    /// Takes an address that came from outside, such as where to go after log-in.
    ///
    /// - Returns: `nil` unless it is a path on this site of printable ASCII (browsers treat `\` as `/` and
    ///   drop tabs and newlines, so those are refused) of at most `maximumByteCount` bytes.
    package init?(fromOutside address: String) {
        let isPrintable = address.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x5C }
        guard address.hasPrefix("/"), Self.isOnThisSite(address), isPrintable,
            address.utf8.count <= Self.maximumByteCount
        else { return nil }
        self.address = address
    }

    /// Longest address taken from outside, in bytes; browsers and proxies keep about this much.
    package static let maximumByteCount = 2_000

    private static func isOnThisSite(_ address: String) -> Bool {
        switch address.utf8.first {
        case UInt8(ascii: "?"), UInt8(ascii: "#"): true
        case UInt8(ascii: "/"): !address.hasPrefix("//") && !address.hasPrefix("/\\")
        default: false
        }
    }

    /// The pieces of a literal.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var address = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            address.reserveCapacity(literalCapacity + interpolationCount * 32)
        }

        package mutating func appendLiteral(_ part: String) {
            address += part
        }

        /// A value: percent-encoded.
        package mutating func appendInterpolation(_ value: String) {
            address += Link.encoded(value)
        }

        /// A link that the whole begins with.
        package mutating func appendInterpolation(_ link: Link) {
            address += link.address
        }
    }

    /// Percent-encodes every byte that is not an unreserved character (RFC 3986, 2.3).
    package static func encoded(_ value: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.utf8.count)
        for byte in value.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
