internal import CaseModel
internal import Markup

/// The same by case type: the types that most cases were saved with come first.
struct OutcomesByType {
    let report: SuggestionReport
    let names: TypeNames
    let request: ReportRequest

    /// Types that the table has at most; any other can be chosen above it.
    private static let maximumRowCount = 100

    // A bar's measures, in its own units.
    private static let width = 200
    private static let height = 14

    var html: HTML {
        let types = report.types
        let more: HTML = """
            <p class="muted">The \(Self.maximumRowCount) types with the most cases, of \
            \(groupedDigits(types.count)).</p>
            """
        return """
            <section class="card-plain plot" aria-labelledby="types-title"><h2 id="types-title">By case type</h2>
            \(SuggestionOutcome.Place.key)
            <div class="table-wrap"><table class="table desk-table list-table number-table" id="type-table">
            <thead><tr><th scope="col">Saved as</th><th scope="col">Cases</th><th scope="col">First</th>
            <th scope="col">Second or third</th><th scope="col">None of the three</th>
            <th scope="col">Shares</th></tr></thead>
            <tbody>\(types.prefix(Self.maximumRowCount).map { row($0.type, $0.tally) })</tbody></table></div>
            \(more, if: types.count > Self.maximumRowCount)\(all, if: request.type != nil)</section>

            """
    }

    private var all: HTML {
        "<p><a href=\"\(request.link(to: nil))\">Over time for all case types</a></p>"
    }

    private func row(_ type: CaseTypeID, _ tally: SuggestionReport.Tally) -> HTML {
        let cells = SuggestionOutcome.Place.allCases.map { place -> HTML in
            """
            <td data-label="\(place.label)"><span>\(groupedDigits(tally[place])) \
            <span class="muted">\(percentText(tally[place], of: tally.total))</span></span></td>
            """
        }
        let current: HTML = " aria-current=\"true\""
        return """
            <tr><th scope="row"><a href="\(request.link(to: type))"\(current, if: request.type == type)>\
            \(names[type])</a></th>
            <td data-label="Cases">\(groupedDigits(tally.total))</td>\(cells)
            <td data-label="Shares" class="share-cell">\(bar(tally))</td></tr>

            """
    }

    /// The shares beside each other; the numbers stand in the row, so a reader passes over it.
    private func bar(_ tally: SuggestionReport.Tally) -> HTML {
        var done = 0
        let parts = SuggestionOutcome.Place.allCases.map { place -> HTML in
            let from = done * Self.width / max(1, tally.total)
            done += tally[place]
            let to = done * Self.width / max(1, tally.total)
            guard to > from else { return .empty }
            return """
                <rect class="\(place.mark)" x="\(from)" y="1" width="\(to - from)" \
                height="\(Self.height - 2)"></rect>
                """
        }
        return """
            <svg class="share-bar" viewBox="-1 0 \(Self.width + 2) \(Self.height)" \
            preserveAspectRatio="none" aria-hidden="true">\(parts)</svg>
            """
    }
}
