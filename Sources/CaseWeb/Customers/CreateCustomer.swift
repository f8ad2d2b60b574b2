// GET /customers/new shows the empty form, POST /customers makes the customer. With ?draft= both are in place of
// the Case Information page: Save and Cancel lead back to it, and the new customer is chosen there.
// 303 to the customer or the draft; 422 with the page again when a field is wrong, and once when somebody has the
// same e-mail or phone already; 403 for a draft of somebody else.

internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum CreateCustomer {
    /// The address of the empty form.
    static let link: Link = "/customers/new"

    /// The address of the empty form in place of a draft's page.
    static func link(for draft: DraftID) -> Link { "\(link)?draft=\(draft.description)" }

    /// GET /customers/new.
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let draft = try draft(visit)
        if let number = draft?.savedAs { return .seeOther(ShowCase.link(number)) }
        var page = page(visit, for: draft?.id)
        page.texts =
            try told(of: draft, visit) ?? texts(searchedFor: draft?.values[.customerQuery] ?? "")
        return page.response()
    }

    /// POST /customers.
    static func send(_ visit: AgentVisit, _ path: PathValues, _ form: TextForm) throws -> Response {
        let draft = try draft(visit)
        if let number = draft?.savedAs { return .seeOther(ShowCase.link(number)) }
        let page = page(visit, for: draft?.id)
        if let question = try similar(visit, form, page, draft?.id) { return question }
        return try page.create(form) { (values: CustomerValues, key, edit) throws(StoreError) in
            let id = try visit.desk.createCustomer(values, key: key, for: draft?.id, edit)
            return draft.map { draftLink($0.id) } ?? EditCustomer.link(id)
        }
    }

    /// The place of the customer on the draft's page.
    static func draftLink(_ draft: DraftID) -> Link {
        "/cases/new?draft=\(draft.description)#customer"
    }

    /// The draft of this person's that the address names.
    private static func draft(_ visit: AgentVisit) throws -> StoredDraft? {
        let text = visit.query["draft"]
        guard !text.isEmpty else { return nil }
        guard let id = DraftID(text), let draft = try visit.reader.draft(id) else {
            throw Refusal.notFound
        }
        guard draft.employee == visit.employee.id else { throw Refusal.draftOfSomebodyElse }
        return draft
    }

    private static func page(_ visit: AgentVisit, for draft: DraftID?) -> EditPage {
        let list: Link = "/customers"
        let inPlace: HTML = """
            <p class="muted">The case that you are entering is kept as a draft. Save brings you back \
            to it with the new customer, Cancel without.</p>

            """
        return EditPage(
            visit: visit, area: .customers, title: "New customer",
            action: draft.map { "\(list)?draft=\($0.description)" } ?? list,
            back: draft.map(draftLink) ?? list,
            sections: CustomerForm.sections, origin: .new(DraftID()), texts: CustomerForm.initial,
            above: draft == nil ? .empty : inPlace, isPartOfOther: draft != nil)
    }

    /// What a channel told of the customer, when the draft came from a conversation.
    private static func told(of draft: StoredDraft?, _ visit: AgentVisit) throws -> FieldTexts? {
        guard let draft, draft.values[.customerQuery].isEmpty,
            let id = ConversationID(draft.values[.conversation]),
            let summary = try visit.reader.conversationSummary(id),
            visit.viewer.maySee(conversationOf: summary.agent), summary.customer == nil
        else { return nil }
        var texts = CustomerForm.initial
        texts[.name] = summary.contact.name
        texts[.email1] = summary.contact.email
        texts[.phone1] = summary.contact.phone
        return texts
    }

    /// What was searched for in vain, in the field that it looks like.
    private static func texts(searchedFor text: String) -> FieldTexts {
        var texts = CustomerForm.initial
        if text.contains("@") {
            texts[.email1] = text
        } else if (try? PhoneNumber(text.trimmed)) != nil {
            texts[.phone1] = text
        } else {
            texts[.name] = text
        }
        return texts
    }
}

// MARK: - Somebody who is there already

extension CreateCustomer {
    /// The hidden field with those who were shown already, so that the second Save makes the customer.
    private static let seenName = "similar_seen"
    /// Customers shown: more with one address are no question, but a hotline.
    private static let maximumShown = 5

    /// The page again with those who have the same e-mail or phone; `nil` when there are none that the person has
    /// not seen, or the form has to be corrected first, or has made its customer before.
    private static func similar(
        _ visit: AgentVisit, _ form: TextForm, _ page: EditPage, _ draft: DraftID?
    ) throws -> Response? {
        var problems: [FieldProblem] = []
        let texts = form.texts(of: page.fields, problems: &problems)
        let key = DraftID(form[EditPage.creationKeyName]) ?? DraftID()
        guard let values = CustomerValues(texts, problems: &problems), problems.isEmpty,
            try visit.reader.customer(madeBy: key) == nil
        else { return nil }
        let found = try visit.reader.customers(sharingAddressWith: values, limit: maximumShown)
        let seen = Set(form[seenName].split { $0 == "." }.compactMap { CustomerID($0) })
        guard !Set(found.map(\.id)).isSubset(of: seen) else { return nil }
        var again = page
        again.origin = .new(key)
        again.texts = texts
        again.texts[seenName] = found.map(\.id.description).joined(separator: ".")
        again.sections =
            page.sections.dropLast() + [
                EditSection(
                    page.sections.last?.title,
                    (page.sections.last?.fields ?? [])
                        + [EditField(name: seenName, label: "", kind: .hidden)])
            ]
        again.warning =
            "Somebody with this e-mail or phone is there already. Is it one of those below? "
            + "If not, save again to make a new customer"
        again.above = "\(page.above)\(list(found, visit, draft))"
        return again.response(.unprocessableContent)
    }

    private static func list(
        _ found: [StoredCustomer], _ visit: AgentVisit, _ draft: DraftID?
    ) -> HTML {
        """
        <section class="card-plain similar" aria-labelledby="similar-title">
        <h2 id="similar-title">Is it one of these?</h2>
        <ul class="similar-list">\(found.map { item($0, visit, draft) })</ul></section>

        """
    }

    private static func item(
        _ customer: StoredCustomer, _ visit: AgentVisit, _ draft: DraftID?
    ) -> HTML {
        let addresses =
            customer.values.emails.preferredFirst + customer.values.phones.preferredFirst
        let name = customer.values.name
        let open: HTML = """
            <a class="btn btn-outline-secondary" href="\(EditCustomer.link(customer.id))">\
            Open <span class="visually-hidden">\(name)</span></a>
            """
        let choose = draft.map { draft -> HTML in
            """
            <form method="post" action="\(ChooseCustomer.link(customer.id))">\(visit.tokenField)
            <input type="hidden" name="\(ChooseCustomer.draftName)" value="\(draft.description)">
            <button class="btn btn-outline-secondary" type="submit" id="choose-\(customer.id.description)">\
            Choose <span class="visually-hidden">\(name)</span></button></form>
            """
        }
        return """
            <li><div><strong>\(name)</strong> <span class="muted">\
            \(addresses.joined(separator: " · "))</span></div>\(choose ?? open)</li>

            """
    }
}
