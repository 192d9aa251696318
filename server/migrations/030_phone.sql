-- What lets a phone be somebody's camera, and nothing else: first a token in a QR code that
-- holds for minutes, then the session it opened. Secrets are kept as SHA-256 only.
CREATE TABLE phone_token (
    hash BLOB PRIMARY KEY,
    person TEXT NOT NULL,
    stage TEXT NOT NULL,
    expires_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX phone_token_person ON phone_token (person);

CREATE TABLE phone_session (
    hash BLOB PRIMARY KEY,
    person TEXT NOT NULL,
    stage TEXT NOT NULL,
    expires_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX phone_session_person ON phone_session (person);
