internal import CaseModel
internal import FileFormat
internal import Markup

/// The part of the Case Information page with the files: the ones that wait, and the way to add more.
struct AttachmentsField {
    let page: CaseFormPage

    var html: HTML {
        let faulty: HTML = " field-error"
        return """
            <fieldset class="field\(faulty, if: page.hasProblem(.attachments))" id="attachments-field">
            <legend class="form-label">\(CaseField.attachments.label) \
            <span class="optional">(optional)</span></legend>
            <div class="hint" id="attachments-hint">JPG, JPEG, PNG, GIF, PDF, DOC or DOCX; \
            up to five files, 5 MB each.</div>
            \(page.problemText(.attachments))<div class="drop" id="attachments-drop">
            <label for="attachments">Choose files</label>
            <input type="file" id="attachments" name="attachments" multiple \
            accept=".jpg,.jpeg,.png,.gif,.pdf,.doc,.docx"\
            \(page.describedBy(.attachments, hint: true, info: false))>
            <button class="btn btn-outline-secondary btn-sm" type="submit" name="action" \
            value="upload" formaction="\(page.draftLink)/attachments" id="attachments-upload">\
            Upload now</button></div>
            <ul class="file-list" id="attachments-list" aria-label="Attached files">\
            \(page.files.map(row))</ul>
            <div id="attachments-status" role="status" class="visually-hidden"></div>
            </fieldset>

            """
    }

    private func row(_ file: StagedFile) -> HTML {
        let view = StagedFileView(file, of: page.draftID)
        let picture: HTML =
            view.picture
            ? "<img class=\"thumb\" src=\"\(view.link)\" alt=\"\" width=\"36\" height=\"36\">"
            : "<span class=\"thumb thumb-doc\" aria-hidden=\"true\">\(view.format)</span>"
        return """
            <li class="file" data-attachment="\(view.id)">\(picture)
            <span class="file-name">\(view.name)</span>
            <span class="file-meta">\(view.format), \(view.size)</span>
            <button class="btn btn-link btn-sm file-remove" type="submit" \
            formaction="\(view.removal)" name="action" value="remove">Remove\
            <span class="visually-hidden"> \(view.name)</span></button></li>
            """
    }
}

/// A waiting file, as the page shows it and as the page's script is told of it.
struct StagedFileView: Encodable {
    let id: String
    let name: String
    let format: String
    let bytes: Int
    let size: String
    let picture: Bool
    let url: String
    let remove: String
    let link: Link
    let removal: Link

    init(_ file: StagedFile, of draft: DraftID) {
        let format = FileFormat(rawValue: file.content.format)
        id = file.id.description
        name = file.name
        self.format = format?.label ?? ""
        bytes = file.content.byteCount
        size = sizeText(file.content.byteCount)
        picture = format?.isPicture ?? false
        link = "/drafts/\(draft.description)/attachments/\(id)"
        removal = "\(link)/remove"
        url = link.address
        remove = removal.address
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, format, bytes, size, picture, url, remove
    }
}
