/// The tables of a tenant space, in SQLite's words; ``Migration`` applies them.
///
/// Instants are epoch milliseconds in UTC, booleans 0 or 1, closed lists their raw values in
/// `CaseModel`, lists of short texts one a line. Identifiers are never given twice (AUTOINCREMENT).
///
/// A case's closed lists are compared with OR: for IN with more than two values SQLite makes a table
/// of them with each row that is written, which costs as much as the row itself.
enum Schema {
    /// Version 1.
    static let version1 = [
        people,
        customers,
        configuration,
        caseTypes,
        roles,
        conversations,
        integrations,
        work,
        messages,
        indexes,
        customerIndexes,
        conversationIndexes,
        messageIndexes,
        workbench,
        suggestions,
        rules,
        changes,
        imports,
        versionTriggers,
        customerTriggers,
        sessionTriggers,
        personTriggers,
    ].joined()

    private static let people = """
        CREATE TABLE employee (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            login TEXT NOT NULL UNIQUE            -- what the person logs in with, lower case
                CHECK (length(login) BETWEEN 1 AND 100 AND login = lower(login)),
            name TEXT NOT NULL                    -- what colleagues read
                CHECK (length(name) BETWEEN 1 AND 200),
            email TEXT NOT NULL,                  -- for notices; may be empty
            phone TEXT NOT NULL,                  -- for notices; may be empty
            role TEXT NOT NULL                    -- Role
                CHECK (role IN ('agent', 'administrator')),
            isActive INTEGER NOT NULL             -- may log in and own cases
                CHECK (isActive IN (0, 1)),
            passwordHash TEXT NOT NULL            -- argon2id in the PHC string format
                CHECK (length(passwordHash) > 0),
            mustChangePassword INTEGER NOT NULL   -- nothing else can be done before
                CHECK (mustChangePassword IN (0, 1)),
            timeZone TEXT NOT NULL                -- in which times are shown; empty for the tenant's
        ) STRICT;

        CREATE TABLE session (
            key BLOB NOT NULL PRIMARY KEY         -- SHA-256 of the cookie's token
                CHECK (length(key) = 32),
            employee INTEGER NOT NULL             -- whose
                REFERENCES employee (id),
            formSecret BLOB NOT NULL              -- from which the session's form tokens are made
                CHECK (length(formSecret) BETWEEN 16 AND 64),
            startedAt INTEGER NOT NULL,           -- log-in
            lastSeenAt INTEGER NOT NULL,          -- last request, some seconds late
            endedAt INTEGER                       -- log-out; NULL while the session lasts
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sessionEmployee ON session (employee);

        CREATE TABLE loginFailure (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL                     -- the account or address, such as login:mia
                CHECK (length(key) BETWEEN 1 AND \(StoreLimit.maximumFailureKeyCharacters)),
            at INTEGER NOT NULL                   -- when
        ) STRICT;
        CREATE INDEX loginFailureKey ON loginFailure (key, at);
        CREATE INDEX loginFailureTime ON loginFailure (at);

        """

    private static let configuration = """
        CREATE TABLE configuration (
            id INTEGER PRIMARY KEY                -- one row
                CHECK (id = 1),
            version INTEGER NOT NULL              -- grows with each change that options depend on
                CHECK (version > 0),
            sessionVersion INTEGER NOT NULL       -- grows with each change of sessions and rights
                CHECK (sessionVersion > 0)
        ) STRICT;
        INSERT INTO configuration (id, version, sessionVersion) VALUES (1, 1, 1);

        CREATE TABLE health (
            id INTEGER PRIMARY KEY                -- one row
                CHECK (id = 1),
            checkedAt INTEGER NOT NULL            -- the last time that a write was tried out
        ) STRICT;
        INSERT INTO health (id, checkedAt) VALUES (1, 0);

        CREATE TABLE caseQueue (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE             -- what people read
                CHECK (length(name) BETWEEN 1 AND 200),
            distribution TEXT NOT NULL DEFAULT 'claim' -- Distribution
                CHECK (distribution IN ('claim', 'round_robin', 'least_open'))
        ) STRICT;

        CREATE TABLE queueMember (
            queue INTEGER NOT NULL                -- the queue
                REFERENCES caseQueue (id),
            employee INTEGER NOT NULL             -- who sees and claims its cases
                REFERENCES employee (id),
            lastTurn INTEGER NOT NULL DEFAULT 0   -- grows: who last got a case has the greatest
                CHECK (lastTurn >= 0),
            PRIMARY KEY (queue, employee)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX queueMemberEmployee ON queueMember (employee);

        CREATE TABLE tenant (
            id INTEGER PRIMARY KEY                -- one row
                CHECK (id = 1),
            displayName TEXT NOT NULL             -- what people read in the bar of each page
                CHECK (length(displayName) BETWEEN 1 AND 200),
            timeZone TEXT NOT NULL                -- name in the IANA database
                CHECK (length(timeZone) > 0),
            isCaseEnabled INTEGER NOT NULL        -- Case 2.0 is switched on
                CHECK (isCaseEnabled IN (0, 1))
        ) STRICT;

        """

