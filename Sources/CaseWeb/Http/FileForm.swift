internal import CaseModel
internal import CaseStorage
internal import CustomerFile
internal import FileAccess
internal import FileFormat
internal import FormData

/// A form with one large file, which is written to the staging area while it arrives.
///
/// As with every form, nothing reaches the disk before its first field was the right token.
struct FileForm {
    /// The control's name, and with it the part's.
    static let fileName = "file"

    /// What came of the file.
    enum File {
        /// None was chosen.
        case none
        case tooLarge
        case received(ArrivedFile)
        /// The disk did not take it.
        case lost(StoreError)
    }

    /// Whether the form held the right token.
    let isTrusted: Bool
    let file: File

    /// The largest form that is read at all, in bytes, so that one that is too large gets its sentence.
    static let maximumReadByteCount = 80 * 1024 * 1024

    /// Reads the body.
    init(
        reading body: BodyReader, of request: Request, token: FormToken, desk: TenantStore
    ) throws {
        guard request.contentLength <= Self.maximumReadByteCount else { throw Refusal.bodyTooLarge }
        guard case .multipart(let contentType) = try FormEncoding(of: request) else {
            let form = try TextForm(reading: body, of: request)
            isTrusted = form.hasToken(token)
            file = .none
            return
        }
        var sink = FileFormSink(token: token, desk: desk)
        var parser = try MultipartParser(contentType: contentType)
        try Body.each(body, of: request) { try parser.consume($0, into: &sink) }
        try parser.finish()
        isTrusted = sink.isTrusted
        file = sink.file
    }
}

/// A file that has arrived and is not yet kept.
final class ArrivedFile: FileBytes {
    /// As the person's computer calls it, in one safe line.
    let name: String
    private let reception: FileReception

    fileprivate init(name: String, reception: FileReception) {
        self.name = name
        self.reception = reception
    }

    var byteCount: Int { reception.byteCount }

    func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        try reception.bytes(at: offset, count: count)
    }

    fileprivate func append(_ bytes: ArraySlice<UInt8>) throws(StoreError) {
        try reception.append(bytes)
    }

    /// The file, to be kept.
    func finish() -> ReceivedFile {
        reception.finish(name: name, format: "csv")
    }
}

/// Takes the parts of a form with one file as they arrive.
private struct FileFormSink: MultipartSink {
    let token: FormToken
    let desk: TenantStore
    private(set) var isTrusted = false
    private(set) var file = FileForm.File.none
    private var fields = FormFields()
    private var part = Part.skipped

    private enum Part {
        case field, file, skipped
    }

    init(token: FormToken, desk: TenantStore) {
        self.token = token
        self.desk = desk
    }

    mutating func partBegan(_ header: PartHeader) throws {
        guard let filename = header.filename else {
            try fields.begin(header.name)
            part = .field
            return
        }
        part = .skipped
        // A browser sends one unnamed part when no file was chosen.
        guard isTrusted, header.name == FileForm.fileName, !filename.isEmpty, case .none = file
        else { return }
        do throws(StoreError) {
            let reception = try desk.receiveFile()
            file = .received(ArrivedFile(name: UploadName(filename).text, reception: reception))
            part = .file
        } catch {
            file = .lost(error)
        }
    }

    mutating func partBytes(_ bytes: ArraySlice<UInt8>) throws {
        switch part {
        case .skipped: return
        case .field: try fields.append(bytes)
        case .file: keep(bytes)
        }
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        guard case .received(let arrived) = file else { return }
        guard arrived.byteCount + bytes.count <= CustomerFileLimit.maximumByteCount else {
            file = .tooLarge
            return
        }
        do throws(StoreError) {
            try arrived.append(bytes)
        } catch {
            file = .lost(error)
        }
    }

    mutating func partEnded() throws {
        if case .field = part {
            fields.end()
            if fields.names == [FormToken.fieldName] {
                isTrusted = token.matches(fields.value(of: FormToken.fieldName) ?? [])
            }
        }
        part = .skipped
    }
}
