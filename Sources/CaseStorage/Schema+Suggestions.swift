internal import CaseModel

extension Schema {
    /// What was proposed for the cases that were made of conversations, and the outside engine.
    static let suggestions = """
        CREATE TABLE suggestionOutcome (
            caseNumber INTEGER PRIMARY KEY        -- the case
                REFERENCES caseRecord (number),
            at INTEGER NOT NULL,                  -- when it was saved
            engine TEXT NOT NULL                  -- SuggestingEngine
                CHECK (engine IN ('embedded', 'outside')),
            chosen INTEGER NOT NULL,              -- the type that it was saved with
            first INTEGER,                        -- the type that was proposed first, deleted or not
            firstPercent INTEGER                  -- how sure it was said to be
                CHECK (firstPercent BETWEEN 0 AND 100),
            second INTEGER,                       -- the next; NULL when fewer were proposed
            secondPercent INTEGER
                CHECK (secondPercent BETWEEN 0 AND 100),
            third INTEGER,                        -- and the last
            thirdPercent INTEGER
                CHECK (thirdPercent BETWEEN 0 AND 100),
            CHECK ((first IS NULL) = (firstPercent IS NULL)),
            CHECK ((second IS NULL) = (secondPercent IS NULL)),
            CHECK ((third IS NULL) = (thirdPercent IS NULL)),
            CHECK (second IS NULL OR first IS NOT NULL),
            CHECK (third IS NULL OR second IS NOT NULL)
        ) STRICT;
        CREATE INDEX suggestionOutcomeTime ON suggestionOutcome (at);
        CREATE INDEX suggestionOutcomeOutside ON suggestionOutcome (caseNumber)
            WHERE engine = 'outside';

        CREATE TABLE outsideEngine (
            id INTEGER PRIMARY KEY                -- one row
                CHECK (id = 1),
            isEnabled INTEGER NOT NULL            -- whether it is asked
                CHECK (isEnabled IN (0, 1)),
            address TEXT NOT NULL                 -- where it is; may be empty
                CHECK (length(address) <= \(OutsideEngineValues.maximumAddressCharacters)),
            model TEXT NOT NULL                   -- which of its models answers; may be empty
                CHECK (length(model) <= \(OutsideEngineValues.maximumModelCharacters)),
            token TEXT NOT NULL                   -- as it is sent, as it has to be; may be empty
                CHECK (length(token) <= \(OutsideEngineValues.maximumTokenCharacters)),
            CHECK (isEnabled = 0 OR (address <> '' AND model <> ''))
        ) STRICT;
        INSERT INTO outsideEngine (id, isEnabled, address, model, token) VALUES (1, 0, '', '', '');

        """
}
