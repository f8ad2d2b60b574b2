// GET /customers/ID/delete asks once; POST deletes the customer. 303 to the list; 409 while a case is about the
// customer; 403 without the right.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum DeleteCustomer {
    /// GET /customers/ID/delete.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.first(as: CustomerID.self)
        guard let customer = try visit.reader.storedCustomer(id) else { throw Refusal.notFound }
        return ConfirmPage(
            area: .customers, title: "Delete this customer?",
            message: """
                “\(customer.values.name)” goes with all addresses, the remark and the history, and \
                cannot be brought back. Drafts of cases that name them have no customer then. \
                A customer with cases stays.
                """,
            button: "Delete customer", action: link(id), back: EditCustomer.link(id)
        ).response(for: visit)
    }

    /// POST /customers/ID/delete.
    static func delete(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: CustomerID.self)
        do throws(StoreError) {
            try visit.desk.deleteCustomer(
                id, Edit(base: 0, by: visit.employee.id, at: visit.now))
        } catch {
            // Sent twice, it is gone as it should be.
            guard error == .unknown("customer") else { throw error }
        }
        return .seeOther("\(ListCustomers.link)?saved=1")
    }

    /// The address that asks whether to delete a customer.
    static func link(_ id: CustomerID) -> Link { "/customers/\(id.description)/delete" }
}
