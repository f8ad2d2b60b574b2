import FormData

/// One part as it was received.
struct ReceivedPart: Equatable {
    var header: PartHeader
    var bytes: [UInt8] = []
    var isEnded = false
}

/// A sink that keeps everything, and checks that events come in their order.
struct PartRecorder: MultipartSink {
    struct OutOfOrder: Error {}

    var parts: [ReceivedPart] = []

    mutating func partBegan(_ header: PartHeader) throws {
        guard parts.last?.isEnded != false else { throw OutOfOrder() }
        parts.append(ReceivedPart(header: header))
    }

    mutating func partBytes(_ bytes: ArraySlice<UInt8>) throws {
        guard let last = parts.indices.last, !parts[last].isEnded, !bytes.isEmpty else {
            throw OutOfOrder()
        }
        parts[last].bytes += bytes
    }

    mutating func partEnded() throws {
        guard let last = parts.indices.last, !parts[last].isEnded else { throw OutOfOrder() }
        parts[last].isEnded = true
    }
}

/// What reading one body comes to: the parts, and the error if there was one.
struct Reading: Equatable {
    var parts: [ReceivedPart] = []
    var error: FormDataError?

    /// Reads `body` in chunks of `chunkSize` bytes.
    init(
        _ body: [UInt8], contentType: String, chunkSize: Int = .max,
        limits: MultipartParser.Limits = .init()
    ) throws {
        var recorder = PartRecorder()
        do {
            var parser = try MultipartParser(contentType: contentType, limits: limits)
            var rest = body[...]
            while !rest.isEmpty {
                try parser.consume(rest.prefix(chunkSize), into: &recorder)
                rest = rest.dropFirst(chunkSize)
            }
            try parser.finish()
        } catch let error as FormDataError {
            self.error = error
        }
        parts = recorder.parts
    }

    /// Reads a body with the boundary `b`.
    init(
        _ body: String, chunkSize: Int = .max, limits: MultipartParser.Limits = .init()
    ) throws {
        try self.init(
            Array(body.utf8), contentType: "multipart/form-data; boundary=b", chunkSize: chunkSize,
            limits: limits)
    }

    /// The content of every part as text.
    var texts: [String] { parts.map { String(decoding: $0.bytes, as: UTF8.self) } }
}
