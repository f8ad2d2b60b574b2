internal import Markup

/// The page of a request that is not served: what happened, what to do, and the request's number.
struct ErrorPage {
    let refusal: Refusal
    let tenantName: String
    let requestID: String
    /// What the refused form held, to be copied out of the page.
    var typed: [(name: String, text: String)] = []

    func html(_ assets: AssetLinks) -> HTML {
        let content: HTML = """
            <div class="empty">
            <h1>\(refusal.title)</h1>
            <p>\(refusal.advice)</p>
            <p>\(wayOut)</p>
            </div>
            \(givenBack)
            """
        return Page(title: refusal.title, width: .narrow, content: content)
            .errorHTML(tenant: tenantName, assets: assets, requestID: requestID)
    }

    private var givenBack: HTML {
        guard !typed.isEmpty else { return .empty }
        let fields = typed.map { name, text -> HTML in
            let words = name.split { $0 == "_" }.joined(separator: " ")
            return """
                <div class="field"><label class="form-label" for="\(name)">\(words.prefix(1).uppercased())\
                \(String(words.dropFirst()))</label>
                <textarea class="form-control" id="\(name)" rows="\(min(text.count { $0 == "\n" } + 1, 10))" \
                readonly>
                \(text)</textarea></div>

                """
        }
        return """
            <section class="card-plain"><h2>What you typed</h2>
            <p class="muted">It was not stored. Copy what you still need.</p>
            \(fields)</section>
            """
    }

    private var wayOut: HTML {
        switch refusal.wayOut {
        case .workbench: "<a class=\"btn btn-primary\" href=\"/workbench\">Go to the Workbench</a>"
        case .tenantSettings:
            "<a class=\"btn btn-primary\" href=\"\(EditTenant.link)\">Go to the tenant space</a>"
        }
    }
}
