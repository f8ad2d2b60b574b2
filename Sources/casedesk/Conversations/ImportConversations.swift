internal import ArgumentParser
internal import CaseModel
internal import CaseStorage
internal import Foundation

extension ImportCommand {
    /// `casedesk import conversations FILE`.
    struct Conversations: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes the conversations of a file in, one JSON object a line.",
            discussion: """
                A line is what POST /api/v1/conversations takes: id, channel (voice, whatsapp, web or email), \
                customer with name, email and phone, agent (a log-in), started_at, and messages, each with \
                speaker (customer or agent), text and at. A conversation that is there already is left as it \
                is, or gets the messages that are new at its end, so that the same file can be taken in again. \
                A line that is refused is named with its number and reason, and the others are taken in.
                """)

        @Argument(help: "The file, in UTF-8.")
        var file: String

        @OptionGroup var tenant: TenantOptions

        func run() throws {
            guard let handle = FileHandle(forReadingAtPath: file) else {
                throw CommandFailure(description: "\(file) cannot be read.")
            }
            defer { try? handle.close() }
            let store = try tenant.store()
            defer { store.close() }
            var lines = LineReader {
                try handle.read(upToCount: LineReader.chunkByteCount) ?? Data()
            }
            var intake = ConversationIntake(store: store) { print($0) }
            while let line = try lines.next() { try intake.take(line) }
            try intake.flush()
            print(intake.summary)
            if intake.refusedCount > 0 { throw ExitCode(1) }
        }
    }
}

/// Stores conversations that are lines of JSON, many in one transaction.
struct ConversationIntake {
    private let store: TenantStore
    private let report: (String) -> Void
    private var batch: [(number: Int, conversation: NewConversation)] = []
    private var batchByteCount = 0
    private var addedCount = 0
    private var grownCount = 0
    private var knownCount = 0
    private(set) var refusedCount = 0

    /// Conversations of one transaction, and the bytes of their lines from which on it is closed.
    private static let batchCount = 200
    private static let batchLimit = 4 * 1024 * 1024

    /// - Parameter report: Gets a sentence for each line that is refused.
    init(store: TenantStore, report: @escaping (String) -> Void) {
        self.store = store
        self.report = report
    }

    /// What came of it, in a sentence.
    var summary: String {
        "\(addedCount) conversations added, \(grownCount) continued, \(knownCount) known, "
            + "\(refusedCount) lines refused"
    }

    /// Takes a line; its conversation is stored with the next ``flush()`` at the latest.
    mutating func take(_ line: LineReader.Line) throws {
        guard let bytes = line.bytes else {
            let limit = groupedDigits(LineReader.maximumLineByteCount)
            return refuse(line.number, "it is longer than \(limit) bytes")
        }
        guard !bytes.allSatisfy(\.isJSONSpace) else { return }
        var problems: [FieldProblem] = []
        do throws(SentConversationFault) {
            let sent = try SentConversation(json: bytes)
            guard let new = NewConversation(sent, now: Date(), problems: &problems) else {
                return refuse(line.number, sentence(problems))
            }
            batch.append((line.number, new))
        } catch {
            return refuse(line.number, error.description)
        }
        batchByteCount += bytes.count
        if batch.count >= Self.batchCount || batchByteCount >= Self.batchLimit { try flush() }
    }

    /// Stores what was taken.
    mutating func flush() throws {
        guard !batch.isEmpty else { return }
        let conversations = batch.map(\.conversation)
        let results = try stating { try store.addConversations(conversations, at: Date()) }
        for ((number, _), result) in zip(batch, results) { note(result, number) }
        batch = []
        batchByteCount = 0
    }

    private mutating func note(
        _ result: Result<ConversationReceipt, StoreError>, _ number: Int
    ) {
        switch result {
        case .success(.added): addedCount += 1
        case .success(.known(_, addedCount: 0)): knownCount += 1
        case .success(.known): grownCount += 1
        case .success(.contradicted(let places)):
            let list = places.joined(separator: ", ")
            refuse(number, "what is stored under its id says something else at \(list)")
        case .failure(.rejected(let problems)): refuse(number, sentence(problems))
        case .failure(let error): refuse(number, error.description)
        }
    }

    private mutating func refuse(_ number: Int, _ reason: String) {
        refusedCount += 1
        report("line \(number): refused, \(reason)")
    }

    private func sentence(_ problems: [FieldProblem]) -> String {
        problems.map { "\($0.field): \($0.message)" }.joined(separator: "; ")
    }
}

extension UInt8 {
    /// Whether it is white space of JSON (RFC 8259, 2).
    fileprivate var isJSONSpace: Bool { [0x20, 0x09, 0x0A, 0x0D].contains(self) }
}
