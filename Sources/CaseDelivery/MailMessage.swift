package import CaseModel
package import Foundation
internal import Markup

/// A message as mail servers take it: header and body (RFC 5322), as text and as HTML (RFC 2046, 5.1.4).
///
/// The same message gives the same bytes at every try: nothing in it is of the moment it is sent. It
/// says that no person wrote it, so that no out-of-office reply comes back (RFC 3834, 5).
package struct MailMessage: Sendable {
    /// Who sends: the name that people read, and the address.
    let senderName: String
    let sender: EmailAddress
    let recipient: EmailAddress
    let text: RenderedMessage
    /// Without its angle brackets.
    let messageID: String
    let createdAt: Date
    /// Where the desk's cases are, such as `https://desk.example.org/cases/`; empty for no links.
    ///
    /// What begins with it is a link, and nothing else is: a title may have come from anybody.
    let linkStart: String

    /// - Parameter messageID: Without its angle brackets.
    package init(
        senderName: String, sender: EmailAddress, recipient: EmailAddress, text: RenderedMessage,
        messageID: String, createdAt: Date, linkStart: String = ""
    ) {
        self.senderName = senderName
        self.sender = sender
        self.recipient = recipient
        self.text = text
        self.messageID = messageID
        self.createdAt = createdAt
        self.linkStart = linkStart
    }

    /// ASCII, lines of at most 998 characters that end in CRLF.
    package var bytes: [UInt8] {
        var bytes = Array((fields.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        bytes += part("text/plain", Array(text.body.utf8))
        bytes += part("text/html", html.bytes)
        bytes += Array("--\(boundary)--\r\n".utf8)
        return bytes
    }

    private var fields: [String] {
        [
            "Date: \(Self.dateText(createdAt))",
            "From: \(HeaderText.mailbox(name: senderName, address: sender.description))",
            "To: \(recipient)",
            "Message-ID: <\(HeaderText.oneLine(messageID))>",
            "Subject: \(HeaderText.unstructured(text.subject))",
            "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: All",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative; boundary=\"\(boundary)\"",
        ]
    }

    /// `=_` never occurs in quoted-printable text (RFC 2045, 6.7), so no text can end a part.
    private var boundary: String { "=_casedesk" }

    private func part(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let head =
            "--\(boundary)\r\nContent-Type: \(type); charset=utf-8\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        return Array(head.utf8) + QuotedPrintable.encoded(content)
    }

    /// The text in paragraphs; there is nothing else in it.
    private var html: HTML {
        let lines = text.body.split(separator: "\n", omittingEmptySubsequences: false)
        let paragraphs = lines.split { $0.isEmpty }.map { paragraph -> HTML in
            let first: HTML = "\(paragraph.first.map(markup) ?? .empty)"
            return "<p>\(first)\(paragraph.dropFirst().map { "<br>\n\(markup($0))" as HTML })</p>\n"
        }
        return """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>\(HeaderText.oneLine(text.subject))</title></head>
            <body>
            \(paragraphs)</body></html>
            """
    }

    /// A line with the addresses of the desk's pages as links.
    private func markup(_ line: Substring) -> HTML {
        guard !linkStart.isEmpty else { return "\(String(line))" }
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        let pieces = words.enumerated().map { index, word -> HTML in
            let space = index == 0 ? "" : " "
            guard word.hasPrefix(linkStart) else { return "\(space)\(String(word))" }
            let address = word.prefix { !",;!)\u{201D}\u{2019}\"'".contains($0) }
            let end = word.dropFirst(address.count)
            return
                "\(space)<a href=\"\(String(address))\">\(String(address))</a>\(String(end))"
        }
        return "\(pieces)"
    }

    /// An instant as RFC 5322 (3.3) writes it, in UTC.
    static func dateText(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.weekday, .day, .month, .year, .hour, .minute, .second], from: date)
        let day = dayNames[(parts.weekday ?? 1) - 1]
        let month = monthNames[(parts.month ?? 1) - 1]
        let time = [parts.hour, parts.minute, parts.second]
            .map { String(($0 ?? 0) + 100).suffix(2) }.joined(separator: ":")
        return "\(day), \(parts.day ?? 1) \(month) \(parts.year ?? 1970) \(time) +0000"
    }

    private static let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
