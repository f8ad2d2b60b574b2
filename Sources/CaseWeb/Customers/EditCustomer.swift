// GET /customers/ID: a customer with the form that changes it, its cases that this person may see, and its
// history. POST changes it: 303 to the page; 422 when a field is wrong; 409 when somebody else changed the same
// field; 404 when it is gone.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum EditCustomer {
    /// GET /customers/ID.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        try page(visit, path.first(as: CustomerID.self)).response()
    }

    /// POST /customers/ID.
    static func save(_ visit: AgentVisit, _ path: PathValues, _ form: TextForm) throws -> Response {
        let id = try path.first(as: CustomerID.self)
        return try page(visit, id).save(form) { (values: CustomerValues, edit) throws(StoreError) in
            try visit.desk.updateCustomer(id, to: values, edit)
            return link(id)
        }
    }

    /// The address of a customer's page.
    static func link(_ id: CustomerID) -> Link { "/customers/\(id.description)" }

    private static func page(_ visit: AgentVisit, _ id: CustomerID) throws -> EditPage {
        let base = try visit.reader.latestChange(of: .customer, id.number)
        guard let customer = try visit.reader.storedCustomer(id) else { throw Refusal.notFound }
        let history = try HistorySection(
            of: .customer, id.number,
            fields: CustomerForm.fields + [ConfirmAddresses.inHistory], visit)
        return EditPage(
            visit: visit, area: .customers, title: customer.values.name, action: link(id),
            back: ListCustomers.link, sections: CustomerForm.sections,
            origin: .stored(base: base), texts: customer.values.texts,
            head: CustomerFacts(customer: customer, visit: visit).acts,
            above: """
                \(CustomerFacts(customer: customer, visit: visit).html)\
                \(ConfirmAddresses.section(customer, visit))
                """,
            below: """
                \(try CasesOfCustomer(customer, visit).html)\
                \(try ConversationsOfCustomer(customer.id, visit).html)\(history.html)
                """)
    }
}

/// What is known of a customer at a glance.
private struct CustomerFacts {
    let customer: StoredCustomer
    let visit: AgentVisit

    var acts: HTML {
        guard visit.viewer.may(.customerManagement) else { return .empty }
        return """
            <div class="page-actions"><a class="btn btn-outline-secondary" id="delete" \
            href="\(DeleteCustomer.link(customer.id))">Delete</a></div>
            """
    }

    var html: HTML {
        let times = TimeText(zone: visit.zone)
        return """
            <section class="card-plain" aria-label="Facts"><dl class="facts facts-wide">
            \(fact("E-mail", customer.values.emails.preferredFirst))
            \(fact("Phone", customer.values.phones.preferredFirst))
            <div><dt>Created</dt><dd>\(times.element(customer.createdAt))</dd></div>
            <div><dt>Changed</dt><dd>\(times.element(customer.updatedAt))</dd></div></dl></section>

            """
    }

    private func fact(_ name: String, _ addresses: [String]) -> HTML {
        let none: HTML = "<span class=\"muted\">None</span>"
        let lines = addresses.map { address -> HTML in "<div>\(address)</div>" }
        return "<div><dt>\(name)</dt><dd>\(lines)\(none, if: lines.isEmpty)</dd></div>"
    }
}
