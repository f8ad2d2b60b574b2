extension Schema {
    /// What people may do beyond their own cases.
    static let roles = """
        CREATE TABLE caseRole (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL                    -- what administrators read
                CHECK (length(name) BETWEEN 1 AND 200),
            nameKey TEXT NOT NULL UNIQUE          -- the name as it is compared
                CHECK (length(nameKey) > 0),
            permissions TEXT NOT NULL             -- Permission, one a line
                CHECK (length(permissions) > 0)
        ) STRICT;

        CREATE TABLE userRole (
            role INTEGER NOT NULL                 -- the role
                REFERENCES caseRole (id),
            employee INTEGER NOT NULL             -- who has it
                REFERENCES employee (id),
            PRIMARY KEY (role, employee)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX userRoleEmployee ON userRole (employee);

        """

    /// What a reader remembers of a session also has the person's rights, their zone, and whether their password
    /// is to be changed; no option of a page depends on these.
    static let personTriggers = [
        ("caseRole", "INSERT"), ("caseRole", "UPDATE"), ("caseRole", "DELETE"),
        ("userRole", "INSERT"), ("userRole", "UPDATE"), ("userRole", "DELETE"),
        ("employee", "UPDATE OF mustChangePassword, timeZone"),
    ].map { table, event in
        """
        CREATE TRIGGER \(table)Session\(event.prefix { $0 != " " }) AFTER \(event) ON \(table) BEGIN
            UPDATE configuration SET sessionVersion = sessionVersion + 1 WHERE id = 1;
        END;

        """
    }.joined()
}
