import CaseModel

/// What became of what was proposed: how sure each type was said to be, and whether the agent chose it.
///
/// Conversations of one desk are harder or easier than those ``Calibration`` was fitted on: types that ask for nearly the
/// same, two types in one talk, agents who type little. Each case that is saved is therefore proposed for once
/// more before it is learned, and the line from what was said to what was right is drawn through the last of them
/// (Platt 1999), held near the diagonal while there are few. What was learned from a case never says how sure to be
/// of it.
struct ChoiceRecord: Sendable {
    /// The newest suggestions that count, about five hundred cases: a desk changes.
    static let maximumCount = 1_500

    /// One suggestion: the logarithm of the odds it was given, and whether it was chosen.
    private struct Choice {
        let source: ConversationID
        let type: CaseTypeID
        let logOdds: Float
        var wasChosen: Bool
    }

    private var choices: [Choice] = []
    /// The place of the oldest once all are taken.
    private var oldest = 0
    /// The line: what is added to the logarithm of the odds, and what it is multiplied with.
    private(set) var shift: Float = 0
    private(set) var slope: Float = 1

    /// Suggestions that were noted and still count.
    var count: Int { choices.count }

    /// Bytes held.
    var byteCount: Int { choices.capacity * MemoryLayout<Choice>.stride }

    /// What the odds are once this desk's own choices are taken into account.
    func corrected(_ logOdds: Float) -> Float { shift + slope * logOdds }

    /// Notes what was proposed for a case before it was learned.
    ///
    /// - Parameters:
    ///   - suggestions: The types, with the logarithm of the odds as ``Calibration`` gave it.
    ///   - source: The conversation they were proposed for.
    ///   - chosen: The type of the case, which may be another.
    mutating func note(
        _ suggestions: [(type: CaseTypeID, logOdds: Float)], for source: ConversationID,
        chosen: CaseTypeID
    ) {
        for suggestion in suggestions where suggestion.logOdds.isFinite {
            let choice = Choice(
                source: source, type: suggestion.type, logOdds: suggestion.logOdds,
                wasChosen: suggestion.type == chosen)
            if choices.count < Self.maximumCount {
                choices.append(choice)
            } else {
                choices[oldest] = choice
                oldest = (oldest + 1) % Self.maximumCount
            }
        }
        fit()
    }

    /// Notes a further case that was made from a conversation: both types were right.
    ///
    /// - Returns: Whether suggestions for the conversation are noted; what is proposed for it now is no test, as
    ///   it was learned.
    mutating func addChoice(of type: CaseTypeID, for source: ConversationID) -> Bool {
        var isKnown = false
        for place in choices.indices where choices[place].source == source {
            isKnown = true
            if choices[place].type == type { choices[place].wasChosen = true }
        }
        if isKnown { fit() }
        return isKnown
    }

    /// How near to the diagonal the line is held: deviations between desks, as seen on public sets.
    private static let shiftDeviation = 0.5
    private static let slopeDeviation = 0.2
    /// A line that falls, or nearly, would say that the desk proposes at random.
    private static let leastSlope: Float = 0.3
    /// The three suggestions of a case say less than three cases: one is right, the others then are not.
    private static let weight = 0.6
    /// Newton's steps of a fit, which begins where the last one ended.
    private static let stepCount = 3

    /// The likeliest line, by Newton's method.
    private mutating func fit() {
        var (shift, slope) = (Double(self.shift), Double(self.slope))
        let shiftWeight = 1 / (Self.shiftDeviation * Self.shiftDeviation)
        let slopeWeight = 1 / (Self.slopeDeviation * Self.slopeDeviation)
        for _ in 0..<Self.stepCount {
            var gradient = (-shift * shiftWeight, (1 - slope) * slopeWeight)
            var curvature = (shiftWeight, 0.0, slopeWeight)
            for choice in choices {
                let logOdds = Double(choice.logOdds)
                let said = Double(
                    1 / (1 + Logarithm.exponential(-Float(shift + slope * logOdds))))
                let error = Self.weight * ((choice.wasChosen ? 1 : 0) - said)
                let variance = Self.weight * said * (1 - said)
                gradient.0 += error
                gradient.1 += error * logOdds
                curvature.0 += variance
                curvature.1 += variance * logOdds
                curvature.2 += variance * logOdds * logOdds
            }
            let determinant = curvature.0 * curvature.2 - curvature.1 * curvature.1
            shift += (curvature.2 * gradient.0 - curvature.1 * gradient.1) / determinant
            slope += (curvature.0 * gradient.1 - curvature.1 * gradient.0) / determinant
        }
        guard shift.isFinite, slope.isFinite else { return }
        self.shift = Float(shift)
        self.slope = max(Self.leastSlope, Float(slope))
    }
}
