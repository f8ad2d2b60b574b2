internal import CaseModel

extension Schema {
    /// Conversations as channels told of them; what is said in them never changes.
    static let conversations = """
        CREATE TABLE conversation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            externalID TEXT NOT NULL UNIQUE       -- the sender's name for it
                CHECK (length(CAST(externalID AS BLOB))
                    BETWEEN 1 AND \(ConversationLimit.maximumExternalIDByteCount)),
            channel TEXT NOT NULL                 -- Source
                CHECK (channel IN ('voice', 'whatsapp', 'web', 'email')),
            contactName TEXT NOT NULL,            -- what was told of the customer; may be empty
            contactEmail TEXT NOT NULL,           -- as told; may be empty
            contactPhone TEXT NOT NULL,           -- as told; may be empty
            customer INTEGER                      -- who it is with; NULL until that is known
                REFERENCES customer (id) ON DELETE SET NULL,
            customerChosenBy INTEGER              -- who said so; NULL when an address told it
                REFERENCES employee (id),
            agent INTEGER NOT NULL                -- whose it is
                REFERENCES employee (id),
            startedAt INTEGER NOT NULL,           -- as told
            receivedAt INTEGER NOT NULL,          -- when it came to the desk
            lastMessageAt INTEGER NOT NULL,       -- the newest message; the start while there is none
            messageCount INTEGER NOT NULL         -- messages, so that lists need not count them
                CHECK (messageCount BETWEEN 0 AND \(ConversationLimit.maximumMessageCount)),
            byteCount INTEGER NOT NULL            -- bytes of their texts
                CHECK (byteCount BETWEEN 0 AND \(ConversationLimit.maximumTextByteCount))
        ) STRICT;
        CREATE INDEX conversationAgent ON conversation (agent, lastMessageAt);
        CREATE INDEX conversationTime ON conversation (lastMessageAt);
        CREATE INDEX conversationCustomer ON conversation (customer, lastMessageAt)
            WHERE customer IS NOT NULL;

        CREATE TABLE conversationMessage (
            id INTEGER PRIMARY KEY,
            conversation INTEGER NOT NULL         -- the conversation that it belongs to
                REFERENCES conversation (id) ON DELETE CASCADE,
            position INTEGER NOT NULL             -- 0 for the first that came
                CHECK (position >= 0),
            externalID TEXT                       -- the sender's name for it; NULL without one
                CHECK (length(CAST(externalID AS BLOB))
                    BETWEEN 1 AND \(ConversationLimit.maximumExternalIDByteCount)),
            speaker TEXT NOT NULL                 -- Speaker
                CHECK (speaker IN ('customer', 'agent')),
            at INTEGER NOT NULL,                  -- when it was said, as told
            text TEXT NOT NULL                    -- what was said; last, because it may be long
        ) STRICT;
        CREATE UNIQUE INDEX conversationMessagePosition
            ON conversationMessage (conversation, position);
        CREATE UNIQUE INDEX conversationMessageName
            ON conversationMessage (conversation, externalID) WHERE externalID IS NOT NULL;
        CREATE INDEX conversationMessageTime ON conversationMessage (conversation, at);

        """

    /// The cases that a conversation became.
    static let conversationIndexes = """
        CREATE INDEX caseConversation ON caseRecord (conversation)
            WHERE conversation IS NOT NULL;

        """
}
