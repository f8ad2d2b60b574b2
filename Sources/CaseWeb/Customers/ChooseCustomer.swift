// POST /customers/ID/choose: makes a customer the one of a draft, from the page of a new customer.
// 303 back to the draft, or to the case that it has become.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum ChooseCustomer {
    /// The field with the draft's name.
    static let draftName = "draft_id"

    static func choose(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let id = try path.first(as: CustomerID.self)
        guard let draft = DraftID(form[draftName]) else { throw Refusal.notFound }
        do throws(StoreError) {
            try visit.desk.chooseCustomer(
                id, in: draft, Edit(base: 0, by: visit.employee.id, at: visit.now))
        } catch {
            guard case .alreadySaved(let number) = error else { throw error }
            return .seeOther(ShowCase.link(number))
        }
        return .seeOther(CreateCustomer.draftLink(draft))
    }

    /// The address that makes a customer the one of a draft.
    static func link(_ id: CustomerID) -> Link { "/customers/\(id.description)/choose" }
}
