internal import CaseModel
internal import Foundation
internal import Markup

/// The Case Information page: the same object fills it when it is new, kept, and wrong.
struct CaseFormPage {
    let visit: AgentVisit
    let draftID: DraftID
    var values = CaseFormValues.initial
    var problems: [Problem] = []
    /// The files that wait in the draft, in the order in which they will stand in the case.
    var files: [StagedFile] = []
    /// When the draft was stored last; `nil` when it never was.
    var savedAt: Date?
    /// The customer that is chosen, when there is one.
    var customer: Customer?
    /// What the chosen customer would be told.
    var told: Told?
    /// What the search found, where the customers are too many to list.
    var foundCustomers: [Customer] = []
    /// The conversation that the case is made of, beside which the form then stands.
    var panel: CasePanel?
    /// A message about the whole page, when something other than a field went wrong.
    var warning: String?

    /// Reads what the customer would be told, once the values and the customer are there.
    mutating func tell() throws {
        told = try customer.map { try Told(values, to: $0, visit) }
    }

    func html() -> HTML {
        let name = "Case Information"
        let title = problems.isEmpty && warning == nil ? name : "Error: \(name)"
        if let panel {
            return panel.view.page(title: title, form: form, marks: panel.marks(values))
                .html(for: visit)
        }
        let content: HTML = """
            \(HTML.errorSummary(summary))<div class="page-head"><h1>\(name)</h1></div>
            \(form)
            """
        return Page(title: title, section: .newCase, content: content).html(for: visit)
    }

    private var form: HTML {
        """
        <form id="case-form" class="case-form" method="post" action="/cases" \
        enctype="multipart/form-data" novalidate \
        data-draft-url="\(draftLink)" data-attachments-url="\(draftLink)/attachments" \
        data-page-url="\(pageLink)" data-max-files="\(CaseLimit.maximumAttachments)" \
        data-max-file-bytes="\(CaseLimit.maximumAttachmentByteCount)" \
        data-extensions="jpg jpeg png gif pdf doc docx">
        \(visit.tokenField)
        <input type="hidden" name="draft_id" value="\(draftID.description)">
        \(conversationField)\
        <button type="submit" class="visually-hidden" name="action" value="save" tabindex="-1" \
        aria-hidden="true">Save</button>
        \(panelHead)<div class="form-parts">
        <section class="form-part" aria-labelledby="part-what">\
        \(heading("part-what", "What it is about"))
        \(typeField)\(titleField)\(descriptionField)</section>
        <section class="form-part" aria-labelledby="part-who">\
        \(heading("part-who", "Who and when"))
        <div class="row-tight">\(deadlineField)\(priorityField)</div>
        \(sourceAndCustomer)\(assignmentFields)</section>
        <div class="form-part">\(AttachmentsField(page: self).html)</div>
        <div class="form-part">\(notificationFields)</div></div>
        <div class="actions">
        <button class="btn btn-primary" type="submit" name="action" value="save" id="save">\
        Save</button>
        <button class="btn btn-outline-secondary" type="submit" name="action" \
        value="save_draft" id="save_draft">Save draft</button>
        <span id="draft-status" role="status" class="muted">\(draftStatus)</span>
        <span class="muted actions-key" aria-hidden="true">Ctrl + Enter</span>
        </div>
        </form>
        """
    }

    var draftLink: Link { "/drafts/\(draftID.description)" }
    var pageLink: Link {
        panel.map { ConversationLinks.panel($0.stored.id, draft: draftID) }
            ?? "/cases/new?draft=\(draftID.description)"
    }

    private var summary: [(target: String, message: String)] {
        let whole = warning.map { [(target: "save", message: $0)] } ?? []
        return whole
            + problems.map { problem in
                // A hidden field cannot be gone to; what helps is to save again.
                let target = problem.field == .conversation ? "save" : problem.field.rawValue
                return (target, problem.message)
            }
    }

    /// What the case was begun from, as long as it was.
    private var conversationField: HTML {
        guard !values[.conversation].isEmpty else { return .empty }
        return """
            <input type="hidden" name="conversation" id="conversation" \
            value="\(values[.conversation])">

            """
    }

    private var draftStatus: String {
        savedAt.map { "Draft saved \(visit.times.clock($0))" } ?? ""
    }
}

// MARK: - Beside a conversation

extension CaseFormPage {
    /// The panel's own heading, with what is to be corrected, and what the form has to send along.
    private var panelHead: HTML {
        guard let panel else { return .empty }
        let focus: HTML = " autofocus"
        return """
            <input type="hidden" name="messages_read" id="messages_read" \
            value="\(panel.readCount)">
            <div class="pane-head"><h2 id="panel-heading" tabindex="-1"\(focus, if: summary.isEmpty)>\
            Case Information</h2>
            <button class="btn btn-outline-secondary btn-sm" type="submit" name="action" \
            value="choose_type" id="choose_type" \
            data-types="\(ConversationLinks.types(panel.stored.id, draft: draftID))">\
            Other case type<kbd class="key" aria-hidden="true">Alt + C</kbd></button></div>
            \(HTML.errorSummary(summary))\(panel.note)
            """
    }

