// POST /customers/ID/confirm says that the addresses of a customer are right, which came out of a conversation: from then
// on whole messages go to them. 303 to the customer; 404 for a customer who is not there.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ConfirmAddresses {
    static func confirm(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: CustomerID.self)
        guard try visit.reader.storedCustomer(id) != nil else { throw Refusal.notFound }
        try visit.desk.confirmAddresses(of: id, visit.edit)
        return .seeOther("\(EditCustomer.link(id))?saved=1")
    }

    /// How the history tells that they were confirmed.
    static let inHistory = EditField(
        name: StoredCustomer.unconfirmedField, label: "Addresses to confirm",
        kind: .lines(limit: nil, rows: 2))

    /// The addresses of a customer that nobody has confirmed, with the button that does.
    static func section(_ customer: StoredCustomer, _ visit: AgentVisit) -> HTML {
        guard !customer.unconfirmed.isEmpty else { return .empty }
        let rows = customer.unconfirmed.map { address -> HTML in "<li>\(address)</li>\n" }
        let button = ActButton(
            label: "Confirm", action: "\(EditCustomer.link(customer.id))/confirm",
            id: "confirm_addresses")
        return """
            <section class="card-plain" id="addresses" aria-labelledby="addresses-title">\
            <h2 id="addresses-title">Addresses to confirm</h2>
            <p class="muted">They came out of a conversation. Until somebody here confirms that they are the \
            customer’s, messages to them say only number, type and title of a case.</p>
            <ul>\(rows)</ul>\(button.html(for: visit))</section>

            """
    }
}
