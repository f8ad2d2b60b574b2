internal import CaseModel
internal import Foundation

/// Why an answer of an outside engine is not used.
package enum OutsideEngineFault: Error, Equatable, Sendable, CaseIterable {
    /// It is no JSON of a chat endpoint, or holds no text.
    case noAnswer
    /// Its text is no JSON object with what was asked for and nothing else.
    case wrongShape
    /// It names a type that is not on the list, one twice, or more than three.
    case wrongTypes
    /// How sure it is is no number from 0 to 1.
    case wrongSureness
    /// It quotes what nobody has said, or nothing.
    case wrongQuote
    /// Its title or description is empty, too long, or holds control characters.
    case wrongText
    /// Its title or description has a number that nobody has said.
    case inventedNumber

    /// The words for people, as the end of “the outside engine …”.
    package var words: String {
        switch self {
        case .noAnswer: "gave no answer that can be read"
        case .wrongShape: "did not answer in the form that was asked for"
        case .wrongTypes: "named case types that are not on the list"
        case .wrongSureness: "did not say how sure it is"
        case .wrongQuote: "quoted what was not said"
        case .wrongText: "gave a title or description that cannot be used"
        case .inventedNumber: "gave a number that was not said"
        }
    }
}

/// The check of what an outside engine has answered: all of it keeps the rules, or nothing of it is used.
///
/// Nothing is mended or left out, so that what people see is one engine's proposal and not a mixture.
package enum OutsideEngineAnswer {
    /// Bytes of an answer that are read; ten times what a long one has.
    package static let maximumByteCount = 128 * 1024
    /// Passages for one value.
    static let maximumQuoteCount = 8
    /// Unicode scalars of a passage.
    static let maximumQuoteLength = 600
    /// Unicode scalars of a description.
    static let maximumDescriptionLength = 4_000
    /// What is shown of how sure it is: nothing is ever certain.
    private static let bounds = 0.01...0.99

    /// Reads the body of an answer.
    package static func proposal(
        from body: [UInt8], to request: OutsideEngineRequest
    ) throws(OutsideEngineFault) -> CaseProposal {
        guard body.count <= maximumByteCount,
            let chat = try? JSONDecoder().decode(ChatAnswer.self, from: Data(body)),
            let text = chat.choices.first?.message.content
        else { throw .noAnswer }
        guard let said = try? JSONDecoder().decode(Said.self, from: Data(text.utf8)) else {
            throw .wrongShape
        }
        let check = Check(request: request)
        return CaseProposal(
            types: try check.types(said.types),
            title: try check.text(
                said.title, maximumLength: TitleWriter.maximumLength, lines: false),
            description: try check.text(
                said.description, maximumLength: maximumDescriptionLength, lines: true),
            maskedSecrets: request.transcript.mask.kinds.sorted())
    }

    private struct Check {
        let request: OutsideEngineRequest

        func types(_ said: [Said.Kind]) throws(OutsideEngineFault) -> [TypeSuggestion] {
            let known = Set(request.types.map(\.id.number))
            guard said.count <= ProposedTypes.maximumCount, Set(said.map(\.id)).count == said.count,
                said.allSatisfy({ known.contains($0.id) })
            else { throw .wrongTypes }
            var types: [TypeSuggestion] = []
            for one in said {
                guard (0...1).contains(one.sureness) else { throw .wrongSureness }
                types.append(
                    TypeSuggestion(
                        type: CaseTypeID(number: one.id),
                        probability: min(bounds.upperBound, max(bounds.lowerBound, one.sureness)),
                        evidence: try evidence(one.quotes)))
            }
            // The best first, whatever its order; equally sure ones as they were named.
            return types.enumerated().sorted { left, right in
                (right.element.probability, left.offset) < (left.element.probability, right.offset)
            }.map(\.element)
        }

        func text(
            _ said: Said.Text?, maximumLength: Int, lines: Bool
        ) throws(OutsideEngineFault) -> SourcedText? {
            guard let said else { return nil }
            let text = said.text.trimmed
            let isAllowed = { (scalar: Unicode.Scalar) in
                scalar.properties.generalCategory != .control
                    || lines && (scalar == "\n" || scalar == "\t")
            }
            guard !text.isEmpty, text.unicodeScalars.count <= maximumLength,
                text.unicodeScalars.allSatisfy(isAllowed)
            else { throw .wrongText }
            let evidence = try evidence(said.quotes)
            return SourcedText(text: try masked(text), evidence: evidence)
        }

        private func evidence(_ quotes: [Said.Quote]) throws(OutsideEngineFault) -> [Evidence] {
            guard (1...maximumQuoteCount).contains(quotes.count) else { throw .wrongQuote }
            var places: Set<Evidence> = []
            for quote in quotes {
                let scalars = Array(quote.text.trimmed.unicodeScalars)
                guard scalars.count <= maximumQuoteLength else { throw .wrongQuote }
                let found = request.transcript.places(of: scalars, in: quote.message)
                guard !found.isEmpty else { throw .wrongQuote }
                places.formUnion(found)
            }
            return places.sorted()
        }

        /// What it says without secrets, should it have found one out; its numbers are ones that were said.
        private func masked(_ text: String) throws(OutsideEngineFault) -> String {
            let turns = request.transcript.reading.turns
            let own = ConversationReading.Turn(
                index: 0, speaker: .agent, text: TokenizedText(text))
            let mask = SecretMask(turns + [own])
            let line = OutsideTranscript.Line(
                own, hidden: mask.tokens[turns.count], limit: own.text.scalars.count)
            let numbers = Set(
                turns.flatMap { $0.text.tokens.filter(\.hasDigit).map(\.word) })
            for (place, token) in own.text.tokens.enumerated()
            where token.hasDigit && !mask.hides(place, in: turns.count) {
                guard numbers.contains(token.word) else { throw .inventedNumber }
            }
            var scalars = String.UnicodeScalarView()
            scalars.append(contentsOf: line.scalars)
            return String(scalars)
        }
    }
}

