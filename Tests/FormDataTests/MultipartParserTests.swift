import FormData
import Testing

@Suite("Reading a multipart body")
struct MultipartParserTests {
    static let field = "Content-Disposition: form-data; name=\"a\"\r\n\r\n"

    /// Bodies with the boundary `b`, and the contents of their parts (RFC 2046 5.1.1).
    static let readable: [(body: String, contents: [String])] = [
        ("--b\r\n\(field)one\r\n--b--\r\n", ["one"]),
        ("--b\r\n\(field)one\r\n--b--", ["one"]),
        ("--b\r\n\(field)one\r\n--b\r\n\(field)two\r\n--b--", ["one", "two"]),
        ("--b\r\n\(field)\r\n--b--", [""]),
        ("--b--", []),
        ("\r\n--b--", []),
        // The empty line's CRLF is the delimiter's: a part without content.
        ("--b\r\n\(field)--b\r\n\(field)two\r\n--b--", ["", "two"]),
        // Preamble, epilogue and transport padding.
        ("\r\n--b\r\n\(field)one\r\n--b--", ["one"]),
        ("to be ignored\r\n--b\r\n\(field)one\r\n--b--\r\nto be ignored", ["one"]),
        ("--b \t\r\n\(field)one\r\n--b\t \r\n\(field)two\r\n--b--  \r\n", ["one", "two"]),
        ("--b\r\n\(field)one\r\n--b--\r\n--b\r\nnot a part", ["one"]),
        // What only looks like a delimiter.
        (
            "--b\r\n\(field)x--b\n\r\n-b\r\n\r\n--c--b\n--b--\r\n--b--",
            ["x--b\n\r\n-b\r\n\r\n--c--b\n--b--"]
        ),
        ("--b\r\n\(field)\r\r\n\r\r\n--b--", ["\r\r\n\r"]),
        ("--b\r\n\(field)\r\n\r\n\r\n--b--", ["\r\n\r\n"]),
        ("--b\r\n\(field)\r\n--\r\n--b--", ["\r\n--"]),
        ("--b\r\n\(field)a\r\n-\r\n--b--", ["a\r\n-"]),
    ]

    @Test(arguments: readable)
    func `finds the parts, in chunks of every size`(body: String, contents: [String]) throws {
        for size in 1...body.utf8.count {
            let reading = try Reading(body, chunkSize: size)
            #expect(reading.error == nil, "in chunks of \(size)")
            #expect(reading.texts == contents, "in chunks of \(size)")
            #expect(reading.parts.allSatisfy { $0.isEnded && $0.header.name == "a" })
        }
    }

    static let unreadable: [(body: String, error: FormDataError)] = [
        ("", .truncated),
        ("one", .truncated),
        ("--c\r\n\(field)one\r\n--c--", .truncated),
        ("x--b\r\n\(field)one", .truncated),
        ("--b", .truncated),
        ("--b-", .truncated),
        ("--b\r\n", .truncated),
        ("--b\r\nContent-Disp", .truncated),
        ("--b\r\n\(field)", .truncated),
        ("--b\r\n\(field)one", .truncated),
        ("--b\r\n\(field)one\r\n--b", .truncated),
        ("--b\r\n\(field)one\r\n--b\r\n", .truncated),
        ("--b\r\n\(field)one\n--b--\n", .truncated),
        ("x\r\n--b--", .missingDelimiter),
        ("x--b\r\n\(field)one\r\n--b--", .missingDelimiter),
        ("\n--b\r\n\(field)one\r\n--b--", .missingDelimiter),
        ("--b\n\(field)one\r\n--b--", .malformedDelimiter),
        ("--b\r\r\n\(field)one\r\n--b--", .malformedDelimiter),
        ("--bb\r\n\(field)one\r\n--bb--", .malformedDelimiter),
        ("--b\r\n\(field)one\r\n--bx\r\n--b--", .malformedDelimiter),
        ("--b\r\n\(field)one\r\n--b-x\r\n--b--", .malformedDelimiter),
        ("--b\r\n\(field)one\r\n--b -- \r\n", .malformedDelimiter),
        ("--b\r\n\r\none\r\n--b--", .missingName),
        ("--b\r\nX: 1\r\n\r\none\r\n--b--", .missingName),
        ("--b\r\n--b--", .truncated),
        ("--b\r\n--b--\r\n\r\n", .malformedHeader),
    ]

