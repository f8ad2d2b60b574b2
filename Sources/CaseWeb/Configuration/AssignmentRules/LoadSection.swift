internal import CaseModel
internal import Markup

/// How many cases each owner got, and would have got: a bar chart, and the same as a table.
struct LoadSection {
    let loads: [RuleTrial.Load]
    let names: OwnerNames

    /// Owners that the chart shows, the greatest first; the table has all.
    private static let maximumBars = 20
    /// Characters of a name that fit beside the bars.
    private static let maximumNameCharacters = 24

    // The chart's measures, in its own units.
    private static let width = 720
    private static let nameWidth = 180
    private static let countWidth = 60
    private static let rowHeight = 40
    private static let barHeight = 14

    var html: HTML {
        """
        <section class="card-plain load" aria-labelledby="load-title"><h2 id="load-title">Cases per owner</h2>
        <p class="load-key"><span class="load-was">Got</span> <span class="load-would-be">Would have got</span>\
        </p>\(chart)
        <details><summary>The same as a table</summary>\(table)</details></section>

        """
    }

    private var shown: ArraySlice<RuleTrial.Load> { loads.prefix(Self.maximumBars) }

    private var chart: HTML {
        let height = shown.count * Self.rowHeight
        let more: HTML = """
            <p class="muted">The \(Self.maximumBars) with the most cases; the table has all \
            \(groupedDigits(loads.count)).</p>
            """
        return """
            <div class="chart-frame"><svg class="load-chart" viewBox="0 0 \(Self.width) \(height)" role="img" \
            aria-labelledby="load-title load-description" preserveAspectRatio="xMinYMin meet">
            <desc id="load-description">Two bars for each owner; the table below has the numbers.</desc>
            \(shown.enumerated().map { bars($1, at: $0 * Self.rowHeight) })</svg></div>
            \(more, if: loads.count > shown.count)
            """
    }

    private func bars(_ load: RuleTrial.Load, at top: Int) -> HTML {
        """
        <text class="load-name" x="0" y="\(top + 22)">\(short(names[load.owner]))</text>
        \(bar("load-was", load.was, at: top + 4))\
        \(bar("load-would-be", load.wouldBe, at: top + 4 + Self.barHeight + 2))
        """
    }

    private func bar(_ name: String, _ count: Int, at top: Int) -> HTML {
        let greatest = shown.map { max($0.was, $0.wouldBe) }.max() ?? 1
        let room = Self.width - Self.nameWidth - Self.countWidth
        let length = count == 0 ? 0 : max(1, count * room / max(1, greatest))
        return """
            <rect class="\(name)" x="\(Self.nameWidth)" y="\(top)" width="\(length)" \
            height="\(Self.barHeight)"></rect>
            <text class="load-count" x="\(Self.nameWidth + length + 6)" y="\(top + 12)">\
            \(groupedDigits(count))</text>

            """
    }

    private func short(_ name: String) -> String {
        name.count <= Self.maximumNameCharacters
            ? name : "\(name.prefix(Self.maximumNameCharacters - 1))…"
    }

    private var table: HTML {
        let rows = loads.map { load -> HTML in
            """
            <tr><th scope="row">\(names[load.owner])</th>
            <td data-label="Got">\(groupedDigits(load.was))</td>
            <td data-label="Would have got">\(groupedDigits(load.wouldBe))</td>
            <td data-label="Difference">\(signed(load.wouldBe - load.was))</td></tr>

            """
        }
        return """
            <div class="table-wrap"><table class="table desk-table list-table" id="load-table">
            <thead><tr><th scope="col">Owner</th><th scope="col">Got</th><th scope="col">Would have got</th>
            <th scope="col">Difference</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func signed(_ number: Int) -> String {
        number == 0 ? "0" : (number > 0 ? "+" : "−") + groupedDigits(abs(number))
    }
}
