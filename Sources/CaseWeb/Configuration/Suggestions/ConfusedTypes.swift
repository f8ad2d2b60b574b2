internal import CaseModel
internal import Markup

/// Which type was proposed first when the agents chose which other one: the pairs that occur most often.
struct ConfusedTypes {
    let report: SuggestionReport
    let names: TypeNames

    /// Pairs that are shown; rarer ones say little.
    private static let maximumRowCount = 12

    // A bar's measures, in its own units.
    private static let width = 200
    private static let height = 10

    var html: HTML {
        """
        <section class="card-plain plot" aria-labelledby="confused-title">\
        <h2 id="confused-title">Taken for another type</h2>\(content)</section>

        """
    }

    private var content: HTML {
        let pairs = report.commonConfusions
        guard let greatest = pairs.first?.count else {
            return "<p>Whenever a type was proposed, the first one was chosen.</p>"
        }
        let more: HTML = """
            <p class="muted">The \(Self.maximumRowCount) most frequent pairs, of \
            \(groupedDigits(pairs.count)).</p>
            """
        return """
            <p class="muted">What tells two types apart are the words of their descriptions and keywords.</p>
            <div class="table-wrap"><table class="table desk-table list-table number-table" \
            id="confused-table">
            <thead><tr><th scope="col">Saved as</th><th scope="col">Proposed first</th>
            <th scope="col">Cases</th><th scope="col">Of the type’s cases</th><th scope="col">How often</th>\
            </tr></thead>
            <tbody>\(pairs.prefix(Self.maximumRowCount).map { row($0.confusion, $0.count, greatest) })</tbody>
            </table></div>\(more, if: pairs.count > Self.maximumRowCount)
            """
    }

    private func row(
        _ confusion: SuggestionReport.Confusion, _ count: Int, _ greatest: Int
    ) -> HTML {
        let all = report.byType[confusion.chosen]?.total ?? 0
        return """
            <tr><th scope="row">\(name(confusion.chosen))</th>
            <td data-label="Proposed first">\(name(confusion.proposed))</td>
            <td data-label="Cases">\(groupedDigits(count))</td>
            <td data-label="Of the type’s cases">\(percentText(count, of: all))</td>
            <td data-label="How often" class="share-cell"><svg class="share-bar" \
            viewBox="0 0 \(Self.width) \(Self.height)" preserveAspectRatio="none" aria-hidden="true">\
            <rect class="place-first" x="0" y="0" width="\(max(1, count * Self.width / greatest))" \
            height="\(Self.height)"></rect></svg></td></tr>

            """
    }

    private func name(_ type: CaseTypeID) -> HTML {
        names.knows(type)
            ? "<a href=\"\(CaseTypeLink.one(type))\">\(names[type])</a>" : "\(names[type])"
    }
}
