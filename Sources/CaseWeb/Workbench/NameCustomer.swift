// POST /workbench/conversations/ID/customer: says who a conversation is with, a customer who is there already or a
// new one. 303 back to the conversation; 422 with its page when nobody was named; 200 with it after a search.

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
    }

    private var texts: [Field: String] = [:]
    var problems: [(field: Field, message: String)] = []

    /// The form as the page first shows it, with what the channel told.
    init(_ contact: ConversationContact) {
        texts = [.name: contact.name, .email: contact.email, .phone: contact.phone]
        texts[.key] = DraftID().description
    }

    /// What was sent; of what the form does not hold, what the channel told.
    init(_ form: TextForm, _ contact: ConversationContact) {
        self.init(contact)
        let sent: [Field] =
            form["action"] == "create_customer" ? [.name, .email, .phone, .key] : [.query, .known]
        for field in sent { texts[field] = form[field.rawValue] }
    }

    subscript(field: Field) -> String { texts[field] ?? "" }
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
        let edit = Edit(base: 0, by: visit.employee.id, at: visit.now)
        return try visit.desk.createCustomer(
            values, key: DraftID(sent[.key]), from: conversation, edit)
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
        let isWrong = !sent.problems.isEmpty
        let page = view.page(title: isWrong ? "Error: \(title)" : title, form: nil)
        return .page(page.html(for: visit), status: isWrong ? .unprocessableContent : .ok)
    }
}
