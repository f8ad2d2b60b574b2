internal import CaseModel
internal import Foundation
internal import Markup

/// How often the choice was the first, further down, or none of what was proposed, day by day or week by week.
struct OutcomesOverTime {
    let report: SuggestionReport
    let step: ReportRequest.Step
    let times: TimeText

    // The plot's measures, in its own units.
    private static let width = 640
    private static let height = 240
    private static let left = 56
    private static let bottom = 28
    private static let top = 8
    /// Lines across at most, without the lowest.
    private static let maximumLineCount = 4
    /// Days or weeks between two that are named below the plot.
    private static let labelStep = 5

    var html: HTML {
        """
        <section class="card-plain plot" aria-labelledby="time-title"><h2 id="time-title">Over time</h2>
        \(SuggestionOutcome.Place.key)<div class="plot-grid"><div class="plot-frame">\(plot)</div>
        \(table)</div></section>

        """
    }

    private var greatest: Int { report.byPeriod.map(\.total).max() ?? 0 }

    /// The distance of two lines: 1, 2 or 5 times a power of ten.
    private var lineStep: Int {
        var step = 1
        while true {
            for factor in [1, 2, 5] where step * factor * Self.maximumLineCount >= greatest {
                return step * factor
            }
            step *= 10
        }
    }

    /// What the plot is high, in cases.
    private var ceiling: Int {
        max(lineStep, (greatest + lineStep - 1) / lineStep * lineStep)
    }

    private var room: Int { Self.height - Self.top - Self.bottom }

    private func y(_ count: Int) -> Int {
        Self.top + room - count * room / ceiling
    }

    private var plot: HTML {
        let lines = stride(from: 0, through: ceiling, by: lineStep).map(line)
        let columns = report.byPeriod.indices.map(column)
        return """
            <svg class="plot-svg plot-wide" viewBox="0 0 \(Self.width) \(Self.height)" role="img" \
            aria-labelledby="time-title time-description">
            <desc id="time-description">One column for each of \(step.label.lowercased()); the table beside \
            it has the numbers.</desc>
            \(lines)\(columns)</svg>
            """
    }

    private func line(_ count: Int) -> HTML {
        """
        <line class="plot-line" x1="\(Self.left)" x2="\(Self.width)" y1="\(y(count))" y2="\(y(count))"></line>
        <text class="plot-number" x="\(Self.left - 6)" y="\(y(count) + 4)" text-anchor="end">\
        \(groupedDigits(count))</text>

        """
    }

    private func column(_ index: Int) -> HTML {
        let space = Self.width - Self.left
        let count = report.byPeriod.count
        let start = Self.left + index * space / count
        let end = Self.left + (index + 1) * space / count
        let tally = report.byPeriod[index]
        var below = 0
        let parts = SuggestionOutcome.Place.allCases.map { place -> HTML in
            let (from, to) = (y(below), y(below + tally[place]))
            below += tally[place]
            guard from > to else { return .empty }
            return """
                <rect class="\(place.mark)" x="\(start + 3)" y="\(to)" width="\(end - start - 6)" \
                height="\(from - to)"></rect>

                """
        }
        let isNamed = (count - 1 - index) % Self.labelStep == 0
        let isLast = index == count - 1
        let anchor: HTML = isLast ? "end" : "middle"
        let label: HTML = """
            <text class="plot-number" x="\(isLast ? end : (start + end) / 2)" y="\(Self.height - 8)" \
            text-anchor="\(anchor)">\(day(index))</text>

            """
        return "\(parts)\(label, if: isNamed)"
    }

    private func day(_ index: Int) -> String {
        times.day(report.question.bounds[index])
    }

    private var table: HTML {
        let rows = report.byPeriod.indices.reversed().map { index -> HTML in
            let tally = report.byPeriod[index]
            let cells = SuggestionOutcome.Place.allCases.map { place -> HTML in
                "<td>\(groupedDigits(tally[place]))</td>"
            }
            return """
                <tr><th scope="row">\(day(index))</th>\(cells)\
                <td>\(percentText(tally.first + tally.further, of: tally.total))</td></tr>

                """
        }
        let heading = step == .days ? "Day" : "Week of"
        return """
            <div class="plot-table" role="region" tabindex="0" aria-label="The numbers over time">
            <table class="table desk-table number-table" id="time-table">
            <thead><tr><th scope="col">\(heading)</th><th scope="col">First</th>
            <th scope="col">2nd, 3rd</th><th scope="col">None</th><th scope="col">Of the three</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }
}
