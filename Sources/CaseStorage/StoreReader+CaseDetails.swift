package import CaseModel
internal import GRDB

extension StoreReader {
    /// A case with its files and history.
    ///
    /// The caller asks ``Viewer/maySee(caseOwnedBy:madeBy:)`` before it shows anything of it.
    package func caseDetails(_ number: CaseNumber) throws(StoreError) -> CaseDetails? {
        try snapshot { db in
            guard let row = try db.caseRow(number) else { return nil }
            return CaseDetails(
                case: try Case(row), creator: row.id("creator"),
                attachments: try db.attachments(of: number), events: try db.events(of: number),
                assignment: try db.assignment(of: number))
        }
    }

    /// A file of a case; `nil` also when it belongs to another case.
    package func attachment(
        _ id: AttachmentID, of number: CaseNumber
    ) throws(StoreError) -> Attachment? {
        try query { db in
            try db.row(
                """
                SELECT id, name, sha256, byteCount, format, addedAt FROM attachment
                WHERE id = ? AND caseNumber = ?
                """, [id.number, number.number]
            ).map(Attachment.init)
        }
    }
}

extension Database {
    fileprivate func caseRow(_ number: CaseNumber) throws -> Row? {
        try row(
            """
            SELECT c.*, t.name AS typeName, coalesce(q.name, e.name) AS ownerName,
                m.name AS creatorName, u.id AS customerID, u.name AS customerName, u.emails,
                u.emailPreferred, u.phones, u.phonePreferred, u.remark
            FROM caseRecord c
            JOIN caseType t ON t.id = c.caseType
            JOIN customer u ON u.id = c.customer
            JOIN employee m ON m.id = c.creator
            LEFT JOIN caseQueue q ON q.id = c.ownerQueue
            LEFT JOIN employee e ON e.id = c.ownerAgent
            WHERE c.number = ?
            """, [number.number])
    }

    fileprivate func attachments(of number: CaseNumber) throws -> [Attachment] {
        try rows(
            """
            SELECT id, name, sha256, byteCount, format, addedAt FROM attachment
            WHERE caseNumber = ? ORDER BY id
            """, [number.number]
        ).map(Attachment.init)
    }

    fileprivate func events(of number: CaseNumber) throws -> [CaseEvent] {
        try rows(
            """
            SELECT v.at, e.name AS employeeName, v.text
            FROM caseEvent v JOIN employee e ON e.id = v.employee
            WHERE v.caseNumber = ? ORDER BY v.position
            """, [number.number]
        ).map { row in
            CaseEvent(at: row.date("at"), employeeName: row["employeeName"], text: row["text"])
        }
    }
}

extension Attachment {
    fileprivate init(_ row: Row) {
        self.init(
            id: row.id("id"), name: row["name"], content: row.content,
            addedAt: row.date("addedAt"))
    }
}

extension Case {
    fileprivate init(_ row: Row) throws {
        guard
            let owner = Owner(queueColumn: row["ownerQueue"], agentColumn: row["ownerAgent"])
        else { throw StoreError.corrupt("case \(row["number"] as Int64) has no owner") }
        self.init(
            number: row.id("number"), typeName: row["typeName"], statuses: row.lines("statuses"),
            title: row["title"], description: row["description"], status: row["status"],
            state: try row.choice("state"), statusSince: row.date("statusSince"),
            deadline: row.optionalDate("deadline"), priority: row.optionalChoice("priority"),
            source: row.optionalChoice("source"),
            customer: Customer(
                id: row.id("customerID"), name: row["customerName"],
                emails: row.emails.preferredFirst, phones: row.phones.preferredFirst,
                remark: row["remark"]),
            assignmentMode: try row.choice("assignmentMode"), owner: owner,
            ownerName: row["ownerName"], ownerReason: row["ownerReason"],
            creatorName: row["creatorName"], notifiesByEmail: row["notifiesByEmail"],
            notifiesBySMS: row["notifiesBySMS"], createdAt: row.date("createdAt"))
    }
}
