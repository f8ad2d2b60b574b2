internal import Dispatch
internal import Foundation
internal import GRDB
internal import Glibc
internal import Synchronization

/// The one connection that changes the database, on a thread of its own.
///
/// It takes all changes that wait, makes them in one transaction, and answers them after the one
/// commit: sixteen durable changes cost one wait for the disk. A change that fails is undone alone;
/// a transaction that fails (disk full, other program too slow) fails all of them and leaves nothing.
///
/// A change may be made twice, when another one of its group has to be undone, so it has no effect
/// but in the database.
final class Writer: Sendable {
    private struct State {
        var waiting: [Change] = []
        var touches: [[UInt8]: Int64] = [:]
        var oldestTouch: DispatchTime?
        var lastGroup = 1
        var isThreadAwake = false
        var isClosed = false
    }

    /// A change and the way to tell its caller how it ended.
    private struct Change: Sendable {
        let make: @Sendable (Database) throws -> Void
        let answer: @Sendable (StoreError?) -> Void
    }

    private let queue: DatabaseQueue
    private let shared: SharedCache
    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// Takes a connection and starts the thread.
    init(queue: DatabaseQueue, shared: SharedCache) {
        self.queue = queue
        self.shared = shared
        let thread = Thread { [self] in
            while takeTurn() {}
            ended.signal()
        }
        thread.name = "casedesk-writer"
        thread.stackSize = 1024 * 1024
        thread.start()
    }

