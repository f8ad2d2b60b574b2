/// Reads a `multipart/form-data` body as it arrives (RFC 7578, RFC 2046 5.1.1).
///
/// Bytes go in at any chunk size, the parts come out as calls of a `MultipartSink`, and the events are the
/// same for every way to cut the body. Memory is constant: one part's header and what is known of a
/// delimiter that may have begun at the end of a chunk. Time is linear in the body, whatever it holds.
///
///     var parser = try MultipartParser(contentType: contentType)
///     while let chunk = try body.next() { try parser.consume(chunk, into: &sink) }
///     try parser.finish()
///
/// Stricter than RFC 2046 where a lenient reading would guess: lines end in CRLF, a line that begins with
/// the boundary is a delimiter or an error, and a body without its closing delimiter is cut off. Parts that
/// were announced before an error are not to be kept.
package struct MultipartParser {
    /// What one body may ask of the parser; bytes and counts.
    package struct Limits: Sendable {
        /// Bytes before the first delimiter: browsers send none, mail-minded clients a sentence.
        package var maximumPreambleBytes = 1024
        /// Bytes of one part's header: a field name, a file name of 255 characters in UTF-8 or escaped,
        /// and a media type come to less than half of it.
        package var maximumHeaderBytes = 8 * 1024
        /// Bytes of one field name in UTF-8; the longest of a page has some tens, and those of clients
        /// that nest names (`a[b][c]`) some hundreds.
        package var maximumNameBytes = 1024
        /// Parts of one body; the largest page sends about thirty.
        package var maximumParts = 128

        /// The limits of the desk's own forms.
        package init() {}
    }

    private enum State {
        case preamble
        case delimiterEnd(DelimiterEnd)
        case header
        case content
        case epilogue
        case failed(FormDataError)
    }

    private let limits: Limits
    private var state = State.preamble
    private var search: DelimiterSearch
    private var header: HeaderBlock
    private var preambleByteCount = 0
    private var partCount = 0

    /// A parser for the one body that has this content type.
    ///
    /// - Parameter contentType: The value of the request's `Content-Type` header.
    /// - Throws: `notMultipart`, `malformedContentType`, `missingBoundary`, `malformedBoundary` or
    ///   `boundaryTooLong`.
    package init(contentType: String, limits: Limits = Limits()) throws(FormDataError) {
        self.limits = limits
        search = DelimiterSearch(boundary: try Boundary(contentType: contentType))
        header = HeaderBlock(maximumByteCount: limits.maximumHeaderBytes)
    }

    /// Reads the next bytes of the body and tells `sink` what they hold.
    ///
    /// - Throws: A `FormDataError` of the body, or what `sink` throws. After either, every further call
    ///   throws a `FormDataError` again and tells `sink` nothing.
    package mutating func consume<Sink: MultipartSink>(
        _ bytes: ArraySlice<UInt8>, into sink: inout Sink
    ) throws {
        var rest = bytes
        do {
            while !rest.isEmpty { rest = try step(rest, into: &sink) }
        } catch {
            state = .failed(error as? FormDataError ?? .abandoned)
            throw error
        }
    }

    /// Checks that the body is complete.
    ///
    /// - Throws: `truncated` when the closing delimiter has not been read, or the error that ended the
    ///   reading before.
    package func finish() throws(FormDataError) {
        switch state {
        case .epilogue: return
        case .failed(let error): throw error
        default: throw .truncated
        }
    }

    /// Reads on in the present state, at least one byte; returns what is left.
    private mutating func step<Sink: MultipartSink>(
        _ bytes: ArraySlice<UInt8>, into sink: inout Sink
    ) throws -> ArraySlice<UInt8> {
        switch state {
        case .preamble: try skipPreamble(bytes)
        case .delimiterEnd(let end): try readDelimiterEnd(bytes, end)
        case .header: try readHeader(bytes, into: &sink)
        case .content: try readContent(bytes, into: &sink)
        case .epilogue: bytes[bytes.endIndex...]
        case .failed(let error): throw error
        }
    }

    private mutating func skipPreamble(
        _ bytes: ArraySlice<UInt8>
    ) throws(FormDataError) -> ArraySlice<UInt8> {
        let finding = search.next(in: bytes)
        preambleByteCount += finding.released.count + finding.content.count
        guard preambleByteCount <= limits.maximumPreambleBytes else {
            throw .preambleTooLong(maximumBytes: limits.maximumPreambleBytes)
        }
        if finding.isComplete { state = .delimiterEnd(DelimiterEnd()) }
        return finding.rest
    }

    private mutating func readDelimiterEnd(
        _ bytes: ArraySlice<UInt8>, _ end: DelimiterEnd
    ) throws(FormDataError) -> ArraySlice<UInt8> {
        var end = end
        var rest = bytes
        while let byte = rest.popFirst() {
            switch try end.append(byte) {
            case .unfinished:
                continue
            case .close:
                // What nobody can attribute to a part may be a part whose delimiter was damaged.
                guard partCount > 0 || preambleByteCount == 0 else { throw .missingDelimiter }
                state = .epilogue
                return rest
            case .part:
                partCount += 1
                guard partCount <= limits.maximumParts else {
                    throw .tooManyParts(maximum: limits.maximumParts)
                }
                header.removeAll()
                state = .header
                return rest
            }
        }
        state = .delimiterEnd(end)
        return rest
    }

    private mutating func readHeader<Sink: MultipartSink>(
        _ bytes: ArraySlice<UInt8>, into sink: inout Sink
    ) throws -> ArraySlice<UInt8> {
        var rest = bytes
        if try header.take(from: &rest) {
            let part = try PartHeader(header, maximumNameBytes: limits.maximumNameBytes)
            search.expectDelimiterAtLineStart()
            state = .content
            try sink.partBegan(part)
        }
        return rest
    }

    private mutating func readContent<Sink: MultipartSink>(
        _ bytes: ArraySlice<UInt8>, into sink: inout Sink
    ) throws -> ArraySlice<UInt8> {
        let finding = search.next(in: bytes)
        if !finding.released.isEmpty { try sink.partBytes(finding.released) }
        if !finding.content.isEmpty { try sink.partBytes(finding.content) }
        if finding.isComplete {
            state = .delimiterEnd(DelimiterEnd())
            try sink.partEnded()
        }
        return finding.rest
    }
}
