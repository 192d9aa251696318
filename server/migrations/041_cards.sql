-- What people wrote on their cards, and their private notes on others. Both are sealed with a
-- key of their own that lies in a file beside the database: without it nobody reads them.
CREATE TABLE card (
    person TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    person TEXT NOT NULL,
    about TEXT NOT NULL,
    sealed BLOB NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (person, about)
) STRICT, WITHOUT ROWID;
