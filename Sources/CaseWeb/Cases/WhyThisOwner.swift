internal import CaseModel
internal import CaseStorage
internal import Markup

/// How a rule found the first owner of a case: what it looked at, and who could have been chosen.
struct WhyThisOwner {
    let assignment: CaseAssignment
    let times: TimeText

    var html: HTML {
        """
        <details class="card-plain why-owner" id="why-owner"><summary>Why this owner</summary>
        <p>Rule “\(assignment.ruleName)” decided \(times.element(assignment.at)): \(decided) gives it to \
        <strong>\(assignment.targetName)</strong>.</p>
        \(looks)\(distribution)</details>

        """
    }

    private var decided: String {
        assignment.itemPosition.map { "item \($0)" } ?? "no item fits, so the default owner"
    }

    private var looks: HTML {
        guard !assignment.looks.isEmpty else {
            return "<p class=\"muted\">The rule had no items.</p>"
        }
        let rows = assignment.looks.map { look -> HTML in
            """
            <tr><th scope="row">\(look.position)</th><td data-label="Asked">\(look.asked)</td>
            <td data-label="The case had">\(look.found)</td><td data-label="Result">\(result(look))</td></tr>

            """
        }
        return """
            <div class="table-wrap"><table class="table desk-table list-table">
            <caption>What the rule looked at</caption>
            <thead><tr><th scope="col">Item</th><th scope="col">Asked</th>
            <th scope="col">The case had</th><th scope="col">Result</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    private func result(_ look: RuleLook) -> String {
        if look.isPassedOver { return "Fits, but its owner was switched off" }
        return look.fits ? "Fits" : "Does not fit"
    }

    private var distribution: HTML {
        guard let mode = assignment.distribution else { return .empty }
        guard let chosen = assignment.candidates.first else {
            let reason = mode.reason(for: nil, presentCount: assignment.presentCount)
            return "<p>The queue hands on by “\(mode.word)”: the case \(reason).</p>"
        }
        let reason = mode.reason(for: chosen, presentCount: assignment.presentCount)
        let rows = assignment.candidates.enumerated().map { row($1, isChosen: $0 == 0, mode) }
        let number = mode == .leastOpen ? "Open cases" : "Last turn"
        let more: HTML = """
            <p class="muted">The first \(assignment.candidates.count) of \
            \(groupedDigits(assignment.presentCount)) members present.</p>
            """
        return """
            <p>The queue hands on by “\(mode.word)”: \(reason).</p>
            <div class="table-wrap"><table class="table desk-table list-table">
            <caption>Members present, in the order in which they were next</caption>
            <thead><tr><th scope="col">Member</th><th scope="col">\(number)</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>\
            \(more, if: assignment.candidates.count < assignment.presentCount)
            """
    }

    private func row(_ candidate: Candidate, isChosen: Bool, _ mode: Distribution) -> HTML {
        let mark: HTML = " <span class=\"badge-p\">chosen</span>"
        let turn =
            candidate.lastTurn == 0 ? "None yet" : "No. \(groupedDigits(Int(candidate.lastTurn)))"
        let value = mode == .leastOpen ? groupedDigits(candidate.openCases) : turn
        let title = mode == .leastOpen ? "Open cases" : "Last turn"
        return """
            <tr><th scope="row">\(candidate.name)\(mark, if: isChosen)</th>
            <td data-label="\(title)">\(value)</td></tr>

            """
    }
}
