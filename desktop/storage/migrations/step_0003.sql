-- Complete example goals, and the mandatory indicators of kinds of projects.

CREATE TABLE mirror_goal_case (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT

CREATE TABLE mirror_core_set (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID, STRICT
