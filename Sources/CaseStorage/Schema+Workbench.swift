extension Schema {
    /// What the workbench remembers of who looked at what.
    static let workbench = """
        CREATE TABLE conversationSeen (
            employee INTEGER NOT NULL             -- who looked
                REFERENCES employee (id),
            conversation INTEGER NOT NULL         -- at what
                REFERENCES conversation (id) ON DELETE CASCADE,
            messageCount INTEGER NOT NULL         -- the messages that it had then
                CHECK (messageCount >= 0),
            PRIMARY KEY (employee, conversation)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX conversationSeenConversation ON conversationSeen (conversation);

        """
}
