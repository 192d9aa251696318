-- The truth of every live room: what happened, in order, and which commands were carried out.

CREATE TABLE event (
    room  TEXT    NOT NULL,
    seq   INTEGER NOT NULL,  -- from 1, without gaps
    epoch INTEGER NOT NULL,  -- of the host that wrote it
    at    REAL    NOT NULL,  -- Unix seconds
    by    TEXT    NOT NULL,  -- a person's id, or "house"
    body  BLOB    NOT NULL,  -- the event as JSON
    PRIMARY KEY (room, seq)
) WITHOUT ROWID;

CREATE TABLE op (
    room   TEXT    NOT NULL,
    person TEXT    NOT NULL,
    op     TEXT    NOT NULL,
    seq    INTEGER NOT NULL,  -- the answer: the log's end once the command was carried out
    PRIMARY KEY (room, person, op)
) WITHOUT ROWID;

CREATE TABLE fence (
    room   TEXT    NOT NULL PRIMARY KEY,
    epoch  INTEGER NOT NULL,  -- only the host with this epoch may write
    holder TEXT    NOT NULL   -- the server process that claimed it
) WITHOUT ROWID;

CREATE TABLE gathering (
    version INTEGER NOT NULL PRIMARY KEY,  -- from 1; each import that changed something
    at      REAL    NOT NULL,              -- Unix seconds
    body    BLOB    NOT NULL               -- the gathering as JSON
);
