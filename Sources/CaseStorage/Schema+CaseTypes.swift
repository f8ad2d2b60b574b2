internal import CaseModel

extension Schema {
    /// The kinds of cases; that their parents make a tree is kept by the transactions that change them.
    static let caseTypes = """
        CREATE TABLE caseType (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL                    -- what people choose
                CHECK (length(name) BETWEEN 1 AND \(CaseTypeLimit.maximumNameCharacters)),
            nameKey TEXT NOT NULL UNIQUE          -- the name without case and extra white space
                CHECK (length(nameKey) > 0),
            parent INTEGER                        -- the type above it; NULL at the top
                REFERENCES caseType (id)
                CHECK (parent <> id),
            summary TEXT NOT NULL                 -- what such a case is about; may be empty
                CHECK (length(summary) <= \(CaseTypeLimit.maximumSummaryCharacters)),
            keywords TEXT NOT NULL                -- words that speak for it, one a line; may be empty
                CHECK (length(keywords) <= \(CaseTypeLimit.maximumKeywordCharacters)),
            statuses TEXT NOT NULL                -- the process, one status a line, Completed last
                CHECK (statuses LIKE '%_' || char(10) || 'Completed'),
            isStrict INTEGER NOT NULL             -- a case only goes to the next status
                CHECK (isStrict IN (0, 1)),
            verifiesTasks INTEGER NOT NULL        -- a case is closed only after all its tasks
                CHECK (verifiesTasks IN (0, 1)),
            isEnabled INTEGER NOT NULL            -- new cases may be of this type
                CHECK (isEnabled IN (0, 1))
        ) STRICT;
        CREATE INDEX caseTypeParent ON caseType (parent);

        """
}
