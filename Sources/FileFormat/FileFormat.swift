/// A format that may be attached to a case.
///
/// The list is closed: a format that is not here is refused, whatever a browser says of it.
package enum FileFormat: String, CaseIterable, Sendable {
    case jpeg
    case png
    case gif
    case pdf
    case doc
    case docx

    /// The format that a file with this extension has to have, or nil when no such file is
    /// accepted.
    ///
    /// - Parameter fileExtension: without the dot, in lower case.
    package init?(fileExtension: String) {
        let match = FileFormat.allCases.first { $0.extensions.contains(fileExtension) }
        guard let match else { return nil }
        self = match
    }

    /// The short name that is shown beside a file: "JPEG".
    package var label: String { rawValue.uppercased() }

    /// The media type under which a stored file is sent (IANA registrations).
    package var mediaType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .pdf: "application/pdf"
        case .doc: "application/msword"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
    }

    /// The extensions this format goes by, in lower case without the dot; the first is the usual
    /// one.
    package var extensions: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg"]
        default: [rawValue]
        }
    }

    /// Whether a browser can show it as a picture, so that it gets a thumbnail.
    package var isPicture: Bool {
        switch self {
        case .jpeg, .png, .gif: true
        case .pdf, .doc, .docx: false
        }
    }

    /// The format with its article, as a sentence needs it: "a JPEG picture".
    var noun: String {
        switch self {
        case .jpeg, .png, .gif: "a \(label) picture"
        case .pdf: "a PDF document"
        case .doc, .docx: "a Word document (.\(rawValue))"
        }
    }
}
