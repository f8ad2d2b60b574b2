import CaseModel
import Foundation
import Testing

@testable import CaseSuggestion

/// Public conversations beside the repository, when they are there: first day, three types asked for.
@Suite("Public conversations")
struct CorpusTests {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().appending(path: "../../../shared/corpora/suggest")
        .standardizedFileURL
    static let isThere = FileManager.default.fileExists(atPath: folder.path(percentEncoded: false))

    private struct Row: Decodable {
        struct Turn: Decodable {
            let speaker: Speaker
            let text: String
        }
        let conversation: [Turn]
        let types: [String]
    }

    private struct TypeRow: Decodable {
        let id: String
        let name: String
        let description: String
        let keywords: [String]
    }

    /// What the project set out to reach on each whole set, in hundredths, less three for reading a part of it.
    @Test(
        .enabled(if: isThere, "the corpora are not beside the repository"),
        arguments: [("multidogo", 84), ("sgd", 82), ("banking77", 67)])
    func `find the right type among three as often as set out`(name: String, least: Int) throws {
        let set = Self.folder.appending(path: name)
        let rows = try JSONDecoder().decode(
            [TypeRow].self, from: Data(contentsOf: set.appending(path: "types.json")))
        let types = rows.enumerated().map { number, row in
            TypeText(
                id: CaseTypeID(number: Int64(number)), name: row.name, summary: row.description,
                keywords: row.keywords)
        }
        let engine = SuggestionEngine(types: types)
        let lines = try String(contentsOf: set.appending(path: "test.jsonl"), encoding: .utf8)
            .split(separator: "\n").prefix(200)
        var right = 0
        for line in lines {
            let row = try JSONDecoder().decode(Row.self, from: Data(line.utf8))
            let said = Conversation(
                messages: row.conversation.map { Message(speaker: $0.speaker, text: $0.text) })
            let found = engine.proposal(for: said).types.map { rows[Int($0.type.number)].id }
            if !Set(found).isDisjoint(with: row.types) { right += 1 }
        }
        #expect(right * 100 >= least * lines.count)
    }
}
