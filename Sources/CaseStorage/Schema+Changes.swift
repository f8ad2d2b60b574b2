extension Schema {
    /// What was changed by whom, and what was made by which form.
    static let changes = """
        CREATE TABLE changeRecord (
            id INTEGER PRIMARY KEY AUTOINCREMENT, -- grows with each change
            subject TEXT NOT NULL                 -- Subject
                CHECK (length(subject) > 0),
            subjectID INTEGER NOT NULL,           -- the thing; it may be deleted by now
            at INTEGER NOT NULL,                  -- when
            employee INTEGER                      -- who; NULL for the command line
                REFERENCES employee (id),
            field TEXT NOT NULL,                  -- the field's name; empty for the thing itself
            before TEXT NOT NULL,                 -- its text until then
            after TEXT NOT NULL                   -- its text from then on
        ) STRICT;
        CREATE INDEX changeSubject ON changeRecord (subject, subjectID, id);

        CREATE TABLE creation (
            key TEXT NOT NULL PRIMARY KEY         -- the form that the thing was made with
                CHECK (length(key) = 32 AND key NOT GLOB '*[^0-9a-f]*'),
            subject TEXT NOT NULL                 -- Subject
                CHECK (length(subject) > 0),
            subjectID INTEGER NOT NULL,           -- the thing that it made
            at INTEGER NOT NULL                   -- when
        ) STRICT, WITHOUT ROWID;

        """
}
