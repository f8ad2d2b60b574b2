import Foundation
import Testing

@testable import Transfer

@Suite("A message over SMTP")
struct MailTransferTests {
    private typealias Step = ScriptedServer.Step

    /// From the greeting to the answer to EHLO.
    private static let greeting: [Step] = [
        .send("220 mail.example ESMTP\r\n"), .read(until: "\r\n"),
        .send("250-mail.example\r\n250 8BITMIME\r\n"),
    ]
    private static let envelope: [Step] = [
        .read(until: "\r\n"), .send("250 sender ok\r\n"), .read(until: "\r\n"),
        .send("250 recipient ok\r\n"), .read(until: "\r\n"), .send("354 go on\r\n"),
    ]
    private static let end = Step.read(until: "\r\n.\r\n")

    private func transfer(
        _ server: ScriptedServer, security: MailServer.Security = .none, login: String = "",
        password: String = "", timeout: Int = 60_000, stop: TransferStop? = nil
    ) -> MailTransfer {
        MailTransfer(
            server: MailServer(
                host: "127.0.0.1", port: Int(server.port), security: security, login: login,
                password: password, ownName: "desk.example"),
            timeoutMilliseconds: timeout, stop: stop)
    }

    /// The server's answer, or the fault.
    private func result(
        _ transfer: MailTransfer, message: String = "A: b\r\n\r\nText\r\n",
        beforeLastByte: () -> Bool = { true }
    ) -> Result<String, MailFault> {
        do throws(MailFault) {
            return .success(
                try transfer.send(
                    from: "desk@example.org", to: "hannah@example.com",
                    message: Array(message.utf8), beforeLastByte: beforeLastByte))
        } catch {
            return .failure(error)
        }
    }

