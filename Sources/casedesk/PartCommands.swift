internal import ArgumentParser
internal import Crypto
internal import FileAccess
internal import FileFormat
internal import FormData
internal import Foundation

// What an administrator asks when a file or a form was refused: JSON on standard output, exit status 0 when
// it would be accepted, 1 when refused.

/// `casedesk inspect FILE`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Says what a file is, and whether it could be attached.")

    @Argument(help: "The file.")
    var file: String

    @Option(help: "The name it was attached with; the file's own when left out.")
    var name: String?

    /// Files are read whole up to a little more than is accepted; what is larger is refused by its size.
    private static let maximumReadByteCount = FileInspector.maximumByteCount + 1

    func run() throws {
        guard let handle = FileHandle(forReadingAtPath: file) else {
            throw ValidationError("\(file) cannot be read.")
        }
        let bytes = try handle.read(upToCount: Self.maximumReadByteCount) ?? Data()
        let uploadName = name ?? URL(fileURLWithPath: file).lastPathComponent
        switch try FileInspector.inspect(BytesInMemory(Array(bytes)), uploadName: uploadName) {
        case .accepted(let format):
            try printJSON(Answer(accepted: true, format: format.rawValue, reason: nil))
        case .refused(let reason):
            try printJSON(Answer(accepted: false, format: nil, reason: reason))
            throw ExitCode(1)
        }
    }

    private struct Answer: Encodable {
        let accepted: Bool
        let format: String?
        let reason: String?

        /// Writes absent values as `null`, so that every answer has the same keys.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(accepted, forKey: .accepted)
            try container.encode(format, forKey: .format)
            try container.encode(reason, forKey: .reason)
        }

        private enum CodingKeys: CodingKey {
            case accepted, format, reason
        }
    }
}

/// `casedesk parse-form CONTENT_TYPE < BODY`.
struct ParseFormCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse-form", abstract: "Takes a form body from standard input apart.")

    @Argument(help: "The Content-Type that came with it.")
    var contentType: String

    /// Bytes read at a time.
    private static let chunkByteCount = 64 * 1024

    func run() throws {
        var parts = PartList()
        do {
            if contentType.lowercased().hasPrefix("application/x-www-form-urlencoded") {
                let body = try FileHandle.standardInput.readToEnd() ?? Data()
                for field in try URLEncodedForm(Array(body)[...]).fields {
                    parts.add(field.name, field.value)
                }
            } else {
                try parseMultipart(into: &parts)
            }
        } catch let error as FormDataError {
            try printJSON(Refused(error: error.description))
            throw ExitCode(1)
        }
        try printJSON(Accepted(parts: parts.parts))
    }

    private func parseMultipart(into parts: inout PartList) throws {
        var parser = try MultipartParser(contentType: contentType)
        let input = FileHandle.standardInput
        while let chunk = try input.read(upToCount: Self.chunkByteCount), !chunk.isEmpty {
            try parser.consume(Array(chunk)[...], into: &parts)
        }
        try parser.finish()
    }

    private struct Accepted: Encodable {
        var ok = true
        let parts: [PartList.Part]
    }

    private struct Refused: Encodable {
        var ok = false
        let error: String
    }
}

/// Notes of each part what identifies it, and keeps none of its bytes.
private struct PartList: MultipartSink {
    struct Part: Encodable {
        let name: String
        let filename: String?
        let contentType: String?
        var size: Int
        var sha256: String

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(filename, forKey: .filename)
            try container.encode(contentType, forKey: .contentType)
            try container.encode(size, forKey: .size)
            try container.encode(sha256, forKey: .sha256)
        }

        private enum CodingKeys: String, CodingKey {
            case name, filename
            case contentType = "content_type"
            case size, sha256
        }
    }

    private(set) var parts: [Part] = []
    private var hasher = SHA256()

    mutating func partBegan(_ header: PartHeader) {
        begin(header.name, filename: header.filename, contentType: header.contentType)
    }

    private mutating func begin(_ name: String, filename: String?, contentType: String?) {
        hasher = SHA256()
        parts.append(
            Part(name: name, filename: filename, contentType: contentType, size: 0, sha256: ""))
    }

    mutating func partBytes(_ bytes: ArraySlice<UInt8>) {
        hasher.update(data: bytes)
        parts[parts.count - 1].size += bytes.count
    }

    mutating func partEnded() {
        parts[parts.count - 1].sha256 = hasher.finalize().map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// A field of a form that has only fields.
    mutating func add(_ name: String, _ value: [UInt8]) {
        begin(name, filename: nil, contentType: nil)
        partBytes(value[...])
        partEnded()
    }
}

private func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
