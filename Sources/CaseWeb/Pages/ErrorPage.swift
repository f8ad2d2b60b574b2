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
            <p>\(wayOut)</p>
            </div>
            """
        return Page(title: refusal.title, width: .narrow, content: content)
            .errorHTML(tenant: tenantName, assets: assets, requestID: requestID)
    }

    private var wayOut: HTML {
        switch refusal.wayOut {
        case .workbench: "<a class=\"btn btn-primary\" href=\"/workbench\">Go to the Workbench</a>"
        case .tenantSettings:
            "<a class=\"btn btn-primary\" href=\"\(EditTenant.link)\">Go to the tenant space</a>"
        }
    }
}
