-- What stands on CV cards, sealed with a key of each person's own, and the name of the file in
-- which a CV lies, sealed likewise.
CREATE TABLE curriculum (
    person TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    file TEXT NOT NULL,
    at REAL NOT NULL
) STRICT, WITHOUT ROWID;
