internal import CaseModel
internal import CaseStorage
internal import CaseSuggestion
internal import Foundation
internal import Glibc

// Learning from saved cases: at the start from the last thousands, then from each that is saved, on one thread
// that gives way to those that answer requests. What it learned is not stored; the cases are.

extension Suggestions {
    /// Saved cases that a new process learns from, the last ones: as many as a model remembers.
    private static let historyCount = 20_000
    /// Cases that are learned before the next engine is in use; each takes some milliseconds.
    private static let batchCount = 20
    /// Lessons that are read at a time, which bounds the memory that they take.
    private static let readCount = 100
    /// How far the thread gives way: half-way to as far as can be (setpriority(2)).
    private static let niceness: Int32 = 10

    /// Has the cases learned that were saved since; returns at once.
    package func learnSavedCases() {
        guard learning.ask() else { return }
        let thread = Thread { [self] in work() }
        thread.name = "casedesk-learner"
        thread.stackSize = 1024 * 1024
        thread.start()
    }

    /// Waits until all cases are learned that were saved before the last ``learnSavedCases()``.
    package func waitUntilLearned() { learning.wait() }

    /// Ends the learning; to be called before the store is closed.
    package func close() { learning.close() }

    private func work() {
        // On Linux this is about the calling thread alone.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
        var course: Course?
        learning.run {
            do throws(StoreError) {
                if var next = course {
                    try learnNew(&next)
                    course = next
                } else {
                    course = try learnHistory()
                }
            } catch {
                if !learning.isClosed { report("nothing was learned: \(error)") }
            }
        }
    }

    /// Where the thread stands: its connection, and the last case that it has learned.
    private struct Course {
        let reader: StoreReader
        var last: CaseNumber?
    }

    /// Learns the last cases, beside the engine in use, which goes on without them meanwhile.
    private func learnHistory() throws(StoreError) -> Course {
        let reader = try store.makeReader()
        let options = try reader.options()
        let everyType = try reader.caseTypes().map { TypeText($0.type) }
        let lessons = Lessons(
            reader: reader, after: try reader.lesson(beforeLast: Self.historyCount),
            batchCount: Self.readCount)
        var teacher = SuggestionEngine(types: everyType)
        teacher.learn(lessons, until: { self.learning.isClosed })
        if let fault = lessons.fault { throw fault }
        replace { current in
            let types = current?.engine.index.types ?? options.types.map(TypeText.init)
            return InUse(
                engine: SuggestionEngine(types: types, model: teacher.model),
                version: current?.version ?? options.version)
        }
        return Course(reader: reader, last: lessons.last)
    }

    /// Learns the cases that were saved since, some at a time.
    private func learnNew(_ course: inout Course) throws(StoreError) {
        while !learning.isClosed {
            let lessons = try course.reader.lessons(
                after: course.last, limit: Self.batchCount, Lessons.limits)
            guard let last = lessons.last else { return }
            replace { current in
                var engine = current?.engine ?? SuggestionEngine(types: [])
                for lesson in lessons { engine.learn(lesson) }
                return InUse(engine: engine, version: current?.version ?? 0)
            }
            course.last = last.number
        }
    }
}

/// The lessons after a case, read as they are needed.
private final class Lessons: Sequence, IteratorProtocol {
    private let reader: StoreReader
    private let batchCount: Int
    private var batch: ArraySlice<CaseLesson> = []
    /// The last case that was read.
    private(set) var last: CaseNumber?
    /// Why there are no more, when it is not that there are none.
    private(set) var fault: StoreError?

    /// As much as is looked at.
    static let limits = StoreReader.LessonLimits(
        messageCount: ReadingLimit.maximumMessageCount,
        characterCount: ReadingLimit.maximumScalarCountPerMessage)

    init(reader: StoreReader, after last: CaseNumber?, batchCount: Int) {
        self.reader = reader
        self.last = last
        self.batchCount = batchCount
    }

    func next() -> CaseLesson? {
        if batch.isEmpty {
            do throws(StoreError) {
                batch = try reader.lessons(after: last, limit: batchCount, Self.limits)[...]
            } catch {
                fault = error
            }
        }
        guard let lesson = batch.popFirst() else { return nil }
        last = lesson.number
        return lesson
    }
}
