internal import CaseModel
internal import CaseStorage
internal import FormData

/// The Case Information form as it was sent: texts, received files, and what is wrong with either.
///
/// Files are written to the staging area while they arrive, but only once the form's first field was the right
/// token; before that nothing of a request reaches the disk.
struct CaseForm {
    /// What the person's button asked for.
    enum Action: Equatable {
        case save, saveDraft, upload, findCustomer, newCustomer, autosave, remove
        /// What the customer will be told.
        case preview
        /// Another case type for a case that is made of a conversation.
        case chooseType
        /// A value that was taken from the conversation is not wanted.
        case clear(CaseField)
        /// What the conversation says of a field is wanted.
        case take(CaseField)

        /// Reads the value of a button.
        init?(_ text: String) {
            let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "_" }
            let field = CaseField(rawValue: parts.dropFirst().first.map(String.init) ?? "")
            switch (text, parts.first, field) {
            case ("save", _, _): self = .save
            case ("save_draft", _, _): self = .saveDraft
            case ("upload", _, _): self = .upload
            case ("find_customer", _, _): self = .findCustomer
            case ("new_customer", _, _): self = .newCustomer
            case ("autosave", _, _): self = .autosave
            case ("remove", _, _): self = .remove
            case ("preview", _, _): self = .preview
            case ("choose_type", _, _): self = .chooseType
            case (_, "clear", let field?): self = .clear(field)
            case (_, "take", let field?): self = .take(field)
            default: return nil
            }
        }
    }

    /// Whether the form held the right token; otherwise ``files`` is empty.
    let isTrusted: Bool
    /// The draft that the form names; a new name when it named none.
    let draftID: DraftID
    private(set) var values: CaseFormValues
    let action: Action
    /// Texts that cannot be kept as they are, and files that were refused.
    let problems: [Problem]
    /// Files that were received and recognised, at most ``CaseLimit/maximumAttachments``.
    private(set) var files: [ReceivedFile]
    /// The names of files that were sent but could not be looked at, as the form was not trusted.
    let unreadFileNames: [String]
    /// Whether the whole form was larger than a form may be.
    let isTooLarge: Bool
    /// The fault that kept a file from being stored, such as a full disk.
    let storageFault: StoreError?

    /// The largest form that is answered without complaint, in bytes: five files and their texts, escaped.
    static let maximumByteCount = 32 * 1024 * 1024
    /// The largest form that is read at all, so that its texts can be shown again, in bytes.
    static let maximumReadByteCount = 80 * 1024 * 1024

    /// Texts may be too long and still come back for correction, up to here.
    private static let limits = {
        var limits = FormFields.Limits()
        limits.maximumFieldBytes = 1024 * 1024
        limits.maximumTotalBytes = 2 * 1024 * 1024
        return limits
    }()

    /// Reads the body, url-encoded or multipart.
    ///
    /// - Parameter token: The right token; `nil` when there is none, and then no form is trusted.
    init(
        reading body: BodyReader, of request: Request, token: FormToken?, desk: TenantStore
    ) throws {
        guard request.contentLength <= Self.maximumReadByteCount else { throw Refusal.bodyTooLarge }
        var sink = CaseFormSink(
            fields: FormFields(limits: Self.limits), token: token, desk: desk)
        switch try FormEncoding(of: request) {
        case .urlEncoded:
            var limits = URLEncodedForm.Limits()
            limits.maximumFormBytes = 3 * Self.limits.maximumTotalBytes
            let bytes = try Body.whole(
                body, of: request, maximumByteCount: limits.maximumFormBytes)
            sink.fields = try FormFields(
                URLEncodedForm(bytes[...], limits: limits), limits: Self.limits)
            sink.checkToken()
        case .multipart(let contentType):
            var parser = try MultipartParser(contentType: contentType)
            try Body.each(body, of: request) { try parser.consume($0, into: &sink) }
            try parser.finish()
        }
        self.init(sink, isTooLarge: request.contentLength > Self.maximumByteCount)
    }

    private init(_ sink: CaseFormSink, isTooLarge: Bool) {
        var problems: [Problem] = []
        var values = CaseFormValues()
        for field in CaseField.allCases {
            guard let bytes = sink.fields.value(of: field.rawValue), field != .attachments else {
                continue
            }
            let sent = SentText(bytes)
            values[field] = sent.text
            if sent.isDamaged {
                problems.append(Problem(field, SentText.sentence(label: field.label)))
            }
        }
        if isTooLarge {
            problems.append(
                Problem(
                    .attachments,
                    "The form was larger than 32 MB. What fits was kept; attach the rest to "
                        + "another case, or make the files smaller"))
        }
        let name = sink.fields.value(of: "draft_id").map { String(decoding: $0, as: UTF8.self) }
        let action = sink.fields.value(of: "action").map { String(decoding: $0, as: UTF8.self) }
        isTrusted = sink.isTrusted
        draftID = name.flatMap { DraftID($0) } ?? DraftID()
        self.values = values
        self.action = action.flatMap { Action($0) } ?? .save
        self.problems = problems + sink.problems
        files = sink.files
        unreadFileNames = sink.unreadFileNames
        self.isTooLarge = isTooLarge
        storageFault = sink.storageFault
    }

    /// The same form without the conversation that it was begun from.
    var withoutConversation: CaseForm {
        var form = self
        form.values[.conversation] = ""
        return form
    }

    /// The same form with another value of a field.
    func with(_ field: CaseField, _ text: String) -> CaseForm {
        var form = self
        form.values[field] = text
        return form
    }

    /// The same form once its files are stored.
    var withoutFiles: CaseForm {
        var form = self
        form.files = []
        return form
    }
}
