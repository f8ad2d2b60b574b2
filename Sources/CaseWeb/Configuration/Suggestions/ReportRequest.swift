internal import CaseModel
internal import Foundation
internal import Markup

/// What of the past the page of the suggestions is asked for: `?by=days|weeks`, `?type=ID`, `?engine=`.
struct ReportRequest {
    /// The steps of the time axis, and how many of them the page looks back.
    enum Step: String, CaseIterable {
        case days, weeks

        var count: Int {
            switch self {
            case .days: 28
            case .weeks: 26
            }
        }

        var label: String { "The last \(count) \(rawValue)" }

        fileprivate var component: Calendar.Component {
            switch self {
            case .days: .day
            case .weeks: .weekOfYear
            }
        }
    }

    let step: Step
    /// The type that cases were saved with; `nil` for all.
    let type: CaseTypeID?
    let engine: SuggestingEngine?

    init(_ query: Query) {
        step = Step(rawValue: query["by"]) ?? .weeks
        type = CaseTypeID(query["type"])
        engine = SuggestingEngine(rawValue: query["engine"])
    }

    /// The periods up to the one that `now` lies in; weeks begin on Monday (ISO 8601).
    func bounds(until now: Date, in zone: TimeZone) -> [Date] {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = zone
        let here = calendar.dateInterval(of: step.component, for: now)
        guard let start = here?.start else { return [now, now] }
        return (1 - step.count...1).compactMap { offset in
            calendar.date(byAdding: step.component, value: offset, to: start)
        }
    }

    /// The same page for another type.
    func link(to type: CaseTypeID?) -> Link {
        let link: Link = "\(ShowSuggestions.link)?by=\(step.rawValue)"
        let withType: Link = type.map { "\(link)&type=\($0.description)" } ?? link
        return engine.map { "\(withType)&engine=\($0.rawValue)" } ?? withType
    }
}
