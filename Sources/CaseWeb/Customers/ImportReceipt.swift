internal import CaseModel
internal import CaseStorage
internal import CustomerFile
internal import Markup

/// What became of a file, row by row.
struct ImportReceipt {
    private let source: CustomerImport
    private let visit: AgentVisit
    private let outcome: RowOutcome?
    private let rows: [ReceiptRow]
    private let hasMore: Bool
    private let isFirstPage: Bool

    /// Rows of one page.
    private static let pageLength = 50

    /// Reads the page of rows that the address asks for.
    init(_ source: CustomerImport, _ visit: AgentVisit) throws {
        self.source = source
        self.visit = visit
        outcome = RowOutcome(rawValue: visit.query["outcome"])
        let after = Int(visit.query["after"]) ?? 0
        let found = try visit.reader.receipt(
            of: source.id, outcome: outcome, after: after, limit: Self.pageLength + 1)
        rows = Array(found.prefix(Self.pageLength))
        hasMore = found.count > Self.pageLength
        isFirstPage = after == 0
    }

    private var link: Link { ImportCustomers.link(source.id) }

    var html: HTML {
        """
        <div class="page-head"><h1>Import of \(source.fileName)</h1><div class="page-actions">
        \(refusedLink)<a class="btn btn-outline-secondary" href="/customers/import">Import another file\
        </a></div></div>
        <p id="import-result" class="notice">\(result)</p>
        <p class="muted">\(source.uploaderName) brought the file, \
        \(TimeText(zone: visit.zone).element(source.uploadedAt)).</p>
        \(filters)\(rows.isEmpty ? empty : table)
        """
    }

    private var result: String {
        let end = source.state == .cancelled ? "Cancelled" : "Done"
        let rest = source.rowCount - source.counts.total
        let untouched =
            source.state == .cancelled && rest > 0
            ? "; \(counted(rest, "row")) not looked at" : ""
        return source.counts.total > 0
            ? "\(end): \(source.sentence)\(untouched)." : "\(end): nothing was imported."
    }

    private var refusedLink: HTML {
        guard source.counts[.refused] > 0 else { return .empty }
        return """
            <a class="btn btn-outline-secondary" id="download-refused" href="\(link)/refused">\
            Download refused rows</a>

            """
    }

    private var filters: HTML {
        let current: HTML = " aria-current=\"page\""
        let items = RowOutcome.allCases.map { item -> HTML in
            """
            <li><a href="\(link)?outcome=\(item.rawValue)"\(current, if: item == outcome)>\
            \(item.label) (\(groupedDigits(source.counts[item])))</a></li>
            """
        }
        return """
            <nav class="outcome-filter" aria-label="Rows by outcome"><ul>
            <li><a href="\(link)"\(current, if: outcome == nil)>All \
            (\(groupedDigits(source.counts.total)))</a></li>\(items)</ul></nav>
            """
    }

    private var empty: HTML {
        """
        <div class="empty"><h2>No row came to this end</h2>
        <p>Choose another outcome above, or all.</p></div>
        """
    }

    private var table: HTML {
        """
        <div class="table-wrap"><table class="table desk-table list-table">
        <caption>In the order of the file; rows are counted as in a spreadsheet</caption>
        <thead><tr><th scope="col">Row</th><th scope="col">Outcome</th><th scope="col">Name</th>
        <th scope="col">Reason</th></tr></thead>
        <tbody>\(rows.map(row))</tbody></table></div>
        <nav class="pager" aria-label="Pages">\(firstPage)\(nextPage)</nav>
        """
    }

    private func row(_ row: ReceiptRow) -> HTML {
        let name: HTML =
            if let customer = row.customer {
                "<a href=\"/customers/\(customer.description)\">\(row.name)</a>"
            } else {
                "\(row.name)"
            }
        return """
            <tr><th scope="row">\(row.number)</th><td data-label="Outcome">\(row.outcome.label)</td>
            <td data-label="Name">\(name)</td><td data-label="Reason">\(row.reason)</td></tr>

            """
    }

    private var firstPage: HTML {
        guard !isFirstPage else { return .empty }
        return "<a rel=\"prev\" href=\"\(address(after: nil))\">First page</a> "
    }

    private var nextPage: HTML {
        guard hasMore, let last = rows.last else { return .empty }
        return "<a rel=\"next\" href=\"\(address(after: last.number))\">Next page</a>"
    }

    private func address(after number: Int?) -> Link {
        let outcome = outcome?.rawValue ?? ""
        guard let number else { return "\(link)?outcome=\(outcome)" }
        return "\(link)?outcome=\(outcome)&after=\(String(number))"
    }
}
