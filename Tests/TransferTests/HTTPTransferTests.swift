import Testing

@testable import Transfer

@Suite("A request over HTTP")
struct HTTPTransferTests {
    private let transfer = HTTPTransfer(timeoutMilliseconds: 60_000, maximumAnswerByteCount: 1_000)

    /// The status and the body, or the fault.
    private func result(
        _ request: OutgoingRequest, with transfer: HTTPTransfer? = nil,
        beforeSending: () -> Bool = { true }
    ) -> Result<ReceivedAnswer, TransferFault> {
        do throws(TransferFault) {
            return .success(
                try (transfer ?? self.transfer).send(request, beforeSending: beforeSending))
        } catch {
            return .failure(error)
        }
    }

    private static let answer = "HTTP/1.1 202 Accepted\r\nContent-Length: 3\r\n\r\n0:A"

    @Test func `sends a GET with its fields, and nothing of its own but Host and Accept`() throws {
        let server = try ScriptedServer([.read(until: "\r\n\r\n"), .send(Self.answer)])
        let answer = try transfer.send(
            OutgoingRequest(
                .get, "http://127.0.0.1:\(server.port)/send?a=%20b",
                headers: [.init("X-One", "ä; b"), .init("X-Empty", "")]))
        #expect(answer == ReceivedAnswer(status: 202, body: Array("0:A".utf8)))
        #expect(
            server.received() == [
                "GET /send?a=%20b HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nAccept: */*\r\n"
                    + "X-One: ä; b\r\nX-Empty:\r\n\r\n"
            ])
    }

    @Test(arguments: ["", "{\"a\": \"ä\0b\"}"])
    func `sends a POST with its bytes`(body: String) throws {
        let server = try ScriptedServer(
            [.read(until: "\r\n\r\n"), .readBytes(body.utf8.count), .send(Self.answer)])
        let answer = try transfer.send(
            OutgoingRequest(
                .post, "http://127.0.0.1:\(server.port)/",
                headers: [.init("Content-Type", "application/json")], body: Array(body.utf8)))
        #expect(answer.status == 202)
        #expect(
            server.received() == [
                "POST / HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nAccept: */*\r\n"
                    + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                    + body
            ])
    }

    @Test func `waits for no 100 before a long body`() throws {
        let body = [UInt8](repeating: 0x61, count: 3_000_000)
        let server = try ScriptedServer(
            [.read(until: "\r\n\r\n"), .readBytes(body.count), .send(Self.answer)])
        let answer = try transfer.send(
            OutgoingRequest(.post, "http://127.0.0.1:\(server.port)/", body: body))
        #expect(answer.status == 202)
        #expect(!server.received()[0].contains("Expect"))
    }

    @Test func `is asked about once, when the connection stands and before its first byte`() throws
    {
        let server = try ScriptedServer([.read(until: "\r\n\r\n"), .send(Self.answer)])
        var count = 0
        _ = try transfer.send(OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/")) {
            count += 1
            return true
        }
        #expect(count == 1)
    }

    @Test func `that is withheld sends nothing`() throws {
        let server = try ScriptedServer([.waitForEnd])
        let request = OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/")
        #expect(result(request) { false } == .failure(.withheld))
        #expect(server.received() == [""])
    }

    @Test func `to a port where nobody listens was not sent, and nobody was asked`() throws {
        let server = try ScriptedServer.deaf()
        let request = OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/")
        var count = 0
        let fault = result(request) {
            count += 1
            return true
        }
        guard case .failure(.unreachable) = fault else {
            Issue.record("\(fault)")
            return
        }
        #expect(count == 0)
    }

    @Test(arguments: [
        "", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ])
    func `whose answer is cut off may have arrived`(piece: String) throws {
        let server = try ScriptedServer([.read(until: "\r\n\r\n"), .send(piece)])
        let fault = result(OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/"))
        guard case .failure(.answerLost) = fault else {
            Issue.record("\(fault)")
            return
        }
    }

    @Test func `that is not answered in time may have arrived`() throws {
        let server = try ScriptedServer([.read(until: "\r\n\r\n"), .waitForEnd])
        let short = HTTPTransfer(timeoutMilliseconds: 300, maximumAnswerByteCount: 1_000)
        let request = OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/")
        #expect(result(request, with: short) == .failure(.timedOut(wasSent: true)))
    }

    @Test func `that is stopped while its answer is awaited gets it`() throws {
        let server = try ScriptedServer([.read(until: "\r\n\r\n"), .send(Self.answer)])
        let stop = TransferStop()
        let stoppable = HTTPTransfer(
            timeoutMilliseconds: 60_000, maximumAnswerByteCount: 1_000, stop: stop)
        let request = OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/")
        let found = result(request, with: stoppable) {
            stop.stop()
            return true
        }
        #expect(found == .success(ReceivedAnswer(status: 202, body: Array("0:A".utf8))))
    }

    @Test func `that is abandoned while its answer is awaited may have arrived`() throws {
        let server = try ScriptedServer([.read(until: "\r\n\r\n"), .waitForEnd])
        let stop = TransferStop()
        let stoppable = HTTPTransfer(
            timeoutMilliseconds: 60_000, maximumAnswerByteCount: 1_000, stop: stop)
        let request = OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/")
        let fault = result(request, with: stoppable) {
            stop.abandon()
            return true
        }
        guard case .failure(.answerLost) = fault else {
            Issue.record("\(fault)")
            return
        }
    }

    @Test func `that is stopped before it began is not sent`() throws {
        let server = try ScriptedServer([.waitForEnd])
        let stop = TransferStop()
        stop.stop()
        let stoppable = HTTPTransfer(
            timeoutMilliseconds: 60_000, maximumAnswerByteCount: 1_000, stop: stop)
        let fault = result(
            OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/"), with: stoppable)
        guard case .failure(.unreachable) = fault else {
            Issue.record("\(fault)")
            return
        }
    }

    @Test(arguments: [(1_000, true), (1_001, false)])
    func `takes an answer up to its limit`(count: Int, isTaken: Bool) throws {
        let body = String(repeating: "a", count: count)
        let server = try ScriptedServer(
            [.read(until: "\r\n\r\n"), .send("HTTP/1.1 200 OK\r\n\r\n" + body)])
        let found = result(OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/"))
        #expect(
            found
                == (isTaken
                    ? .success(ReceivedAnswer(status: 200, body: Array(body.utf8)))
                    : .failure(.answerTooLong)))
    }

    @Test func `follows no redirection`() throws {
        let server = try ScriptedServer([
            .read(until: "\r\n\r\n"),
            .send(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"),
        ])
        let answer = try transfer.send(OutgoingRequest(.get, "http://127.0.0.1:\(server.port)/"))
        #expect(answer == ReceivedAnswer(status: 302, body: []))
    }

    @Test(arguments: [
        "", "127.0.0.1/", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://a b/",
        "http://127.0.0.1/\r\nX: y", "http://127.0.0.1/\0", "http://ä/", "http://127.0.0.1:99999/",
    ])
    func `to what is no address of HTTP is refused`(url: String) {
        let fault = result(OutgoingRequest(.get, url))
        guard case .failure(.badAddress) = fault else {
            Issue.record("\(fault)")
            return
        }
    }

    @Test(arguments: [
        ("", "a"), ("X Y", "a"), ("X:", "a"), ("X", "a\r\nY: b"), ("X", "a\0"), ("X\n", "a"),
    ])
    func `with a field that is more than one line is refused`(name: String, value: String) throws {
        let request = OutgoingRequest(
            .get, "http://127.0.0.1:9/", headers: [.init(name, value)])
        guard case .failure(.badAddress) = result(request) else {
            Issue.record("was sent")
            return
        }
    }
}
