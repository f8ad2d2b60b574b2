@testable import FastCGI
internal import Glibc
internal import Synchronization
import Testing

@Suite("A connection")
struct ConnectionTests {
    /// Answers with the cookie, the length of the body that was read, and the worker's number.
    static func echo(_ worker: Int, _ exchange: inout Exchange) {
        let body = (try? readAll(&exchange))?.count ?? -1
        answer(&exchange, "\(exchange.parameter("HTTP_COOKIE") ?? "none") \(body)")
    }

    @Test func `that is kept never shows one person's request to the next`() throws {
        let server = try RunningResponder(handler: Self.echo)
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        for round in 0..<50 {
            try peer.send(
                Records.request([("HTTP_COOKIE", "alice\(round)")], body: [1, 2, 3]))
            #expect(try peer.receive().text == okHead + "alice\(round) 3")
            try peer.send(Records.request([("HTTP_COOKIE", "bob")]))
            #expect(try peer.receive().text == okHead + "bob 0")
            // CVE-2011-2766 was this: a request without a cookie saw the one before.
            try peer.send(Records.request())
            #expect(try peer.receive().text == okHead + "none 0")
        }
    }

    @Test func `that is not kept is closed after its answer`() throws {
        let server = try RunningResponder(handler: Self.echo)
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request(keep: false))
        #expect(try peer.receive().text == okHead + "none 0")
        #expect(peer.isClosedByOther())
    }

    @Test(arguments: [1, 8192, 100_000])
    func `carries the next request when a body was left unread`(length: Int) throws {
        let server = try RunningResponder { _, exchange in answer(&exchange, "early") }
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        for _ in 0..<3 {
            let body = [UInt8](repeating: 7, count: length)
            try peer.send(Records.request(body: body, recordSize: 5000))
            #expect(try peer.receive().text == okHead + "early")
        }
    }

    @Test(arguments: [true, false])
    func `gets its answer whole when more of a body is left than is thrown away`(
        isKept: Bool
    ) throws {
        let limits = quickLimits { $0.maximumDrainedBytes = 10_000 }
        let server = try RunningResponder(limits: limits) { _, exchange in
            answer(&exchange, "early")
        }
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        // Far more than a socket holds: sending fails if the other side just closes.
        let body = [UInt8](repeating: 7, count: 5_000_000)
        try peer.send(Records.request(body: body, keep: isKept))
        #expect(try peer.receive().text == okHead + "early")
        #expect(try !isKept || peer.isToldToClose())
        peer.endSending()
        #expect(peer.isClosedByOther())
    }

    @Test func `that sends one byte and is silent does not hold up others`() throws {
        let server = try RunningResponder(handler: Self.echo)
        defer { server.stop() }
        // More of them than there are workers.
        let silent = try (0..<20).map { _ in try Peer(path: server.path) }
        for peer in silent { try peer.send([1]) }
        for _ in 0..<20 {
            let peer = try Peer(path: server.path)
            let start = monotonicMilliseconds()
            try peer.send(Records.request())
            #expect(try peer.receive().text == okHead + "none 0")
            #expect(monotonicMilliseconds() - start < 500)
        }
        // They are closed when their time is over: 1 second here.
        for peer in silent { #expect(peer.isClosedByOther()) }
    }

    @Test func `is served when its head comes in pieces`() throws {
        let server = try RunningResponder(handler: Self.echo)
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        for byte in Records.request([("HTTP_COOKIE", "slow")], body: [9]) {
            try peer.send([byte])
            usleep(1000)
        }
        #expect(try peer.receive().text == okHead + "slow 1")
    }

    @Test func `is closed when it does not begin as nginx begins`() throws {
        let server = try RunningResponder(handler: Self.echo)
        defer { server.stop() }
        for (what, bytes) in RequestHeadTests.broken {
            let peer = try Peer(path: server.path)
            try peer.send(bytes)
            #expect(peer.isClosedByOther(), "\(what)")
        }
    }

    @Test func `is closed when its client leaves in the middle of a head`() throws {
        let limits = quickLimits { $0.receiveTimeout = 60_000 }
        let server = try RunningResponder(limits: limits, handler: Self.echo)
        defer { server.stop() }
        for count in [1, 15, 30] {
            let peer = try Peer(path: server.path)
            try peer.send(Array(Records.request().prefix(count)))
        }
        usleep(200_000)
        #expect(server.responder.openConnections == 0)
    }

    @Test func `with too many bytes of variables is answered 431`() throws {
        let server = try RunningResponder(handler: Self.echo)
        defer { server.stop() }
        let peer = try Peer(path: server.path)
        let cookies = (0..<8).map { ("HTTP_C\($0)", String(repeating: "c", count: 9000)) }
        try peer.send(Records.request(cookies))
        #expect(try peer.receive().text.hasPrefix("Status: 431 "))
        #expect(try peer.isToldToClose())
        #expect(peer.isClosedByOther())
    }

    @Test func `is one of 200, all served together`() throws {
        let server = try RunningResponder(handler: Self.echo)
        defer { server.stop() }
        let peers = try (0..<200).map { _ in try Peer(path: server.path) }
        for round in 0..<3 {
            for (index, peer) in peers.enumerated() {
                try peer.send(Records.request([("HTTP_COOKIE", "\(index)-\(round)")]))
            }
            for (index, peer) in peers.enumerated() {
                #expect(try peer.receive().text == okHead + "\(index)-\(round) 0")
            }
        }
    }

    @Test func `makes room for another when all are taken by idle ones`() throws {
        let limits = quickLimits { $0.maximumConnections = 5 }
        let server = try RunningResponder(limits: limits, handler: Self.echo)
        defer { server.stop() }
        var idle: [Peer] = []
        for index in 0..<20 {
            let peer = try Peer(path: server.path)
            try peer.send(Records.request([("HTTP_COOKIE", "\(index)")]))
            #expect(try peer.receive().text == okHead + "\(index) 0")
            idle.append(peer)
        }
        #expect(server.responder.openConnections <= 5)
    }

    @Test func `makes room for another when all are taken by silent ones`() throws {
        let limits = quickLimits { $0.maximumConnections = 5 }
        let server = try RunningResponder(limits: limits, handler: Self.echo)
        defer { server.stop() }
        let silent = try (0..<7).map { _ in try Peer(path: server.path) }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request())
        #expect(try peer.receive().text == okHead + "none 0")
        #expect(silent.count == 7)
    }

    @Test func `waits in the queue while all are in work, and is served then`() throws {
        let limits = quickLimits { $0.maximumConnections = 2 }
        let gate = try Bell()
        let server = try RunningResponder(limits: limits) { _, exchange in
            _ = gate.wait(milliseconds: Peer.patience)
            answer(&exchange, "done")
        }
        defer { server.stop() }
        let peers = try (0..<10).map { _ in try Peer(path: server.path) }
        for peer in peers { try peer.send(Records.request()) }
        usleep(50_000)
        #expect(server.responder.openConnections <= 2)
        gate.ring()
        for peer in peers {
            #expect(try peer.receive().text == okHead + "done")
            peer.endSending()
        }
    }
}
