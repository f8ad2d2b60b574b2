/// The records of a request before its body: FCGI_BEGIN_REQUEST and the FCGI_PARAMS stream.
///
/// They are judged here, in memory-safe Swift and while they still lie in the socket, before
/// libfcgi reads them: it reads lengths as they are declared, without a limit, waits in the middle
/// of a head, and answers FCGI_GET_VALUES into a buffer of 64 bytes. So a head that is not whole
/// holds no thread, and one that is too long or broken never reaches it.
struct RequestHead {
    /// Whether libfcgi may read the request.
    enum Verdict: Equatable {
        /// The head is whole and within the limits.
        case complete
        /// More bytes have to come.
        case incomplete
        /// The variables are too many or too long; the request can be answered with its number.
        case tooLong(requestID: UInt16)
        /// Not the beginning of a request that nginx sends.
        case broken
    }

    /// All bytes of the variables: names, values and their lengths.
    let maximumParameterBytes: Int
    let maximumParameterCount: Int

    /// What records and padding may add to the variables before the head counts as too long.
    ///
    /// A web server adds some 40 bytes; this allows a record for each of two thousand bytes.
    static let recordOverhead = 16_384

    /// How many bytes of a connection have to be seen to judge any head.
    var maximumBytes: Int { maximumParameterBytes + Self.recordOverhead }

    /// Judges the first bytes of a connection.
    ///
    /// Source: FastCGI 1.0, 3.3 (records), 3.4 (name-value pairs), 5.1 and 5.2.
    /// - Parameter bytes: from the first byte of FCGI_BEGIN_REQUEST on; what follows the head is
    ///   not looked at.
    func judge(_ bytes: ArraySlice<UInt8>) -> Verdict {
        var records = RecordReader(bytes)
        switch records.next() {
        case .none: return .incomplete
        case .some(let begin): return judge(begin, &records, isFull: bytes.count >= maximumBytes)
        }
    }

    private func judge(
        _ begin: Record, _ records: inout RecordReader, isFull: Bool
    ) -> Verdict {
        guard begin.isRequestOfResponder else { return .broken }
        let requestID = begin.requestID
        let cut: Verdict = isFull ? .tooLong(requestID: requestID) : .incomplete
        var parameters: ArraySlice<UInt8> = []
        while let header = records.nextHeader() {
            guard header.isParameters(of: requestID) else { return .broken }
            guard parameters.count + header.contentLength <= maximumParameterBytes else {
                return .tooLong(requestID: requestID)
            }
            guard let record = records.next() else { return cut }
            if record.content.isEmpty {
                return judge(parameters: parameters, of: requestID)
            }
            // nginx sends one record: then nothing is copied.
            parameters = parameters.isEmpty ? record.content : parameters + record.content
        }
        return cut
    }

    /// Walks the pairs as libfcgi will: name and value lie within the bytes, and as C strings
    /// `NAME=value` they say the same thing.
    private func judge(parameters: ArraySlice<UInt8>, of requestID: UInt16) -> Verdict {
        let bytes = parameters.span
        var offset = 0
        var count = 0
        while offset < bytes.count {
            guard let nameLength = takeLength(bytes, &offset),
                let valueLength = takeLength(bytes, &offset), nameLength > 0,
                nameLength + valueLength <= bytes.count - offset
            else { return .broken }
            let nameEnd = offset + nameLength
            let valueEnd = nameEnd + valueLength
            for index in offset..<nameEnd where bytes[index] == equalsSign { return .broken }
            for index in offset..<valueEnd where bytes[index] == 0 { return .broken }
            count += 1
            guard count <= maximumParameterCount else { return .tooLong(requestID: requestID) }
            offset = valueEnd
        }
        return .complete
    }

    /// Takes the length of a name or value (FastCGI 1.0, 3.4): one byte up to 127, or four with the
    /// highest bit set; nil when it is not whole.
    private func takeLength(_ bytes: Span<UInt8>, _ offset: inout Int) -> Int? {
        guard offset < bytes.count else { return nil }
        let first = bytes[offset]
        guard first & 0x80 != 0 else {
            offset += 1
            return Int(first)
        }
        guard bytes.count - offset >= 4 else { return nil }
        var length = 0
        for index in offset..<(offset + 4) { length = length << 8 | Int(bytes[index]) }
        offset += 4
        return length & 0x7fff_ffff
    }

    private let equalsSign = UInt8(ascii: "=")

    init(maximumParameterBytes: Int, maximumParameterCount: Int) {
        self.maximumParameterBytes = maximumParameterBytes
        self.maximumParameterCount = maximumParameterCount
    }
}

/// One record of FastCGI 1.0, 3.3.
private struct Record {
    let type: UInt8
    let requestID: UInt16
    let content: ArraySlice<UInt8>

    /// FCGI_BEGIN_REQUEST for the role FCGI_RESPONDER, with a number (5.1, 6.2).
    var isRequestOfResponder: Bool {
        guard type == 1, requestID != 0, content.count == 8 else { return false }
        let role = content.prefix(2)
        return role.elementsEqual([0, 1])
    }
}

/// The first eight bytes of a record.
private struct RecordHeader {
    static let byteCount = 8

    let type: UInt8
    let requestID: UInt16
    let contentLength: Int
    let paddingLength: Int

    func isParameters(of requestID: UInt16) -> Bool {
        type == 4 && self.requestID == requestID
    }
}

/// Takes whole records from the front of some bytes.
private struct RecordReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The header of the next record, not taken; nil when it is not whole.
    ///
    /// A version other than 1 reads as a record of no type, which no head contains.
    func nextHeader() -> RecordHeader? {
        guard rest.count >= RecordHeader.byteCount else { return nil }
        let at = rest.startIndex
        return RecordHeader(
            type: rest[at] == 1 ? rest[at + 1] : 0,
            requestID: UInt16(rest[at + 2]) << 8 | UInt16(rest[at + 3]),
            contentLength: Int(rest[at + 4]) << 8 | Int(rest[at + 5]),
            paddingLength: Int(rest[at + 6]))
    }

    /// Takes the next record; nil when it is not whole.
    mutating func next() -> Record? {
        guard let header = nextHeader() else { return nil }
        let contentStart = rest.startIndex + RecordHeader.byteCount
        let contentEnd = contentStart + header.contentLength
        guard contentEnd + header.paddingLength <= rest.endIndex else { return nil }
        let content = rest[contentStart..<contentEnd]
        rest = rest[(contentEnd + header.paddingLength)...]
        return Record(type: header.type, requestID: header.requestID, content: content)
    }
}
