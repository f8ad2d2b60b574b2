/// The server that takes mail from the desk, and how it is talked to.
package struct MailServer: Equatable, Sendable {
    /// What protects the connection.
    package enum Security: Sendable {
        /// Nothing: for a server on the same machine.
        case none
        /// TLS from STARTTLS on (RFC 3207); a server that does not offer it gets no mail.
        case startTLS
        /// TLS from the first byte (RFC 8314, 3.3).
        case tls
    }

    /// A name, or an address of IPv4 or IPv6.
    package let host: String
    package let port: Int
    package let security: Security
    /// Empty when no log-in is wanted; not used with a server that offers none.
    package let login: String
    package let password: String
    /// Authorities to trust instead of the system's, a file in PEM.
    package let certificateFile: String?
    /// How this side names itself (RFC 5321, 4.1.1.1): a domain.
    package let ownName: String

    package init(
        host: String, port: Int, security: Security, login: String = "", password: String = "",
        certificateFile: String? = nil, ownName: String
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.login = login
        self.password = password
        self.certificateFile = certificateFile
        self.ownName = ownName
    }

    /// The address of libcurl; nil when a part cannot stand in one.
    var address: String? {
        let scheme = security == .tls ? "smtps" : "smtp"
        let isIPv6 = host.contains(":")
        guard (1...65_535).contains(port), !host.isEmpty, host.utf8.allSatisfy(Self.isNameByte),
            !ownName.isEmpty, ownName.utf8.allSatisfy(Self.isNameByte)
        else { return nil }
        return "\(scheme)://\(isIPv6 ? "[\(host)]" : host):\(port)/\(ownName)"
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }
}

/// Why a message was not handed over, with what the server answered.
package enum MailFault: Error, Equatable, Sendable {
    /// No session came about: connection, certificate or log-in. It says nothing about the message.
    case unreachable(String)
    /// The server does not take this message at the moment, or the connection was lost before the
    /// message's end: it may be sent again.
    case passing(String)
    /// The server does not take this message, ever (RFC 5321, 4.2.1: 5yz).
    case final(String)
    /// The end of the message was sent and no answer to it came: the server may have it.
    case unknown(String)
    /// The caller's `beforeLastByte` said no; the server does not have it.
    case withheld
}
