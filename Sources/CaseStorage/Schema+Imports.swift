internal import CustomerFile

extension Schema {
    /// Files of customers, how far each has been taken in, and what became of its rows.
    static let imports = """
        CREATE TABLE customerImport (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            fileName TEXT NOT NULL                -- as the person's computer calls the file
                CHECK (length(fileName) BETWEEN 1 AND 255),
            storedName TEXT NOT NULL UNIQUE       -- the file's name in imports/
                CHECK (length(storedName) = 32),
            encoding TEXT NOT NULL                -- TextEncoding
                CHECK (length(encoding) > 0),
            delimiter TEXT NOT NULL               -- Delimiter
                CHECK (delimiter IN ('comma', 'semicolon', 'tab')),
            rowCount INTEGER NOT NULL             -- rows below the one that names the columns
                CHECK (rowCount BETWEEN 1 AND \(CustomerFileLimit.maximumRowCount)),
            mapping TEXT NOT NULL,                -- SheetColumns
            existing TEXT NOT NULL                -- ExistingCustomers
                CHECK (existing IN ('update', 'keep')),
            state TEXT NOT NULL                   -- CustomerImport.State
                CHECK (state IN ('uploaded', 'running', 'done', 'cancelled')),
            position INTEGER NOT NULL             -- number of the last row that was done
                CHECK (position >= 0),
            created INTEGER NOT NULL CHECK (created >= 0),     -- rows by outcome
            updated INTEGER NOT NULL CHECK (updated >= 0),
            unchanged INTEGER NOT NULL CHECK (unchanged >= 0),
            refused INTEGER NOT NULL CHECK (refused >= 0),
            uploader INTEGER NOT NULL             -- who brought the file, and so changes the customers
                REFERENCES employee (id),
            uploadedAt INTEGER NOT NULL,          -- when it arrived
            endedAt INTEGER                       -- the last row was done, or it was cancelled
        ) STRICT;
        CREATE INDEX customerImportRunning ON customerImport (id) WHERE state = 'running';

        CREATE TABLE customerImportRow (
            import INTEGER NOT NULL               -- the file
                REFERENCES customerImport (id),
            number INTEGER NOT NULL               -- the row, as a spreadsheet counts
                CHECK (number > 1),
            outcome TEXT NOT NULL                 -- RowOutcome
                CHECK (outcome IN ('created', 'updated', 'unchanged', 'refused')),
            customer INTEGER,                     -- the customer; may be deleted by now
            name TEXT NOT NULL,                   -- the name that the row gives
            reason TEXT NOT NULL,                 -- why it was refused; empty otherwise
            PRIMARY KEY (import, number),
            CHECK ((outcome = 'refused') = (customer IS NULL)),
            CHECK ((outcome = 'refused') = (length(reason) > 0))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX customerImportRowCustomer ON customerImportRow (import, customer)
            WHERE customer IS NOT NULL;
        CREATE INDEX customerImportRowOutcome ON customerImportRow (import, outcome, number);

        """
}
