internal import CaseModel

extension Schema {
    /// The outbox: what is told to whom, and what became of it.
    static let messages = """
        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT, -- grows: the order in which people are told
            messageID TEXT NOT NULL UNIQUE        -- what the world calls it, the same at every try
                CHECK (length(messageID) BETWEEN 32 AND 300),
            channel TEXT NOT NULL                 -- NotificationChannel
                CHECK (channel IN ('email', 'sms')),
            kind TEXT NOT NULL                    -- MessageKind
                CHECK (kind IN (
                    'case_created', 'owner_changed', 'status_changed', 'reminder', 'test')),
            caseNumber INTEGER                    -- what it is about; NULL for a test
                REFERENCES caseRecord (number),
            customer INTEGER                      -- whom it is for; NULL once they were deleted
                REFERENCES customer (id) ON DELETE SET NULL,
            employee INTEGER                      -- or the employee; NULL for customers
                REFERENCES employee (id),
            recipientName TEXT NOT NULL,          -- as they are called; empty once deleted
            address TEXT NOT NULL,                -- where to; empty once deleted
            addressKey TEXT NOT NULL,             -- what spellings of the address have in common
            subject TEXT NOT NULL,                -- empty for SMS, and once the text was removed
            state TEXT NOT NULL                   -- MessageState
                CHECK (state IN ('queued', 'leased', 'handing', 'handed_over', 'refused',
                    'unknown', 'cancelled')),
            isFirst INTEGER NOT NULL              -- the next of the open ones to its address
                CHECK (isFirst IN (0, 1)),
            createdAt INTEGER NOT NULL,           -- when it was made
            dueAt INTEGER NOT NULL,               -- not to be sent before
            countedAt INTEGER,                    -- since when limits count it; NULL: surely not sent
            endedAt INTEGER,                      -- when it was handed over or given up; NULL if open
            attemptCount INTEGER NOT NULL         -- tries of which the outcome is known
                CHECK (attemptCount >= 0),
            failureCount INTEGER NOT NULL         -- of these, those that failed since it was queued
                CHECK (failureCount >= 0),
            tryUntil INTEGER,                     -- from then on a failure is final; NULL if untried
            holder TEXT                           -- LeaseHolder: who had it last; NULL for nobody
                CHECK (length(holder) = 32),
            leaseUntil INTEGER,                   -- until when that sender has it
            heldBy TEXT                           -- NotificationLimit that has put it off; or NULL
                CHECK (heldBy IN ('recipient', 'customer')),
            lastAnswer TEXT NOT NULL              -- what the server said last; may be empty
                CHECK (length(lastAnswer) <= \(StoreLimit.maximumAnswerCharacters)),
            body TEXT NOT NULL,                   -- last, as it is long; empty once it was removed
            CHECK ((state IN ('leased', 'handing')) = (leaseUntil IS NOT NULL)),
            CHECK ((state IN ('queued', 'leased', 'handing')) = (endedAt IS NULL)),
            CHECK (isFirst = 0 OR endedAt IS NULL),
            CHECK (leaseUntil IS NULL OR (holder IS NOT NULL AND isFirst = 1)),
            CHECK (endedAt IS NOT NULL OR (address <> '' AND body <> ''))
        ) STRICT;

        CREATE TABLE messageEvent (
            message INTEGER NOT NULL              -- the message
                REFERENCES message (id),
            position INTEGER NOT NULL             -- 1 for the first event of the message
                CHECK (position > 0),
            kind TEXT NOT NULL                    -- MessageEvent.Kind
                CHECK (length(kind) > 0),
            at INTEGER NOT NULL,                  -- when it happened
            employee INTEGER                      -- who did it; NULL for the desk itself
                REFERENCES employee (id),
            answer TEXT NOT NULL                  -- what the server said, or why; may be empty
                CHECK (length(answer) <= \(StoreLimit.maximumAnswerCharacters)),
            PRIMARY KEY (message, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE notificationTemplate (
            kind TEXT NOT NULL                    -- NotificationKind
                CHECK (kind IN ('case_created', 'owner_changed', 'status_changed', 'reminder')),
            channel TEXT NOT NULL                 -- NotificationChannel
                CHECK (channel IN ('email', 'sms')),
            isEnabled INTEGER NOT NULL            -- such messages are made
                CHECK (isEnabled IN (0, 1)),
            subject TEXT NOT NULL                 -- empty for SMS
                CHECK (length(subject)
                    <= \(NotificationTemplateValues.maximumSubjectCharacters)),
            body TEXT NOT NULL                    -- with its variables
                CHECK (length(body) BETWEEN 1
                    AND \(NotificationTemplateValues.maximumEmailCharacters)),
            PRIMARY KEY (kind, channel)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE mailGateway (
            id INTEGER PRIMARY KEY                -- at most one row
                CHECK (id = 1),
            host TEXT NOT NULL CHECK (length(host) > 0),
            port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
            security TEXT NOT NULL                -- MailSecurity
                CHECK (security IN ('none', 'starttls', 'tls')),
            login TEXT NOT NULL,                  -- empty without one
            password TEXT NOT NULL,               -- as the server wants it; empty without one
            senderAddress TEXT NOT NULL CHECK (length(senderAddress) > 0),
            senderName TEXT NOT NULL,             -- empty for the tenant space's name
            certificateFile TEXT NOT NULL         -- empty for the certificates of the system
        ) STRICT;

        CREATE TABLE smsGateway (
            id INTEGER PRIMARY KEY                -- at most one row
                CHECK (id = 1),
            kind TEXT NOT NULL                    -- SMSGatewayKind
                CHECK (kind IN ('kannel', 'template')),
            address TEXT NOT NULL CHECK (length(address) > 0),
            login TEXT NOT NULL,                  -- empty without one
            password TEXT NOT NULL,               -- as the gateway wants it; empty without one
            sender TEXT NOT NULL                  -- empty for the gateway's own
        ) STRICT;

        CREATE TABLE notificationSettings (
            id INTEGER PRIMARY KEY                -- at most one row; without it as built in
                CHECK (id = 1),
            perRecipient INTEGER NOT NULL CHECK (perRecipient > 0),
            perCustomer INTEGER NOT NULL CHECK (perCustomer > 0),
            perTenant INTEGER NOT NULL CHECK (perTenant > 0),
            deskAddress TEXT NOT NULL             -- empty while nobody has said so
        ) STRICT;

        """

