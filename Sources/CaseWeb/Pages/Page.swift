internal import CaseModel
internal import Markup

/// The addresses of styles and scripts, with a version that changes when they do.
struct AssetLinks: Sendable {
    /// The elements of a page's head that load them.
    let head: HTML

    init(version: String) {
        head = """
            <link rel="icon" href="/assets/icon.svg?v=\(version)" type="image/svg+xml">
            <link rel="stylesheet" href="/assets/bootstrap/css/bootstrap.min.css?v=\(version)">
            <link rel="stylesheet" href="/assets/desk.css?v=\(version)">
            <script src="/assets/desk.js?v=\(version)" defer></script>
            """
    }
}

/// A whole page: what stands around the content is the same everywhere.
struct Page {
    /// The places that the bar leads to.
    enum Section: CaseIterable {
        case workbench, cases, newCase, customers, configuration

        fileprivate var item: (link: Link, label: String) {
            switch self {
            case .workbench: ("/workbench", "Workbench")
            case .cases: ("/cases", "Cases")
            case .newCase: ("/cases/new", "New case")
            case .customers: ("/customers", "Customers")
            case .configuration: ("/configuration", "Configuration")
            }
        }

        /// The places that a person may go to.
        fileprivate static func offered(to viewer: Viewer) -> [Section] {
            allCases.filter { $0 != .configuration || viewer.may(.caseConfiguration) }
        }
    }

    /// How much of the screen the content takes.
    enum Width {
        case narrow, wide
        /// All of it, for panes that scroll by themselves.
        case full

        fileprivate var name: String {
            switch self {
            case .narrow: "desk-narrow"
            case .wide: "desk-wide"
            case .full: "desk-full"
            }
        }
    }

    /// What the page is, for the window's title; it begins with `Error: ` when something is to be corrected.
    let title: String
    var section: Section?
    var width = Width.wide
    let content: HTML

    /// The page for somebody who is logged in.
    func html(for visit: AgentVisit) -> HTML {
        let tenant = visit.options.tenant.displayName
        return """
            \(head(tenant: tenant, assets: visit.visit.assets))
            <body>
            <a class="skip-link" href="#main">Skip to main content</a>
            <header class="desk-bar"><a class="desk-brand" href="/workbench">CaseDesk</a>
            <nav class="desk-nav" aria-label="Main">\(Section.offered(to: visit.viewer).map(navigation))</nav>
            <div class="desk-who"><span class="desk-tenant">\(tenant)</span>
            <a class="desk-account" href="/password" title="Change your password">\
            <span class="desk-user">\(visit.employee.name)</span></a>
            <form method="post" action="/logout">\(visit.tokenField)
            <button class="btn btn-link desk-logout" type="submit">Log out</button></form></div></header>
            <main id="main" class="desk-main \(width.name)" tabindex="-1">
            \(content)
            </main>
            </body>
            </html>

            """
    }

    /// The page for somebody who is not known: no bar, nothing but the content.
    func plainHTML(tenant: String, assets: AssetLinks) -> HTML {
        """
        \(head(tenant: tenant, assets: assets))
        <body class="desk-plain">
        <main id="main" class="desk-main \(width.name)" tabindex="-1">
        \(content)
        </main>
        </body>
        </html>

        """
    }

    /// The page of a request that is not served, whoever sent it; it looks as nginx's own do.
    func errorHTML(tenant: String, assets: AssetLinks, requestID: String) -> HTML {
        """
        \(head(tenant: tenant, assets: assets))
        <body>
        <a class="skip-link" href="#main">Skip to main content</a>
        <header class="desk-bar"><a class="desk-brand" href="/workbench">CaseDesk</a></header>
        <main id="main" class="desk-main \(width.name)" tabindex="-1">
        \(content)
        </main>
        <footer class="desk-foot">Request <code>\(requestID)</code></footer>
        </body>
        </html>

        """
    }

    private func head(tenant: String, assets: AssetLinks) -> HTML {
        let site = tenant.isEmpty ? "CaseDesk" : "\(tenant) – CaseDesk"
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title) – \(site)</title>
            \(assets.head)
            </head>
            """
    }

    private func navigation(to section: Section) -> HTML {
        let current: HTML = " aria-current=\"page\""
        return
            "<a href=\"\(section.item.link)\"\(current, if: section == self.section)>\(section.item.label)</a>"
    }
}

extension HTML {
    /// The hidden field that every form begins with.
    static func tokenField(_ token: String) -> HTML {
        "<input type=\"hidden\" name=\"\(FormToken.fieldName)\" value=\"\(token)\">"
    }

    /// The list of everything to correct, as the first thing of the page; empty when there is nothing.
    ///
    /// It has the focus, also without script (HTML, 6.6.7: `autofocus`).
    static func errorSummary(_ items: [(target: String, message: String)]) -> HTML {
        guard !items.isEmpty else { return .empty }
        let rows = items.map { item -> HTML in
            let link: Link = "#\(item.target)"
            return "<li><a href=\"\(link)\">\(item.message)</a></li>"
        }
        return """
            <div id="error-summary" class="error-summary" tabindex="-1" autofocus><div role="alert">
            <h2>There is a problem</h2>
            <ul>\(rows)</ul></div></div>

            """
    }

    /// A message about something that went well.
    static func notice(_ text: HTML) -> HTML {
        "<div id=\"notice\" class=\"notice\" role=\"status\" tabindex=\"-1\">\(text)</div>\n"
    }
}
