-- What updates of the library changed: numbers of each update, and each record before and after it.

CREATE TABLE library_update (
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    edition TEXT NOT NULL,
    edition_before TEXT NOT NULL,
    read_at TEXT NOT NULL,
    PRIMARY KEY (version)
) WITHOUT ROWID, STRICT

CREATE TABLE library_change (
    version INTEGER NOT NULL,
    dataset TEXT NOT NULL,
    record_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    level1 TEXT NOT NULL,
    level2 TEXT NOT NULL,
    edition TEXT NOT NULL,
    fields TEXT NOT NULL,
    last_year TEXT NOT NULL,
    successor TEXT NOT NULL,
    search TEXT NOT NULL,
    old_edition TEXT NOT NULL,
    old BLOB,
    new BLOB,
    PRIMARY KEY (version, dataset, record_key),
    FOREIGN KEY(version) REFERENCES library_update (version)
) STRICT

CREATE INDEX library_change_by_record ON library_change (dataset, record_key)
