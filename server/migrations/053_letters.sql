-- What people wrote to exhibitors, what was answered, and what an exhibitor's people noted on
-- visitors. All of it is sealed with keys that lie in files beside the database.
CREATE TABLE letter (
    id TEXT PRIMARY KEY,
    booth TEXT NOT NULL,
    sealed BLOB NOT NULL,
    at REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- Two colleagues may write an answer at once; the room says whose it is.
CREATE TABLE answer (
    letter TEXT NOT NULL,
    author TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (letter, author)
) STRICT, WITHOUT ROWID;

CREATE TABLE remark (
    booth TEXT NOT NULL,
    about TEXT NOT NULL,
    sealed BLOB NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (booth, about)
) STRICT, WITHOUT ROWID;