    /// Whatever is done with messages every day looks at open ones or at an hour, so its indexes hold no others.
    static let messageIndexes = """
        -- The next ones to send.
        CREATE INDEX messageDue ON message (channel, dueAt) WHERE state = 'queued' AND isFirst = 1;
        -- Leases, to end those that ran out.
        CREATE INDEX messageLease ON message (channel, leaseUntil) WHERE leaseUntil IS NOT NULL;
        -- The line of an address, and its head, of which there is one.
        CREATE INDEX messageLine ON message (channel, addressKey, id) WHERE endedAt IS NULL;
        CREATE UNIQUE INDEX messageHead ON message (channel, addressKey) WHERE isFirst = 1;
        -- The oldest one that waits.
        CREATE INDEX messageOpen ON message (createdAt) WHERE endedAt IS NULL;
        -- What limits put off, to look at it again when they are changed.
        CREATE INDEX messageHeld ON message (heldBy) WHERE heldBy IS NOT NULL;
        -- What limits count.
        CREATE INDEX messageCounted ON message (countedAt) WHERE countedAt IS NOT NULL;
        CREATE INDEX messageCountedAddress ON message (channel, addressKey, countedAt)
            WHERE countedAt IS NOT NULL;
        CREATE INDEX messageCountedCustomer ON message (customer, countedAt)
            WHERE countedAt IS NOT NULL AND customer IS NOT NULL;
        -- What people look for.
        CREATE INDEX messageCase ON message (caseNumber) WHERE caseNumber IS NOT NULL;
        CREATE INDEX messageCustomer ON message (customer) WHERE customer IS NOT NULL;
        CREATE INDEX messageAddress ON message (addressKey);
        CREATE INDEX messageSlice ON message (kind, channel, state);
        -- Texts that grow too old.
        CREATE INDEX messageText ON message (endedAt) WHERE body <> '';

        """
}
