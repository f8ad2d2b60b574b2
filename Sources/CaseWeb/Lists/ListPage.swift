internal import CaseModel
internal import Markup

/// The page of a list: search and filters, the table, and the way to the pages before and after.
///
/// It takes one page of rows and asks nothing about the others, so a list of a million looks like one of ten.
struct ListPage<Row> {
    let visit: AgentVisit
    let area: DeskArea
    let title: String
    /// The noun of the rows in the plural, such as “case types”.
    let noun: String
    let request: ListRequest
    var filters: [ListFilter] = []
    /// What the search looks at, as its label.
    let searchLabel: String
    let columns: [ListColumn<Row>]
    let slice: ListSlice<Row>
    /// What stands beside the heading, such as the button New.
    var actions: HTML = .empty
    /// What stands between the heading and the list, such as a message.
    var above: HTML = .empty
    /// Whether the script searches while one types.
    var isLive = false
    /// What stands between the search and the table, such as that not everything is shown.
    var note: HTML = .empty
    /// What to do first, shown while there are no rows at all.
    let firstSteps: HTML

    func response() -> Response {
        .page(area.page(title: title, content: content, visit).html(for: visit))
    }

    private var content: HTML {
        """
        <div class="page-head"><h1>\(title)</h1><div class="page-actions">\(actions)</div></div>
        \(HTML.savedNotice(visit))\(above)\(isEmpty ? firstSteps : "\(search)\(results)")
        """
    }

    /// Whether there is nothing to list, whatever is asked.
    private var isEmpty: Bool {
        slice.rows.isEmpty && request.wantsAll && request.isFirstPage
    }

    /// What was found, in the place that the script fills anew.
    private var results: HTML {
        guard isLive else { return "\(note)\(found)" }
        return "<div id=\"found\" class=\"found\">\(note)\(found)</div>"
    }

    private var found: HTML {
        guard !slice.rows.isEmpty else {
            return """
                <div class="empty"><h2>Nothing fits</h2>
                <p>Search for other words, or take a filter away.</p>
                <a class="btn btn-outline-secondary" href="\(request.path)">Show all \(noun)</a></div>
                """
        }
        return """
            <div class="table-wrap"><table class="table desk-table list-table">
            <caption>\(caption)</caption>
            <thead><tr>\(columns.map(heading))</tr></thead>
            <tbody>\(slice.rows.map(row))</tbody></table></div>
            <nav class="pager" aria-label="Pages">\(previous)\(next)</nav>
            """
    }

    private var caption: String {
        let shown = groupedDigits(slice.rows.count)
        guard let fitting = slice.fittingCount else { return "Showing \(shown) \(noun)" }
        let all = groupedDigits(fitting)
        guard !request.wantsAll, let total = slice.totalCount else {
            return "Showing \(shown) of \(all) \(noun)"
        }
        return "Showing \(shown) of \(all) that fit, of \(groupedDigits(total)) \(noun)"
    }

    private func heading(_ column: ListColumn<Row>) -> HTML {
        guard column.order.isSortable else { return "<th scope=\"col\">\(column.title)</th>" }
        let isSorted = request.sort == column.name
        let direction: HTML = request.isDescending ? "descending" : "ascending"
        let sorted: HTML = " aria-sort=\"\(direction)\""
        return """
            <th scope="col"\(sorted, if: isSorted)>\
            <a href="\(request.link(sortedBy: column.name, isNewestFirst: column.isNewestFirst))">\(column.title)</a></th>
            """
    }

    private func row(_ row: Row) -> HTML {
        let cells = columns.enumerated().map { index, column -> HTML in
            index == 0
                ? "<th scope=\"row\">\(column.cell(row))</th>"
                : "<td data-label=\"\(column.title)\">\(column.cell(row))</td>"
        }
        return "<tr>\(cells)</tr>\n"
    }

    private var previous: HTML {
        slice.previous.map { key in
            "<a rel=\"prev\" href=\"\(request.link(before: key))\">Previous page</a> "
        } ?? .empty
    }

    private var next: HTML {
        slice.next.map { key in
            "<a rel=\"next\" href=\"\(request.link(after: key))\">Next page</a>"
        } ?? .empty
    }

    private var search: HTML {
        let live: HTML = " data-live=\"found\""
        let sort: HTML = "<input type=\"hidden\" name=\"sort\" value=\"\(request.sortText)\">"
        return """
            <form class="filters" method="get" action="\(request.path)" role="search"\(live, if: isLive)>
            <div class="field"><label class="form-label" for="q">\(searchLabel)</label>
            <input type="search" class="form-control" id="q" name="q" value="\(request.text)"></div>
            \(filters.map(filter))\(sort, if: !request.sort.isEmpty)
            <button class="btn btn-outline-secondary" type="submit" id="filter">Search</button>
            </form>
            """
    }

    private func filter(_ filter: ListFilter) -> HTML {
        let options = OptionList(filter.choices, value: \.value, label: \.label)
        return """
            <div class="field"><label class="form-label" for="\(filter.name)">\(filter.label)</label>
            <select class="form-select" id="\(filter.name)" name="\(filter.name)">
            <option value="">\(filter.any)</option>
            \(options.html(selected: request[filter.name]))</select></div>
            """
    }
}

/// What a list shows while it has no rows: what they are for, and the button that makes the first one.
struct FirstSteps {
    let title: String
    let advice: String
    let link: Link
    let button: String

    var html: HTML {
        """
        <div class="empty"><h2>\(title)</h2><p>\(advice)</p>
        <a class="btn btn-primary" href="\(link)">\(button)</a></div>
        """
    }
}
