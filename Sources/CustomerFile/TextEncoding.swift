package import FileAccess

/// How the bytes of a file stand for text.
package enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    /// What Excel writes as plain “CSV” in Western Europe and America.
    case windows1252 = "windows-1252"

    /// The words for it on a page.
    package var label: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian, .utf16BigEndian: "UTF-16"
        case .windows1252: "Windows-1252"
        }
    }

    /// Whether a file in another encoding could have passed for this one, so that only a person can
    /// tell by its letters: nearly every sequence of bytes is Windows-1252.
    package var isGuess: Bool { self == .windows1252 }

    /// Says in which encoding the whole of a file is.
    ///
    /// A byte order mark decides. Without one, zero bytes at every other place mean UTF-16, since
    /// delimiters and line ends are ASCII; what is valid UTF-8 to the last byte is UTF-8; and what is
    /// neither, but has no byte that Windows-1252 leaves undefined, is taken for Windows-1252.
    ///
    /// - Throws: ``CustomerFileFault`` when it is none of them, or what `file` throws.
    package init(of file: some FileBytes) throws {
        guard file.byteCount > 0 else { throw CustomerFileFault.empty }
        guard file.byteCount <= CustomerFileLimit.maximumByteCount else {
            throw CustomerFileFault.tooLarge
        }
        let start = try file.bytes(at: 0, count: CustomerFileLimit.encodingSampleByteCount)
        if let kind = OtherFile(beginning: start) { throw CustomerFileFault.notText(kind) }
        switch try Self.announced(by: start) {
        case .utf8?:
            guard try Self.isUTF8(file) else { throw CustomerFileFault.brokenText(.utf8) }
            self = .utf8
        case let encoding?:
            try Self.checkUTF16(file, encoding)
            self = encoding
        case nil where try Self.isUTF8(file): self = .utf8
        case nil where try Self.isWindows1252(file): self = .windows1252
        case nil: throw CustomerFileFault.unknownEncoding
        }
    }

    /// What a byte order mark, or zero bytes, say.
    private static func announced(
        by start: [UInt8]
    ) throws(CustomerFileFault) -> TextEncoding? {
        if start.starts(with: TextDecoder.utf8Mark) { return .utf8 }
        // UTF-32 in the order of UTF-16 little endian.
        if start.starts(with: [0xFF, 0xFE, 0, 0]) { throw .unknownEncoding }
        if start.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if start.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        let zeros = start.indices.filter { start[$0] == 0 }
        guard let first = zeros.first else { return nil }
        guard zeros.allSatisfy({ $0 % 2 == first % 2 }) else { throw .notText(.binary) }
        return first % 2 == 1 ? .utf16LittleEndian : .utf16BigEndian
    }

    private static func isUTF8(_ file: some FileBytes) throws -> Bool {
        var rest: [UInt8] = []
        var pieces = Pieces(file)
        while let piece = try pieces.next() {
            rest += piece
            let whole = rest.prefix(rest.count - TextDecoder.openUTF8ByteCount(rest))
            guard !whole.contains(0), String(validating: whole, as: UTF8.self) != nil else {
                return false
            }
            rest.removeFirst(whole.count)
        }
        return rest.isEmpty
    }

    private static func checkUTF16(_ file: some FileBytes, _ encoding: TextEncoding) throws {
        var decoder = TextDecoder(encoding)
        var pieces = Pieces(file)
        while let piece = try pieces.next() {
            var text: [UInt8] = []
            try decoder.decode(piece, into: &text)
            guard !text.contains(0) else { throw CustomerFileFault.notText(.binary) }
        }
        try decoder.finish()
    }

    private static func isWindows1252(_ file: some FileBytes) throws -> Bool {
        var pieces = Pieces(file)
        while let piece = try pieces.next() {
            guard piece.allSatisfy({ $0 != 0 && Windows1252.scalar($0) != nil }) else {
                return false
            }
        }
        return true
    }
}

/// The pieces of a file from its beginning.
struct Pieces<File: FileBytes> {
    private let file: File
    private var offset = 0

    init(_ file: File) {
        self.file = file
    }

    /// The next piece; `nil` at the end.
    mutating func next() throws -> [UInt8]? {
        let piece = try file.bytes(at: offset, count: CustomerFileLimit.pieceByteCount)
        offset += piece.count
        return piece.isEmpty ? nil : piece
    }
}
