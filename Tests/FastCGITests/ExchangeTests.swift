@testable import FastCGI
internal import Synchronization
import Testing

@Suite("An exchange")
struct ExchangeTests {
    @Test(arguments: [0, 1, 126, 127, 128, 129, 4095, 4096, 4097, 60_000])
    func `has the value of a variable at any length`(length: Int) throws {
        let server = try RunningResponder { _, exchange in
            answer(&exchange, exchange.parameter("HTTP_X") ?? "none")
        }
        defer { server.stop() }
        let value = String(repeating: "v", count: length)
        let peer = try Peer(path: server.path)
        try peer.send(Records.request([("HTTP_X", value), ("HTTP_XY", "other")]))
        #expect(try peer.receive().text == okHead + value)
    }

    @Test func `has no value for a variable that was not sent, and an empty one for an empty one`()
        throws
    {
        let server = try RunningResponder { _, exchange in
            let values = [exchange.parameter("HTTP"), exchange.parameter("QUERY_STRING")]
            answer(&exchange, values.map { $0 ?? "nil" }.joined(separator: ","))
        }
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request([("HTTP_X", "1"), ("QUERY_STRING", "")]))
        #expect(try peer.receive().text == okHead + "nil,")
    }

    @Test func `repairs bytes that are not UTF-8`() throws {
        let server = try RunningResponder { _, exchange in
            answer(&exchange, exchange.parameter("HTTP_X") ?? "none")
        }
        defer { server.stop() }
        let pairs = Records.pair("HTTP_X", [0x61, 0xff, 0x62])
        let peer = try Peer(path: server.path)
        try peer.send(
            Records.begin() + Records.stream(4, pairs, size: 100) + Records.record(5, []))
        #expect(try peer.receive().text == okHead + "a\u{FFFD}b")
    }

    @Test(arguments: [
        ("5", "5"), ("0", "0"), ("", "nil"), ("-1", "nil"), ("+1", "nil"), ("1 ", "nil"),
        ("0x1", "nil"), ("99999999999999999999", "nil"),
    ])
    func `reads CONTENT_LENGTH as digits only`(value: String, expected: String) throws {
        let server = try RunningResponder { _, exchange in
            answer(&exchange, exchange.declaredContentLength.map(String.init) ?? "nil")
        }
        defer { server.stop() }
        let pairs = Records.pair("CONTENT_LENGTH", value)
        let peer = try Peer(path: server.path)
        try peer.send(
            Records.begin() + Records.stream(4, pairs, size: 100) + Records.record(5, []))
        #expect(try peer.receive().text == okHead + expected)
    }

    @Test(arguments: [1, 7, 8, 9, 8183, 8184, 8185, 60_000])
    func `reads a body in records of any size`(recordSize: Int) throws {
        let length = recordSize < 10 ? 5000 : 200_000
        let body = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let server = try RunningResponder { _, exchange in
            let read = (try? readAll(&exchange)) ?? []
            try? exchange.send(head: [], body: read)
        }
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request(body: body, recordSize: recordSize))
        #expect(try peer.receive().bytes == body)
    }

    @Test(arguments: [1, 2, 999, 1000, 1001])
    func `reads a body into a room of any size`(room: Int) throws {
        let body = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        let server = try RunningResponder { _, exchange in
            let read = (try? readAll(&exchange, room: room)) ?? []
            try? exchange.send(head: [], body: read)
        }
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request(body: body))
        #expect(try peer.receive().bytes == body)
    }

    @Test func `never gives more of a body than CONTENT_LENGTH`() throws {
        let server = try RunningResponder { _, exchange in
            let read = (try? readAll(&exchange)) ?? []
            try? exchange.send(head: [], body: read)
        }
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        let first = Records.request(body: Array("abcdef".utf8), contentLength: 3)
        try peer.send(first)
        #expect(try peer.receive().text == "abc")
        try peer.send(Records.request(body: Array("xy".utf8)))
        #expect(try peer.receive().text == "xy")
    }

    @Test(arguments: [0, 1, 2000])
    func `says that a body ended before its CONTENT_LENGTH`(sent: Int) throws {
        let seen = Mutex<ExchangeError?>(nil)
        let bell = try Bell()
        let server = try RunningResponder { _, exchange in
            do throws(ExchangeError) {
                _ = try readAll(&exchange)
            } catch {
                seen.withLock { $0 = error }
            }
            bell.ring()
        }
        defer { server.stop() }
        do {
            let peer = try Peer(path: server.path)
            let request = Records.request(
                body: [UInt8](repeating: 1, count: sent), contentLength: 3000)
            // The client goes before the end of its body: the last record is never sent.
            try peer.send(Array(request.dropLast(8)))
        }
        #expect(bell.wait(milliseconds: Peer.patience))
        #expect(seen.withLock { $0 } == .truncated(received: sent))
    }

    @Test func `says that a body is shorter than its CONTENT_LENGTH, though its stream ended`()
        throws
    {
        let seen = Mutex<ExchangeError?>(nil)
        let server = try RunningResponder { _, exchange in
            do throws(ExchangeError) {
                _ = try readAll(&exchange)
            } catch {
                seen.withLock { $0 = error }
            }
        }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request(body: [1, 2], contentLength: 3))
        #expect(try peer.receive().bytes == [])
        server.stop()
        #expect(seen.withLock { $0 } == .truncated(received: 2))
    }

    @Test func `says that a body is late`() throws {
        let seen = Mutex<ExchangeError?>(nil)
        let bell = try Bell()
        let limits = quickLimits { $0.receiveTimeout = 100 }
        let server = try RunningResponder(limits: limits) { _, exchange in
            do throws(ExchangeError) {
                _ = try readAll(&exchange)
            } catch {
                seen.withLock { $0 = error }
            }
            bell.ring()
        }
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        try peer.send(Array(Records.request(body: [1, 2], contentLength: 10).dropLast(8)))
        #expect(bell.wait(milliseconds: Peer.patience))
        #expect(seen.withLock { $0 } == .timedOut)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 20_000, 65_527, 65_528, 65_529, 131_056, 131_057, 1_000_000])
    func `sends an answer of any size whole and in order`(length: Int) throws {
        let body = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        let server = try RunningResponder { _, exchange in
            try? exchange.send(head: Array("H: 1\r\n\r\n".utf8), body: body)
        }
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request())
        let received = try peer.receive()
        #expect(received.bytes == Array("H: 1\r\n\r\n".utf8) + body)
        // FastCGI 1.0, 5.3 and 5.5: the stream ends with an empty record, then the request.
        #expect(received.records.suffix(2).map(\.type) == [6, 3])
        #expect(received.records.suffix(2).map(\.length) == [0, 8])
    }

    @Test func `sends what is known so far at once, and its end when the handler returns`() throws {
        let bell = try Bell()
        let server = try RunningResponder { _, exchange in
            try? exchange.send(Array("one ".utf8))
            _ = bell.wait(milliseconds: Peer.patience)
            try? exchange.send(Array("two".utf8))
        }
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request())
        bell.ring()
        #expect(try peer.receive().text == "one two")
    }

    @Test func `refuses to send after its whole answer`() throws {
        let seen = Mutex<ExchangeError?>(nil)
        let server = try RunningResponder { _, exchange in
            answer(&exchange, "all")
            do throws(ExchangeError) {
                try exchange.send([1])
            } catch {
                seen.withLock { $0 = error }
            }
        }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request())
        #expect(try peer.receive().text == okHead + "all")
        server.stop()
        #expect(seen.withLock { $0 } == .alreadyAnswered)
    }

    @Test func `says that the client has left, and the process lives on`() throws {
        let seen = Mutex<ExchangeError?>(nil)
        let bell = try Bell()
        let server = try RunningResponder { _, exchange in
            guard exchange.parameter("LONG") != nil else { return answer(&exchange, "alive") }
            do throws(ExchangeError) {
                for _ in 0..<1000 { try exchange.send([UInt8](repeating: 0, count: 65_536)) }
            } catch {
                seen.withLock { $0 = error }
            }
            bell.ring()
        }
        defer { server.stop() }
        do {
            let peer = try Peer(path: server.path)
            try peer.send(Records.request([("LONG", "1")]))
        }
        #expect(bell.wait(milliseconds: Peer.patience))
        #expect(seen.withLock { $0 } == .peerLeft)
        let peer = try Peer(path: server.path)
        try peer.send(Records.request())
        #expect(try peer.receive().text == okHead + "alive")
    }
}
