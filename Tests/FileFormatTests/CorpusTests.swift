import FileFormat
import Foundation
import Testing

/// Real files made by other programs, when they lie beside the repository.
@Suite(.enabled(if: Corpus.isThere)) struct `Attachments of other projects` {
    @Test(arguments: Corpus.rows)
    func `get the verdict they should`(_ row: Corpus.Row) throws {
        let words = try reason(row.bytes, row.uploadName)
        switch row.expected {
        case "accept": #expect(words.hasPrefix("accepted as "))
        case "reject": #expect(!words.hasPrefix("accepted as "))
        default: #expect(!words.isEmpty)
        }
    }

    @Test(arguments: Corpus.rows.filter { $0.expected == "accept" && $0.category == $0.type })
    func `are refused when cut off`(_ row: Corpus.Row) throws {
        let file = row.bytes
        // What stands behind the end mark is not needed: fill bytes, and line ends of a PDF.
        let fill = row.type == "docx" ? 0 : file.reversed().prefix { $0 <= 0x20 }.count
        let end = file.count - fill
        for length in stride(from: end - 1, to: 0, by: -max(1, end / 16)) {
            let words = try reason(Array(file[..<length]), row.uploadName)
            #expect(!words.hasPrefix("accepted"), "\(length) of \(file.count) bytes")
        }
    }
}

/// The list of `../shared/corpora/attachments`, as its README describes it.
enum Corpus {
    struct Row: Sendable, CustomTestStringConvertible {
        let path: String
        let type: String
        let uploadName: String
        let expected: String
        let category: String
        let testDescription: String

        var bytes: [UInt8] {
            let url = Corpus.folder.appending(path: path)
            return (try? Data(contentsOf: url)).map { [UInt8]($0) } ?? []
        }
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/corpora/attachments").standardizedFileURL

    static let isThere = !rows.isEmpty

    /// Rows of files as they are; those that are to be padded first are left out.
    static let rows: [Row] = {
        let manifest = try? String(
            contentsOf: folder.appending(path: "manifest.csv"), encoding: .utf8)
        let lines = table(manifest ?? "")
        guard let head = lines.first else { return [] }
        return lines.dropFirst().compactMap { line in
            let values = Dictionary(zip(head, line), uniquingKeysWith: { first, _ in first })
            guard values["pad_to"] == "", let file = values["file"] else { return nil }
            return Row(
                path: file, type: values["real_type"] ?? "",
                uploadName: values["upload_name"] ?? "",
                expected: values["expect"] ?? "", category: values["category"] ?? "",
                testDescription: "\(values["id"] ?? "") \(values["upload_name"] ?? "")")
        }
    }()

    /// Comma-separated values (RFC 4180).
    private static func table(_ text: String) -> [[String]] {
        var lines: [[String]] = []
        var line: [String] = [""]
        var isQuoted = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: line.append("")
            case "\r" where !isQuoted: continue
            case "\n" where !isQuoted:
                lines.append(line)
                line = [""]
            default: line[line.count - 1].unicodeScalars.append(scalar)
            }
        }
        return lines
    }
}