    private static let work = """
        CREATE TABLE caseRecord (
            number INTEGER PRIMARY KEY AUTOINCREMENT, -- what people call the case
            caseType INTEGER NOT NULL             -- its type
                REFERENCES caseType (id),
            statuses TEXT NOT NULL                -- the type's process when the case was made
                CHECK (length(statuses) > 0),
            status TEXT NOT NULL                  -- where it stands in that process
                CHECK (length(status) > 0),
            state TEXT NOT NULL                   -- CaseState
                CHECK (state = 'pending' OR state = 'processing' OR state = 'completed'),
            statusSince INTEGER NOT NULL,         -- when it came to that status
            deadline INTEGER,                     -- when it should be done; NULL for no limit
            priority TEXT                         -- Priority; NULL when none was chosen
                CHECK (priority = 'low' OR priority = 'medium' OR priority = 'high'
                    OR priority = 'critical'),
            source TEXT                           -- Source; NULL when none was chosen
                CHECK (source = 'voice' OR source = 'whatsapp' OR source = 'web'
                    OR source = 'email'),
            customer INTEGER NOT NULL             -- whom it is about
                REFERENCES customer (id),
            assignmentMode TEXT NOT NULL          -- AssignmentMode
                CHECK (assignmentMode IN ('manual', 'auto')),
            ownerQueue INTEGER                    -- the queue that owns it
                REFERENCES caseQueue (id),
            ownerAgent INTEGER                    -- or the employee who does
                REFERENCES employee (id),
            ownerReason TEXT NOT NULL,            -- why this owner, in a sentence
            firstQueue INTEGER,                   -- who owned it at first: a queue, deleted or not
            firstAgent INTEGER,                   -- or a person; both NULL when that is the owner
            creator INTEGER NOT NULL              -- who made it
                REFERENCES employee (id),
            notifiesByEmail INTEGER NOT NULL      -- the customer hears of it by e-mail
                CHECK (notifiesByEmail IN (0, 1)),
            notifiesBySMS INTEGER NOT NULL        -- the customer hears of it by SMS
                CHECK (notifiesBySMS IN (0, 1)),
            createdAt INTEGER NOT NULL,           -- when it was stored
            conversation INTEGER                  -- what it was begun from; NULL without one
                REFERENCES conversation (id),
            attachmentCount INTEGER NOT NULL      -- files, so that lists need not count them
                CHECK (attachmentCount BETWEEN 0 AND 1000),
            title TEXT NOT NULL                   -- CaseLimit.maximumTitleCharacters
                CHECK (length(title) BETWEEN 1 AND 128),
            description TEXT NOT NULL             -- CaseLimit; last, because it is long
                CHECK (length(description) BETWEEN 1 AND 20000),
            CHECK ((ownerQueue IS NULL) <> (ownerAgent IS NULL)),
            CHECK (firstQueue IS NULL OR firstAgent IS NULL)
        ) STRICT;

        CREATE TABLE attachment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            caseNumber INTEGER NOT NULL           -- the case that it belongs to
                REFERENCES caseRecord (number),
            name TEXT NOT NULL                    -- as the person called it
                CHECK (length(name) BETWEEN 1 AND 255),
            sha256 TEXT NOT NULL                  -- name of the file in attachments/
                CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
            byteCount INTEGER NOT NULL            -- size of the file
                CHECK (byteCount > 0),
            format TEXT NOT NULL                  -- what it was recognised as, such as pdf
                CHECK (length(format) > 0),
            addedAt INTEGER NOT NULL              -- when it came to the case
        ) STRICT;
        CREATE INDEX attachmentCase ON attachment (caseNumber);
        CREATE INDEX attachmentContent ON attachment (sha256);

        CREATE TABLE caseEvent (
            caseNumber INTEGER NOT NULL           -- the case
                REFERENCES caseRecord (number),
            position INTEGER NOT NULL             -- 1 for the first event of the case
                CHECK (position > 0),
            at INTEGER NOT NULL,                  -- when it happened
            employee INTEGER NOT NULL             -- who did it
                REFERENCES employee (id),
            text TEXT NOT NULL                    -- what happened, in a sentence
                CHECK (length(text) > 0),
            PRIMARY KEY (caseNumber, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE draft (
            id TEXT NOT NULL PRIMARY KEY          -- DraftID
                CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
            employee INTEGER NOT NULL             -- the only person who may see it
                REFERENCES employee (id),
            formValues TEXT NOT NULL,             -- CaseFormValues as JSON
            savedAt INTEGER NOT NULL,             -- last change
            savedAs INTEGER                       -- the case that it became; NULL for none
                REFERENCES caseRecord (number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX draftOpen ON draft (employee, savedAt) WHERE savedAs IS NULL;
        CREATE INDEX draftTime ON draft (savedAt);

        CREATE TABLE stagedFile (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            draft TEXT NOT NULL                   -- the draft that it waits in
                REFERENCES draft (id) ON DELETE CASCADE,
            name TEXT NOT NULL                    -- as the person called it
                CHECK (length(name) BETWEEN 1 AND 255),
            sha256 TEXT NOT NULL                  -- name of the file in attachments/
                CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
            byteCount INTEGER NOT NULL            -- size of the file
                CHECK (byteCount > 0),
            format TEXT NOT NULL                  -- what it was recognised as, such as pdf
                CHECK (length(format) > 0),
            stagedAt INTEGER NOT NULL             -- when it came to the draft
        ) STRICT;
        CREATE INDEX stagedFileDraft ON stagedFile (draft);
        CREATE INDEX stagedFileContent ON stagedFile (sha256);
        CREATE INDEX stagedFileTime ON stagedFile (stagedAt);

        """

