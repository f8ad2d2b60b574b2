/// The name of an attached file, as it is shown and stored: safe in a page, a header and a dialog.
///
/// A browser's name is somebody else's text. It may be a whole path, run over several lines, or
/// turn its letters round so that `photo[U+202E]gpj.exe` reads as `photoexe.jpg` (Unicode UTR 36,
/// 3.5). What remains here is one line that reads as it is written and keeps its extension. A
/// file's place on disk is never made from it.
package struct UploadName: Equatable, Sendable {
    /// The longest name in bytes of UTF-8: what file systems of receivers take (NAME_MAX).
    package static let maximumByteCount = 255

    /// The longest extension that a shortened name keeps whole, in bytes.
    private static let maximumExtensionByteCount = 32

    /// The name for a file that came without one, before its extension.
    private static let nameOfTheNameless = "file"

    /// The name: one line, never empty, at most 255 bytes of UTF-8.
    package let text: String

    /// What stands behind the last dot, with ASCII letters in lower case; nil when nothing does.
    package let fileExtension: String?

    /// Makes a name that is safe to show out of the one that a browser sent.
    ///
    /// Kept is what stands behind the last `/` or `\`, without control and format characters
    /// (categories Cc, Cf, Zl, Zp), trimmed of white space and dots at both ends. A name with
    /// nothing before its extension becomes `file.pdf`; one with nothing at all becomes `file`,
    /// which has no extension and is therefore refused by the inspector. Too long a name loses the
    /// end of its first part, not its extension. A name that was made safe stays as it is.
    package init(_ browserName: String) {
        let scalars = UploadName.lastPathPart(of: browserName).filter(UploadName.isShown)
        var (stem, suffix) = UploadName.split(UploadName.trimmed(scalars))
        stem = Array(stem.drop(while: UploadName.isDotOrSpace))
        if stem.isEmpty { stem = Array(UploadName.nameOfTheNameless.unicodeScalars) }
        UploadName.shorten(&stem, &suffix)
        let name = UploadName.trimmed(stem + (suffix.isEmpty ? [] : ["."] + suffix))
        text = UploadName.string(name)
        let shownSuffix = UploadName.split(name).suffix
        fileExtension =
            shownSuffix.isEmpty ? nil : UploadName.string(shownSuffix.map(UploadName.lowercased))
    }

    private typealias Scalars = [Unicode.Scalar]

    private static func lastPathPart(of name: String) -> Scalars {
        let scalars = Array(name.unicodeScalars)
        let separator = scalars.lastIndex { $0 == "/" || $0 == "\\" }
        return separator.map { Array(scalars[($0 + 1)...]) } ?? scalars
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }

    /// Without white space at both ends and dots at the end.
    private static func trimmed(_ scalars: Scalars) -> Scalars {
        guard let end = scalars.lastIndex(where: { !isDotOrSpace($0) }) else { return [] }
        return Array(scalars[...end].drop { $0.properties.isWhitespace })
    }

    private static func isDotOrSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar.properties.isWhitespace
    }

    private static func split(_ scalars: Scalars) -> (stem: Scalars, suffix: Scalars) {
        guard let dot = scalars.lastIndex(of: ".") else { return (scalars, []) }
        return (Array(scalars[..<dot]), Array(scalars[(dot + 1)...]))
    }

    private static func shorten(_ stem: inout Scalars, _ suffix: inout Scalars) {
        guard byteCount(stem) + 1 + byteCount(suffix) > maximumByteCount else { return }
        drop(from: &suffix, to: maximumExtensionByteCount)
        drop(from: &stem, to: maximumByteCount - 1 - byteCount(suffix))
    }

    private static func drop(from scalars: inout Scalars, to maximum: Int) {
        var count = byteCount(scalars)
        while count > maximum, let last = scalars.popLast() { count -= UTF8.width(last) }
    }

    private static func byteCount(_ scalars: Scalars) -> Int {
        scalars.reduce(0) { $0 + UTF8.width($1) }
    }

    private static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard ("A"..."Z").contains(scalar) else { return scalar }
        return Unicode.Scalar(UInt8(scalar.value) | 0x20)
    }

    private static func string(_ scalars: Scalars) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
