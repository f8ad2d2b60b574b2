import ArgumentParser
import CaseModel
import CaseSuggestion
import Foundation

/// `casedesk suggest-eval`: reads case types, saved cases and conversations, answers with suggestions.
///
/// The protocol `suggest-eval/1`: JSON Lines in UTF-8, one object a line, on standard input, answers on standard output.
/// Objects are told apart by `op`: `type` (`id`, `name`, `description`, `keywords`), `case` (`id`, `conversation`,
/// `type`), `ready`, `suggest` (`id`, `conversation`), `end`. A line that is not one of them is named on standard error and skipped.
///
/// Beyond that protocol, a `case` that comes after `ready` is learned at once, as the desk does with each case that is
/// saved, and answered with `learned`; both that answer and the one to `ready` have the size of the model (`model_bytes`).
struct SuggestEvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest-eval",
        abstract: "Measure the suggestions: case types, cases and conversations in, answers out.")

    func run() throws {
        var session = SuggestEvalSession()
        var lineNumber = 0
        while let line = readLine(strippingNewline: true) {
            lineNumber += 1
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            let data = Data(line.utf8)
            guard let request = try? JSONDecoder().decode(SuggestEvalRequest.self, from: data)
            else {
                FileHandle.standardError.write(Data("line \(lineNumber): not understood\n".utf8))
                continue
            }
            if request.op == .end { break }
            if let answer = session.answer(request) {
                try FileHandle.standardOutput.write(contentsOf: answer.line())
            }
        }
    }
}

/// One line that is read.
private struct SuggestEvalRequest: Decodable {
    enum Operation: String, Decodable {
        case type, `case`, ready, suggest, end
    }

    struct Turn: Decodable {
        let speaker: Speaker
        let text: String
    }

    let op: Operation
    let id: String?
    let name: String?
    let description: String?
    let keywords: [String]?
    let conversation: [Turn]?
    let type: String?

    var said: Conversation {
        Conversation(
            messages: (conversation ?? []).map { Message(speaker: $0.speaker, text: $0.text) })
    }
}

/// One line that is written.
private struct SuggestEvalAnswer: Encodable {
    var ready: Bool?
    var trainMilliseconds: Double?
    var id: String?
    var top3: [String]?
    var probabilities: [Double]?
    var title: String?
    var description: String?
    var milliseconds: Double?
    var learned: Bool?
    var modelByteCount: Int?

    enum CodingKeys: String, CodingKey {
        case ready, id, top3, probabilities, title, description, learned
        case trainMilliseconds = "train_ms"
        case milliseconds = "ms"
        case modelByteCount = "model_bytes"
    }

    func line() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}

/// The types and cases read so far, and the engine once it is ready.
private struct SuggestEvalSession {
    private var names: [String] = []
    private var numbers: [String: Int64] = [:]
    private var types: [TypeText] = []
    private var lessons: [CaseLesson] = []
    private var lessonCount: Int64 = 0
    /// A number for each id of a conversation: one with two types comes once for each.
    private var sources: [String: ConversationID] = [:]
    private var engine: SuggestionEngine?

    mutating func answer(_ request: SuggestEvalRequest) -> SuggestEvalAnswer? {
        switch request.op {
        case .type: add(request)
        case .case: return learn(request)
        case .ready: return train()
        case .suggest: return suggest(request)
        case .end: break
        }
        return nil
    }

    private mutating func add(_ request: SuggestEvalRequest) {
        guard let id = request.id, numbers[id] == nil else { return }
        numbers[id] = Int64(names.count)
        types.append(
            TypeText(
                id: CaseTypeID(number: Int64(names.count)), name: request.name ?? "",
                summary: request.description ?? "", keywords: request.keywords ?? []))
        names.append(id)
    }

    private mutating func learn(_ request: SuggestEvalRequest) -> SuggestEvalAnswer? {
        guard let type = request.type.flatMap({ numbers[$0] }).map({ CaseTypeID(number: $0) })
        else { return nil }
        lessonCount += 1
        let source =
            request.id.flatMap { sources[$0] } ?? ConversationID(number: lessonCount)
        if let id = request.id { sources[id] = source }
        let lesson = CaseLesson(
            number: CaseNumber(number: lessonCount), source: source, conversation: request.said,
            type: type)
        guard let engine else {
            lessons.append(lesson)
            return nil
        }
        let (next, milliseconds) = Self.timed {
            // Beside the one in use, which goes on answering meanwhile.
            var next = engine
            next.learn(lesson)
            return next
        }
        self.engine = next
        return SuggestEvalAnswer(
            id: request.id, milliseconds: milliseconds, learned: true,
            modelByteCount: next.model.byteCount)
    }

    private mutating func train() -> SuggestEvalAnswer {
        let (engine, milliseconds) = Self.timed {
            var engine = SuggestionEngine(types: types)
            if !lessons.isEmpty { engine.learn(lessons) }
            return engine
        }
        self.engine = engine
        lessons = []
        return SuggestEvalAnswer(
            ready: true, trainMilliseconds: milliseconds, modelByteCount: engine.model.byteCount)
    }

    private mutating func suggest(_ request: SuggestEvalRequest) -> SuggestEvalAnswer {
        let engine = self.engine ?? SuggestionEngine(types: types)
        self.engine = engine
        let said = request.said
        let (proposal, milliseconds) = Self.timed { engine.proposal(for: said) }
        return SuggestEvalAnswer(
            id: request.id,
            top3: proposal.types.map { names[Int($0.type.number)] },
            probabilities: proposal.types.map { ($0.probability * 1000).rounded() / 1000 },
            title: proposal.title?.text ?? "",
            description: proposal.description?.text ?? "",
            milliseconds: milliseconds)
    }

    private static func timed<Result>(_ work: () -> Result) -> (Result, Double) {
        let clock = ContinuousClock()
        let start = clock.now
        let result = work()
        let elapsed = clock.now - start
        return (result, (elapsed / .milliseconds(1) * 1000).rounded() / 1000)
    }
}
