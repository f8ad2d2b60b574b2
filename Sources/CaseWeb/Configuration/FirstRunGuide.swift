internal import CaseModel
internal import CaseStorage
internal import Markup

/// The steps from an empty tenant space to its first case, each a link that ticks itself.
///
/// It stands at the top of Configuration Center until every step is done, and on the workbench until there is a
/// case, for those who may configure.
struct FirstRunGuide {
    private let steps: [Step]

    private struct Step {
        let title: String
        let advice: String
        let link: Link
        let isDone: Bool
    }

    init(_ state: FirstRunState) {
        steps = [
            Step(
                title: "Add a case type", advice: "What customers call about, one kind each.",
                link: "/configuration/case-types/new", isDone: state.hasCaseType),
            Step(
                title: "Add a case queue", advice: "A team that takes cases together.",
                link: "/configuration/case-queues/new", isDone: state.hasCaseQueue),
            Step(
                title: "Add your colleagues", advice: "An account for everybody who handles cases.",
                link: "/configuration/employees/new", isDone: state.hasColleague),
            Step(
                title: "Activate an assignment rule",
                advice: "Who gets a case when nobody is chosen.",
                link: "/configuration/assignment-rules", isDone: state.hasActiveRule),
            Step(
                title: "Make the first case", advice: "A customer can be added on the way.",
                link: "/cases/new", isDone: state.hasCase),
        ]
    }

    /// For the first page of Configuration Center.
    static func inConfiguration(_ visit: AgentVisit) throws -> HTML {
        let guide = FirstRunGuide(try visit.reader.firstRunState())
        return guide.steps.allSatisfy(\.isDone) ? .empty : guide.html
    }

    /// For the workbench.
    static func onWorkbench(_ visit: AgentVisit) throws -> HTML {
        guard visit.employee.role == .administrator else { return .empty }
        let state = try visit.reader.firstRunState()
        return state.hasCase ? .empty : FirstRunGuide(state).html
    }

    private var html: HTML {
        let done = steps.count(where: \.isDone)
        return """
            <section class="card-plain guide" id="first-run" aria-labelledby="first-run-heading">
            <h2 id="first-run-heading">First steps</h2>
            <p class="muted">\(done) of \(steps.count) done</p>
            <ol class="guide-steps">\(steps.map(row))</ol></section>

            """
    }

    private func row(_ step: Step) -> HTML {
        let mark: HTML =
            step.isDone
            ? "<span class=\"guide-mark guide-done\" aria-hidden=\"true\">✓</span>"
            : "<span class=\"guide-mark\" aria-hidden=\"true\"></span>"
        let state: HTML = "<span class=\"visually-hidden\"> (done)</span>"
        return """
            <li>\(mark)<div><a href="\(step.link)">\(step.title)</a>\(state, if: step.isDone)
            <div class="muted">\(step.advice)</div></div></li>

            """
    }
}
