package import FileAccess

/// What the inspector says of a file.
package enum Verdict: Sendable, Equatable {
    /// The file is of this format from its first byte to its last, and its name says so.
    case accepted(FileFormat)

    /// The file may not be attached; `reason` is one or two sentences for the person who chose it:
    /// what it seems to be and what to do. It is plain text and names no path.
    case refused(reason: String)
}

/// Says whether a file may be attached to a case: by its structure, and by the extension of its
/// name.
///
/// The media type that a browser sends is no input: it is guessed from the extension, and comparing
/// it with anything refuses good files. The work is linear in the size of the file, and the memory
/// is one window of 64 KiB; a ZIP or compound file made to be awkward adds a few MiB of tables.
package enum FileInspector {
    /// The largest file that is accepted, in bytes, inclusive: 5 MB as the desk counts it.
    package static let maximumByteCount = 5 * 1024 * 1024

    /// Inspects one file.
    ///
    /// - Parameter uploadName: the name as the browser sent it, or as `UploadName` made it safe.
    /// - Throws: only what reading the bytes throws. A file of whatever content is a verdict.
    package static func inspect(
        _ bytes: some FileBytes, uploadName: String
    ) throws -> Verdict {
        guard bytes.byteCount > 0 else {
            return .refused(
                reason: "This file is empty: it has no content at all. "
                    + "Check where it came from and attach one with content.")
        }
        guard bytes.byteCount <= maximumByteCount else {
            return .refused(
                reason:
                    "This file is larger than 5 MB. Make it smaller, or split it, and attach it again."
            )
        }
        var file = ByteWindow(bytes)
        let fileExtension = UploadName(uploadName).fileExtension
        switch try Content.recognise(&file) {
        case .format(let format):
            return judge(format, calledBy: fileExtension)
        case .flawed(let noun, let flaw):
            return .refused(reason: flaw.sentence(about: noun))
        case .other(let likeness):
            return .refused(reason: sentence(about: likeness, calledBy: fileExtension))
        }
    }

    private static func judge(_ format: FileFormat, calledBy fileExtension: String?) -> Verdict {
        guard let fileExtension else {
            return .refused(
                reason: "This file has no extension in its name but is \(format.noun). "
                    + renaming(to: format))
        }
        if format.extensions.contains(fileExtension) { return .accepted(format) }
        return .refused(
            reason: "This file is called .\(shown(fileExtension)) but is \(format.noun). "
                + renaming(to: format))
    }

    private static func renaming(to format: FileFormat) -> String {
        "Rename it to .\(format.extensions[0]) and attach it again."
    }

    private static func sentence(
        about likeness: Likeness?, calledBy fileExtension: String?
    ) -> String {
        let seems =
            likeness.map { "seems to be \($0.noun)" } ?? "is of a kind that is not known here"
        let advice = likeness?.advice ?? Likeness.Advice.chooseAnother
        switch fileExtension {
        case nil:
            return "This file has no extension in its name and \(seems). \(advice.rawValue)"
        case let known? where FileFormat(fileExtension: known) != nil:
            return "This file is called .\(known) but \(seems). \(advice.rawValue)"
        case let other?:
            return "Files called .\(shown(other)) cannot be attached; this one \(seems). "
                + advice.rawValue
        }
    }

    /// An extension in a sentence: not longer than an extension is, whatever the name was.
    private static func shown(_ fileExtension: String) -> String {
        let maximumCharacterCount = 16
        guard fileExtension.count > maximumCharacterCount else { return fileExtension }
        return fileExtension.prefix(maximumCharacterCount) + "…"
    }
}
