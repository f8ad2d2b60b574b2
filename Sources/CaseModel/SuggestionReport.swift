package import Foundation

/// How good the proposals of a time were: counted over the cases that were made of conversations.
///
/// A value to which outcomes are added one by one, in any order, so that none of them is kept.
package struct SuggestionReport: Equatable, Sendable {
    /// How often the choice stood where.
    package struct Tally: Equatable, Sendable {
        package private(set) var first = 0
        package private(set) var further = 0
        package private(set) var neither = 0

        package init() {}

        package var total: Int { first + further + neither }

        package subscript(place: SuggestionOutcome.Place) -> Int {
            switch place {
            case .first: first
            case .further: further
            case .neither: neither
            }
        }

        fileprivate mutating func count(_ place: SuggestionOutcome.Place) {
            switch place {
            case .first: first += 1
            case .further: further += 1
            case .neither: neither += 1
            }
        }
    }

    /// A type that was proposed first, and the other one that was chosen.
    package struct Confusion: Hashable, Sendable {
        package let proposed: CaseTypeID
        package let chosen: CaseTypeID

        package init(proposed: CaseTypeID, chosen: CaseTypeID) {
            self.proposed = proposed
            self.chosen = chosen
        }
    }

    /// Proposals that were said to be about equally sure.
    package struct Bin: Equatable, Sendable {
        /// How often a type was proposed with such a sureness.
        package private(set) var shown = 0
        /// How often that type was chosen.
        package private(set) var right = 0
        /// The surenesses together, in percent.
        package private(set) var percentSum = 0

        package init() {}

        fileprivate mutating func count(_ proposed: ProposedType, isRight: Bool) {
            shown += 1
            right += isRight ? 1 : 0
            percentSum += proposed.percent
        }

        /// The share that was right, in percent; `nil` when nothing was shown.
        package var rightPercent: Double? {
            shown == 0 ? nil : 100 * Double(right) / Double(shown)
        }

        /// What was said at the mean, in percent; `nil` when nothing was shown.
        package var meanPercent: Double? {
            shown == 0 ? nil : Double(percentSum) / Double(shown)
        }

        /// Where the share lies that more cases would show, with 95 % confidence, in percent.
        ///
        /// The score interval for a proportion (E. B. Wilson, 1927), which also holds for few cases.
        package var interval: ClosedRange<Double>? {
            guard shown > 0 else { return nil }
            let count = Double(shown)
            let share = Double(right) / count
            let square = Self.deviations * Self.deviations
            let middle = share + square / (2 * count)
            let spread =
                Self.deviations
                * (share * (1 - share) / count + square / (4 * count * count)).squareRoot()
            let scale = 100 / (1 + square / count)
            return max(0, scale * (middle - spread))...min(100, scale * (middle + spread))
        }

        /// Standard deviations on each side that hold 95 % of a normal distribution.
        private static let deviations = 1.959_964
    }

    /// Bins from 0 to 100 percent, each of ten.
    package static let binCount = 10

    /// What is counted.
    package struct Question: Equatable, Sendable {
        /// The beginnings of the periods in order, and the end of the last one; at least two.
        package let bounds: [Date]
        /// Only cases that were saved with this type, except in the reliability: it would ask for what
        /// came of proposals and look at one answer only.
        package let type: CaseTypeID?
        /// Only what this engine proposed.
        package let engine: SuggestingEngine?

        package init(bounds: [Date], type: CaseTypeID? = nil, engine: SuggestingEngine? = nil) {
            self.bounds = bounds
            self.type = type
            self.engine = engine
        }
    }

    package let question: Question
    package private(set) var total = Tally()
    /// In the order of the question's periods.
    package private(set) var byPeriod: [Tally]
    /// By the type that was chosen, whatever type the question names.
    package private(set) var byType: [CaseTypeID: Tally] = [:]
    package private(set) var confusions: [Confusion: Int] = [:]
    package private(set) var bins = [Bin](repeating: Bin(), count: binCount)
    /// Cases for which nothing was proposed.
    package private(set) var withoutProposal = 0

    package init(_ question: Question) {
        self.question = question
        byPeriod = [Tally](repeating: Tally(), count: max(0, question.bounds.count - 1))
    }

    /// Counts an outcome; one that the question does not ask for changes nothing.
    package mutating func add(_ outcome: SuggestionOutcome) {
        guard let period = period(of: outcome.at) else { return }
        if let engine = question.engine, outcome.proposed.engine != engine { return }
        let place = outcome.place
        byType[outcome.chosen, default: Tally()].count(place)
        for proposed in outcome.proposed.types {
            let bin = min(proposed.percent * Self.binCount / 100, Self.binCount - 1)
            bins[bin].count(proposed, isRight: proposed.type == outcome.chosen)
        }
        if let type = question.type, outcome.chosen != type { return }
        total.count(place)
        byPeriod[period].count(place)
        guard let first = outcome.proposed.types.first else {
            withoutProposal += 1
            return
        }
        if first.type != outcome.chosen {
            let confusion = Confusion(proposed: first.type, chosen: outcome.chosen)
            confusions[confusion, default: 0] += 1
        }
    }

    /// The period that an instant lies in, found by halving.
    private func period(of instant: Date) -> Int? {
        let bounds = question.bounds
        guard let start = bounds.first, let end = bounds.last, instant >= start, instant < end
        else { return nil }
        var low = 0
        var high = bounds.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if instant < bounds[middle] { high = middle } else { low = middle }
        }
        return low
    }
}

extension SuggestionReport {
    /// The types by how many cases were saved with them, most first.
    package var types: [(type: CaseTypeID, tally: Tally)] {
        byType.map { ($0.key, $0.value) }
            .sorted { ($1.1.total, $0.0) < ($0.1.total, $1.0) }
    }

    /// What is taken for what, most often first.
    package var commonConfusions: [(confusion: Confusion, count: Int)] {
        confusions.map { ($0.key, $0.value) }.sorted { left, right in
            (right.1, left.0.chosen, left.0.proposed) < (left.1, right.0.chosen, right.0.proposed)
        }
    }
}
