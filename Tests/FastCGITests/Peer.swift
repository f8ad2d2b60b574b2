@testable import FastCGI
internal import Glibc

/// A web server's side of FastCGI 1.0, byte by byte, on one connection.
///
/// Written from the specification alone: it shares no code with what it tests.
@safe final class Peer {
    private let descriptor: Int32

    /// How long a read may take before a test fails instead of hanging, in milliseconds.
    static let patience: Int64 = 5000

    init(path: String, patience: Int64 = Peer.patience) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        setTimeout(SO_RCVTIMEO, of: descriptor, milliseconds: patience)
        setTimeout(SO_SNDTIMEO, of: descriptor, milliseconds: patience)
        guard connectToSocket(descriptor, path) == 0 else {
            throw PeerError.refused(errno)
        }
    }

    deinit {
        close(descriptor)
    }

    /// Sends bytes as one write where the socket takes them.
    func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(
                    descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw PeerError.refused(errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads one answer: the content of all FCGI_STDOUT records up to FCGI_END_REQUEST.
    func receive() throws -> Answer {
        var answer = Answer()
        while true {
            let header = try read(8)
            let content = try read(Int(header[4]) << 8 | Int(header[5]))
            _ = try read(Int(header[6]))
            answer.records.append((header[1], content.count))
            switch header[1] {
            case 6: answer.bytes += content
            case 3: return answer
            default: throw PeerError.unexpected(header[1])
            }
        }
    }

    /// Reads the record that says the connection is not to be used again.
    ///
    /// Any management record does (FastCGI 1.0, 3.3 and 4.2): nginx looks only for bytes that follow
    /// FCGI_END_REQUEST.
    func isToldToClose() throws -> Bool {
        let header = try read(8)
        let content = try read(Int(header[4]) << 8 | Int(header[5]))
        return header[..<4] == [1, 11, 0, 0] && content == [UInt8](repeating: 0, count: 8)
    }

    /// Whether nothing has come for a tenth of a second, and the connection is still open.
    func isLeftOpen() -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, 100) == 0
    }

    /// Closes this side's direction, as a web server that has its answer does.
    func endSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Whether the other side has closed; waits for it.
    func isClosedByOther() -> Bool {
        var byte: UInt8 = 0
        let count = unsafe recv(descriptor, &byte, 1, 0)
        return count == 0 || (count < 0 && errno == ECONNRESET)
    }

    private func read(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = unsafe bytes.withUnsafeMutableBytes {
                unsafe recv(
                    descriptor, $0.baseAddress.map { unsafe $0 + filled }, count - filled, 0)
            }
            guard got > 0 else { throw got == 0 ? PeerError.closed : PeerError.refused(errno) }
            filled += got
        }
        return bytes
    }
}

/// What came back for one request.
struct Answer {
    var bytes: [UInt8] = []
    /// Type and content length of each record, in order.
    var records: [(type: UInt8, length: Int)] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

enum PeerError: Error, Equatable {
    case refused(Int32)
    case closed
    case unexpected(UInt8)
}

/// The records of a request, made as the specification draws them.
enum Records {
    static func record(
        _ type: UInt8, _ content: [UInt8], id: UInt16 = 1, padding: Int = 0, version: UInt8 = 1
    ) -> [UInt8] {
        [
            version, type, UInt8(id >> 8), UInt8(id & 255), UInt8(content.count >> 8),
            UInt8(content.count & 255), UInt8(padding), 0,
        ] + content + [UInt8](repeating: 0, count: padding)
    }

    static func begin(role: UInt8 = 1, keep: Bool = true, id: UInt16 = 1) -> [UInt8] {
        record(1, [0, role, keep ? 1 : 0, 0, 0, 0, 0, 0], id: id)
    }

    static func pair(_ name: String, _ value: [UInt8]) -> [UInt8] {
        length(name.utf8.count) + length(value.count) + Array(name.utf8) + value
    }

    static func pair(_ name: String, _ value: String) -> [UInt8] {
        pair(name, Array(value.utf8))
    }

    static func length(_ count: Int) -> [UInt8] {
        count < 128
            ? [UInt8(count)]
            : [24, 16, 8, 0].map { UInt8(count >> $0 & 255) | ($0 == 24 ? 0x80 : 0) }
    }

    /// A stream in records of at most `size`, and its end.
    static func stream(_ type: UInt8, _ bytes: [UInt8], size: Int, padding: Int = 0) -> [UInt8] {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let content = Array(bytes[start..<min(start + size, bytes.count)])
            result += record(type, content, padding: padding)
        }
        return result + record(type, [])
    }

    /// A whole request.
    ///
    /// CONTENT_LENGTH is the length of the body unless it is given.
    static func request(
        _ variables: [(String, String)] = [], body: [UInt8] = [], contentLength: Int? = nil,
        recordSize: Int = 60_000, keep: Bool = true
    ) -> [UInt8] {
        let length = ("CONTENT_LENGTH", String(contentLength ?? body.count))
        let pairs = ([length] + variables).flatMap { pair($0.0, $0.1) }
        return begin(keep: keep) + stream(4, pairs, size: recordSize)
            + stream(5, body, size: recordSize)
    }
}
