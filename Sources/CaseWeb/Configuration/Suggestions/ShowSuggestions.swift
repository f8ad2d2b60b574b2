// GET /configuration/suggestions: how often the case type that an agent chose was the first that was proposed, among
// the three, or neither, over time and by type; what is taken for what; how sure the proposals said they were and
// how often they were right; and which types lack a description. ?by=days|weeks, ?type=ID, ?engine=. 200.

internal import CaseModel
internal import CaseStorage
internal import Foundation
internal import Markup

enum ShowSuggestions {
    static let link: Link = "/configuration/suggestions"

    static func page(_ visit: AgentVisit, _ path: PathValues) throws -> Response {
        let request = ReportRequest(visit.query)
        let bounds = request.bounds(until: visit.now, in: visit.zone)
        let result = try visit.reader.suggestionReport(
            SuggestionReport.Question(
                bounds: bounds, type: request.type, engine: request.engine))
        let types = try visit.reader.caseTypes().map(\.type)
        let page = SuggestionPage(
            visit: visit, request: request, result: result, names: TypeNames(types),
            types: types, setup: try visit.reader.outsideEngine())
        return .page(
            DeskArea.configuration(.suggestions)
                .page(title: "Suggestions", content: page.html, visit).html(for: visit))
    }
}

/// What people read for a case type; one that was proposed and is deleted by now has no name any more.
struct TypeNames {
    private let names: [CaseTypeID: String]

    init(_ types: [CaseType]) {
        names = Dictionary(types.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(id: CaseTypeID) -> String { names[id] ?? "Deleted type" }

    func knows(_ id: CaseTypeID) -> Bool { names[id] != nil }
}

/// The page with all of its parts.
private struct SuggestionPage {
    let visit: AgentVisit
    let request: ReportRequest
    let result: SuggestionReportResult
    let names: TypeNames
    let types: [CaseType]
    let setup: OutsideEngineSetup

    private var report: SuggestionReport { result.report }

    var html: HTML {
        """
        <div class="page-head"><h1>Suggestions</h1>\(engineLink)</div>
        <p class="page-lead">Which case types were proposed for conversations, and which ones the agents \
        chose. Each case that is made of a conversation is counted once, when it is saved. \
        <span id="engine-in-use">\(engineInUse)</span></p>
        \(result.isEmptyEver ? nothingEver : "\(filters)\(findings)")\(MissingWords(types: types).html)
        """
    }

    /// Who proposes types at present.
    private var engineInUse: HTML {
        setup.values.isEnabled
            ? "The outside engine \(setup.values.displayName) is asked first, then CaseDesk’s own."
            : "Conversations are read by CaseDesk’s own engine."
    }

    private var engineLink: HTML {
        let link: HTML = """
            <div class="page-actions"><a class="btn btn-outline-secondary" \
            href="\(EditOutsideEngine.link)" id="outside_engine">Outside engine</a></div>
            """
        return Route.Right.administrator.isHeld(by: visit.viewer) ? link : .empty
    }

    private var nothingEver: HTML {
        """
        <div class="empty"><h2>Nothing to count yet</h2>
        <p>As soon as agents make cases of conversations, this page shows how often the right type was \
        proposed.</p><a class="btn btn-primary" href="/workbench">Go to the workbench</a></div>

        """
    }

    private var findings: HTML {
        guard report.total.total > 0 else {
            return """
                <div class="empty"><h2>Nothing in this time</h2>
                <p>No case was made of a conversation that fits what is chosen above.</p>
                <a class="btn btn-outline-secondary" href="\(ShowSuggestions.link)">Show all</a></div>

                """
        }
        let cut: HTML = """
            <p class="notice notice-warn">There were more cases than can be counted at once: the newest \
            \(groupedDigits(StoreReader.maximumOutcomeCount)) are shown.</p>
            """
        return """
            \(cut, if: result.isCut)\(summary)\
            \(OutcomesOverTime(report: report, step: request.step, times: visit.times).html)\
            \(OutcomesByType(report: report, names: names, request: request).html)\
            \(ConfusedTypes(report: report, names: names).html)\
            \(Reliability(bins: report.bins, isOfOneType: request.type != nil).html)
            """
    }

    private var filters: HTML {
        let steps = ReportRequest.Step.allCases.map { ($0.rawValue, $0.label) }
        let chosen = types.map { ($0.id.description, $0.name) }
        let engines = SuggestingEngine.allCases.map { ($0.rawValue, $0.label) }
        let type = request.type?.description ?? ""
        return """
            <form class="filters" method="get" action="\(ShowSuggestions.link)">
            \(select("by", "Time", steps, selected: request.step.rawValue))\
            \(select("type", "Saved as", [("", "All case types")] + chosen, selected: type))\
            \(select("engine", "Proposed by", [("", "Either engine")] + engines,
                selected: request.engine?.rawValue ?? ""), if: result.knowsOutside)
            <button class="btn btn-outline-secondary" type="submit" id="filter">Show</button></form>

            """
    }

    private func select(
        _ name: String, _ label: String, _ choices: [(value: String, label: String)],
        selected: String
    ) -> HTML {
        let mark: HTML = " selected"
        let options = choices.map { choice -> HTML in
            """
            <option value="\(choice.value)"\(mark, if: choice.value == selected)>\(choice.label)</option>

            """
        }
        return """
            <div class="field"><label class="form-label" for="\(name)">\(label)</label>
            <select class="form-select" id="\(name)" name="\(name)">\(options)</select></div>

            """
    }

    private var summary: HTML {
        let total = report.total
        let among = total.first + total.further
        let silent: HTML = """
            <p class="muted">For \(counted(report.withoutProposal, "case")) nothing was proposed; they count \
            as none of the three.</p>
            """
        return """
            <section class="card-plain" aria-labelledby="summary-title">\
            <h2 id="summary-title">\(counted(total.total, "case")) made of conversations</h2>
            <dl class="figures">\(figure("First proposal chosen", total.first))\
            \(figure("One of the three chosen", among))\
            \(figure("None of the three chosen", total.neither))</dl>\
            \(silent, if: report.withoutProposal > 0)</section>

            """
    }

    private func figure(_ label: String, _ count: Int) -> HTML {
        """
        <div><dt>\(label)</dt><dd>\(percentText(count, of: report.total.total)) \
        <span class="muted">\(groupedDigits(count))</span></dd></div>

        """
    }
}

extension SuggestingEngine {
    /// The words for people.
    var label: String {
        switch self {
        case .embedded: "CaseDesk"
        case .outside: "The outside engine"
        }
    }
}

extension SuggestionOutcome.Place {
    /// The words for people.
    var label: String {
        switch self {
        case .first: "First"
        case .further: "Second or third"
        case .neither: "None of the three"
        }
    }

    /// The name of its look in plots.
    var mark: HTML {
        switch self {
        case .first: "place-first"
        case .further: "place-further"
        case .neither: "place-neither"
        }
    }

    /// What says which look is which.
    static let key: HTML = {
        let items = allCases.map { place -> HTML in
            """
            <span><svg class="plot-mark" viewBox="0 0 12 12" aria-hidden="true">\
            <rect class="\(place.mark)" x="1" y="1" width="10" height="10"></rect></svg>\(place.label)</span>

            """
        }
        return "<p class=\"plot-key\">\(items)</p>"
    }()
}

/// A share as people read it: `43 %`, and a dash of nothing.
func percentText(_ count: Int, of total: Int) -> String {
    total == 0 ? "–" : "\(Int((100 * Double(count) / Double(total)).rounded())) %"
}
