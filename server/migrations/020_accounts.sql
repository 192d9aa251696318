-- Personal links and the sessions they opened. Secrets are kept as SHA-256 only.
CREATE TABLE link (
    hash BLOB PRIMARY KEY,
    person TEXT NOT NULL,
    made_at REAL NOT NULL,
    expires_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX link_person ON link (person);

CREATE TABLE session (
    hash BLOB PRIMARY KEY,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    made_at REAL NOT NULL,
    expires_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_person ON session (person);

-- Every process reads on from the last number it knows and closes those sockets.
CREATE TABLE revocation (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    session BLOB NOT NULL
) STRICT;
