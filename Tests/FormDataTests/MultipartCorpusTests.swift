import Crypto
import FormData
import Foundation
import Testing

/// Bodies from the tests of other parsers, when they lie beside the repository.
@Suite("Multipart bodies of other projects")
struct MultipartCorpusTests {
    struct Case: Decodable, CustomTestStringConvertible {
        struct Part: Decodable {
            let name: String
            let filename: String?
            let contentType: String
            let size: Int
            let sha256: String

            enum CodingKeys: String, CodingKey {
                case name, filename, size, sha256
                case contentType = "content_type"
            }
        }

        let id: String
        let contentType: String
        let expect: String
        let parts: [Part]

        enum CodingKeys: String, CodingKey {
            case id, expect, parts
            case contentType = "content_type"
        }

        var testDescription: String { "\(id): \(expect)" }
    }

    static let directory: URL = {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return root.deletingLastPathComponent().appending(path: "shared/corpora/multipart/cases")
    }()

    static let cases: [Case] = {
        let identifiers = try? FileManager.default.contentsOfDirectory(atPath: directory.path)
        return (identifiers ?? []).sorted().compactMap { identifier in
            let url = directory.appending(path: "\(identifier)/meta.json")
            guard let data = try? Data(contentsOf: url) else { return nil }
            return try? JSONDecoder().decode(Case.self, from: data)
        }
    }()

    /// In the smallest chunks (a long body would take long), around the length of the boundary, and as
    /// the desk reads.
    static func chunkSizes(for item: Case, byteCount: Int) -> [Int] {
        let boundary = item.contentType.split(separator: "boundary=").last?.utf8.count ?? 1
        let large = [max(1, boundary - 1), boundary + 1, 64 * 1024]
        return byteCount > 128 * 1024 ? large : [1, 2, 3, 7] + large
    }

    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: directory.path)),
        arguments: cases)
    func `are read as other parsers read them, in chunks of any size`(item: Case) throws {
        let url = Self.directory.appending(path: "\(item.id)/body.bin")
        let body = [UInt8](try Data(contentsOf: url))
        let whole = try Reading(body, contentType: item.contentType)
        for size in Self.chunkSizes(for: item, byteCount: body.count) {
            let reading = try Reading(body, contentType: item.contentType, chunkSize: size)
            #expect(reading == whole, "in chunks of \(size) bytes")
        }
        switch item.expect {
        case "ok":
            #expect(whole.error == nil)
            #expect(whole.parts.map(\.header.name) == item.parts.map(\.name))
            #expect(whole.parts.map(\.header.filename) == item.parts.map(\.filename))
            #expect(
                whole.parts.map { $0.header.contentType ?? "" } == item.parts.map(\.contentType))
            #expect(whole.parts.map(\.bytes.count) == item.parts.map(\.size))
            #expect(
                whole.parts.map { hexadecimal(SHA256.hash(data: $0.bytes)) }
                    == item.parts.map(\.sha256))
        case "error":
            #expect(whole.error != nil)
        default:
            #expect(whole.error != nil || whole.parts.allSatisfy(\.isEnded))
        }
    }

    private func hexadecimal(_ digest: SHA256Digest) -> String {
        digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