    /// One index for each slice of the list of cases; each ends with the row's number, so that a
    /// page is read from it newest first without sorting.
    private static let indexes = """
        CREATE INDEX caseState ON caseRecord (state);
        CREATE INDEX caseTypeState ON caseRecord (caseType, state);
        CREATE INDEX caseQueueState ON caseRecord (ownerQueue, state)
            WHERE ownerQueue IS NOT NULL;
        CREATE INDEX caseQueueTypeState ON caseRecord (ownerQueue, caseType, state)
            WHERE ownerQueue IS NOT NULL;
        CREATE INDEX caseAgentState ON caseRecord (ownerAgent, state)
            WHERE ownerAgent IS NOT NULL;
        CREATE INDEX caseAgentTypeState ON caseRecord (ownerAgent, caseType, state)
            WHERE ownerAgent IS NOT NULL;
        CREATE INDEX caseCreatorState ON caseRecord (creator, state);
        CREATE INDEX caseCreatorTypeState ON caseRecord (creator, caseType, state);

        """

    /// Every change that the options of the Case Information page depend on grows the version.
    private static let versionTriggers = [
        ("tenant", ""),
        ("caseType", ""),
        ("caseQueue", ""),
        // Not its turns, which change with cases.
        ("queueMember", " OF queue, employee"),
        ("assignmentRule", ""),
        ("ruleItem", ""),
        ("employee", " OF login, name, role, isActive"),
        ("notificationTemplate", ""),
        ("mailGateway", ""),
        ("smsGateway", ""),
        ("notificationSettings", ""),
    ].map { table, columns in
        [("Added", "INSERT"), ("Changed", "UPDATE\(columns)"), ("Removed", "DELETE")].map {
            name, event in
            """
            CREATE TRIGGER \(table)\(name) AFTER \(event) ON \(table) BEGIN
                UPDATE configuration SET version = version + 1 WHERE id = 1;
            END;

            """
        }.joined()
    }.joined()

    /// What a reader remembers of a session holds until sessions are changed; a new one is not remembered
    /// by anybody.
    private static let sessionTriggers = [("Changed", "UPDATE"), ("Removed", "DELETE")].map {
        name, event in
        """
        CREATE TRIGGER session\(name) AFTER \(event) ON session BEGIN
            UPDATE configuration SET sessionVersion = sessionVersion + 1 WHERE id = 1;
        END;

        """
    }.joined()
}
