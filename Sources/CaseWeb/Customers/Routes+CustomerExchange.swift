internal import CaseModel
internal import HTTPTypes

extension Route {
    /// Import and export of customers; they stand before the pages of single customers, whose pattern fits, too.
    static let customerExchange: [Route] = [
        exchange(.get, "/import", .page(ImportCustomers.page)),
        exchange(.post, "/import", .fileForm(ImportCustomers.upload)),
        exchange(.get, "/import/*", .page(ShowImport.page)),
        exchange(.post, "/import/*", .form(ShowImport.start)),
        exchange(.post, "/import/*/cancel", .form(ShowImport.cancel)),
        exchange(.get, "/import/*/refused", .page(ShowImport.refusedRows)),
        exchange(.get, "/export", .page(ExportCustomers.download)),
    ]

    /// It needs Customer Management, and not that Case 2.0 is on.
    private static func exchange(
        _ method: HTTPRequest.Method, _ path: String, _ handler: Handler
    ) -> Route {
        Route(
            method, "/customers" + path, needsCases: false,
            right: .permission(.customerManagement), handler)
    }
}
