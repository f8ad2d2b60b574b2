internal import FormData
internal import HTTPTypes

/// A small form without files, such as log-in.
struct TextForm {
    private let fields: FormFields

    /// The largest body of such a form, in bytes.
    private static let maximumByteCount = 64 * 1024

    /// Reads the body, url-encoded or multipart.
    init(reading body: BodyReader, of request: Request) throws {
        guard request.contentLength <= Self.maximumByteCount else { throw Refusal.bodyTooLarge }
        let kind = try FormEncoding(of: request)
        var fields = FormFields()
        switch kind {
        case .urlEncoded:
            let bytes = try Body.whole(body, maximumByteCount: Self.maximumByteCount)
            fields = try FormFields(URLEncodedForm(bytes[...]))
        case .multipart(let contentType):
            var parser = try MultipartParser(contentType: contentType)
            try Body.each(body) { try parser.consume($0, into: &fields) }
            try parser.finish()
        }
        self.fields = fields
    }

    /// Whether the form holds this token, as its first field.
    func hasToken(_ token: FormToken) -> Bool {
        fields.names.first == FormToken.fieldName
            && token.matches(fields.value(of: FormToken.fieldName) ?? [])
    }

    /// The text of a field; empty when it is absent or no text.
    subscript(name: String) -> String {
        (try? fields.text(of: name)).flatMap { $0 } ?? ""
    }
}

/// How a form is written.
enum FormEncoding {
    case urlEncoded
    case multipart(contentType: String)

    init(of request: Request) throws(Refusal) {
        let contentType = request.contentType
        let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        switch type {
        case "application/x-www-form-urlencoded": self = .urlEncoded
        case "multipart/form-data": self = .multipart(contentType: contentType)
        default: throw .unsupportedBody
        }
    }
}

/// Reading the body of a request.
enum Body {
    /// Bytes asked for at a time: a few FastCGI records, and little memory for each of many forms at once.
    private static let chunkByteCount = 64 * 1024

    /// Calls `work` with one chunk after another, until the end.
    static func each(_ body: BodyReader, _ work: (ArraySlice<UInt8>) throws -> Void) throws {
        var buffer = [UInt8](repeating: 0, count: chunkByteCount)
        while true {
            let count = try body(&buffer)
            if count == 0 { return }
            try work(buffer[..<count])
        }
    }

    /// The whole body, when it is not larger than the limit.
    static func whole(_ body: BodyReader, maximumByteCount: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try each(body) { chunk in
            guard bytes.count + chunk.count <= maximumByteCount else { throw Refusal.bodyTooLarge }
            bytes += chunk
        }
        return bytes
    }
}