    /// Makes a change and waits until it is on the disk.
    ///
    /// - Throws: What `work` throws, or why the transaction failed.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) throws(StoreError) -> Value {
        let outcome = Outcome<Value>()
        let change = Change(
            make: { db in outcome.keep(try work(db)) }, answer: { outcome.finish($0) })
        let refusal: StoreError? = state.withLock { state in
            if state.isClosed { return .closed }
            if state.waiting.count >= StoreLimit.maximumWaitingWrites { return .busy }
            state.waiting.append(change)
            return nil
        }
        if let refusal { throw refusal }
        wakeThread()
        return try outcome.wait()
    }

    /// Notes when a session was last used; it rides on the next transaction, or makes one
    /// ``StoreLimit/touchDelay`` seconds later.
    func touch(_ key: [UInt8], at milliseconds: Int64) {
        let isFirst = state.withLock { state in
            guard !state.isClosed else { return false }
            state.touches[key] = max(milliseconds, state.touches[key] ?? 0)
            guard state.oldestTouch == nil else { return false }
            state.oldestTouch = .now()
            return true
        }
        // So that the thread waits with a limit from now on.
        if isFirst { wakeThread() }
    }

    /// Makes the changes that wait, then ends the thread and closes the connection.
    func close() {
        let wasOpen = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard wasOpen else { return }
        wake.signal()
        ended.wait()
        try? queue.close()
    }

    private func wakeThread() {
        let mustWake = state.withLock { state in
            defer { state.isThreadAwake = true }
            return !state.isThreadAwake
        }
        if mustWake { wake.signal() }
    }

    /// What the thread does over and over; false when it should end.
    private func takeTurn() -> Bool {
        gather()
        let (changes, touches, isClosed, deadline) = state.withLock { state in
            let deadline = state.oldestTouch.map { $0 + .seconds(StoreLimit.touchDelay) }
            let changes = Array(state.waiting.prefix(StoreLimit.maximumGroupedWrites))
            state.waiting.removeFirst(changes.count)
            if !changes.isEmpty { state.lastGroup = changes.count }
            let areTouchesDue =
                !changes.isEmpty || state.isClosed || (deadline ?? .distantFuture) <= .now()
            let touches = areTouchesDue ? state.touches : [:]
            if areTouchesDue {
                state.touches = [:]
                state.oldestTouch = nil
            }
            if changes.isEmpty && touches.isEmpty { state.isThreadAwake = false }
            return (changes, touches, state.isClosed, deadline)
        }
        if !changes.isEmpty || !touches.isEmpty {
            commit(changes, touches)
            return true
        }
        if isClosed { return false }
        _ = wake.wait(timeout: deadline ?? .distantFuture)
        return true
    }

    /// Waits a moment for those who were answered last and are likely to come again: the first of
    /// them would otherwise have a wait for the disk to itself, and the others the next.
    private func gather() {
        let start = DispatchTime.now()
        while true {
            let isComplete = state.withLock { state in
                state.waiting.isEmpty || state.isClosed
                    || state.waiting.count >= state.lastGroup * 3 / 4
            }
            if isComplete || DispatchTime.now() > start + Self.gatheringTime { return }
            usleep(50)
        }
    }

    /// A part of what the fastest wait for a disk takes, so that nobody waits much longer for it.
    private static let gatheringTime: DispatchTimeInterval = .microseconds(400)

    /// One transaction for all of them.
    private func commit(_ changes: [Change], _ touches: [[UInt8]: Int64]) {
        var failures = [StoreError?](repeating: nil, count: changes.count)
        do {
            do {
                failures = try transaction(changes, touches, undoing: .nothing)
            } catch is MustUndo {
                failures = try transaction(changes, touches, undoing: .eachChange)
            }
        } catch {
            failures = [StoreError?](repeating: StoreError(error), count: changes.count)
        }
        for (change, failure) in zip(changes, failures) { change.answer(failure) }
    }

    /// What a transaction prepares to undo.
    private enum Undoing {
        /// Nothing: enough as long as changes that fail do so before they have written anything, as
        /// nearly all do. A savepoint for each change would make FTS5 write its part of each one by
        /// one.
        case nothing
        case eachChange
    }

    /// A change failed half-way, so the transaction has to be made again with savepoints.
    private struct MustUndo: Error {}

    /// Makes the changes and commits.
    ///
    /// - Returns: For each change why it alone failed, or `nil`.
    /// - Throws: ``MustUndo``, or why the whole transaction is lost; nothing is stored then.
    private func transaction(
        _ changes: [Change], _ touches: [[UInt8]: Int64], undoing: Undoing
    ) throws -> [StoreError?] {
        try queue.inDatabase { db in
            if db.isInsideTransaction { try db.run("ROLLBACK") }
            try db.run("BEGIN IMMEDIATE")
            do {
                let failures = try changes.map { change in
                    switch undoing {
                    case .nothing: try attempt(change, in: db)
                    case .eachChange: try attemptWithSavepoint(change, in: db)
                    }
                }
                try write(touches, in: db)
                let now = DispatchTime.now()
                let versions = try db.versions()
                try db.run("COMMIT")
                shared.note(versions, at: now)
                return failures
            } catch {
                // Some errors end the transaction by themselves.
                if db.isInsideTransaction { try? db.run("ROLLBACK") }
                throw error
            }
        }
    }

    private func attempt(_ change: Change, in db: Database) throws -> StoreError? {
        let changesBefore = db.totalChangesCount
        do {
            try change.make(db)
            return nil
        } catch {
            if error.endsTransaction || !db.isInsideTransaction { throw error }
            guard db.totalChangesCount == changesBefore else { throw MustUndo() }
            return StoreError(error)
        }
    }

    private func attemptWithSavepoint(_ change: Change, in db: Database) throws -> StoreError? {
        try db.run("SAVEPOINT change")
        do {
            try change.make(db)
            try db.run("RELEASE change")
            return nil
        } catch {
            if error.endsTransaction || !db.isInsideTransaction { throw error }
            try db.run("ROLLBACK TO change")
            try db.run("RELEASE change")
            return StoreError(error)
        }
    }

    private func write(_ touches: [[UInt8]: Int64], in db: Database) throws {
        for (key, at) in touches {
            try db.run(
                "UPDATE session SET lastSeenAt = ? WHERE key = ? AND lastSeenAt < ?",
                [at, Data(key), at])
        }
    }
}

extension Error {
    /// Whether the whole transaction is lost with the statement that failed so.
    fileprivate var endsTransaction: Bool {
        guard let error = self as? DatabaseError else { return false }
        return ![.SQLITE_CONSTRAINT, .SQLITE_ERROR, .SQLITE_TOOBIG, .SQLITE_MISMATCH]
            .contains(error.resultCode)
    }
}

/// Where a caller waits for its change to be on the disk.
private final class Outcome<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let failure = Mutex<StoreError?>(nil)
    private let done = DispatchSemaphore(value: 0)

    func keep(_ made: Value) { value.withLock { $0 = made } }

    func finish(_ error: StoreError?) {
        failure.withLock { $0 = error }
        done.signal()
    }

    func wait() throws(StoreError) -> Value {
        done.wait()
        if let error = failure.withLock({ $0 }) { throw error }
        guard let made = value.withLock({ $0 }) else { throw .closed }
        return made
    }
}
