// GET /health: 200 "ok" when storage can be written, else 503. For whoever watches the desk.
// GET /health?detail=1: the same as JSON, with the seconds for which the oldest message of the outbox waits.

internal import CaseStorage
internal import Foundation
internal import HTTPTypes

enum Health {
    static func answer(_ probe: Probe) -> Response {
        do {
            try probe.desk.checkHealth()
            guard !probe.query["detail"].isEmpty else { return .text("ok\n") }
            let oldest = try probe.reader.oldestWaitingMessage()
            let seconds = oldest.map { max(0, Int(probe.now.timeIntervalSince($0))) }
            return .json(Detail(status: "ok", oldestWaitingMessageSeconds: seconds))
        } catch {
            return unwell
        }
    }

    /// The answer when storage cannot be written, or not even be opened.
    static let unwell = Response.text(
        "storage cannot be written\n", status: .serviceUnavailable)

    private struct Detail: Encodable {
        let status: String
        /// `nil` while no message waits; then it stands there as `null`, so that a watcher finds the name always.
        let oldestWaitingMessageSeconds: Int?

        private enum Keys: String, CodingKey {
            case status
            case oldest = "oldest_waiting_message_seconds"
        }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Keys.self)
            try fields.encode(status, forKey: .status)
            try fields.encode(oldestWaitingMessageSeconds, forKey: .oldest)
        }
    }
}

/// A question of whoever watches the desk; nothing of a person is looked at.
struct Probe {
    let desk: TenantStore
    let reader: StoreReader
    let query: Query
    let now: Date
}