    /// The heading of a part; in the panel, where there is no room for it, only heard.
    private func heading(_ id: String, _ text: String) -> HTML {
        panel == nil
            ? "<h2 id=\"\(id)\">\(text)</h2>"
            : "<h3 class=\"visually-hidden\" id=\"\(id)\">\(text)</h3>"
    }
}

// MARK: - The fields, in the order of the page

extension CaseFormPage {
    private var typeField: HTML {
        select(.caseType, empty: "Select a case type", visit.choices.types)
    }

    private var titleField: HTML {
        let limit = CaseLimit.maximumTitleCharacters
        return field(.title, info: counter(.title, limit: limit)) { attributes in
            """
            <input type="text" class="form-control\(invalid(.title))" id="title" name="title" \
            value="\(values[.title])" autocomplete="off"\(attributes)>
            """
        }
    }

    private var descriptionField: HTML {
        let limit = CaseLimit.maximumDescriptionCharacters
        // A parser drops one newline right behind the tag (HTML, 13.2.6.4.7), so there is one to drop.
        return field(.description, info: counter(.description, limit: limit)) { attributes in
            """
            <textarea class="form-control\(invalid(.description))" id="description" \
            name="description" rows="7"\(attributes)>
            \(values[.description])</textarea>
            """
        }
    }

    private var deadlineField: HTML {
        let zone = visit.zone
        let hint: HTML = "\(TimeText(zone: zone).zoneName(at: visit.now))"
        let earliest = Deadline.text(of: visit.now, in: zone)
        return field(.deadline, isOptional: true, hint: hint) { attributes in
            """
            <input type="datetime-local" class="form-control\(invalid(.deadline))" id="deadline" \
            name="deadline" value="\(values[.deadline])" min="\(earliest)"\(attributes)>
            """
        }
    }

    private var priorityField: HTML {
        select(.priority, isOptional: true, empty: "None", visit.choices.priorities)
    }

    private var sourceField: HTML {
        select(.source, isOptional: true, empty: "None", visit.choices.sources)
    }

    private var sourceAndCustomer: HTML {
        guard let all = visit.choices.customers else { return "\(sourceField)\(customerSearch)" }
        let customer = select(.customer, empty: "Select a customer", all)
        return """
            <div class="row-tight">\(sourceField)<div class="field-act">\(customer)\(newCustomer)</div>\
            </div>
            """
    }

    /// The drop-down with a search beside it, where the customers are too many to list.
    private var customerSearch: HTML {
        let chosen = customer.map { [$0] } ?? []
        let found = chosen + foundCustomers.filter { $0.id != customer?.id }
        let isSearched = !values[.customerQuery].isEmpty
        let hint: HTML =
            isSearched
            ? "\(foundCustomers.count) found for “\(values[.customerQuery])”"
            : "Find a customer by name, e-mail or phone first"
        return """
            <div class="field customer-search" data-search-url="/customers/options">
            <label class="form-label" for="customer_query">\(CaseField.customerQuery.label)</label>
            <div class="input-group">
            <input type="search" class="form-control" id="customer_query" name="customer_query" \
            value="\(values[.customerQuery])" autocomplete="off">
            <button class="btn btn-outline-secondary" type="submit" name="action" \
            value="find_customer" id="find_customer">Find customer</button></div></div>
            \(select(.customer, hint: hint, empty: "Select a customer", .customers(found)))\(newCustomer)
            """
    }

    /// Leads to the page of a new customer and back; the form is kept as a draft meanwhile.
    private var newCustomer: HTML {
        """
        <button class="btn btn-link btn-new-customer" type="submit" name="action" \
        value="new_customer" id="new_customer">New customer</button>

        """
    }

    private var assignmentFields: HTML {
        let modes = AssignmentMode.allCases.map { ($0.rawValue, $0.label) }
        let types = OwnerType.allCases.map { ($0.rawValue, $0.label) }
        let queue = select(
            .ownerQueue, label: "Owner (Case Queue)", empty: "Select a case queue",
            visit.choices.queues)
        let agent = select(
            .ownerAgent, label: "Owner (Agent)", empty: "Select an agent", visit.choices.agents)
        let claim: HTML = " checked"
        return """
            \(radios(.assignmentMode, modes))\(ruleNote)<div id="owner-section" class="owner-section">
            <div class="row-tight">\(radios(.ownerType, types))<div>\(queue)\(agent)</div></div>
            <div class="field check"><input type="checkbox" id="claim" name="claim" value="1"\
            \(claim, if: values.isTicked(.claim))\(describedBy(.claim, hint: true, info: false))>
            <label for="claim">\(CaseField.claim.label)</label>
            <div class="hint" id="claim-hint">Then Owner Type and Owner are not looked at</div>
            \(problemText(.claim))</div></div>

            """
    }

    /// What Auto by rule would do.
    private var ruleNote: HTML {
        guard let rule = visit.options.activeRule else {
            return """
                <p class="hint" id="rule-note">No assignment rule is active, so only Manually can be saved</p>

                """
        }
        return "<p class=\"hint\" id=\"rule-note\">Auto lets the rule “\(rule.name)” decide</p>\n"
    }

    private var notificationFields: HTML {
        NotificationFields(page: self, told: told).html
    }
}
