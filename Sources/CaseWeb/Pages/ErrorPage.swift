internal import Markup

/// The page of a request that is not served: what happened, what to do, and the request's number.
struct ErrorPage {
    let refusal: Refusal
    let tenantName: String
    let requestID: String

    func html(_ assets: AssetLinks) -> HTML {
        let content: HTML = """
            <div class="empty">
            <h1>\(refusal.title)</h1>
            <p>\(refusal.advice)</p>
            <p><a class="btn btn-primary" href="/workbench">Go to the Workbench</a></p>
            </div>
            """
        return Page(title: refusal.title, width: .narrow, content: content)
            .errorHTML(tenant: tenantName, assets: assets, requestID: requestID)
    }
}
