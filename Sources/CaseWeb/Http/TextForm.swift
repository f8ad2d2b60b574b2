internal import FormData
internal import HTTPTypes

/// A form without files, such as log-in or the values of a case type.
struct TextForm {
    private let fields: FormFields

    /// The largest body of such a form, in bytes: texts far beyond their limits still come back for correction.
    private static let maximumByteCount = 1024 * 1024
    /// Values of one form: the members of a queue are one each, and there are hundreds of people.
    private static let maximumFieldCount = 4_096

    private static let limits = {
        var limits = FormFields.Limits()
        limits.maximumFields = maximumFieldCount
        limits.maximumFieldBytes = maximumByteCount
        limits.maximumTotalBytes = maximumByteCount
        return limits
    }()

    /// Reads the body, url-encoded or multipart.
    ///
    /// - Parameter repeatable: The names that may have several values; any other that comes twice makes the form
    ///   unreadable.
    init(reading body: BodyReader, of request: Request, repeatable: Set<String> = []) throws {
        guard request.contentLength <= Self.maximumByteCount else { throw Refusal.bodyTooLarge }
        var fields = FormFields(repeatable: repeatable, limits: Self.limits)
        switch try FormEncoding(of: request) {
        case .urlEncoded:
            var limits = URLEncodedForm.Limits()
            limits.maximumFormBytes = Self.maximumByteCount
            limits.maximumFields = Self.maximumFieldCount
            let bytes = try Body.whole(
                body, of: request, maximumByteCount: Self.maximumByteCount)
            fields = try FormFields(
                URLEncodedForm(bytes[...], limits: limits), repeatable: repeatable,
                limits: Self.limits)
        case .multipart(let contentType):
            var parser = try MultipartParser(contentType: contentType)
            try Body.each(body, of: request) { try parser.consume($0, into: &fields) }
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

    /// What a person typed: the fields that are not empty, in their order, but for hidden ones and passwords.
    var typed: [(name: String, text: String)] {
        fields.names.compactMap { name in
            let text = sentTexts(of: name).map(\.text).joined(separator: "\n")
            guard !text.isEmpty, !Self.hiddenNames.contains(name), !name.contains("password") else {
                return nil
            }
            return (name, text)
        }
    }

    /// Fields that pages fill in by themselves.
    private static let hiddenNames: Set<String> = [
        FormToken.fieldName, EditPage.baseName, EditPage.creationKeyName, "next",
    ]

    /// Every value of a field, as texts that can be shown.
    func sentTexts(of name: String) -> [SentText] {
        fields.values(of: name).map(SentText.init)
    }
}

/// A text as it was sent; where it holds what no text may hold, that is made visible.
struct SentText {
    /// The text with LF at its line ends; U+FFFD stands for each character that cannot be stored.
    let text: String
    let isDamaged: Bool

    init(_ bytes: [UInt8]) {
        if let text = try? FormText.decode(bytes) {
            self.text = text
            isDamaged = false
            return
        }
        let lines = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        var text = String.UnicodeScalarView()
        text.append(
            contentsOf: lines.unicodeScalars.map { FormText.isRefused($0) ? "\u{FFFD}" : $0 })
        self.text = String(text)
        isDamaged = true
    }

    /// What to do about a damaged text.
    static func sentence(label: String) -> String {
        "\(label) holds characters that cannot be stored, shown as \u{FFFD}; "
            + "take them out or type them again"
    }
}

/// How a form is written.
enum FormEncoding {
    case urlEncoded
    case multipart(contentType: String)

    init(of request: Request) throws(Refusal) {
        let contentType = request.contentType
        let type = contentType.utf8.prefix { $0 != UInt8(ascii: ";") }
        let letters = type.filter { $0 != UInt8(ascii: " ") }
        switch String(decoding: letters, as: UTF8.self).lowercased() {
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
    static func each(
        _ body: BodyReader, of request: Request, _ work: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        // A short body gets a short buffer: to clear a long one would cost more than to read it.
        let length = request.contentLength
        let byteCount = length > 0 ? min(length, chunkByteCount) : chunkByteCount
        var buffer = [UInt8](repeating: 0, count: byteCount)
        while true {
            let count = try body(&buffer)
            if count == 0 { return }
            try work(buffer[..<count])
        }
    }

    /// The whole body, when it is not larger than the limit.
    static func whole(
        _ body: BodyReader, of request: Request, maximumByteCount: Int
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try each(body, of: request) { chunk in
            guard bytes.count + chunk.count <= maximumByteCount else { throw Refusal.bodyTooLarge }
            bytes += chunk
        }
        return bytes
    }
}
