// GET /customers/export: all customers as CSV, or with ?q= those that a search finds. The desk writes a file,
// nginx sends it. 503 while another export is being written.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum ExportCustomers {
    /// Longest search that is looked at, in characters.
    private static let maximumQueryCharacters = CaseLimit.maximumCustomerQueryCharacters

    /// The address that exports what a search finds; all customers without one.
    static func link(matching query: String) -> Link {
        query.isEmpty ? "/customers/export" : "/customers/export?q=\(query)"
    }

    /// GET /customers/export.
    static func download(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let query = visit.query["q"].unicodeScalars.prefix(maximumQueryCharacters)
        let file = try visit.desk.exportCustomers(
            matching: String(query), reader: visit.reader, at: visit.now)
        return send(file, name: "Customers.csv", visit)
    }

    /// Lets the web server send a file of `exports/`.
    static func send(_ file: String, name: String, _ visit: AgentVisit) -> Response {
        var response = Response(status: .ok, headerFields: SecurityHeaders.ofFiles, body: [])
        response.headerFields[.cacheControl] = "private, no-store"
        response.headerFields[.contentType] = "text/csv; charset=utf-8"
        response.headerFields[.contentDisposition] = DownloadFile.disposition(
            name, isInline: false)
        response.headerFields[.xAccelRedirect] = "/protected/\(visit.desk.name)/exports/\(file)"
        return response
    }
}
