import CaseModel
import Foundation
import Testing

@testable import CaseDelivery

/// Expected texts are from the RFCs that are named, or made with Python's email.header and quopri.
@Suite("A mail")
struct MailMessageTests {
    private func mail(
        subject: String = "Case 7", body: String = "Hello Hannah,\n\nit is open.",
        senderName: String = "Example Telecom", linkStart: String = ""
    ) throws -> String {
        let mail = MailMessage(
            senderName: senderName, sender: try EmailAddress("desk@example.org"),
            recipient: try EmailAddress("hannah@example.com"),
            text: RenderedMessage(subject: subject, body: body), messageID: "0123abcd@example.org",
            createdAt: Date(timeIntervalSince1970: 1_800_000_000), linkStart: linkStart)
        return String(decoding: mail.bytes, as: UTF8.self)
    }

    @Test func `has its text twice, as text and as HTML, and says that no person wrote it`() throws
    {
        let expected = """
            Date: Fri, 15 Jan 2027 08:00:00 +0000
            From: "Example Telecom" <desk@example.org>
            To: hannah@example.com
            Message-ID: <0123abcd@example.org>
            Subject: Case 7
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: All
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="=_casedesk"

            --=_casedesk
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Hello Hannah,

            it is open.
            --=_casedesk
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <!DOCTYPE html>
            <html><head><meta charset=3D"utf-8"><title>Case 7</title></head>
            <body>
            <p>Hello Hannah,</p>
            <p>it is open.</p>
            </body></html>
            --=_casedesk--

            """
        #expect(try mail() == expected.replacing("\n", with: "\r\n"))
    }

    @Test(arguments: [
        (0, "Thu, 1 Jan 1970 00:00:00 +0000"), (880_127_706, "Fri, 21 Nov 1997 15:55:06 +0000"),
        (1_709_164_799, "Wed, 28 Feb 2024 23:59:59 +0000"),
        (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 +0000"),
    ])
    func `has its date as RFC 5322 writes it`(seconds: Double, text: String) {
        #expect(MailMessage.dateText(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(arguments: [
        ("Case 7", "Case 7"), ("", ""), ("a  b", "a  b"),
        ("Grüße", "=?UTF-8?B?R3LDvMOfZQ==?="),
        ("=?UTF-8?B?R3I=?=", "=?UTF-8?B?PT9VVEYtOD9CP1IzST0/PQ==?="),
        ("one\r\nBcc: two@example.com", "one  Bcc: two@example.com"), ("a\u{0}b\u{85}c", "a b c"),
    ])
    func `has a subject of one line of ASCII`(subject: String, line: String) {
        #expect(HeaderText.unstructured(subject) == line)
    }

    @Test func `has a long subject in words of at most 75 characters that split no character`() {
        let subject = String(repeating: "ä😀", count: 100)
        let lines = HeaderText.unstructured(subject).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        var bytes = Data()
        for (index, line) in lines.enumerated() {
            #expect(line.hasPrefix(index == 0 ? "=?UTF-8?B?" : " =?UTF-8?B?"))
            #expect(line.utf8.count <= 75)
            let word = line.drop { $0 == " " }.dropFirst(10).dropLast(2)
            let decoded = Data(base64Encoded: String(word)) ?? Data()
            #expect(String(data: decoded, encoding: .utf8) != nil)
            bytes += decoded
        }
        #expect(String(decoding: bytes, as: UTF8.self) == subject)
    }

    @Test(arguments: [
        ("", "desk@example.org"), ("Desk", "\"Desk\" <desk@example.org>"),
        ("A \"B\" \\ <c@d>", "\"A \\\"B\\\" \\\\ <c@d>\" <desk@example.org>"),
        ("Müller", "=?UTF-8?B?TcO8bGxlcg==?=\r\n <desk@example.org>"),
        ("x\r\nBcc: y", "\"x  Bcc: y\" <desk@example.org>"),
    ])
    func `has a sender whose name is no more than a name`(name: String, field: String) {
        #expect(HeaderText.mailbox(name: name, address: "desk@example.org") == field)
    }

    @Test(arguments: [
        ("", "\r\n"), ("a=b", "a=3Db\r\n"), ("Grüße", "Gr=C3=BC=C3=9Fe\r\n"),
        ("end \nnext\t", "end=20\r\nnext=09\r\n"), ("a\rb", "a=0Db\r\n"), (".\n..", ".\r\n..\r\n"),
        (String(repeating: "a", count: 76), String(repeating: "a", count: 76) + "\r\n"),
        (
            String(repeating: "a", count: 77),
            String(repeating: "a", count: 75) + "=\r\naa\r\n"
        ),
        (
            String(repeating: "a", count: 73) + "ü",
            String(repeating: "a", count: 73) + "=\r\n=C3=BC\r\n"
        ),
    ])
    func `has text of short lines of ASCII`(text: String, encoded: String) {
        #expect(
            String(decoding: QuotedPrintable.encoded(Array(text.utf8)), as: UTF8.self) == encoded)
    }

    @Test func `has lines of at most 76 characters, whatever its text`() throws {
        let body =
            String(repeating: "Ünï= \u{1F600}.", count: 500) + "\n.\n"
            + String(repeating: "x", count: 5_000)
        for line in try mail(body: body).split(separator: "\r\n") {
            #expect(line.utf8.count <= 76)
            #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        }
    }

    @Test func `has no markup but its own`() throws {
        let html = try mail(subject: "<b>&", body: "<script>alert(1)</script>\n\"&'")
        #expect(html.contains("<title>&lt;b&gt;&amp;</title>"))
        #expect(html.contains("<p>&lt;script&gt;alert(1)&lt;/script&gt;<br>"))
        #expect(html.contains("&quot;&amp;"))
    }

    @Test func `links to the desk's cases and to nothing else`() throws {
        let start = "https://desk.example.org/cases/"
        let html = try mail(
            body: "See \(start)7, or https://evil.example/\n\(start)8", linkStart: start
        )
        .replacing("=\r\n", with: "").replacing("=3D", with: "=")
        #expect(
            html.contains(
                "<p>See <a href=\"\(start)7\">\(start)7</a>, or https://evil.example/<br>"))
        #expect(html.contains("<a href=\"\(start)8\">\(start)8</a></p>"))
        #expect(html.components(separatedBy: "<a ").count == 3)
    }

    @Test func `is the same at every try`() throws {
        #expect(try mail() == mail())
    }
}
