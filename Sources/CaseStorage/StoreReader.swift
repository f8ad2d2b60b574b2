package import CaseModel
internal import Dispatch
package import Foundation
internal import GRDB
internal import Synchronization

/// A person's session as it is stored; whether it is still good is the caller's to say.
package struct StoredSession: Equatable, Sendable {
    package let viewer: Viewer
    /// From which the session's form tokens are made.
    package let formSecret: [UInt8]
    package let startedAt: Date
    /// The last use that reached the disk; see ``TenantStore/touchSession(_:at:)``.
    package let lastSeenAt: Date
    /// When the person logged out; `nil` while the session lasts.
    package let endedAt: Date?
    /// Whether nothing can be done before the password is changed.
    package let mustChangePassword: Bool
    /// The zone in which times are shown to the person; `nil` for the tenant space's.
    package let timeZone: TimeZone?
}

/// Reads the data of one tenant space over a connection of its own.
///
/// Thread-confined: one for each worker thread. Each method sees one moment of the database.
package final class StoreReader {
    let queue: DatabaseQueue
    private let shared: SharedCache
    /// The versions that what is remembered belongs to.
    private var knownVersions = Versions()
    private var latestOptions: CaseOptions?
    private var sessions: [[UInt8]: StoredSession] = [:]

    init(queue: DatabaseQueue, shared: SharedCache) {
        self.queue = queue
        self.shared = shared
    }

    /// The options of the Case Information page and the tenant's settings.
    ///
    /// Cheap while nothing changes; made anew once for all readers when the configuration did.
    package func options() throws(StoreError) -> CaseOptions {
        try forgetWhatChanged()
        if let latestOptions { return latestOptions }
        return try query { db in
            let version = try db.configurationVersion()
            let options = try shared.options(of: version) { try Self.readOptions(db) }
            latestOptions = options
            return options
        }
    }

    /// The session of a cookie; `nil` when there is none or the account is switched off.
    ///
    /// - Parameter key: SHA-256 of the cookie's token.
    package func session(_ key: [UInt8]) throws(StoreError) -> StoredSession? {
        try forgetWhatChanged()
        if let session = sessions[key] { return session }
        return try query { db in
            guard let session = try StoredSession(key: key, readFrom: db) else { return nil }
            if sessions.count >= StoreLimit.maximumCachedSessions { sessions = [:] }
            sessions[key] = session
            return session
        }
    }

    /// The account of a log-in with its password's hash; `nil` when there is none.
    ///
    /// Accounts that are switched off are found, too; ``Employee/isActive`` says so.
    package func credentials(
        login: String
    ) throws(StoreError) -> (employee: Employee, passwordHash: String)? {
        try query { db in
            guard
                let row = try db.row(
                    """
                    SELECT id, login, name, role, isActive, passwordHash FROM employee
                    WHERE login = ?
                    """, [login.lowercased()])
            else { return nil }
            return (try Employee(row), row["passwordHash"])
        }
    }

    /// How often log-ins failed, by key; keys without a failure since then are absent.
    package func loginFailures(
        keys: [String], since: Date
    ) throws(StoreError) -> [String: (count: Int, last: Date)] {
        try query { db in
            var failures: [String: (count: Int, last: Date)] = [:]
            for key in keys {
                let row = try db.row(
                    """
                    SELECT count(*) AS failures, max(at) AS last FROM loginFailure
                    WHERE key = ? AND at >= ?
                    """, [TenantStore.failureKey(key), since.milliseconds])
                if let row, let last = row.optionalDate("last") {
                    failures[key] = (row["failures"], last)
                }
            }
            return failures
        }
    }

    /// Reads the options of one moment.
    private static func readOptions(_ db: Database) throws -> CaseOptions {
        try db.run("BEGIN")
        defer { try? db.run("COMMIT") }
        return try CaseOptions(readFrom: db)
    }

    /// Runs single statements.
    func query<Value>(_ work: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            return try queue.unsafeRead(work)
        } catch {
            throw StoreError(error)
        }
    }

    /// Runs statements that must see the same moment.
    func snapshot<Value>(_ work: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            return try queue.read(work)
        } catch {
            throw StoreError(error)
        }
    }

    /// Drops what was remembered when somebody has changed it since: a session also depends on the
    /// configuration, as it holds the person and their queues.
    ///
    /// Changes of its own process it sees at once, those of others ``StoreLimit/foreignChangeDelay`` late: one of
    /// all readers then looks at the database.
    private func forgetWhatChanged() throws(StoreError) {
        let now = DispatchTime.now()
        if !shared.areVersionsFresh(at: now) {
            shared.note(try query { try $0.versions() }, at: now)
        }
        let versions = shared.versions
        guard versions != knownVersions else { return }
        sessions.removeAll(keepingCapacity: true)
        if versions.configuration != latestOptions?.version { latestOptions = nil }
        knownVersions = versions
    }
}

