@testable import FastCGI
internal import Glibc
internal import Synchronization
import Testing

@Suite("Stopping a responder")
struct StoppingTests {
    @Test func `finishes the request that is in work`() throws {
        let begun = try Bell()
        let gate = try Bell()
        let server = try RunningResponder { _, exchange in
            begun.ring()
            _ = gate.wait(milliseconds: Peer.patience)
            answer(&exchange, "finished")
        }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request())
        #expect(begun.wait(milliseconds: Peer.patience))
        server.responder.stop()
        usleep(100_000)
        gate.ring()
        #expect(try peer.receive().text == okHead + "finished")
        #expect(try peer.isToldToClose())
        #expect(peer.isClosedByOther())
        #expect(server.stop() == .complete)
    }

    @Test func `leaves it to the web server to close, and serves what it sends before`() throws {
        let limits = quickLimits { $0.idleGrace = 60_000 }
        let server = try RunningResponder(limits: limits, handler: ConnectionTests.echo)
        let peer = try Peer(path: server.path)
        try peer.send(Records.request())
        _ = try peer.receive()
        server.responder.stop()
        // One by one: a connection that was closed after its answer would fail the next of these.
        for round in 0..<5 {
            #expect(peer.isLeftOpen())
            try peer.send(Records.request([("HTTP_COOKIE", "\(round)")], body: [1]))
            #expect(try peer.receive().text == okHead + "\(round) 1")
            #expect(try peer.isToldToClose())
        }
        peer.endSending()
        #expect(peer.isClosedByOther())
        #expect(server.stop() == .complete)
    }

    @Test func `says that a connection ends with each answer, whatever its size`() throws {
        let gate = try Bell()
        let server = try RunningResponder { _, exchange in
            _ = gate.wait(milliseconds: Peer.patience)
            let count = exchange.parameter("HTTP_X").flatMap(Int.init) ?? 0
            try? exchange.send(head: [], body: [UInt8](repeating: 7, count: count))
        }
        let peers = try [0, 1, 7, 8, 65_527, 65_528, 65_529, 200_000].map { size in
            let peer = try Peer(path: server.path)
            try peer.send(Records.request([("HTTP_X", "\(size)")]))
            return (size, peer)
        }
        server.responder.stop()
        gate.ring()
        for (size, peer) in peers {
            #expect(try peer.receive().bytes.count == size)
            #expect(try peer.isToldToClose())
            peer.endSending()
        }
        #expect(server.stop() == .complete)
    }

    @Test func `adds nothing for a web server that does not keep the connection`() throws {
        let gate = try Bell()
        let begun = try Bell()
        let server = try RunningResponder { _, exchange in
            begun.ring()
            _ = gate.wait(milliseconds: Peer.patience)
            answer(&exchange, "last")
        }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request(keep: false))
        #expect(begun.wait(milliseconds: Peer.patience))
        server.responder.stop()
        gate.ring()
        #expect(try peer.receive().text == okHead + "last")
        #expect(peer.isClosedByOther())
        #expect(server.stop() == .complete)
    }

    @Test func `gives up after its limit, and says how many it leaves`() throws {
        let gate = try Bell()
        let begun = try Bell()
        let limits = quickLimits { $0.stopTimeout = 200 }
        let server = try RunningResponder(limits: limits) { _, _ in
            begun.ring()
            _ = gate.wait(milliseconds: 20_000)
        }
        let peer = try Peer(path: server.path)
        try peer.send(Records.request())
        #expect(begun.wait(milliseconds: Peer.patience))
        let start = monotonicMilliseconds()
        #expect(server.stop() == .abandoned(connections: 1))
        #expect(monotonicMilliseconds() - start < 2000)
        gate.ring()
    }

    @Test func `serves what had connected before, and what idle connections bring`() throws {
        let limits = quickLimits { $0.idleGrace = 60_000 }
        let server = try RunningResponder(limits: limits, handler: ConnectionTests.echo)
        let idle = try Peer(path: server.path)
        try idle.send(Records.request())
        _ = try idle.receive()
        // The answer is here a moment before the worker has given the connection back.
        while server.responder.connections.waitingCount < 1 { usleep(1000) }
        let early = try (0..<30).map { _ in try Peer(path: server.path) }
        server.responder.stop()
        for (index, peer) in early.enumerated() {
            try peer.send(Records.request([("HTTP_COOKIE", "\(index)")]))
        }
        try idle.send(Records.request([("HTTP_COOKIE", "idle")]))
        for (index, peer) in early.enumerated() {
            #expect(try peer.receive().text == okHead + "\(index) 0")
        }
        #expect(try idle.receive().text == okHead + "idle 0")
        for peer in early + [idle] {
            #expect(try peer.isToldToClose())
            peer.endSending()
        }
        // Long before the grace: the web server has closed them all.
        #expect(server.stop() == .complete)
    }

    @Test(arguments: [50, 400])
    func `closes idle connections after a grace, not before`(grace: Int64) throws {
        let limits = quickLimits { $0.idleGrace = grace }
        let server = try RunningResponder(limits: limits, handler: ConnectionTests.echo)
        let peer = try Peer(path: server.path)
        try peer.send(Records.request())
        _ = try peer.receive()
        let start = monotonicMilliseconds()
        #expect(server.stop() == .complete)
        #expect(peer.isClosedByOther())
        #expect((grace..<grace + 3000).contains(monotonicMilliseconds() - start))
    }

    @Test func `removes the path of a socket that it has made`() throws {
        let server = try RunningResponder(handler: ConnectionTests.echo)
        #expect(server.stop(within: 1000) == .complete)
        #expect(throws: PeerError.refused(ENOENT)) { try Peer(path: server.path) }
    }

    @Test func `is at once when nothing is open, also a second time`() throws {
        let server = try RunningResponder(handler: ConnectionTests.echo)
        #expect(server.stop(within: 1000) == .complete)
        #expect(server.stop(within: 1000) == .complete)
    }

    @Test func `leaves an inherited socket to the others that hold it`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/s"
        let parent = try ListeningSocket.bound(path: path)
        for round in 0..<2 {
            let server = try InheritingResponder(descriptor: dup(parent.descriptor)) {
                _, exchange in
                answer(&exchange, "round \(round)")
            }
            let peer = try Peer(path: path)
            try peer.send(Records.request())
            #expect(try peer.receive().text == okHead + "round \(round)")
            #expect(server.stop() == .complete)
            // Still listening: a connection waits for the next process.
            _ = try Peer(path: path)
        }
    }

    @Test func `loses no request when a second one takes over the socket under load`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/s"
        let parent = try ListeningSocket.bound(path: path)
        let first = try InheritingResponder(
            descriptor: dup(parent.descriptor), handler: ConnectionTests.echo)
        let answered = Mutex(0)
        let failed = Mutex<[String]>([])
        let done = try (0..<4).map { _ in try Bell() }
        for (index, bell) in done.enumerated() {
            #expect(
                startThread {
                    for round in 0..<200 {
                        do {
                            let peer = try Peer(path: path)
                            try peer.send(Records.request([("HTTP_COOKIE", "\(index)-\(round)")]))
                            let text = try peer.receive().text
                            answered.withLock {
                                $0 += text == okHead + "\(index)-\(round) 0" ? 1 : 0
                            }
                        } catch {
                            failed.withLock { $0.append("\(error)") }
                        }
                    }
                    bell.ring()
                })
        }
        usleep(20_000)
        let second = try InheritingResponder(
            descriptor: dup(parent.descriptor), handler: ConnectionTests.echo)
        #expect(first.stop() == .complete)
        for bell in done { #expect(bell.wait(milliseconds: 20_000)) }
        #expect(failed.withLock { $0 } == [])
        #expect(answered.withLock { $0 } == 800)
        #expect(second.stop() == .complete)
    }
}

/// A responder on a socket that it was handed.
final class InheritingResponder: Sendable {
    private let responder: Responder
    private let outcome = Mutex<StopOutcome?>(nil)
    private let bell: Bell

    init(descriptor: Int32, handler: @escaping Responder.Handler) throws {
        let handOver = ListeningSocket.HandOver(
            listenPID: "1", listenFDs: "1", firstDescriptor: descriptor)
        guard let socket = try ListeningSocket.inherited(handOver, processID: 1) else {
            throw PeerError.closed
        }
        responder = try Responder(socket: socket, limits: quickLimits(), handler: handler)
        bell = try Bell()
        guard startThread({ [self] in runToTheEnd() }) else { throw PeerError.refused(errno) }
    }

    private func runToTheEnd() {
        let result = responder.run()
        outcome.withLock { $0 = result }
        bell.ring()
    }

    func stop() -> StopOutcome? {
        responder.stop()
        _ = bell.wait(milliseconds: Peer.patience)
        return outcome.withLock { $0 }
    }
}
