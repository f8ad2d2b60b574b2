internal import GRDB

/// The way from an empty file, or an older release's database, to the present schema.
///
/// `PRAGMA user_version` holds the number of steps that were taken. Each step is one transaction
/// together with its number, so that a crash between two leaves a database that the next start
/// takes on from there.
enum Migration {
    /// The steps in their order; a step that was released is never changed.
    static let steps = [Schema.version1 + SearchIndex.version1]

    /// The version that this program reads and writes.
    static var known: Int { steps.count }

    /// Takes the steps that are missing.
    ///
    /// - Throws: ``StoreError/newerVersion(found:known:)`` when a later release was here.
    static func run(_ db: Database) throws {
        guard try version(db) < known else { return try check(db) }
        try db.inTransaction(.immediate) {
            // Read again: another process may have taken the step while this one waited.
            try check(db)
            for (index, step) in steps.enumerated().dropFirst(try version(db)) {
                try db.execute(sql: step)
                try db.execute(sql: "PRAGMA user_version = \(index + 1)")
            }
            return .commit
        }
    }

    /// Refuses the database of a later release.
    static func check(_ db: Database) throws {
        let found = try version(db)
        guard found <= known else { throw StoreError.newerVersion(found: found, known: known) }
    }

    private static func version(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    }
}
