internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Markup

/// The small marks that lists and pages of cases share.
enum CaseBadges {
    static func state(_ state: CaseState) -> HTML {
        "<span class=\"state state-\(state.rawValue)\">\(state.label)</span>"
    }

    static func priority(_ priority: Priority?) -> HTML {
        guard let priority else { return .empty }
        return "<span class=\"badge-p p-\(priority.rawValue)\">\(priority.label)</span>"
    }
}

/// A table of cases, the same wherever cases are listed.
struct CaseTable {
    let caption: String
    let cases: [CaseSummary]
    let visit: AgentVisit
    private let times: TimeText
    private let deadlines: TimeText

    init(caption: String, cases: [CaseSummary], visit: AgentVisit) {
        self.caption = caption
        self.cases = cases
        self.visit = visit
        times = visit.times
        deadlines = TimeText(zone: visit.zone)
    }

    var html: HTML {
        """
        <div class="table-wrap"><table class="table desk-table case-table"><caption>\(caption)</caption>
        <thead><tr><th scope="col">No.</th><th scope="col">Title</th><th scope="col">Type</th>
        <th scope="col">Status</th><th scope="col">Priority</th><th scope="col">Customer</th>
        <th scope="col">Owner</th><th scope="col">Deadline\(deadlineZone)</th>
        <th scope="col">Created</th></tr></thead>
        <tbody>\(cases.map(row))</tbody></table></div>
        """
    }

    /// Whose clock deadlines go by, for somebody who reads other times by their own.
    private var deadlineZone: HTML {
        guard let own = visit.session.timeZone, own != visit.zone else { return .empty }
        return " <span class=\"zone\">(\(visit.zone.identifier))</span>"
    }

    private func row(_ summary: CaseSummary) -> HTML {
        let link = ShowCase.link(summary.number)
        let deadline = summary.deadline.map { deadlines.shortElement($0, now: visit.now) } ?? .empty
        let isOver =
            summary.deadline.map { $0 < visit.now && summary.state != .completed } ?? false
        let overdue: HTML = " <strong class=\"overdue\">overdue</strong>"
        let files: HTML = """
             <span class="muted file-count">\(summary.attachmentCount) \
            \(summary.attachmentCount == 1 ? "file" : "files")</span>
            """
        return """
            <tr><th scope="row"><a href="\(link)">\(summary.number.description)</a></th>
            <td><a href="\(link)">\(summary.title)</a>\(files, if: summary.attachmentCount > 0)</td>
            <td data-label="Type">\(summary.typeName)</td>
            <td data-label="Status">\(CaseBadges.state(summary.state)) \
            <span class="muted">\(summary.status)</span></td>
            <td data-label="Priority">\(CaseBadges.priority(summary.priority))</td>
            <td data-label="Customer">\(summary.customerName)</td>
            <td data-label="Owner">\(summary.ownerName)</td>
            <td data-label="Deadline">\(deadline)\(overdue, if: isOver)</td>
            <td data-label="Created">\(times.shortElement(summary.createdAt, now: visit.now))</td></tr>

            """
    }
}