    @Test func `is handed over with its envelope, its dots doubled and a dot behind it`() throws {
        let server = try ScriptedServer(
            Self.greeting + Self.envelope + [Self.end, .send("250 2.0.0 queued as 4711\r\n")])
        let found = result(transfer(server), message: "A: b\r\n\r\n.one\r\n..\r\nlast\r\n")
        #expect(found == .success("250 2.0.0 queued as 4711"))
        #expect(
            server.received() == [
                "EHLO desk.example\r\nMAIL FROM:<desk@example.org>\r\n"
                    + "RCPT TO:<hannah@example.com>\r\nDATA\r\n"
                    + "A: b\r\n\r\n..one\r\n...\r\nlast\r\n.\r\n"
            ])
    }

    @Test(arguments: [1, 65_535, 65_536, 65_537, 300_000])
    func `arrives whole whatever its length`(count: Int) throws {
        let server = try ScriptedServer(
            Self.greeting + Self.envelope + [Self.end, .send("250 ok\r\n")])
        let lines = String(repeating: "123456789\r\n.23456789\r\n", count: count / 22)
        let message = lines + String(repeating: "a", count: count % 22) + "\r\n"
        #expect(result(transfer(server), message: message) == .success("250 ok"))
        let data = lines.replacing("\r\n.", with: "\r\n..")
        #expect(
            server.received()[0].hasSuffix(
                "DATA\r\n" + data + message.dropFirst(lines.count) + ".\r\n"))
    }

    @Test func `is asked about once, before its dot can leave`() throws {
        let server = try ScriptedServer(
            Self.greeting + Self.envelope + [Self.end, .send("250 ok\r\n")])
        var count = 0
        let found = result(transfer(server)) {
            count += 1
            return true
        }
        #expect(found == .success("250 ok"))
        #expect(count == 1)
    }

    @Test func `that is withheld has no dot`() throws {
        let server = try ScriptedServer(Self.greeting + Self.envelope + [.waitForEnd])
        let transfer = transfer(server)
        #expect(result(transfer) { false } == .failure(.withheld))
        transfer.close()
        #expect(!server.received()[0].contains("\r\n.\r\n"))
    }

    /// The replies of a session, in order.
    enum Reply: Int, CaseIterable {
        case greeting
        case hello
        case sender
        case recipient
        case data
        case end
    }

    /// A server that goes along until this reply, and then does something else and closes.
    private func server(upTo reply: Reply, then last: [Step]) throws -> ScriptedServer {
        let all = Self.greeting + Self.envelope + [Self.end, .send("250 ok\r\n")]
        let replies = all.indices.filter { if case .send = all[$0] { true } else { false } }
        return try ScriptedServer(all[..<replies[reply.rawValue]] + last)
    }

    @Test(arguments: [
        (Reply.greeting, "421 too busy\r\n", MailFault.unreachable("421 too busy")),
        (.greeting, "554 no service\r\n", .unreachable("554 no service")),
        (.hello, "421 closing\r\n", .unreachable("421 closing")),
        (.sender, "421 closing\r\n", .passing("421 closing")),
        (.sender, "451 later\r\n", .passing("451 later")),
        (.sender, "530 5.7.0 log in first\r\n", .unreachable("530 5.7.0 log in first")),
        (.sender, "550-no\r\n550 sender\r\n", .final("550-no\n550 sender")),
        (.recipient, "450 greylisted\r\n", .passing("450 greylisted")),
        (.recipient, "550 5.1.1 nobody here\r\n", .final("550 5.1.1 nobody here")),
        (.data, "451 later\r\n", .passing("451 later")),
        (.data, "554 no valid recipients\r\n", .final("554 no valid recipients")),
        (.end, "421 closing\r\n", .passing("421 closing")),
        (.end, "452 disk full\r\n", .passing("452 disk full")),
        (.end, "552 too\u{7} long\r\n", .final("552 too long")),
    ])
    func `is refused in the server's words, for now or for good`(
        at: Reply, says: String, means: MailFault
    ) throws {
        let server = try server(upTo: at, then: [.send(says)])
        #expect(result(transfer(server)) == .failure(means))
        let polite = try self.server(
            upTo: at, then: [.send(says), .read(until: "QUIT\r\n"), .send("250 bye\r\n")])
        let transfer = transfer(polite)
        #expect(result(transfer) == .failure(means))
        transfer.close()
    }

    @Test(
        arguments: [Reply.greeting, .hello, .sender, .recipient, .data],
        ["", "2", "250-half\r\n"])
    func `whose connection is lost before the dot can be sent again`(
        at: Reply, says: String
    ) throws {
        let server = try server(upTo: at, then: [.send(says)])
        let found = result(transfer(server)) {
            Issue.record("the dot was near")
            return false
        }
        switch found {
        case .failure(.unreachable), .failure(.passing): break
        default: Issue.record("\(found)")
        }
    }

    @Test func `whose server closes in the middle of it can be sent again`() throws {
        let server = try ScriptedServer(
            Self.greeting + Self.envelope + [.readBytes(5), .send("421 closing\r\n")])
        let found = result(transfer(server)) {
            _ = server.received()
            return true
        }
        #expect(
            found
                == .failure(.passing("The connection was closed in the middle of the message")))
    }

    @Test(arguments: ["", "25", "250-half\r\n", "hello\r\n", "199 what\r\n"])
    func `whose answer is lost may have arrived`(says: String) throws {
        let server = try server(upTo: .end, then: [.send(says)])
        guard case .failure(.unknown) = result(transfer(server)) else {
            Issue.record("is known")
            return
        }
    }

    @Test func `that is not answered in time may have arrived`() throws {
        let server = try server(upTo: .end, then: [.waitForEnd])
        guard case .failure(.unknown) = result(transfer(server, timeout: 500)) else {
            Issue.record("is known")
            return
        }
    }

    @Test func `to a port where nobody listens can be sent again`() throws {
        let server = try ScriptedServer.deaf()
        guard case .failure(.unreachable) = result(transfer(server)) else {
            Issue.record("was reached")
            return
        }
    }

    @Test(arguments: ["", "a b", "mail.example\r\n", "mail/example", "ä", "127.0.0.1]"])
    func `to what is no name of a server goes nowhere`(host: String) throws {
        let transfer = MailTransfer(
            server: MailServer(host: host, port: 25, security: .none, ownName: "desk.example"),
            timeoutMilliseconds: 1_000)
        #expect(result(transfer) == .failure(.unreachable("\(host) is no name of a server")))
    }

    @Test func `goes over the connection of the one before`() throws {
        let message: [Step] = Self.envelope + [Self.end, .send("250 ok\r\n")]
        let server = try ScriptedServer(
            Self.greeting + message + message + [.read(until: "QUIT\r\n"), .send("221 bye\r\n")])
        let transfer = transfer(server)
        #expect(result(transfer) == .success("250 ok"))
        #expect(result(transfer) == .success("250 ok"))
        transfer.close()
        #expect(server.received().map { $0.components(separatedBy: "DATA").count } == [3])
    }

    @Test(arguments: [[], [Step.read(until: "\r\n"), .send("421 too long idle\r\n")]])
    func `finds a connection closed, and goes over a new one`(last: [ScriptedServer.Step]) throws {
        let message: [Step] = Self.envelope + [Self.end, .send("250 ok\r\n")]
        let server = try ScriptedServer(Self.greeting + message + last, Self.greeting + message)
        let transfer = transfer(server)
        #expect(result(transfer) == .success("250 ok"))
        var count = 0
        let second = result(transfer) {
            count += 1
            return true
        }
        #expect(second == .success("250 ok"))
        #expect(count == 1)
    }

    @Test func `that the server refuses on a connection that is kept is not sent twice`() throws {
        let message: [Step] = Self.envelope + [Self.end, .send("250 ok\r\n")]
        let server = try ScriptedServer(
            Self.greeting + message + [.read(until: "\r\n"), .send("451 later\r\n")])
        let transfer = transfer(server)
        #expect(result(transfer) == .success("250 ok"))
        #expect(result(transfer) == .failure(.passing("451 later")))
    }

    @Test func `is sent after a log-in where one is wanted`() throws {
        // "\0desk\0secret" in Base64 (RFC 4616, 2; RFC 4648, 4).
        let server = try ScriptedServer(
            [
                .send("220 mail.example\r\n"), .read(until: "\r\n"),
                .send("250-mail.example\r\n250 AUTH PLAIN\r\n"), .read(until: "\r\n"),
                .send("334 \r\n"), .read(until: "\r\n"), .send("235 welcome\r\n"),
            ] + Self.envelope + [Self.end, .send("250 ok\r\n")])
        let transfer = transfer(server, login: "desk", password: "secret")
        #expect(result(transfer) == .success("250 ok"))
        #expect(
            server.received()[0].hasPrefix(
                "EHLO desk.example\r\nAUTH PLAIN\r\nAGRlc2sAc2VjcmV0\r\nMAIL FROM"))
    }

    @Test func `goes without a log-in where the server offers none`() throws {
        let server = try ScriptedServer(
            Self.greeting + Self.envelope + [Self.end, .send("250 ok\r\n")])
        let transfer = transfer(server, login: "desk", password: "secret")
        #expect(result(transfer) == .success("250 ok"))
    }

    @Test(arguments: [
        ("250 AUTH PLAIN\r\n", "535 5.7.8 wrong\r\n", "535 5.7.8 wrong"),
        ("250 AUTH PLAIN\r\n", "454 4.7.0 later\r\n", "454 4.7.0 later"),
    ])
    func `is no message's fault where the log-in fails`(
        hello: String, reply: String, says: String
    ) throws {
        let server = try ScriptedServer([
            .send("220 mail.example\r\n"), .read(until: "\r\n"), .send(hello),
            .read(until: "\r\n"), .send(reply), .waitForEnd,
        ])
        let transfer = transfer(server, login: "desk", password: "secret")
        #expect(result(transfer) == .failure(.unreachable(says)))
        transfer.close()
        #expect(!server.received()[0].contains("MAIL"))
    }

    @Test func `is not sent in the clear where TLS is wanted and not offered`() throws {
        let server = try ScriptedServer(Self.greeting + [.waitForEnd])
        let transfer = transfer(server, security: .startTLS, login: "desk", password: "secret")
        guard case .failure(.unreachable) = result(transfer) else {
            Issue.record("was sent")
            return
        }
        transfer.close()
        #expect(!server.received()[0].contains("AUTH"))
        #expect(!server.received()[0].contains("MAIL"))
    }

    @Test func `that is stopped before its dot is not sent`() throws {
        let server = try ScriptedServer(Self.greeting + Self.envelope + [.waitForEnd])
        let stop = TransferStop()
        stop.stop()
        let transfer = transfer(server, stop: stop)
        switch result(transfer) {
        case .failure(.unreachable), .failure(.passing): break
        default: Issue.record("was sent")
        }
    }

    @Test func `that is stopped behind its dot gets its answer`() throws {
        let server = try ScriptedServer(
            Self.greeting + Self.envelope + [Self.end, .send("250 ok\r\n")])
        let stop = TransferStop()
        let found = result(transfer(server, stop: stop)) {
            stop.stop()
            return true
        }
        #expect(found == .success("250 ok"))
    }

    @Test func `that is abandoned behind its dot may have arrived`() throws {
        let server = try server(upTo: .end, then: [.waitForEnd])
        let stop = TransferStop()
        let found = result(transfer(server, stop: stop)) {
            stop.abandon()
            return true
        }
        guard case .failure(.unknown) = found else {
            Issue.record("\(found)")
            return
        }
    }
}
