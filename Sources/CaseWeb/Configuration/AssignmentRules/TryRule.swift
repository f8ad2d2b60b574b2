// GET /configuration/assignment-rules/ID/try: what a rule would have done with the cases of the last 30 days, beside
// what happened; it changes nothing. ?show=different leaves out what would be the same; ?before= pages by case number.
// 404 for a rule that does not exist.

internal import CaseModel
internal import CaseStorage
internal import Markup

enum TryRule {
    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let id = try path.first(as: AssignmentRuleID.self)
        guard let result = try visit.reader.tryRule(id, now: visit.now) else {
            throw Refusal.notFound
        }
        let title = "What if “\(result.rule.name)” decided"
        let content = TrialView(result: result, visit: visit).html
        return .page(
            DeskArea.configuration(.assignmentRules).page(title: title, content: content, visit)
                .html(for: visit))
    }
}

/// The page of one trial.
private struct TrialView {
    let result: RuleTrialResult
    let visit: AgentVisit
    private let names: OwnerNames
    private let onlyDifferent: Bool

    /// Rows of one page of the table.
    private static let pageLength = 50

    init(result: RuleTrialResult, visit: AgentVisit) {
        self.result = result
        self.visit = visit
        names = OwnerNames(result.names)
        onlyDifferent = visit.query["show"] == "different"
    }

    private var link: Link { "\(RuleLink.one(result.rule.id))/try" }
    private var count: Int { result.trial.outcomes.count }
    private var times: TimeText { TimeText(zone: visit.zone) }

    var html: HTML {
        """
        <div class="page-head"><h1>What if “\(result.rule.name)” decided</h1>
        <div class="page-actions"><a class="btn btn-outline-secondary" \
        href="\(RuleLink.one(result.rule.id))">Back to the rule</a></div></div>
        \(summary)\(count == 0 ? nothing : "\(load)\(cases)")
        """
    }

    private var summary: HTML {
        let limit: HTML = """
             There were more; only the newest \(groupedDigits(RuleLimit.maximumTrialCases)) are looked at.
            """
        return """
            <p id="trial-summary">Of \(counted(count, "case")) of the last \(RuleLimit.trialDays) days, \
            <strong>\(groupedDigits(result.trial.differenceCount))</strong> would have gone to somebody else.\
            \(limit, if: result.isCut) Nothing is changed by looking.</p>
            <p class="muted">A queue hands on here as if all its members had always been present and had no \
            case at first. Compared is who got a case when it was saved, whoever has it now.</p>

            """
    }

    private var nothing: HTML {
        """
        <div class="empty"><h2>No cases to try it on</h2>
        <p>No case was saved in the last \(RuleLimit.trialDays) days.</p></div>
        """
    }

    private var load: HTML {
        LoadSection(loads: result.trial.loads, names: names).html
    }

    // MARK: - The table of cases

    private var cases: HTML {
        let fitting = result.trial.outcomes.reversed().filter { !onlyDifferent || $0.differs }
        let start = CaseNumber(visit.query["before"])
        let rest = fitting.drop { outcome in start.map { outcome.number >= $0 } ?? false }
        let page = rest.prefix(Self.pageLength)
        return """
            <section class="trial-cases" aria-labelledby="trial-cases-title">
            <h2 id="trial-cases-title">Case by case</h2>\(filter)
            <div class="table-wrap"><table class="table desk-table list-table">
            <caption>Newest first; showing \(groupedDigits(page.count)) of \
            \(groupedDigits(fitting.count))</caption>
            <thead><tr><th scope="col">Case</th><th scope="col">Saved</th><th scope="col">Decided by</th>
            <th scope="col">Would have got it</th><th scope="col">Got it</th></tr></thead>
            <tbody>\(page.map(row))</tbody></table></div>
            <nav class="pager" aria-label="Pages">\(first, if: start != nil)\
            \(older(than: page.last, of: rest.count))</nav></section>
            """
    }

    private var filter: HTML {
        let current: HTML = " aria-current=\"true\""
        let different = groupedDigits(result.trial.differenceCount)
        return """
            <nav class="trial-filter" aria-label="Which cases">
            <a href="\(link)"\(current, if: !onlyDifferent)>All (\(groupedDigits(count)))</a>
            <a href="\(link)?show=different" id="only_different"\(current, if: onlyDifferent)>\
            Only those that differ (\(different))</a></nav>
            """
    }

    private func row(_ outcome: RuleTrial.Outcome) -> HTML {
        let changed: HTML = " class=\"trial-differs\""
        let mark: HTML = " <span class=\"badge-p\">differs</span>"
        return """
            <tr\(changed, if: outcome.differs)><th scope="row">\(name(of: outcome))</th>
            <td data-label="Saved">\(times.shortElement(outcome.savedAt, now: visit.now))</td>
            <td data-label="Decided by">\(outcome.itemPosition.map { "Item \($0)" } ?? "Default owner")</td>
            <td data-label="Would have got it"><span>\(names[outcome.wouldBe])\(mark, if: outcome.differs)</span></td>
            <td data-label="Got it">\(names[outcome.was])</td></tr>

            """
    }

    /// The title is for those who may see every case.
    private func name(of outcome: RuleTrial.Outcome) -> HTML {
        let number = outcome.number.description
        guard visit.viewer.seesAllCases else { return "Case \(number)" }
        return """
            <a href="\(ShowCase.link(outcome.number))">\(outcome.title)</a>
            <span class="muted">Case \(number) · \(outcome.typeName)</span>
            """
    }

    private var first: HTML {
        let all: Link = onlyDifferent ? "\(link)?show=different" : link
        return "<a rel=\"prev\" href=\"\(all)\">Newest cases</a> "
    }

    private func older(than last: RuleTrial.Outcome?, of restCount: Int) -> HTML {
        guard let last, restCount > Self.pageLength else { return .empty }
        let show = onlyDifferent ? "different" : ""
        let older: Link = "\(link)?show=\(show)&before=\(last.number.description)"
        return "<a rel=\"next\" href=\"\(older)\">Older cases</a>"
    }
}
