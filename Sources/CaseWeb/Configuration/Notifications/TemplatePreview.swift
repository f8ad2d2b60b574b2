internal import CaseModel
internal import CaseStorage
internal import Markup

/// The case that a template is tried out with.
struct PreviewSubject {
    let told: NotifiedCase
    /// The case's number for the control; empty for an example.
    let number: String
    /// The name of the person who would be told.
    let recipientName: String

    /// What is wrong with a number that names no case.
    static let problem = FieldProblem(
        EditTemplate.previewCaseName,
        "Case number must be that of a case that you may see; leave it empty for the newest one")

    /// - Parameter text: The number of a case; empty for the newest, or an example while there is none.
    /// - Returns: `nil` when it names no case that the person may see.
    init?(_ text: String, _ kind: NotificationKind, _ visit: AgentVisit) throws {
        let text = text.trimmed
        if text.isEmpty {
            let newest = try visit.reader.cases(CaseQuery(viewer: visit.viewer, limit: 1)).cases
            guard let number = newest.first?.number,
                let details = try visit.reader.caseDetails(number)
            else {
                self.init(example: visit)
                return
            }
            self.init(details, kind, visit)
            return
        }
        guard let number = CaseNumber(text), let details = try visit.reader.caseDetails(number),
            visit.viewer.maySee(caseOwnedBy: details.case.owner, madeBy: details.creator)
        else { return nil }
        self.init(details, kind, visit)
    }

    private init(_ details: CaseDetails, _ kind: NotificationKind, _ visit: AgentVisit) {
        let record = details.case
        told = NotifiedCase(
            number: record.number, title: record.title, typeName: record.typeName,
            status: record.status, priority: record.priority, deadline: record.deadline,
            customerName: record.customer.name, ownerName: record.ownerName)
        number = record.number.description
        switch (kind.audience, record.owner) {
        case (.customer, _): recipientName = record.customer.name
        case (.owner, .agent): recipientName = record.ownerName
        case (.owner, .queue): recipientName = visit.employee.name
        }
    }

    private init(example visit: AgentVisit) {
        told = NotifiedCase(
            number: nil, title: "The router restarts at night",
            typeName: visit.options.types.first?.name ?? "Internet down",
            status: visit.options.types.first?.statuses.first ?? "New", priority: .high,
            deadline: nil, customerName: "Hannah Schulz", ownerName: visit.employee.name)
        number = ""
        recipientName = told.customerName
    }
}

/// A template filled in with a case, as it would be sent.
struct TemplatePreview {
    private let template: NotificationTemplate
    private let subject: PreviewSubject
    private let visit: AgentVisit

    init(_ template: NotificationTemplate, _ subject: PreviewSubject, _ visit: AgentVisit) {
        self.template = template
        self.subject = subject
        self.visit = visit
    }

    var html: HTML {
        let of: HTML =
            subject.number.isEmpty
            ? "an example, as there is no case yet" : "case \(subject.number)"
        return """
            <section class="card-plain" aria-labelledby="preview" id="preview-section">\
            <h2 id="preview" tabindex="-1">Preview with \(of)</h2>
            \(MessageText(rendered(for: subject.recipientName), template.key.channel).html)\
            \(stranger)</section>

            """
    }

    /// The text for a recipient of this name.
    func rendered(for recipient: String) -> RenderedMessage {
        template.rendered(values(for: recipient))
    }

    /// The text for a customer whose address nobody has confirmed.
    private var stranger: HTML {
        guard template.key.kind.audience == .customer else { return .empty }
        let text = template.rendered(values(for: subject.recipientName).withoutFreeText)
        return """
            <details class="told-text" id="preview-unconfirmed"><summary>To an address that nobody has \
            confirmed</summary>\(MessageText(text, template.key.channel).html)</details>
            """
    }

    private func values(for recipient: String) -> TemplateValues {
        subject.told.values(
            recipient: recipient, tenant: visit.options.tenant,
            deskAddress: visit.options.notifications.settings.deskAddress)
    }
}