/// How often what readers remember has been changed.
struct Versions: Equatable {
    /// Of the configuration, that ``CaseOptions/version`` is compared with.
    var configuration: Int64 = 0
    /// Of sessions and rights.
    var sessions: Int64 = 0
}

extension Database {
    /// The versions of this moment.
    func versions() throws -> Versions {
        let row = try row("SELECT version, sessionVersion FROM configuration WHERE id = 1")
        return row.map { Versions(configuration: $0[0], sessions: $0[1]) } ?? Versions()
    }
}

/// What all readers of a tenant space share: the latest options, and the versions that were seen last.
final class SharedCache: Sendable {
    private let latest = Mutex<CaseOptions?>(nil)
    // No lock, which sixteen threads would take twice a request. Versions and time only grow, so whoever notes
    // an older one late changes nothing.
    private let configuration = Atomic<Int64>(0)
    private let sessions = Atomic<Int64>(0)
    /// When the database was last looked at, in nanoseconds.
    private let lookedAt = Atomic<UInt64>(0)

    /// The latest versions that anybody has seen.
    var versions: Versions {
        Versions(
            configuration: configuration.load(ordering: .acquiring),
            sessions: sessions.load(ordering: .acquiring))
    }

    /// Whether no other process can have changed anything longer than ``StoreLimit/foreignChangeDelay`` ago.
    func areVersionsFresh(at now: DispatchTime) -> Bool {
        let last = DispatchTime(uptimeNanoseconds: lookedAt.load(ordering: .acquiring))
        return now < last + StoreLimit.foreignChangeDelay
    }

    /// Notes what was read in the database, or what this process has committed, before anybody is told of it.
    ///
    /// - Parameter time: From before it was read.
    func note(_ versions: Versions, at time: DispatchTime) {
        configuration.max(versions.configuration, ordering: .acquiringAndReleasing)
        sessions.max(versions.sessions, ordering: .acquiringAndReleasing)
        lookedAt.max(time.uptimeNanoseconds, ordering: .acquiringAndReleasing)
    }

    /// The options of a version, made by the first who needs them.
    func options(
        of version: Int64, make: () throws -> CaseOptions
    ) throws -> CaseOptions {
        // Readers wait for each other here, so that only one of them makes the new options.
        try latest.withLock { latest in
            if let latest, latest.version == version { return latest }
            let made = try make()
            latest = made
            return made
        }
    }
}

extension StoredSession {
    fileprivate init?(key: [UInt8], readFrom db: Database) throws {
        guard
            let row = try db.row(
                """
                SELECT e.id, e.login, e.name, e.role, e.isActive, e.mustChangePassword, e.timeZone,
                    s.formSecret, s.startedAt, s.lastSeenAt, s.endedAt
                FROM session s JOIN employee e ON e.id = s.employee
                WHERE s.key = ?
                """, [Data(key)])
        else { return nil }
        let employee = try Employee(row)
        guard employee.isActive else { return nil }
        let queues = try Int64.fetchSet(
            db.cachedStatement(sql: "SELECT queue FROM queueMember WHERE employee = ?"),
            arguments: [employee.id.number])
        let secret: Data = row["formSecret"]
        viewer = Viewer(
            employee: employee, queues: Set(queues.map { CaseQueueID(number: $0) }),
            permissions: try db.permissions(of: employee.id))
        formSecret = [UInt8](secret)
        startedAt = row.date("startedAt")
        lastSeenAt = row.date("lastSeenAt")
        endedAt = row.optionalDate("endedAt")
        mustChangePassword = row["mustChangePassword"]
        timeZone = TimeZoneName(row["timeZone"])?.zone
    }
}
