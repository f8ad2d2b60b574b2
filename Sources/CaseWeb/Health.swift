// GET /health: 200 "ok" when storage can be written, else 503. For whoever watches the desk.

internal import CaseStorage
internal import HTTPTypes

enum Health {
    static func answer(_ desk: TenantStore) -> Response {
        do {
            try desk.checkHealth()
            return .text("ok\n")
        } catch {
            return unwell
        }
    }

    /// The answer when storage cannot be written, or not even be opened.
    static let unwell = Response.text(
        "storage cannot be written\n", status: .serviceUnavailable)
}
