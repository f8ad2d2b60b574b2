// POST /workbench/conversations/ID/customer: says who a conversation is with, a customer who is there already or a
// new one. 303 back to the conversation; 422 with its page when nobody was named, and once when somebody has the same
// e-mail or phone already; 200 with it after a search.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

/// What was sent to name the customer of a conversation.
struct NamingForm {
    /// The names of the controls.
    enum Field: String, CaseIterable {
        case query = "known_customer_query"
        case known = "known_customer"
        case name = "new_customer_name"
        case email = "new_customer_email"
        case phone = "new_customer_phone"
        case key = "creation_key"
        /// Customers who were shown already, so that the second press makes the new one.
        case seen = "similar_seen"
    }

    private var texts: [Field: String] = [:]
    var problems: [(field: Field, message: String)] = []
    /// Who has the e-mail or phone that was typed for somebody new.
    var similar: [StoredCustomer] = []

    /// The form as the page first shows it, with what the channel told.
    init(_ contact: ConversationContact) {
        texts = [.name: contact.name, .email: contact.email, .phone: contact.phone]
        texts[.key] = DraftID().description
    }

    /// What was sent; of what the form does not hold, what the channel told.
    init(_ form: TextForm, _ contact: ConversationContact) {
        self.init(contact)
        let isNew = form["action"] == "create_customer"
        let sent: [Field] = isNew ? [.name, .email, .phone, .key, .seen] : [.query, .known]
        for field in sent { texts[field] = form[field.rawValue] }
    }

    subscript(field: Field) -> String { texts[field] ?? "" }

    /// Those who were shown before this was sent.
    var seenCustomers: Set<CustomerID> {
        Set(self[.seen].split { $0 == "." }.compactMap { CustomerID($0) })
    }

    /// Asks whether it is one of these.
    mutating func show(_ customers: [StoredCustomer]) {
        similar = customers
        texts[.seen] = customers.map(\.id.description).joined(separator: ".")
    }
}

enum NameCustomer {
    static func send(
        _ visit: AgentVisit, _ path: PathValues, _ form: TextForm
    ) throws -> Response {
        let stored = try visit.conversation(path.first(as: ConversationID.self))
        var sent = NamingForm(form, stored.summary.contact)
        switch form["action"] {
        case "create_customer":
            if let id = try create(&sent, stored.id, visit) { return try take(id, stored, visit) }
        case "pick_customer":
            if let id = try pick(&sent, visit) { return try take(id, stored, visit) }
        default: break
        }
        return try page(sent, stored, visit)
    }

    private static func take(
        _ id: CustomerID, _ stored: StoredConversation, _ visit: AgentVisit
    ) throws -> Response {
        try visit.desk.setCustomer(of: stored.id, to: id, by: visit.employee.id)
        return .seeOther(ConversationLinks.transcript(stored.id))
    }

    private static func pick(_ sent: inout NamingForm, _ visit: AgentVisit) throws -> CustomerID? {
        if let id = CustomerID(sent[.known]), try visit.reader.customer(id) != nil { return id }
        sent.problems.append((.known, "Select the customer the conversation is with"))
        return nil
    }

    /// Makes a customer with the rules that Customer Center has.
    private static func create(
        _ sent: inout NamingForm, _ conversation: ConversationID, _ visit: AgentVisit
    ) throws -> CustomerID? {
        var texts = FieldTexts()
        texts[.name] = sent[.name]
        texts[.email1] = sent[.email]
        texts[.phone1] = sent[.phone]
        var problems: [FieldProblem] = []
        guard let values = CustomerValues(texts, problems: &problems) else {
            sent.problems = problems.map { (field(of: $0), $0.message) }
            return nil
        }
        if try resembles(&sent, values, visit) { return nil }
        let edit = Edit(base: 0, by: visit.employee.id, at: visit.now)
        return try visit.desk.createCustomer(
            values, key: DraftID(sent[.key]), from: conversation, edit)
    }

    /// Customers shown: more with one address are no question, but a hotline.
    private static let maximumSimilar = 5

    /// Whether somebody not yet shown has the same e-mail or phone; not when the form has made its customer.
    private static func resembles(
        _ sent: inout NamingForm, _ values: CustomerValues, _ visit: AgentVisit
    ) throws -> Bool {
        if let key = DraftID(sent[.key]), try visit.reader.customer(madeBy: key) != nil {
            return false
        }
        let found = try visit.reader.customers(sharingAddressWith: values, limit: maximumSimilar)
        guard !Set(found.map(\.id)).isSubset(of: sent.seenCustomers) else { return false }
        sent.show(found)
        return true
    }

    private static func field(of problem: FieldProblem) -> NamingForm.Field {
        switch CustomerField(rawValue: problem.field) {
        case .email1: .email
        case .phone1: .phone
        default: .name
        }
    }

    private static func page(
        _ sent: NamingForm, _ stored: StoredConversation, _ visit: AgentVisit
    ) throws -> Response {
        var view = try ConversationView(stored, visit)
        view.customer.naming = sent
        let title = stored.summary.whoName
        let isWrong = !sent.problems.isEmpty || !sent.similar.isEmpty
        let page = view.page(title: isWrong ? "Error: \(title)" : title, form: nil)
        return .page(page.html(for: visit), status: isWrong ? .unprocessableContent : .ok)
    }
}