    @Test(arguments: unreadable)
    func `refuses what it cannot read, in chunks of every size`(
        body: String, error: FormDataError
    ) throws {
        for size in 1...max(1, body.utf8.count) {
            #expect(try Reading(body, chunkSize: size).error == error, "in chunks of \(size)")
        }
    }

    @Test
    func `gives every byte value unchanged, in chunks of every size`() throws {
        let content = (0...255).map { UInt8($0) } + (0...255).reversed().map { UInt8($0) }
        let body = Array("--b\r\n\(Self.field)".utf8) + content + Array("\r\n--b--".utf8)
        for size in 1...body.count {
            let reading = try Reading(
                body, contentType: "multipart/form-data; boundary=b", chunkSize: size)
            #expect(reading.parts.map(\.bytes) == [content], "in chunks of \(size)")
        }
    }

    /// The longest boundary, and contents made of its beginnings.
    @Test(arguments: [
        String(repeating: "-", count: 70), String(repeating: "q", count: 70), "----=_Part_1.2", "-",
    ])
    func `tells beginnings of the delimiter from the delimiter`(boundary: String) throws {
        let delimiter = Array("\r\n--\(boundary)".utf8)
        for length in 0..<delimiter.count {
            let beginning = String(decoding: delimiter.prefix(length), as: UTF8.self)
            let content: [UInt8] = Array("x\(beginning)\(beginning)y\(beginning)".utf8)
            let body: [UInt8] =
                Array("--\(boundary)\r\n\(Self.field)".utf8) + content + delimiter
                + Array("--".utf8)
            for size in [1, 2, 3, delimiter.count - 1, delimiter.count, delimiter.count + 1, .max] {
                let reading = try Reading(
                    body, contentType: "multipart/form-data; boundary=\(boundary)",
                    chunkSize: size)
                #expect(reading.error == nil)
                #expect(
                    reading.parts.map(\.bytes) == [content], "\(length) bytes, chunks of \(size)")
            }
        }
    }

    @Test
    func `hands out slices of the chunk, one for content without a beginning delimiter`() throws {
        struct SliceRecorder: MultipartSink {
            var ranges: [Range<Int>] = []
            mutating func partBegan(_ header: PartHeader) {}
            mutating func partBytes(_ bytes: ArraySlice<UInt8>) { ranges.append(bytes.indices) }
            mutating func partEnded() {}
        }
        let start = "--b\r\n\(Self.field)".utf8.count
        let content = String(repeating: "\r\n--c", count: 1000)
        let body = Array("--b\r\n\(Self.field)\(content)\r\n--b--".utf8)
        var parser = try MultipartParser(contentType: "multipart/form-data; boundary=b")
        var sink = SliceRecorder()
        try parser.consume(body[...], into: &sink)
        try parser.finish()
        #expect(sink.ranges == [start..<(start + 5000)])
    }

    @Test
    func `stays failed after an error`() throws {
        var parser = try MultipartParser(contentType: "multipart/form-data; boundary=b")
        var recorder = PartRecorder()
        #expect(throws: FormDataError.malformedDelimiter) {
            try parser.consume(Array("--bx".utf8)[...], into: &recorder)
        }
        #expect(throws: FormDataError.malformedDelimiter) {
            try parser.consume(Array("\r\n--b--".utf8)[...], into: &recorder)
        }
        #expect(throws: FormDataError.malformedDelimiter) { try parser.finish() }
        #expect(recorder.parts.isEmpty)
    }

    @Test
    func `passes on what the sink throws, and then is abandoned`() throws {
        struct Refusal: Error {}
        struct RefusingSink: MultipartSink {
            mutating func partBegan(_ header: PartHeader) throws { throw Refusal() }
            mutating func partBytes(_ bytes: ArraySlice<UInt8>) throws {}
            mutating func partEnded() throws {}
        }
        var parser = try MultipartParser(contentType: "multipart/form-data; boundary=b")
        var sink = RefusingSink()
        let body = Array("--b\r\n\(Self.field)one\r\n--b--".utf8)
        #expect(throws: Refusal.self) { try parser.consume(body[...], into: &sink) }
        #expect(throws: FormDataError.abandoned) { try parser.finish() }
    }
}
