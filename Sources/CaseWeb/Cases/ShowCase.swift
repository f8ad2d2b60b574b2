// GET /cases/NUMBER: everything about a case. 404 for a case that is not for this person.

internal import CaseModel
internal import CaseStorage
internal import FileFormat
internal import Foundation
internal import Markup

enum ShowCase {
    /// For so long after a case was made its page says so: the time of a redirect and a look.
    private static let newness: TimeInterval = 30

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let details = try visibleCase(path.first(as: CaseNumber.self), visit)
        let page = Page(
            title: "Case \(details.case.number): \(details.case.title)", section: .cases,
            content: CaseView(
                details: details, messages: try MessagesOfCase(details, visit), visit: visit
            ).html)
        return .page(page.html(for: visit))
    }

    /// The address of a case's page.
    static func link(_ number: CaseNumber) -> Link { "/cases/\(number.description)" }

    /// A case that this person may see.
    static func visibleCase(_ number: CaseNumber, _ visit: AgentVisit) throws -> CaseDetails {
        guard let details = try visit.reader.caseDetails(number),
            visit.viewer.maySee(caseOwnedBy: details.case.owner, madeBy: details.creator)
        else { throw Refusal.caseNotFound }
        return details
    }

    /// Whether this person has made the case just now.
    fileprivate static func isNew(_ details: CaseDetails, for visit: AgentVisit) -> Bool {
        details.creator == visit.employee.id
            && visit.now.timeIntervalSince(details.case.createdAt) < newness
    }
}

/// The page of one case.
private struct CaseView {
    let details: CaseDetails
    let messages: MessagesOfCase
    let visit: AgentVisit

    private var record: Case { details.case }
    private var times: TimeText { visit.times }

    var html: HTML {
        """
        \(RemindOwner.notice(visit) ?? notice)<div class="page-head"><div class="page-title"><h1>\(record.title)</h1>
        <p class="muted">Case \(record.number.description) · \(record.typeName) ·
        \(CaseBadges.state(record.state)) \(CaseBadges.priority(record.priority))</p></div>
        <div class="page-actions">\(claim)\(remind)<a class="btn btn-outline-secondary" href="/cases/new">New case</a>
        </div></div>
        <div class="case-grid"><div class="case-main">
        <section class="card-plain"><h2>Case Description</h2>
        <div class="prose">\(record.description)</div></section>
        \(attachments)\(messages.html)\(why)\(history)</div>
        <aside class="case-side" aria-label="Facts">
        <section class="card-plain"><h2>Case Information</h2><dl class="facts">\(facts)</dl></section>
        <section class="card-plain"><h2>\(CaseField.customer.label)</h2>\(customer)</section>
        </aside></div>
        """
    }

    private var claim: HTML {
        guard ClaimCase.isOffered(record, to: visit.viewer) else { return .empty }
        return ClaimCase.button(record.number, visit)
    }

    private var remind: HTML {
        RemindOwner.isOffered(details, to: visit.viewer)
            ? RemindOwner.button(record.number, visit) : .empty
    }

    private var why: HTML {
        details.assignment.map { WhyThisOwner(assignment: $0, times: times).html } ?? .empty
    }

    private var notice: HTML {
        guard ShowCase.isNew(details, for: visit) else { return .empty }
        return .notice(
            "Case \(record.number.description) is saved. Its owner is \(record.ownerName).")
    }

    private var facts: HTML {
        let rows: [HTML] = [
            fact("Case number", "\(record.number.description)"),
            fact(CaseField.caseType.label, "\(record.typeName)"),
            fact("Status", status),
            fact(CaseField.deadline.label, deadline),
            fact(CaseField.priority.label, "\(record.priority?.label ?? "None")"),
            fact(CaseField.source.label, "\(record.source?.label ?? "None")"),
            fact(CaseField.assignmentMode.label, "\(record.assignmentMode.label)"),
            fact(
                "Owner",
                """
                \(record.ownerName) <span class="muted">(\(record.owner.type.label))</span>
                <div class="hint">\(record.ownerReason)</div>
                """),
            fact("Customer Notification", "\(notification)"),
            fact("Made by", "\(record.creatorName), \(times.element(record.createdAt))"),
        ]
        return "\(rows)"
    }

    private func fact(_ name: String, _ value: HTML) -> HTML {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }

    private var status: HTML {
        """
        \(record.status) <span class="muted">since</span> \(times.element(record.statusSince))
        <div class="hint">\(record.statuses.joined(separator: " → "))</div>
        """
    }

    private var deadline: HTML {
        guard let deadline = record.deadline else { return "None" }
        let isOver = deadline < visit.now && record.state != .completed
        let overdue: HTML = " <strong class=\"overdue\">overdue</strong>"
        let times = TimeText(zone: visit.zone)
        return """
            \(times.element(deadline))\(overdue, if: isOver)
            <div class="hint">\(times.zoneName(at: deadline))</div>
            """
    }

    private var notification: String {
        let channels =
            (record.notifiesByEmail ? [CaseField.notifyEmail.label] : [])
            + (record.notifiesBySMS ? [CaseField.notifySMS.label] : [])
        return channels.isEmpty ? "None" : channels.joined(separator: ", ")
    }

    private var customer: HTML {
        let customer = record.customer
        let rows =
            customer.emails.map { fact("E-mail", "\($0)") }
            + customer.phones.map { fact("Phone", "\($0)") }
            + (customer.remark.isEmpty ? [] : [fact("Remark", "\(customer.remark)")])
        return """
            <p class="customer-name"><a href="\(EditCustomer.link(customer.id))">\(customer.name)</a></p>\
            <dl class="facts">\(rows)</dl>
            """
    }

    private var attachments: HTML {
        guard !details.attachments.isEmpty else {
            return """
                <section class="card-plain"><h2>Attachments</h2><p class="muted">None</p></section>

                """
        }
        return """
            <section class="card-plain"><h2>Attachments</h2>
            <ul class="file-cards">\(details.attachments.map(card))</ul></section>

            """
    }

    private func card(_ file: Attachment) -> HTML {
        let link: Link = "/cases/\(record.number.description)/attachments/\(file.id.description)"
        let picture: Link = "\(link)?inline=1"
        let format = FileFormat(rawValue: file.content.format)
        let label = format?.label ?? file.content.format
        let preview: HTML =
            format?.isPicture ?? false
            ? "<img class=\"thumb\" alt=\"\" src=\"\(picture)\" loading=\"lazy\" width=\"56\" height=\"56\">"
            : "<span class=\"thumb thumb-doc\" aria-hidden=\"true\">\(label)</span>"
        return """
            <li class="file-card"><a href="\(link)" download="\(file.name)">\(preview)
            <span class="file-text"><span class="file-name">\(file.name)</span>
            <span class="muted">\(label), \(sizeText(file.content.byteCount))</span></span></a></li>

            """
    }

    private var history: HTML {
        let rows = details.events.map { event -> HTML in
            """
            <li>\(times.element(event.at)) <span class="history-who">\(event.employeeName)</span>
            <span class="history-what">\(event.text)</span></li>

            """
        }
        return """
            <section class="card-plain"><h2>History</h2><ol class="history">\(rows)</ol></section>
            """
    }
}
