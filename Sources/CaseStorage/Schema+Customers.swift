internal import CaseModel

extension Schema {
    /// Customers, and what they are found by.
    static let customers = """
        CREATE TABLE customer (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL                    -- what agents read
                CHECK (length(name) BETWEEN 1 AND \(CustomerLimit.maximumNameCharacters)),
            nameKey TEXT NOT NULL,                -- the name without case and accents, to sort by
            gender TEXT                           -- Gender; NULL when it is not known
                CHECK (gender IN ('male', 'female')),
            emails TEXT NOT NULL                  -- addresses by place, a line each, free ones empty
                CHECK (\(lineCount("emails")) <= \(CustomerLimit.maximumAddresses)),
            emailPreferred INTEGER NOT NULL       -- the place of the preferred one
                CHECK (emailPreferred BETWEEN 1 AND \(CustomerLimit.maximumAddresses)),
            phones TEXT NOT NULL                  -- numbers by place, a line each, free ones empty
                CHECK (\(lineCount("phones")) <= \(CustomerLimit.maximumAddresses)),
            phonePreferred INTEGER NOT NULL       -- the place of the preferred one
                CHECK (phonePreferred BETWEEN 1 AND \(CustomerLimit.maximumAddresses)),
            remark TEXT NOT NULL                  -- free text; may be empty
                CHECK (length(remark) <= \(CustomerLimit.maximumRemarkCharacters)),
            unconfirmed TEXT NOT NULL DEFAULT '', -- addresses out of a conversation, one a line
            createdAt INTEGER NOT NULL,           -- when it was made
            updatedAt INTEGER NOT NULL            -- its last change
        ) STRICT;
        CREATE INDEX customerName ON customer (nameKey);
        CREATE INDEX customerUpdated ON customer (updatedAt);

        CREATE TABLE customerContact (
            customer INTEGER NOT NULL             -- whose
                REFERENCES customer (id) ON DELETE CASCADE,
            kind TEXT NOT NULL                    -- ContactKey.Kind
                CHECK (kind IN ('email', 'phone')),
            key TEXT NOT NULL                     -- ContactKey: what spellings have in common
                CHECK (length(key) > 0),
            PRIMARY KEY (customer, kind, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX customerContactKey ON customerContact (key, kind);

        """

    /// The cases of a customer; also what tells quickly that a customer has none.
    static let customerIndexes = """
        CREATE INDEX caseCustomer ON caseRecord (customer);

        """

    /// Customers belong to the options of the Case Information page only while they stand in its drop-down.
    ///
    /// With more of them a change of one makes no other option, so it neither makes readers read the options
    /// anew nor refuses a case that is being saved: an import goes on beside the work. The bound is that
    /// before or after the change, whichever is less.
    static let customerTriggers = [
        ("Added", "INSERT", CaseOptions.maximumListedCustomers + 1),
        ("Changed", "UPDATE", CaseOptions.maximumListedCustomers),
        ("Removed", "DELETE", CaseOptions.maximumListedCustomers),
    ].map { name, event, bound in
        """
        CREATE TRIGGER customer\(name) AFTER \(event) ON customer
        WHEN NOT EXISTS (SELECT 1 FROM customer LIMIT 1 OFFSET \(bound)) BEGIN
            UPDATE configuration SET version = version + 1 WHERE id = 1;
        END;

        """
    }.joined()

    /// How many lines a column holds.
    private static func lineCount(_ column: String) -> String {
        "length(\(column)) - length(replace(\(column), char(10), '')) + 1"
    }
}
