// What channels send: POST /api/v1/conversations stores a conversation, …/conversations/ID/messages adds to it.
// 201 when something was stored, 200 when it was there already; 400 no JSON, 401 no good token, 404 no such
// conversation, 409 another content under the same id, 413, 415, 422 with every problem; all as RFC 9457.

internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import HTTPTypes

enum ReceiveConversation {
    /// The largest body, in bytes: the longest conversation, its JSON, and some escapes.
    ///
    /// nginx/casedesk.conf lets a little more through, so that the desk answers.
    static let maximumBodyByteCount = 6 * 1024 * 1024

    /// POST /api/v1/conversations.
    static func receive(_ visit: Visit, _ path: PathValues, _ body: BodyReader) throws -> Response {
        let sent = try SentConversation(json: json(of: visit, body))
        var problems: [FieldProblem] = []
        guard let new = NewConversation(sent, now: visit.now, problems: &problems) else {
            throw Refusal.wrongConversation(problems)
        }
        return try answer(new.externalID) { () throws(StoreError) in
            try visit.desk.addConversation(new, at: visit.now)
        }
    }

    /// POST /api/v1/conversations/ID/messages; the ID is the sender's.
    static func append(_ visit: Visit, _ path: PathValues, _ body: BodyReader) throws -> Response {
        guard let id = path.texts.first?.removingPercentEncoding else {
            throw Refusal.unknownConversation
        }
        let sent = try SentAddition(json: json(of: visit, body))
        var problems: [FieldProblem] = []
        let messages = sent.messages(now: visit.now, problems: &problems)
        guard problems.isEmpty else { throw Refusal.wrongConversation(problems) }
        return try answer(id) { () throws(StoreError) in
            try visit.desk.addMessages(messages, to: id)
        }
    }

    /// What was stored under which name.
    private struct Receipt: Encodable {
        let id: String
        let added: Bool
    }

    private static func answer(
        _ id: String, _ store: () throws(StoreError) -> ConversationReceipt
    ) throws -> Response {
        let receipt: ConversationReceipt
        do throws(StoreError) {
            receipt = try store()
        } catch {
            switch error {
            case .rejected(let problems): throw Refusal.wrongConversation(problems)
            case .unknown: throw Refusal.unknownConversation
            default: throw error
            }
        }
        switch receipt {
        case .added, .known(_, addedCount: 1...):
            return .json(Receipt(id: id, added: true), status: .created)
        case .known:
            return .json(Receipt(id: id, added: false))
        case .contradicted(let pointers):
            throw Refusal.contradiction(pointers)
        }
    }

    private static func json(of visit: Visit, _ body: BodyReader) throws -> Data {
        let type = visit.request.contentType.prefix { $0 != ";" }.lowercased()
        guard type.trimmed == "application/json" else { throw Refusal.unsupportedInterfaceBody }
        guard visit.request.contentLength <= maximumBodyByteCount else {
            throw Refusal.interfaceBodyTooLarge
        }
        return Data(
            try Body.whole(body, of: visit.request, maximumByteCount: maximumBodyByteCount))
    }
}
