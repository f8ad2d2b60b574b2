internal import CaseModel

extension Schema {
    /// Assignment rules, and what they decided.
    static let rules = """
        CREATE TABLE assignmentRule (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL                    -- what administrators read
                CHECK (length(name) BETWEEN 1 AND 200),
            nameKey TEXT NOT NULL UNIQUE          -- the name as it is compared
                CHECK (length(nameKey) > 0),
            isActive INTEGER NOT NULL             -- it decides now
                CHECK (isActive IN (0, 1)),
            defaultQueue INTEGER                  -- who gets what no item fits: a queue
                REFERENCES caseQueue (id),
            defaultAgent INTEGER                  -- or a person
                REFERENCES employee (id),
            CHECK ((defaultQueue IS NULL) <> (defaultAgent IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX assignmentRuleActive ON assignmentRule (isActive) WHERE isActive = 1;

        CREATE TABLE ruleItem (
            rule INTEGER NOT NULL                 -- the rule
                REFERENCES assignmentRule (id) ON DELETE CASCADE,
            position INTEGER NOT NULL             -- 1 for the item that is tried first
                CHECK (position BETWEEN 1 AND \(RuleLimit.maximumItems)),
            attribute TEXT NOT NULL               -- RuleAttribute
                CHECK (attribute IN ('title', 'description', 'type', 'priority', 'source', 'customer',
                    'deadline_within')),
            condition TEXT NOT NULL               -- RuleCondition
                CHECK (condition IN ('equals', 'does_not_equal', 'includes', 'does_not_include',
                    'before', 'after')),
            text TEXT                             -- the value: a text, raw value or number of hours
                CHECK (length(text) BETWEEN 1 AND 200),
            caseType INTEGER                      -- or a case type
                REFERENCES caseType (id),
            customer INTEGER                      -- or a customer
                REFERENCES customer (id),
            ownerQueue INTEGER                    -- who gets the cases that it fits: a queue
                REFERENCES caseQueue (id),
            ownerAgent INTEGER                    -- or a person
                REFERENCES employee (id),
            PRIMARY KEY (rule, position),
            CHECK ((text IS NOT NULL) + (caseType IS NOT NULL) + (customer IS NOT NULL) = 1),
            CHECK ((caseType IS NOT NULL) = (attribute = 'type')),
            CHECK (customer IS NULL OR attribute = 'customer'),
            CHECK ((ownerQueue IS NULL) <> (ownerAgent IS NULL))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE caseAssignment (
            caseNumber INTEGER PRIMARY KEY        -- the case that was given by a rule
                REFERENCES caseRecord (number),
            at INTEGER NOT NULL,                  -- when
            rule INTEGER NOT NULL,                -- the rule; it may be deleted by now
            ruleName TEXT NOT NULL                -- its name at that time
                CHECK (length(ruleName) > 0),
            itemPosition INTEGER                  -- the item that decided; NULL for the default owner
                CHECK (itemPosition > 0),
            targetName TEXT NOT NULL              -- the queue or person that the rule named
                CHECK (length(targetName) > 0),
            looks TEXT NOT NULL,                  -- the items and what they looked at: RuleLook as JSON
            distribution TEXT                     -- Distribution of the queue; NULL for a person
                CHECK (distribution IN ('claim', 'round_robin', 'least_open')),
            presentCount INTEGER NOT NULL         -- members that the queue could choose among
                CHECK (presentCount >= 0),
            candidates TEXT NOT NULL              -- the first of them in the order of choice: Candidate as JSON
        ) STRICT;

        """
}
