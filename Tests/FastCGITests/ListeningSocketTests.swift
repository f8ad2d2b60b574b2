@testable import FastCGI
internal import Glibc
import Testing

@Suite("A listening socket")
struct ListeningSocketTests {
    @Test(arguments: [UInt32(0o660), 0o600, 0o666])
    func `is open to whom it says and no more`(mode: UInt32) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/s"
        let socket = try ListeningSocket.bound(path: path, mode: mode, group: getegid())
        var status = stat()
        #expect(unsafe lstat(path, &status) == 0)
        #expect(status.st_mode & 0o7777 == mode)
        #expect(status.st_gid == getegid())
        #expect(socket.descriptor >= 0)
    }

    @Test func `replaces the socket file of a dead process`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/s"
        leaveStaleSocket(at: path)
        let socket = try ListeningSocket.bound(path: path)
        #expect(socket.descriptor >= 0)
        _ = try Peer(path: path)
    }

    @Test func `does not take a path on which somebody answers`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/s"
        let first = try ListeningSocket.bound(path: path)
        expectBinding(path, throws: .taken(path: path))
        #expect(first.descriptor >= 0)
        _ = try Peer(path: path)
    }

    @Test func `does not take the path of a file, and leaves the file`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/file"
        #expect(makeFile(path))
        expectBinding(path, throws: .notASocket(path: path))
        #expect(unsafe access(path, F_OK) == 0)
    }

    @Test func `needs a directory that exists`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/none/s"
        expectBinding(path, throws: .noDirectory(path: path))
        let inFile = directory.path + "/file/s"
        #expect(makeFile(directory.path + "/file"))
        expectBinding(inFile, throws: .noDirectory(path: inFile))
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
    func `needs a directory that may be written`() throws {
        let path = "/proc/self/s"
        expectBinding(path, throws: .notWritable(path: path))
    }

    /// sun_path of unix(7) holds 108 bytes, one of them the NUL.
    @Test(arguments: [(106, true), (107, true), (108, false), (109, false)])
    func `has a path of at most 107 bytes`(length: Int, isRight: Bool) throws {
        let directory = try TemporaryDirectory()
        let padding = length - directory.path.utf8.count - 1
        let path = directory.path + "/" + String(repeating: "p", count: padding)
        if isRight {
            let socket = try ListeningSocket.bound(path: path)
            _ = try Peer(path: path)
            socket.removePath()
        } else {
            expectBinding(path, throws: .pathTooLong(path: path, byteCount: length))
        }
    }

    @Test(arguments: ["", "a\0b"])
    func `has a path that is not empty and has no NUL`(path: String) {
        expectBinding(path, throws: .pathUnusable)
    }

    @Test func `removes its own path at its end, but not that of a successor`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/s"
        do {
            let socket = try ListeningSocket.bound(path: path)
            _ = socket.descriptor
        }
        #expect(unsafe access(path, F_OK) != 0)
        let old = try ListeningSocket.bound(path: path)
        unsafe unlink(path)
        let new = try ListeningSocket.bound(path: path)
        old.removePath()
        _ = try Peer(path: path)
        #expect(new.descriptor != old.descriptor)
    }

    @Test func `is inherited as descriptor 3 when systemd says so to this process`() throws {
        let directory = try TemporaryDirectory()
        let parent = try ListeningSocket.bound(path: directory.path + "/s")
        let given = dup(parent.descriptor)
        defer { close(given) }
        let handOver = ListeningSocket.HandOver(
            listenPID: "77", listenFDs: "1", firstDescriptor: given, standardInput: -1)
        #expect(try inherited(handOver, processID: 77) == given)
        #expect(try inherited(handOver, processID: 78) == nil)
    }

    @Test func `is inherited as standard input as from spawn-fcgi`() throws {
        let directory = try TemporaryDirectory()
        let parent = try ListeningSocket.bound(path: directory.path + "/s")
        let given = dup(parent.descriptor)
        defer { close(given) }
        let handOver = ListeningSocket.HandOver(standardInput: given)
        #expect(try inherited(handOver, processID: 1) == given)
    }

    @Test func `is not inherited where standard input is something else`() throws {
        let file = unsafe open("/dev/null", O_RDONLY)
        let notListening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(file) }
        defer { close(notListening) }
        for descriptor in [file, notListening, -1] {
            let handOver = ListeningSocket.HandOver(standardInput: descriptor)
            #expect(try inherited(handOver, processID: 1) == nil)
        }
    }

    @Test func `that systemd hands over must be one that listens`() throws {
        let file = unsafe open("/dev/null", O_RDONLY)
        defer { close(file) }
        var handOver = ListeningSocket.HandOver(
            listenPID: "1", listenFDs: "1", firstDescriptor: file)
        expectInheriting(handOver, throws: .inheritedNotListening(descriptor: file))
        handOver.listenFDs = "2"
        expectInheriting(handOver, throws: .inheritedTooMany(count: "2"))
    }

    static let errors: [ListenError] = [
        .taken(path: "/run/s"), .notASocket(path: "/run/s"),
        .pathTooLong(path: "/run/s", byteCount: 108), .pathUnusable, .noDirectory(path: "/run/s"),
        .notWritable(path: "/run/s"), .groupRefused(path: "/run/s", group: 33),
        .inheritedNotListening(descriptor: 3), .inheritedTooMany(count: "2"),
        .system(call: "socket", number: EMFILE),
    ]

    @Test(arguments: errors)
    func `that fails says why and what to do, on one line`(error: ListenError) {
        let sentence = error.description
        #expect(!sentence.contains("\n"))
        #expect(sentence.contains(": ") && sentence.hasSuffix("."))
        #expect(Self.errors.filter { $0.description == sentence } == [error])
    }

    private func expectBinding(
        _ path: String, throws expected: ListenError,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: expected, sourceLocation: location) {
            _ = try ListeningSocket.bound(path: path)
        }
    }

    /// The descriptor that a process inherits.
    private func inherited(
        _ handOver: ListeningSocket.HandOver, processID: Int32
    ) throws -> Int32? {
        guard let socket = try ListeningSocket.inherited(handOver, processID: processID) else {
            return nil
        }
        return socket.descriptor
    }

    private func expectInheriting(
        _ handOver: ListeningSocket.HandOver, throws expected: ListenError,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: expected, sourceLocation: location) {
            _ = try ListeningSocket.inherited(handOver, processID: 1)
        }
    }

    private func makeFile(_ path: String) -> Bool {
        close(unsafe creat(path, 0o600)) == 0
    }

    /// A socket file without a process: bound, never listening, closed.
    private func leaveStaleSocket(at path: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: path.utf8)
        }
        let result = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(result == 0)
        close(descriptor)
    }
}
