internal import CaseModel
internal import CaseStorage
internal import FileAccess
internal import FileFormat
internal import FormData

/// Takes the parts of a Case Information form as they arrive: fields into memory, files into staging.
struct CaseFormSink: MultipartSink {
    var fields: FormFields
    let token: FormToken?
    let desk: TenantStore
    private(set) var isTrusted = false
    private(set) var files: [ReceivedFile] = []
    private(set) var problems: [Problem] = []
    private(set) var unreadFileNames: [String] = []
    private(set) var storageFault: StoreError?
    private var part = Part.skipped

    /// What is being received.
    private enum Part {
        case field
        case file(FileArrival)
        case skipped
    }

    init(fields: FormFields, token: FormToken?, desk: TenantStore) {
        self.fields = fields
        self.token = token
        self.desk = desk
    }

    mutating func partBegan(_ header: PartHeader) throws {
        guard let filename = header.filename else {
            try fields.begin(header.name)
            part = .field
            return
        }
        guard header.name == CaseField.attachments.rawValue else {
            part = .skipped
            return
        }
        part = beginFile(UploadName(filename), isUnnamed: filename.isEmpty)
    }

    private mutating func beginFile(_ name: UploadName, isUnnamed: Bool) -> Part {
        guard isTrusted else {
            if !isUnnamed { unreadFileNames.append(name.text) }
            return .skipped
        }
        guard files.count < CaseLimit.maximumAttachments else {
            let maximum = CaseLimit.maximumAttachments
            problems.append(
                Problem(
                    .attachments,
                    "\(name.text) is one too many; a case can have up to \(maximum) files"))
            return .skipped
        }
        guard storageFault == nil else { return .skipped }
        do throws(StoreError) {
            let reception = try desk.receiveFile()
            return .file(FileArrival(name: name, isUnnamed: isUnnamed, reception: reception))
        } catch {
            storageFault = error
            return .skipped
        }
    }

    mutating func partBytes(_ bytes: ArraySlice<UInt8>) throws {
        switch part {
        case .field: try fields.append(bytes)
        case .skipped: return
        case .file(let arrival):
            do throws(StoreError) {
                try arrival.append(bytes)
            } catch {
                storageFault = error
                part = .skipped
            }
        }
    }

    mutating func partEnded() throws {
        switch part {
        case .field:
            fields.end()
            if fields.names.count == 1 { checkToken() }
        case .skipped: break
        case .file(let arrival): try endFile(arrival)
        }
        part = .skipped
    }

    /// Trusts the form when its first field is the token.
    mutating func checkToken() {
        guard let token, fields.names.first == FormToken.fieldName else { return }
        isTrusted = token.matches(fields.value(of: FormToken.fieldName) ?? [])
    }

    private mutating func endFile(_ arrival: FileArrival) throws {
        // A browser sends one empty, unnamed part when no file was chosen.
        if arrival.isUnnamed && arrival.byteCount == 0 { return }
        do throws(StoreError) {
            switch try arrival.finish() {
            case .accepted(let file): files.append(file)
            case .empty:
                problems.append(Problem(.attachments, "\(arrival.name.text) is empty"))
            case .tooLarge:
                problems.append(
                    Problem(.attachments, "\(arrival.name.text) must be 5 MB or smaller"))
            case .refused(let reason):
                problems.append(Problem(.attachments, "\(arrival.name.text): \(reason)"))
            }
        } catch {
            storageFault = error
        }
    }
}

/// One file while it arrives.
final class FileArrival {
    let name: UploadName
    let isUnnamed: Bool
    private let reception: FileReception
    private(set) var byteCount = 0

    /// What became of a file.
    enum Outcome {
        case accepted(ReceivedFile)
        case refused(String)
        case tooLarge
        case empty
    }

    init(name: UploadName, isUnnamed: Bool, reception: FileReception) {
        self.name = name
        self.isUnnamed = isUnnamed
        self.reception = reception
    }

    /// Keeps the bytes, as long as the file is not larger than a file may be.
    func append(_ bytes: ArraySlice<UInt8>) throws(StoreError) {
        byteCount += bytes.count
        guard byteCount <= CaseLimit.maximumAttachmentByteCount else { return }
        try reception.append(bytes)
    }

    /// Looks at what arrived and keeps it, or says why not.
    func finish() throws(StoreError) -> Outcome {
        guard byteCount <= CaseLimit.maximumAttachmentByteCount else {
            reception.discard()
            return .tooLarge
        }
        guard byteCount > 0 else {
            reception.discard()
            return .empty
        }
        let bytes = ReceptionBytes(reception: reception)
        let verdict: Verdict
        do {
            verdict = try FileInspector.inspect(bytes, uploadName: name.text)
        } catch {
            throw error as? StoreError ?? .corrupt("A staged file could not be read again.")
        }
        switch verdict {
        case .refused(let reason):
            reception.discard()
            return .refused(reason)
        case .accepted(let format):
            return .accepted(reception.finish(name: name.text, format: format.rawValue))
        }
    }
}

/// A staged file, as the recognition of formats reads it.
private struct ReceptionBytes: FileBytes {
    let reception: FileReception

    var byteCount: Int { reception.byteCount }

    func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        try reception.bytes(at: offset, count: count)
    }
}
