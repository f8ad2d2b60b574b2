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
}
