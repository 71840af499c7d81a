-- The library is searched by sets of its indicators; they are made from the records when the file is opened.

DROP TABLE mirror_indicator_gram

ALTER TABLE mirror_indicator DROP COLUMN level1

ALTER TABLE mirror_indicator DROP COLUMN is_core

ALTER TABLE mirror_indicator DROP COLUMN search

CREATE TABLE library_index (
    shelf TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (shelf)
) STRICT
