@testable import FastCGI
import Testing

@Suite("The head of a request")
struct RequestHeadTests {
    let head = RequestHead(maximumParameterBytes: 1000, maximumParameterCount: 10)

    @Test(arguments: [0, 1, 126, 127, 128, 129, 900])
    func `is complete with a value of any length`(length: Int) {
        let pairs = Records.pair("NAME", String(repeating: "v", count: length))
        let bytes = Records.begin() + Records.stream(4, pairs, size: 60_000)
        #expect(head.judge(bytes[...]) == .complete)
    }

    @Test(arguments: [1, 2, 7, 8, 9, 127, 128, 400])
    func `is complete in records of any size, with padding`(size: Int) {
        let pairs =
            Records.pair("A", "1") + Records.pair("LONG", String(repeating: "x", count: 200))
        for padding in [0, 1, 7, 8] {
            let bytes = Records.begin() + Records.stream(4, pairs, size: size, padding: padding)
            #expect(head.judge(bytes[...]) == .complete)
        }
    }

    @Test func `is incomplete until its last byte, and then complete whatever follows`() {
        let pairs = Records.pair("A", "1") + Records.pair("B", String(repeating: "x", count: 130))
        let bytes = Records.begin() + Records.stream(4, pairs, size: 100)
        for count in 0..<bytes.count {
            #expect(head.judge(bytes[..<count]) == .incomplete)
        }
        #expect(head.judge((bytes + [9, 9, 9])[...]) == .complete)
    }

    @Test(arguments: [(999, true), (1000, true), (1001, false)])
    func `has at most so many bytes of variables`(total: Int, isRight: Bool) {
        // One name byte, and five bytes of lengths.
        let pairs = Records.pair("N", String(repeating: "v", count: total - 6))
        #expect(pairs.count == total)
        let bytes = Records.begin(id: 7).prefix(16) + []
        let all = Array(bytes) + Records.record(4, pairs, id: 7) + Records.record(4, [], id: 7)
        #expect(head.judge(all[...]) == (isRight ? .complete : .tooLong(requestID: 7)))
    }

    @Test func `is too long as soon as its first header says so`() {
        let bytes = Records.begin() + [1, 4, 0, 1, 0xff, 0xff, 0, 0]
        #expect(head.judge(bytes[...]) == .tooLong(requestID: 1))
    }

    @Test(arguments: [(9, true), (10, true), (11, false)])
    func `has at most so many variables`(count: Int, isRight: Bool) {
        let pairs = (0..<count).flatMap { Records.pair("N\($0)", "") }
        let bytes = Records.begin() + Records.stream(4, pairs, size: 500)
        #expect(head.judge(bytes[...]) == (isRight ? .complete : .tooLong(requestID: 1)))
    }

    @Test func `is too long when padding and empty records fill all that is looked at`() {
        let one = Records.record(4, [1], padding: 255)
        var bytes = Records.begin()
        while bytes.count < head.maximumBytes { bytes += one }
        #expect(head.judge(bytes[..<head.maximumBytes]) == .tooLong(requestID: 1))
    }

    static let broken: [(String, [UInt8])] = [
        ("version 0", [0] + Records.begin().dropFirst()),
        ("an authorizer", Records.begin(role: 2)),
        ("a filter", Records.begin(role: 3)),
        ("request 0", Records.begin(id: 0)),
        ("FCGI_GET_VALUES", Records.record(9, Records.pair("FCGI_MAX_CONNS", ""), id: 0)),
        ("FCGI_PARAMS without a begin", Records.stream(4, Records.pair("A", "1"), size: 100)),
        ("FCGI_STDIN before the variables end", Records.begin() + Records.record(5, [])),
        ("FCGI_ABORT_REQUEST", Records.begin() + Records.record(2, [])),
        ("a second begin", Records.begin() + Records.begin()),
        ("variables of another request", Records.begin() + Records.record(4, [], id: 2)),
        ("a name longer than the variables", whole([200, 0, 0, 9, 1])),
        ("a value of 2 GB", whole([1, 0xff, 0xff, 0xff, 0xff, 65])),
        ("a name and a value of 2 GB each", whole([UInt8](repeating: 0xff, count: 8))),
        ("half a length", whole([1, 0x80, 0])),
        ("an empty name", whole(Records.pair("", "v"))),
        ("a name with =", whole(Records.pair("A=B", "v"))),
        ("a name with NUL", whole(Records.pair("A\0", "v"))),
        ("a value with NUL", whole(Records.pair("A", "v\0w"))),
    ]

    static func whole(_ parameters: [UInt8]) -> [UInt8] {
        Records.begin() + Records.stream(4, parameters, size: 60_000)
    }

    @Test(arguments: broken)
    func `is broken with`(what: String, bytes: [UInt8]) {
        #expect(head.judge(bytes[...]) == .broken, "\(what)")
    }
}
