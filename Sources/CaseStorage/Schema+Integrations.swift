internal import CaseModel

extension Schema {
    /// The programs that may send conversations.
    static let integrations = """
        CREATE TABLE integration (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL                    -- what people call it
                CHECK (length(name) BETWEEN 1 AND \(IntegrationValues.maximumNameCharacters)),
            tokenHash BLOB NOT NULL UNIQUE        -- SHA-256 of its token
                CHECK (length(tokenHash) = 32),
            tokenEnd TEXT NOT NULL                -- the token's last characters
                CHECK (length(tokenEnd) = \(Integration.tokenEndCharacters)),
            createdAt INTEGER NOT NULL,           -- when it was made
            creator INTEGER NOT NULL              -- who made it
                REFERENCES employee (id),
            lastUsedAt INTEGER,                   -- some minutes late; NULL when it never was
            revokedAt INTEGER                     -- NULL while the token is good
        ) STRICT;
        CREATE UNIQUE INDEX integrationName ON integration (name) WHERE revokedAt IS NULL;

        """
}
