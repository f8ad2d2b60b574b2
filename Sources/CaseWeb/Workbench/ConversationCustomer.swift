internal import CaseModel
internal import CaseStorage
internal import Markup

/// Who a conversation is with: the customer and their open cases, or what the channel told of somebody unknown.
struct ConversationCustomer {
    let summary: ConversationSummary
    let visit: AgentVisit
    let customer: Customer?
    let cases: [CustomerCase]
    /// What was typed and is wrong, when somebody was to be named.
    var naming: NamingForm

    /// Cases that are looked through for the open ones; the customer's page has all of them.
    private static let maximumCases = 50

    init(of summary: ConversationSummary, _ visit: AgentVisit) throws {
        self.summary = summary
        self.visit = visit
        naming = NamingForm(summary.contact)
        customer = try summary.customer.flatMap { try visit.reader.customer($0.id) }
        let all = try customer.map { customer in
            try visit.reader.cases(of: customer.id, for: visit.viewer, limit: Self.maximumCases)
        }
        cases = (all ?? []).filter { $0.state != .completed }
    }

    func html(isPanelOpen: Bool) -> HTML {
        """
        <aside class="pane pane-customer" id="customer-pane" aria-labelledby="customer-heading">
        <div class="pane-head"><h2 id="customer-heading">Customer</h2></div>
        <div class="pane-body">\(customer.map(known) ?? unknown(isPanelOpen: isPanelOpen))</div></aside>

        """
    }

    private func known(_ customer: Customer) -> HTML {
        let rows =
            customer.emails.map { fact("E-mail", $0) } + customer.phones.map { fact("Phone", $0) }
            + (customer.remark.isEmpty ? [] : [fact("Remark", customer.remark)])
        return """
            <p class="customer-name"><a href="\(EditCustomer.link(customer.id))">\(customer.name)</a></p>
            <dl class="facts">\(rows)</dl>
            <h3 id="open-cases-heading">Open cases</h3>\(openCases)
            """
    }

    private var openCases: HTML {
        guard !cases.isEmpty else { return "<p class=\"muted\">None that you may see.</p>" }
        return "<ul class=\"open-cases\">\(cases.map(row))</ul>"
    }

    private func row(_ one: CustomerCase) -> HTML {
        let since = visit.times.briefElement(one.statusSince, now: visit.now)
        return """
            <li><a href="\(ShowCase.link(one.number))">\(one.number.description) \(one.title)</a>
            <span class="muted">\(one.typeName) · \(one.status) since \(since)</span></li>

            """
    }

    private func fact(_ name: String, _ value: String) -> HTML {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }

    /// What was told, and the ways to say who it is.
    private func unknown(isPanelOpen: Bool) -> HTML {
        let contact = summary.contact
        let told = [("Name", contact.name), ("E-mail", contact.email), ("Phone", contact.phone)]
        let rows = told.filter { !$0.1.isEmpty }.map { fact($0.0, $0.1) }
        let facts: HTML =
            rows.isEmpty
            ? "<p class=\"muted\">The channel told nothing of the customer.</p>"
            : """
            <p class="muted">Nobody knows yet who this is. The channel told:</p>
            <dl class="facts">\(rows)</dl>
            """
        // Beside an open panel a form of its own would leave what was typed there behind.
        guard !isPanelOpen else {
            return """
                \(facts)<p>Choose the customer in the form, or make a new one.</p>
                <button class="btn btn-outline-secondary btn-sm" type="submit" form="case-form" \
                name="action" value="new_customer" id="name_customer">New customer</button>
                """
        }
        return """
            \(facts)\(NamingPart(summary: summary, form: naming, visit: visit).html)
            """
    }
}
