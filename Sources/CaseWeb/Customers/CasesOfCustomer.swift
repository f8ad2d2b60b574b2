internal import CaseModel
internal import CaseStorage
internal import Markup

/// The cases of a customer that a person may see, newest first.
struct CasesOfCustomer {
    private let visit: AgentVisit
    private let cases: [CustomerCase]

    /// Cases shown; the list of cases has the others.
    private static let maximumShown = 50

    init(_ customer: StoredCustomer, _ visit: AgentVisit) throws {
        self.visit = visit
        cases =
            visit.options.tenant.isCaseEnabled
            ? try visit.reader.cases(
                of: customer.id, for: visit.viewer, limit: Self.maximumShown) : []
    }

    /// Nothing while Case 2.0 is switched off.
    var html: HTML {
        guard visit.options.tenant.isCaseEnabled else { return .empty }
        let none: HTML = "<p class=\"muted\">There are none that you may see.</p>"
        let note: HTML = """
            <p class="muted">The newest \(String(Self.maximumShown)) are shown.</p>
            """
        return """
            <section class="card-plain" aria-labelledby="cases-title"><h2 id="cases-title">Cases</h2>
            \(cases.isEmpty ? none : table)\(note, if: cases.count == Self.maximumShown)</section>

            """
    }

    private var table: HTML {
        """
        <div class="table-wrap"><table class="table desk-table list-table customer-cases">
        <caption class="visually-hidden">Newest first</caption>
        <thead><tr><th scope="col">No.</th><th scope="col">Title</th><th scope="col">Type</th>\
        <th scope="col">Status</th><th scope="col">Since</th></tr></thead>
        <tbody>\(cases.map(row))</tbody></table></div>
        """
    }

    private func row(_ item: CustomerCase) -> HTML {
        let link = ShowCase.link(item.number)
        let since = TimeText(zone: visit.zone).shortElement(item.statusSince, now: visit.now)
        return """
            <tr><th scope="row"><a href="\(link)">\(item.number.description)</a></th>
            <td data-label="Title"><a href="\(link)">\(item.title)</a></td>
            <td data-label="Type">\(item.typeName)</td>
            <td data-label="Status">\(CaseBadges.state(item.state)) \
            <span class="muted">\(item.status)</span></td>
            <td data-label="Since">\(since)</td></tr>

            """
    }
}
