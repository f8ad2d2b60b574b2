internal import CaseModel
internal import Markup

/// How sure the proposals said they were, and how often they were right: on the line, they were as right as they
/// were sure.
struct Reliability {
    let bins: [SuggestionReport.Bin]
    /// Whether the rest of the page is about one type only.
    let isOfOneType: Bool

    /// Proposals below which a share says little; its circle is drawn hollow.
    private static let fewCount = 20

    // The plot's measures, in its own units.
    private static let width = 380
    private static let height = 320
    private static let left = 46
    private static let bottom = 46
    private static let top = 10
    private static let right = 14

    var html: HTML {
        let whole: HTML = " These are the proposals of all case types."
        return """
            <section class="card-plain plot" aria-labelledby="reliability-title">\
            <h2 id="reliability-title">How sure, and how often right</h2>
            <p class="muted">Each of the types that were proposed counts, also the second and the third. On the \
            dashed line proposals are as often right as they say; the bars say where the share lies with 95 % \
            confidence.\(whole, if: isOfOneType)</p>
            <p class="plot-key"><span><svg class="plot-mark" viewBox="0 0 12 12" aria-hidden="true">\
            <circle class="dot-many" cx="6" cy="6" r="4"></circle></svg>\(Self.fewCount) proposals or more</span>
            <span><svg class="plot-mark" viewBox="0 0 12 12" aria-hidden="true">\
            <circle class="dot-few" cx="6" cy="6" r="4"></circle></svg>Fewer</span></p>
            <div class="plot-grid plot-square"><div class="plot-frame">\(plot)</div>\(table)</div></section>

            """
    }

    private static func x(_ percent: Double) -> Int {
        left + Int((percent * Double(width - left - right) / 100).rounded())
    }

    private static func y(_ percent: Double) -> Int {
        height - bottom - Int((percent * Double(height - bottom - top) / 100).rounded())
    }

    private var plot: HTML {
        let ticks = stride(from: 0.0, through: 100, by: 25).map { percent -> HTML in
            """
            <line class="plot-line" x1="\(Self.left)" x2="\(Self.width - Self.right)" \
            y1="\(Self.y(percent))" y2="\(Self.y(percent))"></line>
            <text class="plot-number" x="\(Self.left - 6)" y="\(Self.y(percent) + 4)" \
            text-anchor="end">\(Int(percent))</text>
            <text class="plot-number" x="\(Self.x(percent))" y="\(Self.height - Self.bottom + 16)" \
            text-anchor="middle">\(Int(percent))</text>

            """
        }
        return """
            <svg class="plot-svg" viewBox="0 0 \(Self.width) \(Self.height)" role="img" \
            aria-labelledby="reliability-title reliability-description">
            <desc id="reliability-description">A circle for each ten percent of sureness; the table beside it \
            has the numbers.</desc>
            \(ticks)<line class="plot-ideal" x1="\(Self.x(0))" y1="\(Self.y(0))" x2="\(Self.x(100))" \
            y2="\(Self.y(100))"></line>
            <text class="plot-name" x="\(Self.x(50))" y="\(Self.height - 8)" \
            text-anchor="middle">Said to be sure, %</text>
            <text class="plot-name" transform="translate(13 \(Self.y(50))) rotate(-90)" \
            text-anchor="middle">Right, %</text>
            \(bins.map(dot))</svg>
            """
    }

    private func dot(_ bin: SuggestionReport.Bin) -> HTML {
        guard let mean = bin.meanPercent, let right = bin.rightPercent, let interval = bin.interval
        else { return .empty }
        let kind: HTML = bin.shown < Self.fewCount ? "dot-few" : "dot-many"
        return """
            <line class="plot-interval" x1="\(Self.x(mean))" x2="\(Self.x(mean))" \
            y1="\(Self.y(interval.lowerBound))" y2="\(Self.y(interval.upperBound))"></line>
            <circle class="\(kind)" cx="\(Self.x(mean))" cy="\(Self.y(right))" r="5"></circle>

            """
    }

    private var table: HTML {
        let rows = bins.indices.map { index -> HTML in
            let bin = bins[index]
            let range = "\(index * 10)–\((index + 1) * 10) %"
            let interval = bin.interval.map {
                "\(Int($0.lowerBound.rounded()))–\(Int($0.upperBound.rounded())) %"
            }
            return """
                <tr><th scope="row">\(range)</th><td>\(groupedDigits(bin.shown))</td>
                <td>\(groupedDigits(bin.right))</td><td>\(percentText(bin.right, of: bin.shown))</td>
                <td>\(interval ?? "–")</td></tr>

                """
        }
        return """
            <div class="plot-table plot-table-whole" role="region" tabindex="0" \
            aria-label="The numbers by sureness">
            <table class="table desk-table number-table" id="reliability-table">
            <thead><tr><th scope="col">Said to be sure</th><th scope="col">Proposals</th>
            <th scope="col">Right</th><th scope="col">Share</th><th scope="col">95 % within</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }
}
