internal import CaseModel
internal import CaseStorage
internal import Markup

/// The part of the workbench that says who an unknown customer is: one who is there already, or a new one.
struct NamingPart {
    let summary: ConversationSummary
    let form: NamingForm
    let visit: AgentVisit

    var html: HTML {
        """
        <form class="naming" method="post" action="\(ConversationLinks.customer(summary.id))" \
        novalidate>\(visit.tokenField)
        \(problemList)\(pick)</form>\(similar)
        <form class="naming" method="post" action="\(ConversationLinks.customer(summary.id))" \
        novalidate>\(visit.tokenField)
        <input type="hidden" name="creation_key" value="\(form[.key])">
        <input type="hidden" name="similar_seen" value="\(form[.seen])">
        <h3>A new customer</h3>
        \(line(.name, "Name"))\(line(.email, "E-mail", isOptional: true))\
        \(line(.phone, "Phone", isOptional: true))\
        <button class="btn btn-outline-secondary" type="submit" name="action" \
        value="create_customer" id="create_customer">Create customer</button></form>

        """
    }

    private var problemList: HTML {
        guard form.similar.isEmpty else {
            let question =
                "Somebody with this e-mail or phone is there already. Is it one of those below? "
                + "If not, press Create customer again"
            return .errorSummary([("similar-title", question)])
        }
        return .errorSummary(form.problems.map { ($0.field.rawValue, $0.message) })
    }

    /// Those who have the e-mail or phone of the new customer, each to be taken instead.
    private var similar: HTML {
        guard !form.similar.isEmpty else { return .empty }
        return """
            <section class="similar" aria-labelledby="similar-title">
            <h3 id="similar-title" tabindex="-1">Is it one of these?</h3>
            <ul class="similar-list">\(form.similar.map(item))</ul></section>
            """
    }

    private func item(_ customer: StoredCustomer) -> HTML {
        let addresses =
            customer.values.emails.preferredFirst + customer.values.phones.preferredFirst
        let name = customer.values.name
        let id = customer.id.description
        return """
            <li><div><strong>\(name)</strong> <span class="muted">\
            \(addresses.joined(separator: " · "))</span></div>
            <form method="post" action="\(ConversationLinks.customer(summary.id))">\
            \(visit.tokenField)
            <input type="hidden" name="known_customer" value="\(id)">
            <button class="btn btn-outline-secondary btn-sm" type="submit" name="action" \
            value="pick_customer" id="choose-\(id)">Choose \
            <span class="visually-hidden">\(name)</span></button></form></li>

            """
    }

    /// A customer of the desk: in a drop-down, or found by a search where there are too many.
    private var pick: HTML {
        let choices = visit.choices.customers
        let search: HTML = choices == nil ? self.search : .empty
        let found = choices ?? .customers(found)
        let select = frame(.known, "A customer of yours").labelled { attributes in
            """
            <select class="form-select" id="\(NamingForm.Field.known.rawValue)" \
            name="\(NamingForm.Field.known.rawValue)"\(attributes)>
            <option value="">Select a customer</option>
            \(found.html(selected: form[.known]))</select>
            """
        }
        return """
            \(search)\(select)<button class="btn btn-outline-secondary" type="submit" name="action" \
            value="pick_customer" id="pick_customer">This is the customer</button>
            """
    }

    private var search: HTML {
        """
        <div class="field"><label class="form-label" for="\(NamingForm.Field.query.rawValue)">\
        Find a customer</label><div class="input-group">
        <input type="search" class="form-control" id="\(NamingForm.Field.query.rawValue)" \
        name="\(NamingForm.Field.query.rawValue)" value="\(form[.query])" autocomplete="off">
        <button class="btn btn-outline-secondary" type="submit" name="action" value="find" \
        id="find_known_customer">Find</button></div></div>

        """
    }

    /// Those that were searched for; at first, those who have the address that the channel told.
    private var found: [Customer] {
        guard !form[.query].isEmpty else {
            return (try? visit.reader.customers(reachedBy: summary.contact)) ?? []
        }
        return (try? FindCustomers.matching(form[.query], visit)) ?? []
    }

    private func line(
        _ field: NamingForm.Field, _ label: String, isOptional: Bool = false
    ) -> HTML {
        frame(field, label, isOptional: isOptional).labelled { attributes in
            """
            <input type="text" class="form-control" id="\(field.rawValue)" \
            name="\(field.rawValue)" value="\(form[field])" autocomplete="off"\(attributes)>
            """
        }
    }

    private func frame(
        _ field: NamingForm.Field, _ label: String, isOptional: Bool = false
    ) -> FieldFrame {
        FieldFrame(
            name: field.rawValue, label: label, isOptional: isOptional,
            problems: form.problems.filter { $0.field == field }.map(\.message))
    }
}
