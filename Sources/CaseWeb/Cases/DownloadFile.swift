// GET /cases/NUMBER/attachments/ID and GET /drafts/DRAFT/attachments/ID: the bytes of a file.
// The desk checks the right of this person to this case, then nginx sends the file from where it lies.
// A picture may be shown in a page (?inline=1, and every staged one); everything else is a download.

internal import CaseModel
internal import CaseStorage
internal import FileFormat
internal import HTTPTypes
internal import Markup

enum DownloadFile {
    static func ofCase(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let number = try path.first(as: CaseNumber.self)
        let id = try path.second(as: AttachmentID.self)
        _ = try ShowCase.visibleCase(number, visit)
        guard let file = try visit.reader.attachment(id, of: number) else {
            throw Refusal.notFound
        }
        return send(
            file.content, name: file.name, isInline: visit.query["inline"] == "1", visit)
    }

    static func ofDraft(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.second(as: StagedFileID.self)
        guard let draft = try visit.reader.draft(path.draft()), draft.employee == visit.employee.id,
            let file = draft.files.first(where: { $0.id == id })
        else { throw Refusal.notFound }
        return send(file.content, name: file.name, isInline: true, visit)
    }

    private static func send(
        _ content: FileContent, name: String, isInline: Bool, _ visit: AgentVisit
    ) -> Response {
        let format = FileFormat(rawValue: content.format)
        let mayShow = isInline && (format?.isPicture ?? false)
        var response = Response(status: .ok, headerFields: SecurityHeaders.ofFiles, body: [])
        response.headerFields[.contentType] = format?.mediaType ?? "application/octet-stream"
        response.headerFields[.contentDisposition] = disposition(name, isInline: mayShow)
        response.headerFields[.xAccelRedirect] =
            "/protected/\(visit.desk.name)/attachments/\(content.sha256.prefix(2))/\(content.sha256)"
        return response
    }

    /// The file's name for the browser (RFC 6266, 4.3 and appendix D): plain ASCII for old ones, and exactly.
    static func disposition(_ name: String, isInline: Bool) -> String {
        let plain = name.unicodeScalars.map { scalar in
            scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F
                && !"\"\\%;".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
        }
        let kind = isInline ? "inline" : "attachment"
        return "\(kind); filename=\"\(String(plain))\"; filename*=UTF-8''\(Link.encoded(name))"
    }
}
