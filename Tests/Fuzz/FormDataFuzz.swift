/// One input of the fuzzer: a body, read as multipart, as url-encoded and as text.
///
/// The boundary is what the first line of the input says, so that any multipart body is a good beginning.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFormData(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    checkMultipart(input)
    checkContent(input)
    checkURLEncoded(input)
    checkText(input)
    return 0
}

/// A body cut in any way is the same parts, and the same error, as the whole.
private func checkMultipart(_ body: [UInt8]) {
    let boundary = body.starts(with: [0x2D, 0x2D]) ? body.dropFirst(2).prefix { $0 != 0x0D } : []
    let text = String(decoding: boundary, as: UTF8.self)
    let contentType = "multipart/form-data; boundary=" + (boundary.isEmpty ? "b" : text)
    guard (try? MultipartParser(contentType: contentType)) != nil else { return }
    let whole = read(body, contentType) { _ in body.count }
    var random = body.reduce(UInt64(body.count)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let chunked = read(body, contentType) { _ in
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(random >> 33) % 97 + 1
    }
    let single = read(body, contentType) { _ in 1 }
    precondition(whole == chunked, "differs in random chunks")
    precondition(whole == single, "differs in single bytes")
    precondition(whole.byteCount <= body.count, "more bytes out than in")
    precondition(whole.error != nil || whole.openParts == 0, "a part without its end")
}

/// Two parts come out as they went in, when neither holds the delimiter.
///
/// The boundary ends in a repeated byte: a search that skips too far shows there first.
private func checkContent(_ input: [UInt8]) {
    let contents = [input.prefix(input.count / 3), input.dropFirst(input.count / 3)].map(Array.init)
    let delimiter = Array("\r\n--bb".utf8)
    var body: [UInt8] = []
    for content in contents {
        let lines = [0x0D, 0x0A] + content
        guard !lines.indices.contains(where: { lines[$0...].starts(with: delimiter) }) else {
            return
        }
        body += Array("--bb\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8)
        body += content + [0x0D, 0x0A]
    }
    body += Array("--bb--".utf8)
    let recording = read(body, "multipart/form-data; boundary=bb") { _ in input.count % 61 + 1 }
    precondition(recording.error == nil && recording.contents == contents, "other content")
}

private func read(
    _ body: [UInt8], _ contentType: String, chunkSize: (Int) -> Int
) -> Recording {
    var recording = Recording()
    do {
        var parser = try MultipartParser(contentType: contentType)
        var rest = body[...]
        while !rest.isEmpty {
            let size = chunkSize(rest.count)
            try parser.consume(rest.prefix(size), into: &recording)
            rest = rest.dropFirst(size)
        }
        try parser.finish()
    } catch {
        recording.error = String(describing: error)
    }
    return recording
}

/// The events of one reading; consecutive bytes of a part are one.
private struct Recording: Equatable, MultipartSink {
    var headers: [PartHeader] = []
    var contents: [[UInt8]] = []
    var openParts = 0
    var error: String?
    var byteCount: Int { contents.reduce(0) { $0 + $1.count } }

    mutating func partBegan(_ header: PartHeader) {
        precondition(openParts == 0 && !header.name.isEmpty)
        openParts = 1
        headers.append(header)
        contents.append([])
    }

    mutating func partBytes(_ bytes: ArraySlice<UInt8>) {
        precondition(openParts == 1 && !bytes.isEmpty)
        contents[contents.count - 1] += bytes
    }

    mutating func partEnded() {
        precondition(openParts == 1)
        openParts = 0
    }
}

private func checkURLEncoded(_ bytes: [UInt8]) {
    guard let form = try? URLEncodedForm(bytes[...]) else { return }
    let decoded = form.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.count }
    precondition(decoded <= bytes.count, "more bytes out than in")
    _ = try? FormFields(form)
}

private func checkText(_ bytes: [UInt8]) {
    guard let text = try? FormText.decode(bytes) else { return }
    precondition(!text.utf8.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F })
    precondition((try? FormText.decode(Array(text.utf8))) == text, "folding is not final")
}