// MARK: - What is read

/// What of a chat endpoint's answer is looked at.
private struct ChatAnswer: Decodable {
    let choices: [Choice]

    struct Choice: Decodable {
        let message: Message
    }

    struct Message: Decodable {
        let content: String?
    }
}

/// The JSON object that was asked for; keys beyond these are a fault.
private struct Said: Decodable {
    let types: [Kind]
    let title: Text?
    let description: Text?

    struct Kind: Decodable {
        let id: Int64
        let sureness: Double
        let quotes: [Quote]

        private enum CodingKeys: String, CodingKey, CaseIterable { case id, sureness, quotes }

        init(from decoder: any Decoder) throws {
            try decoder.refuseKeys(except: CodingKeys.allCases.map(\.rawValue))
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(Int64.self, forKey: .id)
            sureness = try container.decode(Double.self, forKey: .sureness)
            quotes = try container.decode([Quote].self, forKey: .quotes)
        }
    }

    struct Text: Decodable {
        let text: String
        let quotes: [Quote]

        private enum CodingKeys: String, CodingKey, CaseIterable { case text, quotes }

        init(from decoder: any Decoder) throws {
            try decoder.refuseKeys(except: CodingKeys.allCases.map(\.rawValue))
            let container = try decoder.container(keyedBy: CodingKeys.self)
            text = try container.decode(String.self, forKey: .text)
            quotes = try container.decode([Quote].self, forKey: .quotes)
        }
    }

    struct Quote: Decodable {
        let message: Int
        let text: String

        private enum CodingKeys: String, CodingKey, CaseIterable { case message, text }

        init(from decoder: any Decoder) throws {
            try decoder.refuseKeys(except: CodingKeys.allCases.map(\.rawValue))
            let container = try decoder.container(keyedBy: CodingKeys.self)
            message = try container.decode(Int.self, forKey: .message)
            text = try container.decode(String.self, forKey: .text)
        }
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case types, title, description }

    init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(except: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        types = try container.decode([Kind].self, forKey: .types)
        title = try container.decode(Text?.self, forKey: .title)
        description = try container.decode(Text?.self, forKey: .description)
    }
}

extension Decoder {
    /// Throws when an object has a key that it should not have.
    fileprivate func refuseKeys(except known: [String]) throws {
        let found = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        guard Set(found).isSubset(of: known) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: codingPath, debugDescription: "a key that was not asked for"))
        }
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
