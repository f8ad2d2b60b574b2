// GET /customers/options?q=TEXT: customers for the search beside the drop-down, as JSON for the page's script.

internal import CaseModel
internal import CaseStorage

enum FindCustomers {
    /// Customers in one answer: more are no choice, but a reason to type another letter.
    private static let maximumCount = 20

    static func options(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        .json(try matching(visit.query["q"], visit).map(Option.init))
    }

    /// The customers whose name, e-mail or phone has words that begin like those of the text.
    static func matching(_ text: String, _ visit: AgentVisit) throws -> [Customer] {
        guard text.unicodeScalars.count <= CaseLimit.maximumCustomerQueryCharacters else {
            return []
        }
        return try visit.reader.customers(matching: text, limit: maximumCount)
    }

    private struct Option: Encodable {
        let id: String
        let name: String
        let detail: String
        let email: String
        let phone: String

        init(_ customer: Customer) {
            id = customer.id.description
            name = customer.name
            email = customer.address(for: .email).map(Mask.email) ?? ""
            phone = customer.address(for: .sms).map(Mask.phone) ?? ""
            detail = email.isEmpty ? customer.phones.first.map(Mask.phone) ?? "" : email
        }
    }
}
