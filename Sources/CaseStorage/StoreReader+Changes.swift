package import CaseModel
internal import GRDB

extension StoreReader {
    /// The history of a thing, newest first.
    package func changes(
        of subject: Subject, _ id: Int64, limit: Int
    ) throws(StoreError) -> [Change] {
        try query { db in
            try db.rows(
                """
                SELECT c.id, c.at, e.name AS employeeName, c.field, c.before, c.after
                FROM changeRecord c LEFT JOIN employee e ON e.id = c.employee
                WHERE c.subject = ? AND c.subjectID = ? ORDER BY c.id DESC LIMIT ?
                """, [subject.rawValue, id, StoreReader.bounded(limit)]
            ).map(Change.init)
        }
    }

    /// The newest change of a thing, as the base of an edit; 0 when there is none.
    ///
    /// Read it before the thing itself: then a change in between is merged, not overlooked.
    package func latestChange(of subject: Subject, _ id: Int64) throws(StoreError) -> Int64 {
        try query { db in try db.latestChange(of: subject, id) }
    }
}
