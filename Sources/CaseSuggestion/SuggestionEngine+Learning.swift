package import CaseModel

// How sure the engine is to be is seen from a case before the case is learned: what it would have proposed, and
// what the agent chose.

extension SuggestionEngine {
    /// Cases, of those that are learned at once, for which it is noted what would have been proposed: the last ones.
    static let notedCaseCount = 200
    /// So many other cases teach so much that the last ones may as well be learned one by one.
    static let manyCaseCount = 2_000
    /// Parts that the last of few cases are noted in, each after the others were learned.
    static let partCount = 4

    /// Learns from a saved case which type was chosen; bounded work, meant to run beside the requests.
    package mutating func learn(_ lesson: CaseLesson) {
        learn(ReadLesson(lesson, in: index))
    }

    /// Learns from many saved cases at once, which are read one by one.
    ///
    /// - Parameter isOver: Asked now and then; when it is true, the rest is not learned.
    package mutating func learn(
        _ lessons: some Sequence<CaseLesson>, until isOver: () -> Bool = { false }
    ) {
        var latest = LatestLessons(maximumCount: Self.notedCaseCount)
        var learned: Set<ConversationID> = []
        for lesson in lessons {
            if isOver() { return }
            guard let earlier = latest.push(ReadLesson(lesson, in: index)) else { continue }
            remember(earlier, &learned)
        }
        if learned.count < Self.manyCaseCount {
            learnTogether(latest.inOrder, learned, until: isOver)
        } else {
            model.train(until: isOver)
            for lesson in latest.inOrder where !isOver() {
                learn(lesson, isNew: !learned.contains(lesson.source))
            }
        }
    }

    /// Learns all that is remembered and the latest lessons at once; each part of these is noted by a copy that has
    /// learned the other parts.
    private mutating func learnTogether(
        _ latest: [ReadLesson], _ learned: Set<ConversationID>, until isOver: () -> Bool
    ) {
        for part in 0..<Self.partCount {
            var trial = self
            var learned = learned
            for place in latest.indices where place % Self.partCount != part {
                trial.remember(latest[place], &learned)
            }
            trial.model.train(until: isOver)
            for place in latest.indices where place % Self.partCount == part {
                if !learned.contains(latest[place].source) { trial.note(latest[place]) }
            }
            model.choices = trial.model.choices
        }
        for lesson in latest { model.remember(lesson.features, type: lesson.type) }
        model.train(until: isOver)
    }

    private mutating func remember(_ lesson: ReadLesson, _ learned: inout Set<ConversationID>) {
        learned.insert(lesson.source)
        model.remember(lesson.features, type: lesson.type)
    }

    /// - Parameter isNew: Whether nothing was learned from its conversation yet.
    private mutating func learn(_ lesson: ReadLesson, isNew: Bool = true) {
        if isNew { note(lesson) }
        model.learn(lesson.features, type: lesson.type)
    }

    /// Notes what would have been proposed, and whether it was chosen.
    private mutating func note(_ lesson: ReadLesson) {
        guard index.position(of: lesson.type) != nil,
            !model.choices.addChoice(of: lesson.type, for: lesson.source)
        else { return }
        let suggestions = candidates(own: lesson.own, features: lesson.features).map {
            (type: index.types[$0.type].id, logOdds: $0.logOdds)
        }
        model.choices.note(suggestions, for: lesson.source, chosen: lesson.type)
    }
}

/// A lesson as it is compared and learned.
private struct ReadLesson {
    let source: ConversationID
    let type: CaseTypeID
    let own: TypeScorer.Scores
    let features: CaseFeatures

    init(_ lesson: CaseLesson, in index: TypeIndex) {
        let reading = ConversationReading(lesson.conversation)
        source = lesson.source
        type = lesson.type
        own = TypeScorer.scores(WeightedWords(reading, weights: index.weights), in: index)
        features = CaseFeatures(reading)
    }
}

/// The last lessons of a row whose end is not known.
private struct LatestLessons {
    let maximumCount: Int
    private var lessons: [ReadLesson] = []
    private var oldest = 0

    init(maximumCount: Int) {
        self.maximumCount = maximumCount
    }

    /// Oldest first.
    var inOrder: [ReadLesson] { Array(lessons[oldest...] + lessons[..<oldest]) }

    /// - Returns: The lesson that is not among the last ones any more.
    mutating func push(_ lesson: ReadLesson) -> ReadLesson? {
        guard lessons.count == maximumCount else {
            lessons.append(lesson)
            return nil
        }
        let earlier = lessons[oldest]
        lessons[oldest] = lesson
        oldest = (oldest + 1) % maximumCount
        return earlier
    }
}
